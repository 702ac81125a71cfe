"""Small things that every document says the same way."""

from collections.abc import Sequence
from datetime import date, datetime

from gongfen.prints.paper import GREEN, INK, LINE, QUIET, Column, Paper, high
from gongfen.words import plain_day

EDGE = 180  # the margin of an A4 page, in tenths of a millimetre


def say(lang: str, zh: str, en: str) -> str:
    """The words in the reader's language."""
    return en if lang == "en" else zh


def day_of(when: date | datetime, lang: str) -> str:
    """A day on paper: with its year, because paper does not know what today is."""
    return plain_day(when, lang)


def month_of(month: date, lang: str) -> str:
    """2026年11月, Nov 2026."""
    return month.strftime("%b %Y") if lang == "en" else f"{month.year}年{month.month}月"


def letterhead(paper: Paper, title: str, village: str, beside: str = "") -> int:
    """The head of an A4 page: what it is, of which village; answers the y below it."""
    inner = paper.width - 2 * EDGE
    paper.text(EDGE, EDGE - 20, village, 11, colour=GREEN, bold=True, width=inner)
    paper.text(EDGE, EDGE + 40, title, 24, bold=True, width=inner * 2 // 3)
    if beside:
        paper.text(EDGE, EDGE + 80, beside, 11, colour=QUIET, width=inner, side="R")
    paper.line(EDGE, EDGE + 175, paper.width - EDGE, EDGE + 175, colour=GREEN, thick=6)
    return EDGE + 215


def foot(paper: Paper, text: str, page: str = "") -> None:
    """One quiet line at the foot of a page."""
    y = paper.height - 130
    paper.line(EDGE, y - 15, paper.width - EDGE, y - 15, colour=LINE)
    paper.text(EDGE, y, text, 8, colour=QUIET, width=paper.width - 2 * EDGE - 200)
    if page:
        paper.text(EDGE, y, page, 8, colour=QUIET, width=paper.width - 2 * EDGE, side="R")


def pairs(paper: Paper, x: int, y: int, width: int, told: Sequence[tuple[str, str]], size: int = 12) -> int:
    """Label and value, one under the other; answers the y below them."""
    for label, value in told:
        paper.text(x, y, label, size, colour=QUIET, width=width // 3)
        paper.text(x + width // 3, y, value, size, colour=INK, width=width - width // 3)
        y += high(size) + 22
    return y


def table(
    paper: Paper,
    y: int,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    bottom: int,
    height: int = 76,
) -> tuple[int, int]:
    """As many rows as the page holds; answers the y below and how many rows were written."""
    y = paper.heading(EDGE, y, sum(column.width for column in columns), columns)
    written = 0
    for cells in rows:
        if y + height > bottom:
            break
        y = paper.row(EDGE, y, columns, cells, height)
        written += 1
    return y, written


def grouped(digits: str) -> str:
    """Digits in groups of four, so that they can be read aloud."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
