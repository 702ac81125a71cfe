"""A month's statement, and one resident's year: every line with its number in the public record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen.prints.labels import EDGE, day_of, foot, letterhead, month_of, say, table
from gongfen.prints.paper import GREEN, PERSIMMON, QUIET, Column, Paper
from gongfen.words import here, money, points


@dataclass(frozen=True)
class StatementLine:
    """One line: `points` and `money` are what changed (hundredths), `told` says who, what and how much."""

    at: datetime
    number: int
    told: str
    proof: str = ""
    points: int = 0
    money: int = 0


@dataclass(frozen=True)
class Statement:
    """One resident's month."""

    village: str
    name: str
    month: date
    printed_at: datetime
    points_before: int
    points_after: int
    cash_before: int
    cash_after: int
    complain_to: str
    lines: Sequence[StatementLine] = field(default_factory=tuple)
    lang: str = "zh"


@dataclass(frozen=True)
class YearLine:
    """One piece of work followed through: the sheet or scan, the claim, the act that paid it, the points it gave."""

    day: date
    what: str
    presence: str
    claim: str
    number: int
    points: int
    at_dividend: str = ""


@dataclass(frozen=True)
class Year:
    """One resident's year: from the sign-in to the dividend line, each line by one number."""

    village: str
    name: str
    year: int
    subject: str
    printed_at: datetime
    earned: int
    spent: int
    dividend: int
    complain_to: str
    slip: str = ""
    lines: Sequence[YearLine] = field(default_factory=tuple)
    lang: str = "zh"


def statement(one: Statement) -> bytes:
    """A4 pages; what was there before, every line, what is there after."""
    lang = one.lang
    title = say(lang, f"{month_of(one.month, lang)}明细账", f"Statement for {month_of(one.month, lang)}")
    paper = Paper(f"{title} {one.name}", one.printed_at)
    columns = [
        Column(say(lang, "时间", "when"), 270),
        Column(say(lang, "序号", "number"), 170, "R"),
        Column(say(lang, "事情", "what"), 610),
        Column(say(lang, "怎么核实的", "how proved"), 210),
        Column(say(lang, "工分", "points"), 200, "R"),
        Column(say(lang, "金额", "money"), 280, "R"),
    ]
    rows = [_cells(line) for line in one.lines]
    left, number = rows, 1
    while True:
        paper.page()
        y = letterhead(paper, title, one.village, one.name)
        if number == 1:
            y = _sums(paper, y, one)
        _, written = table(paper, y, columns, left, bottom=paper.height - 180)
        words = say(
            lang,
            f"哪一笔不对，请说一声，换人复查。投诉：{one.complain_to}",
            f"If a line is wrong, say so. Complaints: {one.complain_to}",
        )
        foot(paper, words, str(number))
        left, number = left[written:], number + 1
        if not left:
            return paper.bytes()


def year(one: Year) -> bytes:
    """A4, lying: sign-in, claim, act, points and the dividend side by side."""
    lang = one.lang
    title = say(lang, f"{one.name} 的 {one.year} 年", f"{one.name}'s {one.year}")
    paper = Paper(title, one.printed_at, "A4 landscape")
    columns = [
        Column(say(lang, "哪天", "day"), 320),
        Column(say(lang, "做了什么", "what"), 720),
        Column(say(lang, "签到", "presence"), 430),
        Column(say(lang, "报工单号", "claim"), 420),
        Column(say(lang, "到账序号", "award no."), 230, "R"),
        Column(say(lang, "工分", "points"), 190, "R"),
        Column(say(lang, "算进分红", "in the dividend"), 300, "R"),
    ]
    rows = [
        [
            day_of(line.day, lang),
            line.what,
            line.presence,
            line.claim,
            str(line.number),
            points(line.points),
            line.at_dividend,
        ]
        for line in one.lines
    ]
    left, number = rows, 1
    while True:
        paper.page()
        y = letterhead(paper, title, one.village, say(lang, f"编号 {one.subject}", f"id {one.subject}"))
        if number == 1:
            y = _year_sums(paper, y, one)
        _, written = table(paper, y, columns, left, bottom=paper.height - 170)
        words = say(
            lang,
            f"同一个编号，从签到一直看到分红。投诉：{one.complain_to}",
            f"One id, followed from the sign-in to the dividend. Complaints: {one.complain_to}",
        )
        foot(paper, words, str(number))
        left, number = left[written:], number + 1
        if not left:
            return paper.bytes()


def _cells(line: StatementLine) -> list[str]:
    change_of_points = "" if not line.points else ("+" if line.points > 0 else "") + points(line.points)
    change_of_money = "" if not line.money else ("+" if line.money > 0 else "") + money(line.money)
    return [f"{here(line.at):%m-%d %H:%M}", str(line.number), line.told, line.proof, change_of_points, change_of_money]


def _sums(paper: Paper, y: int, one: Statement) -> int:
    lang = one.lang
    return _boxes(
        paper,
        y,
        [
            (
                say(lang, "工分：月初 → 月末", "Points: first → last day"),
                f"{points(one.points_before)} → {points(one.points_after)}",
            ),
            (
                say(lang, "可用：月初 → 月末", "Cash: first → last day"),
                f"{money(one.cash_before)} → {money(one.cash_after)}",
            ),
        ],
    )


def _year_sums(paper: Paper, y: int, one: Year) -> int:
    lang = one.lang
    slip = say(lang, f"（条号 {one.slip}）", f" (slip {one.slip})") if one.slip else ""
    return _boxes(
        paper,
        y,
        [
            (say(lang, "这一年挣的工分", "Points earned"), points(one.earned)),
            (say(lang, "在店里花的", "Spent at shops"), money(one.spent)),
            (say(lang, "年终分红", "Dividend") + slip, money(one.dividend)),
        ],
    )


def _boxes(paper: Paper, y: int, told: Sequence[tuple[str, str]]) -> int:
    width = (paper.width - 2 * EDGE - 40 * (len(told) - 1)) // len(told)
    for place, (label, value) in enumerate(told):
        x = EDGE + place * (width + 40)
        paper.box(x, y, width, 190, colour=GREEN)
        paper.text(x + 35, y + 25, label, 10, colour=QUIET, width=width - 70)
        paper.text(x + 35, y + 80, value, 17, bold=True, colour=PERSIMMON, width=width - 70)
    return y + 230
