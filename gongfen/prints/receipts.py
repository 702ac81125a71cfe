"""The receipt of a session: who acted for whom, when, how it was agreed, and everything that was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongfen.prints.labels import EDGE, foot, letterhead, pairs, say
from gongfen.prints.paper import QUIET, Paper, high
from gongfen.words import clock_time, day, here


@dataclass(frozen=True)
class Receipt:
    """`deeds` are moments and what was done then, as people read it."""

    village: str
    name: str
    household: str
    clerk: str
    agreed: str
    begun_at: datetime
    ended_at: datetime
    number: str
    complain_to: str
    printed_at: datetime
    deeds: Sequence[tuple[datetime, str]] = field(default_factory=tuple)
    lang: str = "zh"


def receipt(one: Receipt) -> bytes:
    """One A4 page; who had no phone signs it, and a copy stays in the village's folder."""
    lang = one.lang
    title = say(lang, "代办回执", "Receipt: the desk acted for you")
    paper = Paper(title, one.printed_at)
    paper.page()
    inner = paper.width - 2 * EDGE
    y = letterhead(paper, title, one.village, one.number)
    when = f"{day(one.begun_at, lang, one.printed_at)} {clock_time(here(one.begun_at))}"
    until = clock_time(here(one.ended_at))
    told = [
        (say(lang, "替谁办", "For"), f"{one.name} · {say(lang, '户号', 'household')} {one.household}"),
        (say(lang, "谁办的", "By"), one.clerk),
        (say(lang, "怎么同意的", "Agreed"), one.agreed),
        (say(lang, "什么时候", "When"), f"{when} – {until}"),
    ]
    y = pairs(paper, EDGE, y, inner, told, 14) + 40
    if not one.deeds:
        y = paper.paragraph(EDGE, y, inner, say(lang, "什么都没有办。", "Nothing was done."), 14)
    for at, deed in one.deeds:
        paper.text(EDGE, y, clock_time(here(at)), 13, colour=QUIET, width=200)
        y = max(paper.paragraph(EDGE + 220, y, inner - 220, deed, 13), y + high(13)) + 24
        paper.line(EDGE, y - 12, paper.width - EDGE, y - 12)
    y = max(y + 120, 2100)
    paper.text(EDGE, y, say(lang, "本人签字：", "Signature:"), 13, width=inner)
    paper.line(EDGE + 260, y + 60, EDGE + 1000, y + 60)
    wrong = say(
        lang,
        f"哪一条不对？14 天内到村委会说，或投诉：{one.complain_to}",
        f"Is a line wrong? Tell the village within 14 days, or complain to: {one.complain_to}",
    )
    paper.paragraph(EDGE, y + 140, inner, wrong, 11, colour=QUIET)
    foot(paper, say(lang, "一份给本人，一份留在村里。", "One copy for the resident, one stays in the village."))
    return paper.bytes()
