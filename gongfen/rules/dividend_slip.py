"""One resident's slip: every step of the sum, so that a person can follow it with a pencil.

Fractions are shown as decimals cut off after six places, made from whole numbers: what is printed is exact as far as
it goes.
"""

from dataclasses import dataclass

from gongfen.rules.dividend import Plan, Share, Sums, weigh, whole_weight

PLACES = 6


@dataclass(frozen=True)
class Step:
    """One line of the sum. `name` is for words; the numbers fill it."""

    name: str
    numbers: dict[str, int | str]


def decimal(numerator: int, denominator: int, places: int = PLACES) -> str:
    """A fraction as a decimal, cut off and never rounded."""
    whole, rest = divmod(numerator, denominator)
    return f"{whole}.{rest * 10**places // denominator:0{places}d}"


def steps(plan: Plan, sums: Sums, share: Share) -> list[Step]:
    """From the pool to what is paid, in the order in which one would write it down."""
    found = [Step("pool", {"money": plan.pool})]
    for line, money in zip(plan.lines, sums.lines, strict=True):
        found.append(Step(f"line_{line.kind}", {"percent": line.percent, "money": money}))
    if sums.rest:
        found.append(Step("rest", {"money": sums.rest}))
    found.append(Step("shared", {"money": sums.shared}))
    if plan.head_percent:
        found.append(_by_heads(plan, sums, share))
    if plan.head_percent < 100:
        found.append(_by_points(plan, sums, share))
    found.append(_rounding(plan, sums, share))
    found.append(Step("share", {"money": share.money}))
    if share.advance:
        found.append(Step("advance", {"money": share.advance, "forgiven": share.forgiven}))
    found.append(Step("payout", {"money": share.payout}))
    return found


def _by_heads(plan: Plan, sums: Sums, share: Share) -> Step:
    due = decimal(sums.shared * plan.head_percent * share.heads, 100 * sums.heads * plan.unit)
    numbers: dict[str, int | str] = {
        "percent": plan.head_percent,
        "part": decimal(sums.shared * plan.head_percent, 100 * plan.unit, 2),
        "heads": share.heads,
        "all_heads": sums.heads,
        "due": due,
    }
    return Step("by_heads", numbers)


def _by_points(plan: Plan, sums: Sums, share: Share) -> Step:
    percent = 100 - plan.head_percent
    numbers: dict[str, int | str] = {
        "percent": percent,
        "part": decimal(sums.shared * percent, 100 * plan.unit, 2),
        "points": share.points,
        "all_points": sums.points,
        "due": decimal(sums.shared * percent * share.points, 100 * sums.points * plan.unit),
    }
    return Step("by_points", numbers)


def _rounding(plan: Plan, sums: Sums, share: Share) -> Step:
    """The whole units of the due, its remainder, and whether one of the left-over units came here."""
    whole = whole_weight(plan, sums.heads, sums.points)
    due = sums.shared // plan.unit * weigh(plan, share.heads, share.points, sums.heads, sums.points)
    part, remainder = divmod(due, whole)
    numbers: dict[str, int | str] = {
        "unit": plan.unit,
        "due": decimal(due, whole),
        "part": part,
        "remainder": decimal(remainder, whole),
        "left_over": sums.left_over,
        "border": decimal(max(sums.border, 0), whole),
        "extra": share.money // plan.unit - part,
    }
    return Step("rounding", numbers)
