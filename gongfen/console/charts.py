"""Bars as SVG, drawn by the server and labelled directly: few, side by side, with the table always under them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, BAR, GAP = 640, 96, 112, 22, 18


@dataclass(frozen=True)
class Bar:
    """One bar: where it lies, how long it is, and what it says."""

    y: int
    length: int
    label: str
    told: str
    second: bool

    @property
    def text_y(self) -> int:
        return self.y + BAR - 6

    @property
    def told_x(self) -> int:
        return LEFT + self.length + 8


@dataclass(frozen=True)
class Chart:
    """Bars from top to bottom; two of a pair touch."""

    bars: Sequence[Bar]
    height: int
    width: int = WIDTH
    left: int = LEFT
    bar: int = BAR


def pairs_of_bars(rows: Sequence[tuple[str, int, int]], told: Sequence[tuple[str, str]]) -> Chart:
    """For each row its label, a first and a second value; `told` are the two values in words."""
    most = max((max(first, second) for _, first, second in rows), default=0) or 1
    room = WIDTH - LEFT - RIGHT
    bars: list[Bar] = []
    y = 8
    for (label, first, second), (first_told, second_told) in zip(rows, told, strict=True):
        bars.append(Bar(y, max(first * room // most, 1), label, first_told, second=False))
        bars.append(Bar(y + BAR + 2, max(second * room // most, 1), "", second_told, second=True))
        y += 2 * BAR + GAP
    return Chart(bars, y)
