"""A close on paper: the state of all accounts at the end of a month or year, with room for two names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongfen.prints.labels import EDGE, foot, letterhead, say, table
from gongfen.prints.paper import QUIET, Column, Paper


@dataclass(frozen=True)
class CloseSheet:
    """What stood on all accounts after the act with this number."""

    town: str
    period: str
    number: int
    digest: str
    rows: Sequence[tuple[str, str]]  # what for, how much
    prepared_by: str
    signed_by: str
    printed_at: datetime
    lang: str = "zh"


def close_sheet(one: CloseSheet) -> bytes:
    """One A4 page."""
    lang = one.lang
    title = say(lang, f"{one.period} 结账", f"Close of {one.period}")
    paper = Paper(title, one.printed_at)
    paper.page()
    y = letterhead(paper, title, one.town, say(lang, f"到第 {one.number} 号", f"up to number {one.number}"))
    columns = [
        Column(say(lang, "账户", "accounts"), 1160),
        Column(say(lang, "合计", "together"), paper.width - 2 * EDGE - 1160, "R"),
    ]
    y, _ = table(paper, y, columns, [list(row) for row in one.rows], bottom=paper.height - 700)
    y += 60
    words = say(
        lang,
        "这是到该序号为止全部账户的状态。此后任何人改不了这段历史：每次查账都会和这里的校验码比对。",
        "This is the state of all accounts up to that number. Nothing behind it can change: every audit compares it.",
    )
    y = paper.paragraph(EDGE, y, paper.width - 2 * EDGE, words, 10, colour=QUIET)
    paper.text(EDGE, y + 20, f"SHA-256 {one.digest}", 9, colour=QUIET, width=paper.width - 2 * EDGE)
    half = (paper.width - 2 * EDGE - 100) // 2
    for x, label, name in (
        (EDGE, say(lang, "准备", "prepared by"), one.prepared_by),
        (EDGE + half + 100, say(lang, "核对签字", "checked and signed by"), one.signed_by),
    ):
        paper.line(x, y + 330, x + half, y + 330)
        paper.text(x, y + 345, f"{label}  {name}", 11, width=half)
    foot(
        paper,
        say(lang, "一式两份，村委会和监督委员会各存一份。", "Two copies: one each for office and supervisors."),
        "1",
    )
    return paper.bytes()
