"""How a pool is shared: whole numbers only, and the rate is never rounded.

Money is in hundredths of a fen, points in hundredths of a point. From the pool come first its lines (costs, reserve,
welfare); what is left is shared by heads and by points earned, down to the last unit (a fen or a yuan). What somebody
spent is not asked: there is no field for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from gongfen.rules.refusals import Refusal

FEN = 100  # hundredths of a fen


class Unit(IntEnum):
    """The smallest sum that is paid, in hundredths of a fen."""

    FEN = 100
    YUAN = 10_000


class BadPlan(Refusal):
    """The plan cannot be read: `part` says which part of it."""

    code = "bad_plan"


class LinesOverPool(Refusal):
    """Costs, reserve and welfare together are more than the pool."""

    code = "lines_over_pool"


class NoOneWithPoints(Refusal):
    """A part goes by points, and nobody earned any in the period."""

    code = "no_one_with_points"


class NoOneCountsAsHead(Refusal):
    """A part goes by heads, and nobody is on the voted list."""

    code = "no_one_counts_as_head"


@dataclass(frozen=True)
class Line:
    """What comes out of the pool before it is shared: a percentage of it, or a fixed sum of money."""

    kind: str  # cost, reserve or welfare
    percent: int = 0
    money: int = 0


@dataclass(frozen=True)
class Plan:
    """The published rule of one run."""

    pool: int
    head_percent: int  # 70 is 人七劳三: 70 % by heads, 30 % by points
    lines: tuple[Line, ...] = ()
    unit: int = Unit.FEN
    turn: int = 0  # how many runs there were before: among equals, the next one in line begins


class Sharer(NamedTuple):
    """One line of the run. A child is a line of its own, with one head and no points."""

    slip: int
    heads: int
    points: int
    advance: int = 0


class Share(NamedTuple):
    """What a line is due (`money`), what is paid, and what part of its advance is forgiven."""

    slip: int
    heads: int
    points: int
    advance: int
    money: int
    payout: int
    forgiven: int


@dataclass(frozen=True)
class Sums:
    """The totals that every slip shows: pool = lines + rest + shared, payouts + advances = shared + forgiven."""

    lines: tuple[int, ...]
    shared: int
    rest: int  # less than one unit; it stays in the fund
    heads: int
    points: int
    left_over: int  # units that went to the largest remainders
    border: int  # the smallest remainder that got one; -1 when nothing was left over
    shares: int
    payouts: int
    advances: int
    forgiven: int


@dataclass(frozen=True)
class Outcome:
    sums: Sums
    shares: list[Share]


def line_money(plan: Plan) -> tuple[int, ...]:
    """What each line takes: a percentage is rounded down to a whole fen."""
    return tuple(line.money + plan.pool * line.percent // 100 // FEN * FEN for line in plan.lines)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that nobody could compute."""
    if plan.pool <= 0 or plan.pool % FEN:
        raise BadPlan(part="pool")
    if not 0 <= plan.head_percent <= 100:
        raise BadPlan(part="head_percent")
    if plan.unit not in (Unit.FEN, Unit.YUAN):
        raise BadPlan(part="unit")
    for line in plan.lines:
        if line.kind not in ("cost", "reserve", "welfare") or not 0 <= line.percent <= 100:
            raise BadPlan(part="lines")
        if line.money < 0 or line.money % FEN:
            raise BadPlan(part="lines")
    if sum(line_money(plan)) > plan.pool:
        raise LinesOverPool(lines=sum(line_money(plan)), pool=plan.pool)


def weigh(plan: Plan, heads: int, points: int, all_heads: int, all_points: int) -> int:
    """What one line weighs, so that all lines together weigh `whole_weight`: no fraction is ever made."""
    by_heads = plan.head_percent * heads * (all_points if plan.head_percent < 100 else 1)
    by_points = (100 - plan.head_percent) * points * (all_heads if plan.head_percent > 0 else 1)
    return by_heads + by_points


def whole_weight(plan: Plan, all_heads: int, all_points: int) -> int:
    """All weights together."""
    heads = all_heads if plan.head_percent > 0 else 1
    points = all_points if plan.head_percent < 100 else 1
    return 100 * heads * points


def split(units: int, weights: Sequence[int], *, whole: int, turn: int) -> tuple[list[int], int, int]:
    """Share whole units by weight: everyone the whole part of their due, the rest to the largest remainders.

    Among equal remainders the places rotate with `turn`, so that over the years nobody is favoured. Gives the
    shares, how many units were left over, and the smallest remainder that got one (-1 when none was left).
    """
    shares, remainders = [], []
    for weight in weights:
        part, remainder = divmod(units * weight, whole)
        shares.append(part)
        remainders.append(remainder)
    left = units - sum(shares)
    if not left:
        return shares, 0, -1
    border = sorted(remainders, reverse=True)[left - 1]
    equal = []
    for place, remainder in enumerate(remainders):
        if remainder > border:
            shares[place] += 1
        elif remainder == border:
            equal.append(place)
    still = units - sum(shares)
    for step in range(still):
        shares[equal[(turn + step) % len(equal)]] += 1
    return shares, left, border


def share_out(plan: Plan, sharers: Iterable[Sharer]) -> Outcome:
    """Share a pool among the lines of a run; the order of the lines given plays no part, only their slip numbers."""
    check_plan(plan)
    rows = sorted(sharers)
    all_heads = sum(row.heads for row in rows)
    all_points = sum(row.points for row in rows)
    if plan.head_percent > 0 and not all_heads:
        raise NoOneCountsAsHead()
    if plan.head_percent < 100 and not all_points:
        raise NoOneWithPoints()
    lines = line_money(plan)
    units, rest = divmod(plan.pool - sum(lines), plan.unit)
    weights = [weigh(plan, row.heads, row.points, all_heads, all_points) for row in rows]
    whole = whole_weight(plan, all_heads, all_points)
    parts, left, border = split(units, weights, whole=whole, turn=plan.turn)
    shares = [_set_off(row, part * plan.unit) for row, part in zip(rows, parts, strict=True)]
    sums = Sums(
        lines=lines,
        shared=units * plan.unit,
        rest=rest,
        heads=all_heads,
        points=all_points,
        left_over=left,
        border=border,
        shares=len(shares),
        payouts=sum(share.payout for share in shares),
        advances=sum(share.advance for share in shares),
        forgiven=sum(share.forgiven for share in shares),
    )
    return Outcome(sums, shares)


def _set_off(row: Sharer, money: int) -> Share:
    """An advance was paid early and is set off; what it exceeds the share by is forgiven: nobody ends in debt."""
    payout = max(0, money - row.advance)
    forgiven = max(0, row.advance - money)
    return Share(row.slip, row.heads, row.points, row.advance, money, payout, forgiven)
