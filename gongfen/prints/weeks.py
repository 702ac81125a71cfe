"""本村这周 on one A4 page, for the shop's wall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen.prints.labels import EDGE, foot, letterhead, say
from gongfen.prints.paper import GREEN, INK, PERSIMMON, QUIET, Colour, Paper
from gongfen.words import here, money, plain_day, weekday


@dataclass(frozen=True)
class WeekActivity:
    """Something that is on. `left` is how many places are left, None where nobody counts them.

    `until` is the last day of what goes on already.
    """

    day: date
    clock: str
    title: str
    where: str
    worth: str
    left: int | None = None
    until: date | None = None


@dataclass(frozen=True)
class WeekMoney:
    """A line of the fund; hundredths of a fen, + came in, − went out."""

    told: str
    change: int


@dataclass(frozen=True)
class Week:
    """The village's week: no names, nothing about any one person."""

    village: str
    first: date
    last: date
    printed_at: datetime
    address: str
    fund: int
    cover: str
    complain_to: str
    on: Sequence[WeekActivity] = field(default_factory=tuple)
    paid_work: Sequence[WeekActivity] = field(default_factory=tuple)
    was_done: Sequence[str] = field(default_factory=tuple)
    money: Sequence[WeekMoney] = field(default_factory=tuple)
    shops: Sequence[str] = field(default_factory=tuple)
    lang: str = "zh"


HALF = 835  # the width of one of two columns


def week(one: Week) -> bytes:
    """What is on, paid work with places left, what was done, money in and out."""
    lang = one.lang
    paper = Paper(say(lang, f"本村这周 {one.village}", f"This week in {one.village}"), one.printed_at)
    paper.page()
    span = f"{plain_day(one.first, lang)} – {plain_day(one.last, lang, with_year=False)}"
    y = letterhead(paper, say(lang, "本村这周", "This week"), one.village, span)
    y = _activities(paper, y, say(lang, "有什么活动", "What is on"), one.on, 8, lang)
    y = _activities(paper, y + 25, say(lang, "有工钱的活", "Paid work"), one.paid_work, 4, lang)
    y += 25
    right = EDGE + HALF + 70
    below = _lines(paper, EDGE, y, say(lang, "上周做了什么", "What was done"), one.was_done, lang)
    _money(paper, right, y, one)
    y = max(below, y + 110 + 66 * (min(len(one.money), 9) + 2)) + 30
    y = min(y, 2250)
    _lines(paper, EDGE, y, say(lang, "哪里能花", "Where to spend"), one.shops, lang)
    paper.qr(paper.width - EDGE - 300, 2400, 300, one.address)
    paper.text(right, 2450, say(lang, "扫码看详细", "Scan for more"), 13, bold=True, width=490)
    paper.paragraph(right, 2530, 490, say(lang, "不用登录。投诉：", "No sign-in. Complaints: ") + one.complain_to, 10)
    told = say(lang, "印于 ", "Printed ") + f"{here(one.printed_at):%Y-%m-%d %H:%M}"
    foot(paper, told + say(lang, " · 参加自愿，工分不过期、不被扣", " · taking part is free; points never expire"))
    return paper.bytes()


def _activities(paper: Paper, y: int, title: str, many: Sequence[WeekActivity], most: int, lang: str) -> int:
    y = _title(paper, EDGE, y, title)
    inner = paper.width - 2 * EDGE
    for one in many[:most]:
        paper.text(EDGE, y, _when(one, lang), 12, width=420)
        paper.text(EDGE + 430, y, one.title, 13, bold=True, width=480)
        paper.text(EDGE + 920, y, one.where, 12, colour=QUIET, width=330)
        left = "" if one.left is None else say(lang, f"还有 {one.left} 个名额", f"{one.left} places left")
        paper.text(EDGE + 1260, y, left, 11, colour=QUIET, width=210)
        paper.text(EDGE, y, one.worth, 12, colour=PERSIMMON, bold=True, width=inner, side="R")
        y += 78
    if len(many) > most:
        rest = len(many) - most
        paper.text(EDGE, y, say(lang, f"还有 {rest} 项，扫码看", f"{rest} more: scan"), 11, colour=QUIET)
        y += 70
    return y if many else _none(paper, EDGE, y, lang)


def _when(one: WeekActivity, lang: str) -> str:
    if one.until is not None:
        last = plain_day(one.until, lang, with_year=False)
        return say(lang, f"现在，到{last}", f"now, until {last}")
    return f"{weekday(one.day, lang)} {plain_day(one.day, lang, with_year=False)} {one.clock}"


def _lines(paper: Paper, x: int, y: int, title: str, lines: Sequence[str], lang: str) -> int:
    y = _title(paper, x, y, title)
    for line in lines[:9]:
        paper.text(x, y, line, 12, width=HALF)
        y += 66
    return y if lines else _none(paper, x, y, lang)


def _money(paper: Paper, x: int, y: int, one: Week) -> None:
    y = _title(paper, x, y, say(one.lang, "钱进钱出", "Money in and out"))
    for line in one.money[:9]:
        colour: Colour = PERSIMMON if line.change > 0 else INK
        told = f"+{money(line.change)}" if line.change > 0 else money(line.change)
        paper.text(x, y, line.told, 12, width=HALF - 320)
        paper.text(x, y, told, 12, colour=colour, width=HALF, side="R")
        y += 66
    paper.text(x, y, say(one.lang, "基金还有", "The fund has"), 12, bold=True, width=HALF - 320)
    paper.text(x, y, money(one.fund), 12, bold=True, width=HALF, side="R")
    paper.text(x, y + 66, one.cover, 11, colour=GREEN, width=HALF)


def _title(paper: Paper, x: int, y: int, title: str) -> int:
    paper.text(x, y, title, 17, bold=True, colour=GREEN, width=HALF)
    return y + 110


def _none(paper: Paper, x: int, y: int, lang: str) -> int:
    paper.text(x, y, say(lang, "这周没有", "Nothing this week"), 12, colour=QUIET)
    return y + 78
