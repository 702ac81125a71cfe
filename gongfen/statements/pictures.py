"""Pictures of figures: bars that carry their own words. Plain numbers here, drawn by the page or the paper."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 360  # units of the drawing; a phone shows one unit as about one pixel
MOST_LABEL = 176
TOLD = 92  # room for what a bar says at its end
ROW = 34
THICK = 20


@dataclass(frozen=True)
class Bar:
    """One bar: its label on the left, what it says at its end. A hidden one has no length."""

    label: str
    told: str
    is_hidden: bool
    x: int
    y: int
    length: int

    @property
    def text_y(self) -> int:
        return self.y + THICK - 5

    @property
    def told_x(self) -> int:
        return self.x + self.length + 8

    @property
    def thick(self) -> int:
        return THICK


@dataclass(frozen=True)
class Picture:
    """Bars one under the other."""

    bars: list[Bar]
    width: int = WIDTH

    @property
    def height(self) -> int:
        return ROW * max(1, len(self.bars))


def bars(rows: Iterable[tuple[str, int | None, str]]) -> Picture:
    """Label, value (None where hidden) and words of each row; the largest value is the longest bar."""
    rows = list(rows)
    most = max((value or 0 for _, value, _ in rows), default=0) or 1
    begins = min(MOST_LABEL, max((_wide(label) for label, _, _ in rows), default=0) + 8)
    longest = WIDTH - begins - TOLD
    return Picture(
        [
            Bar(label, told, value is None, begins, place * ROW + 6, max(2, value * longest // most) if value else 0)
            for place, (label, value, told) in enumerate(rows)
        ]
    )


def _wide(label: str) -> int:
    """About how wide a label stands in letters of 15 units: Chinese ones are square, others half as wide."""
    return sum(15 if letter > "⺀" else 8 for letter in label)
