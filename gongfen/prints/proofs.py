"""Proof of participation (参与证明): lines that their owner chose, for one purpose, until a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen.prints.labels import EDGE, day_of, foot, letterhead, pairs, say
from gongfen.prints.paper import GREEN, PERSIMMON, QUIET, WHITE, Paper, high


@dataclass(frozen=True)
class ProofLine:
    """One line that the owner chose: what, and how much of it was verified."""

    told: str
    amount: str


@dataclass(frozen=True)
class Proof:
    """A signed proof: whose, what for, until when, and where it can be checked."""

    village: str
    name: str
    purpose: str
    made_at: datetime
    ends: date
    number: str
    address: str
    complain_to: str
    lines: Sequence[ProofLine] = field(default_factory=tuple)
    lang: str = "zh"


def proof(one: Proof) -> bytes:
    """One A4 page with a QR code to the page that shows the same lines until it expires."""
    lang = one.lang
    paper = Paper(say(lang, "参与证明", "Proof of participation"), one.made_at)
    paper.page()
    y = letterhead(paper, say(lang, "参与证明", "Proof of participation"), one.village, one.number)
    inner = paper.width - 2 * EDGE
    told = [
        (say(lang, "姓名", "Name"), one.name),
        (say(lang, "用途", "Purpose"), one.purpose),
        (say(lang, "开具", "Made"), day_of(one.made_at, lang)),
        (say(lang, "有效到", "Valid until"), day_of(one.ends, lang)),
    ]
    y = pairs(paper, EDGE, y, inner, told, 14) + 30
    for line in one.lines:
        paper.text(EDGE, y, line.told, 14, width=inner - 500)
        paper.text(EDGE, y, line.amount, 14, bold=True, colour=PERSIMMON, width=inner, side="R")
        y += high(14) + 30
        paper.line(EDGE, y - 14, paper.width - EDGE, y - 14)
    y = max(y + 40, 1750)
    paper.qr(EDGE, y, 460, one.address)
    paper.text(EDGE + 520, y + 30, say(lang, "扫码核对", "Scan to check"), 17, bold=True, width=inner - 520)
    shows = say(
        lang,
        "核对页只显示上面这几行，到期就看不到了。",
        "The page shows these lines alone, and nothing any more once they have expired.",
    )
    below = paper.paragraph(EDGE + 520, y + 130, inner - 520, shows, 12)
    paper.paragraph(EDGE + 520, below + 20, inner - 520, one.address, 9, colour=QUIET)
    paper.box(EDGE, 2330, inner, 230, colour=GREEN, fill=WHITE)
    promise = say(
        lang,
        "本证明由本人自愿出具，不是办理任何事务的条件。",
        "Its owner chose to show this. It is not a condition for any service.",
    )
    paper.text(EDGE + 40, 2370, promise, 15, bold=True, width=inner - 80, side="C")
    outside = say(
        lang,
        f"有人拿它当条件？请投诉：{one.complain_to}",
        f"Somebody makes it a condition? Complain to: {one.complain_to}",
    )
    paper.text(EDGE + 40, 2465, outside, 12, colour=QUIET, width=inner - 80, side="C")
    foot(
        paper,
        say(lang, "内容由公开记录算出，本人勾选。", "Computed from the public record; lines chosen by their owner."),
    )
    return paper.bytes()
