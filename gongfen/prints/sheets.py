"""The sign-in sheet: presence on paper, from which points can come."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from gongfen.prints.labels import EDGE, day_of, foot, letterhead, say, table
from gongfen.prints.paper import QUIET, Column, Paper

A_PAGE = 20


@dataclass(frozen=True)
class SheetName:
    """A name that is printed already, because the resident signed up."""

    name: str
    group: str
    number: str  # household


@dataclass(frozen=True)
class SignInSheet:
    """The sheet of one activity on one day. `number` is what ties the photographed sheet to what is typed in."""

    village: str
    activity: str
    day: date
    where: str
    leader: str
    number: str
    address: str
    printed_at: datetime
    names: Sequence[SheetName] = field(default_factory=tuple)
    empty: int = 10
    lang: str = "zh"


def sign_in_sheet(one: SignInSheet) -> bytes:
    """A4 pages with signed-up names and empty lines; two people sign at the foot."""
    lang = one.lang
    paper = Paper(say(lang, f"签到表 {one.activity}", f"Sign-in sheet: {one.activity}"), one.printed_at)
    rows = [[str(i), name.name, name.group, name.number, "", "", ""] for i, name in enumerate(one.names, 1)]
    rows += [[str(len(rows) + i), "", "", "", "", "", ""] for i in range(1, one.empty + 1)]
    for start in range(0, len(rows), A_PAGE):
        _page(paper, one, rows[start : start + A_PAGE], start // A_PAGE + 1, -(-len(rows) // A_PAGE))
    return paper.bytes()


def _page(paper: Paper, one: SignInSheet, rows: Sequence[Sequence[str]], number: int, of: int) -> None:
    lang = one.lang
    paper.page()
    y = letterhead(paper, say(lang, "签到表", "Sign-in sheet"), one.village)
    paper.qr(paper.width - EDGE - 210, EDGE - 60, 210, one.address)
    inner = paper.width - 2 * EDGE
    paper.text(EDGE, y, one.activity, 17, bold=True, width=inner - 240)
    told = f"{day_of(one.day, lang)} · {one.where} · " + say(lang, f"带队 {one.leader}", f"led by {one.leader}")
    paper.text(EDGE, y + 100, told, 11, colour=QUIET, width=inner)
    paper.text(EDGE, y + 100, say(lang, f"单号 {one.number}", f"no. {one.number}"), 11, width=inner, side="R")
    columns = [
        Column(say(lang, "序", "no."), 90, "C"),
        Column(say(lang, "姓名", "name"), 340),
        Column(say(lang, "小组", "group"), 230),
        Column(say(lang, "户号", "household"), 190),
        Column(say(lang, "签到 时:分", "in"), 250),
        Column(say(lang, "签退 时:分", "out"), 250),
        Column(say(lang, "本人签名", "signature"), 390),
    ]
    y, _ = table(paper, y + 190, columns, rows, bottom=paper.height - 330, height=92)
    y = paper.height - 310
    paper.text(EDGE, y, say(lang, "带队人签名：__________________", "Leader: __________________"), 12, width=850)
    paper.text(1080, y, say(lang, "第二个人签名：________________", "Second person: ______________"), 12, width=850)
    words = say(
        lang,
        "签完请拍照。谁没来，这张表上什么也不写。核实：有人见证。",
        "Take a photo when signed. Nothing is written about who did not come. Proved: witnessed.",
    )
    foot(paper, words, f"{number} / {of}")
