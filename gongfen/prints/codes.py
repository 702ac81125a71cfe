"""Join codes as slips to cut: name and household outside, the code as QR and letters inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongfen.prints.paper import GREEN, LINE, QUIET, WHITE, Paper

SLIP = (930, 520)  # tenths of a millimetre
A_PAGE = 10


@dataclass(frozen=True)
class JoinSlip:
    """One person's code, printed once. `code` as people read it: ABCD-EFGH-JKLM."""

    village: str
    name: str
    household: str
    code: str


def join_slips(many: Sequence[JoinSlip], address: str, printed_at: datetime) -> bytes:
    """Ten slips a page. The QR opens `address` with the code in it."""
    paper = Paper("入村码", printed_at)
    for place, one in enumerate(many):
        if place % A_PAGE == 0:
            paper.page()
        down, right = divmod(place % A_PAGE, 2)
        _draw(paper, 100 + right * (SLIP[0] + 40), 90 + down * (SLIP[1] + 30), one, address)
    return paper.bytes()


def _draw(paper: Paper, x: int, y: int, one: JoinSlip, address: str) -> None:
    paper.box(x, y, *SLIP, colour=LINE, fill=WHITE)
    paper.text(x + 40, y + 35, f"{one.village} · 入村码", 12, bold=True, colour=GREEN, width=480)
    paper.text(x + 40, y + 120, one.name, 18, bold=True, width=460)
    paper.text(x + 40, y + 215, f"户号 {one.household}", 11, colour=QUIET, width=460)
    paper.text(x + 40, y + 290, one.code, 14, bold=True, width=500)
    paper.text(x + 40, y + 385, "手机扫一扫，或在“加入”里输这 12 个字。", 8, colour=QUIET, width=500)
    paper.text(x + 40, y + 430, "只能用一次，30 天内有效，不要给别人看。", 8, colour=QUIET, width=500)
    paper.qr(x + 580, y + 90, 310, f"{address}?code={one.code.replace('-', '')}", strong=True)
