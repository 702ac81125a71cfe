"""What hangs on a wall: the shop's sign, and the poster of an activity."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongfen.prints.labels import EDGE, foot, pairs, say
from gongfen.prints.paper import GREEN, LINE, PERSIMMON, QUIET, WHITE, Paper


@dataclass(frozen=True)
class Sign:
    """The sign beside a till. `address` is the page that a scan opens."""

    shop: str
    number: str
    town: str
    address: str
    printed_at: datetime
    lang: str = "zh"


@dataclass(frozen=True)
class Poster:
    """An activity on the notice board. `worth` and `places` are told as words; `steps` say how to join."""

    title: str
    village: str
    when: str
    where: str
    places: str
    worth: str
    contact: str
    address: str
    printed_at: datetime
    paper_way: str = ""
    steps: Sequence[str] = field(default_factory=tuple)
    lang: str = "zh"


def sign(one: Sign) -> bytes:
    """A4, to be read from two metres."""
    lang = one.lang
    paper = Paper(say(lang, f"收款牌 {one.shop}", f"Sign of {one.shop}"), one.printed_at)
    paper.page()
    paper.box(120, 120, paper.width - 240, paper.height - 240, colour=GREEN, fill=WHITE)
    paper.centered(230, one.town, 16, colour=GREEN, bold=True)
    paper.centered(340, one.shop, 44, bold=True)
    paper.centered(620, say(lang, "这里可以用工分", "Work points are welcome here"), 24, colour=PERSIMMON, bold=True)
    side = 1150
    paper.qr((paper.width - side) // 2, 830, side, one.address, strong=True)
    paper.centered(2060, say(lang, "扫码 → 输金额 → 确认", "Scan → type the sum → confirm"), 24, bold=True)
    paper.centered(
        2220, say(lang, f"扫不了？报店号 {one.number}", f"Cannot scan? Shop number {one.number}"), 18, colour=QUIET
    )
    paper.line(500, 2380, paper.width - 500, 2380, colour=LINE)
    paper.centered(
        2430,
        say(
            lang,
            "店家听到“收到几元几角”才算付好；两边的四字凭语要一样。",
            "Paid when the till says so aloud; both receipt phrases are the same.",
        ),
        12,
        colour=QUIET,
    )
    paper.centered(
        2510,
        say(lang, "没有手机：用工分卡加密码，价钱一样。", "No phone: card and PIN, at the same price."),
        12,
        colour=QUIET,
    )
    return paper.bytes()


def poster(one: Poster) -> bytes:
    """A4: what, when, where, how many places, worth what, and how to join with and without a phone."""
    lang = one.lang
    paper = Paper(one.title, one.printed_at)
    paper.page()
    inner = paper.width - 2 * EDGE
    paper.text(EDGE, EDGE, one.village, 18, colour=GREEN, bold=True, width=inner)
    paper.line(EDGE, EDGE + 125, paper.width - EDGE, EDGE + 125, colour=GREEN, thick=8)
    paper.text(EDGE, 370, one.title, 44, bold=True, width=inner)
    told = [
        (say(lang, "时间", "When"), one.when),
        (say(lang, "地点", "Where"), one.where),
        (say(lang, "名额", "Places"), one.places),
        (say(lang, "联系", "Contact"), one.contact),
    ]
    y = pairs(paper, EDGE, 690, inner, told, 20)
    paper.box(EDGE, y + 20, inner, 210, colour=PERSIMMON, fill=WHITE)
    paper.text(EDGE + 50, y + 65, one.worth, 24, bold=True, colour=PERSIMMON, width=inner - 100, side="C")
    y += 310
    paper.qr(EDGE, y, 760, one.address)
    right, room = EDGE + 830, inner - 830
    paper.text(right, y, say(lang, "怎么参加", "How to join"), 18, bold=True, width=room)
    below = y + 120
    for number, step in enumerate(one.steps, 1):
        below = paper.paragraph(right, below, room, f"{number}. {step}", 14) + 18
    if one.paper_way:
        paper.paragraph(right, below + 10, room, one.paper_way, 13, colour=QUIET)
    foot(
        paper,
        say(
            lang,
            "自愿参加。不来不记，也不影响任何别的事。",
            "Taking part is free. Not coming is written nowhere and changes nothing else.",
        ),
    )
    return paper.bytes()
