"""What a resident carries: the card, and the work-point book."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen.prints.labels import day_of, grouped, say
from gongfen.prints.paper import GREEN, LINE, PALE, PERSIMMON, QUIET, WHITE, Column, Paper
from gongfen.words import points

CARD = (856, 540)  # a bank card's size
A_SHEET = 10  # cards on one A4 page


@dataclass(frozen=True)
class Card:
    """A card for somebody without a phone. `content` is what its QR code carries: a random id, no name and no PIN."""

    village: str
    name: str
    group: str
    number: str
    content: str


@dataclass(frozen=True)
class BookLine:
    """One line of the book; points in hundredths, + came in and − went out."""

    day: date
    told: str
    grade: str
    change: int
    balance: int


@dataclass(frozen=True)
class Book:
    """The work-point book: what has been counted so far, and empty lines for the pencil."""

    village: str
    name: str
    group: str
    household: str
    printed_at: datetime
    complain_to: str
    par: int  # fen a point
    lines: Sequence[BookLine] = field(default_factory=tuple)
    lang: str = "zh"


def card(one: Card, printed_at: datetime) -> bytes:
    """One card, on a page of its size."""
    paper = Paper("工分卡", printed_at, "card")
    paper.page()
    _draw(paper, 0, 0, one)
    return paper.bytes()


def cards(many: Sequence[Card], printed_at: datetime) -> bytes:
    """Sheets of ten, with lines to cut along."""
    paper = Paper("工分卡", printed_at)
    for place, one in enumerate(many):
        if place % A_SHEET == 0:
            paper.page()
        down, right = divmod(place % A_SHEET, 2)
        x, y = 170 + right * (CARD[0] + 40), 110 + down * (CARD[1] + 15)
        _draw(paper, x, y, one)
    return paper.bytes()


def book(one: Book) -> bytes:
    """A5 pages: a cover, then lines; at least one page of them is left empty for writing by hand."""
    lang = one.lang
    paper = Paper(say(lang, f"工分本 {one.name}", f"Work-point book of {one.name}"), one.printed_at, "A5")
    _cover(paper, one)
    rows = [_cells(line, lang) for line in one.lines]
    a_page = 20
    for start in range(0, len(rows) + 1, a_page):
        _page_of_lines(paper, one, rows[start : start + a_page], a_page, start // a_page + 1)
    if len(rows) % a_page > a_page // 2:
        _page_of_lines(paper, one, [], a_page, len(rows) // a_page + 2)
    return paper.bytes()


def _draw(paper: Paper, x: int, y: int, one: Card) -> None:
    paper.box(x, y, *CARD, colour=LINE, fill=WHITE)
    paper.text(x + 50, y + 45, f"{one.village} · 工分卡", 13, bold=True, colour=GREEN, width=470)
    paper.text(x + 50, y + 150, one.name, 20, bold=True, width=440)
    paper.text(x + 50, y + 265, one.group, 11, colour=QUIET, width=440)
    paper.text(x + 50, y + 345, grouped(one.number), 11, width=460)
    paper.text(x + 50, y + 415, "密码由本人第一次用卡时自己设，", 8, colour=QUIET, width=460)
    paper.text(x + 50, y + 458, "谁也不会来问您。丢了请到村里换卡。", 8, colour=QUIET, width=460)
    paper.qr(x + 540, y + 130, 270, one.content, strong=True)


def _cover(paper: Paper, one: Book) -> None:
    lang = one.lang
    paper.page()
    paper.box(90, 90, paper.width - 180, paper.height - 180, colour=GREEN, fill=PALE)
    paper.centered(330, one.village, 18, colour=GREEN, bold=True)
    paper.centered(470, say(lang, "工分本", "Work-point book"), 40, bold=True)
    paper.line(440, 740, 1040, 740, colour=GREEN, thick=6)
    paper.centered(800, one.name, 26, bold=True)
    group = f"{one.group} · " if one.group else ""
    paper.centered(960, group + say(lang, f"第 {one.household} 户", f"household {one.household}"), 13, colour=QUIET)
    y = 1200
    for line in _promises(one):
        y = paper.paragraph(200, y, paper.width - 400, line, 11) + 24
    paper.centered(paper.height - 220, say(lang, "印于 ", "printed ") + day_of(one.printed_at, lang), 9, colour=QUIET)


def _promises(one: Book) -> list[str]:
    worth = say(one.lang, "工分只用来算分红。", "Points count for the dividend.")
    if one.par:
        yuan = f"{one.par // 100}.{one.par % 100:02d}".removesuffix(".00")
        worth = say(
            one.lang,
            f"1 工分值 {yuan} 元，钱已经备好，在本乡镇挂牌的店里都能用。",
            f"1 point is worth {yuan} yuan; the money is set aside, and every listed shop of the town takes it.",
        )
    return [
        worth,
        say(
            one.lang,
            "工分不会过期，不会被扣。哪一笔不对，请说一声，换一个人复查。",
            "Points do not expire and are never taken. If a line is wrong, say so: somebody else will look at it.",
        ),
        say(one.lang, f"投诉：{one.complain_to}", f"Complaints: {one.complain_to}"),
    ]


def _columns(lang: str) -> list[Column]:
    return [
        Column(say(lang, "日期", "day"), 225),
        Column(say(lang, "做了什么", "what"), 520),
        Column(say(lang, "怎么核实的", "how proved"), 190),
        Column(say(lang, "工分", "points"), 170, "R"),
        Column(say(lang, "余额", "balance"), 195, "R"),
    ]


def _cells(line: BookLine, lang: str) -> list[str]:
    change = f"+{points(line.change)}" if line.change > 0 else points(line.change)
    return [day_of(line.day, lang), line.told, line.grade, change, points(line.balance)]


def _page_of_lines(paper: Paper, one: Book, rows: Sequence[Sequence[str]], a_page: int, number: int) -> None:
    columns = _columns(one.lang)
    paper.page()
    paper.text(90, 90, one.name, 11, bold=True, width=600)
    paper.text(90, 90, str(number), 9, colour=QUIET, width=paper.width - 180, side="R")
    y = paper.heading(90, 160, sum(column.width for column in columns), columns, 8)
    for cells in [*rows, *([[""] * len(columns)] * (a_page - len(rows)))]:
        y = paper.row(90, y, columns, cells, 84)
    paper.text(
        90,
        paper.height - 110,
        say(
            one.lang,
            "手写的行，请两个人签名，再到村里补录。",
            "Lines by hand: two people sign, then they are typed in.",
        ),
        8,
        colour=PERSIMMON,
        width=paper.width - 180,
    )
