"""What a run would be under other numbers: a table for whoever decides, and the bars of a chart.

Nobody can be told apart in it: no least, no most, and no bar that fewer than ten lines (or all but fewer than ten)
stand behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongfen.rules.dividend import Outcome, Plan, Unit

FEWEST = 10  # lines behind a published figure
BARS = 8


@dataclass(frozen=True)
class Bar:
    """How many lines get from `least` up to but not including `most` (the last bar has no upper end: 0)."""

    least: int
    most: int
    lines: int | None  # None where fewer than ten stand behind it


@dataclass(frozen=True)
class Row:
    """One plan and what it would come to. Money in hundredths of a fen."""

    plan: Plan
    shared: int
    a_head: int  # what a head alone gets
    a_hundred_points: int  # what 100 points alone get
    lower_quarter: int | None  # a quarter of the lines get less
    middle: int | None
    upper_quarter: int | None
    bars: tuple[Bar, ...]


def row(plan: Plan, outcome: Outcome) -> Row:
    """One row of the table."""
    sums = outcome.sums
    money = sorted(share.money for share in outcome.shares)
    by_heads = sums.shared * plan.head_percent // 100
    enough = len(money) >= 4 * FEWEST
    return Row(
        plan=plan,
        shared=sums.shared,
        a_head=by_heads // sums.heads if sums.heads else 0,
        a_hundred_points=(sums.shared - by_heads) * 10_000 // sums.points if sums.points else 0,
        lower_quarter=money[len(money) // 4] if enough else None,
        middle=money[len(money) // 2] if len(money) >= 2 * FEWEST else None,
        upper_quarter=money[len(money) * 3 // 4] if enough else None,
        bars=_bars(money),
    )


def _bars(money: Sequence[int]) -> tuple[Bar, ...]:
    """Bars of equal width, whole yuan, up to where nine of ten lines end; the rest is the last bar."""
    if len(money) < FEWEST:
        return ()
    width = max(1, -(-money[len(money) * 9 // 10] // (BARS * Unit.YUAN))) * Unit.YUAN
    edges = [width * n for n in range(BARS + 1)]
    counts = [sum(1 for one in money if low <= one < high) for low, high in pairwise(edges)]
    counts.append(sum(1 for one in money if one >= edges[-1]))
    ends = [*edges[1:], 0]
    return tuple(
        Bar(low, high, count if _may_show(count, len(money)) else None)
        for low, high, count in zip(edges, ends, _hide_one_more(counts), strict=True)
    )


def _may_show(count: int, whole: int) -> bool:
    return count == 0 or (count >= FEWEST and whole - count >= FEWEST) or count == whole


def _hide_one_more(counts: list[int]) -> list[int]:
    """A single hidden bar could be had by subtraction: the smallest other one is hidden with it, as 1."""
    small = [place for place, count in enumerate(counts) if 0 < count < FEWEST]
    shown = [place for place, count in enumerate(counts) if count >= FEWEST]
    if len(small) == 1 and shown:
        counts = list(counts)
        counts[min(shown, key=lambda place: counts[place])] = 1
    return counts
