"""A month of a village on one page: for the town hall, the wall, and whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongfen.prints.labels import EDGE, foot, letterhead, pairs, say
from gongfen.prints.paper import GREEN, PERSIMMON, QUIET, Paper
from gongfen.words import here

HALF = 835  # the width of one of two columns
LONGEST = 330  # the longest bar


@dataclass(frozen=True)
class Month:
    """A village's month: words, and the lengths of its bars (None where a figure is hidden)."""

    village: str
    month: str
    big: Sequence[tuple[str, str]]  # what, how much
    kinds: Sequence[tuple[str, int | None, str, str]]  # kind, length, points, hours
    months: Sequence[tuple[str, int | None, str]]  # month, length, hours
    money: Sequence[tuple[str, str]]
    appeals: Sequence[str]
    quarter: str
    complain_to: str
    address: str
    printed_at: datetime
    lang: str = "zh"


def month(one: Month) -> bytes:
    """Work, kinds, twelve months, money, appeals; and how to check it."""
    lang = one.lang
    paper = Paper(say(lang, f"村里一览 {one.village} {one.month}", f"{one.village} in {one.month}"), one.printed_at)
    paper.page()
    y = letterhead(paper, say(lang, "村里一览", "The village at a glance"), one.village, one.month)
    if not one.big:
        paper.text(EDGE, y + 40, say(lang, "还没有过完一个月", "No month is over yet"), 13, colour=QUIET)
    y = _big(paper, y + 20, one)
    right = EDGE + HALF + 70
    kinds = [(label, length, f"{points} · {hours}") for label, length, points, hours in one.kinds]
    below = _bars(paper, EDGE, y, say(lang, "工分，按活动类型", "Points, by kind"), kinds)
    after = _bars(paper, right, y, say(lang, "一起做了几小时，按月", "Hours of work, by month"), one.months)
    y = max(below, after, y + 300) + 30
    _title(paper, EDGE, y, say(lang, "村里的钱", "The village's money"))
    pairs(paper, EDGE, y + 100, HALF, one.money)
    _title(paper, right, y, say(lang, f"请求复查 {one.quarter}", f"Appeals {one.quarter}"))
    for place, line in enumerate(one.appeals):
        paper.text(right, y + 100 + 66 * place, line, 12, width=HALF)
    _how(paper, right, one)
    told = say(lang, "印于 ", "Printed ") + f"{here(one.printed_at):%Y-%m-%d %H:%M}"
    foot(paper, told + say(lang, " · 不排名，不点名", " · no ranking, no names"))
    return paper.bytes()


def _big(paper: Paper, y: int, one: Month) -> int:
    width = (paper.width - 2 * EDGE) // max(1, len(one.big))
    for place, (label, value) in enumerate(one.big):
        paper.text(EDGE + place * width, y, label, 11, colour=QUIET, width=width - 20)
        paper.text(EDGE + place * width, y + 60, value, 20, bold=True, colour=PERSIMMON, width=width - 20)
    return y + 230


def _bars(paper: Paper, x: int, y: int, title: str, rows: Sequence[tuple[str, int | None, str]]) -> int:
    _title(paper, x, y, title)
    y += 105
    most = max((length or 0 for _, length, _ in rows), default=0) or 1
    for label, length, told in rows:
        paper.text(x, y, label, 11, width=215)
        long = (length or 0) * LONGEST // most
        if long > 60:
            paper.box(x + 225, y + 6, long, 40, colour=GREEN, fill=GREEN)
        elif length:
            paper.line(x + 230, y + 6, x + 230, y + 46, colour=GREEN, thick=10)
        at = x + 245 + max(long, 10 if length else 0)
        paper.text(at, y, told, 11, colour=QUIET if length is None else (31, 42, 36), width=x + HALF - at)
        y += 68
    return y


def _how(paper: Paper, x: int, one: Month) -> None:
    lang = one.lang
    paper.qr(EDGE, 2390, 300, one.address)
    paper.text(EDGE + 340, 2400, say(lang, "扫码看同一张表", "Scan for the same figures"), 13, bold=True, width=490)
    paper.paragraph(
        EDGE + 340, 2480, 490, say(lang, "不用登录。投诉：", "No sign-in. Complaints: ") + one.complain_to, 10
    )
    why = say(
        lang,
        "每个数字背后至少 10 人，另一边也至少 10 人；不够的不显示。只算过完的整月，以后不再变。",
        "At least 10 people stand behind every figure, and at least 10 do not; smaller ones are hidden. Only whole "
        "months that are over are counted, and they never change.",
    )
    paper.paragraph(x, 2400, HALF, why, 10, colour=QUIET)


def _title(paper: Paper, x: int, y: int, title: str) -> None:
    paper.text(x, y, title, 15, bold=True, colour=GREEN, width=HALF)
