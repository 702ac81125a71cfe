"""What a dividend may come to, for a resident who asks: a range, never a promise.

The pool is not decided and the year is not over, so both are given as a least and a most; the answer is the least
and the most that can come of them, rounded outwards to whole yuan.
"""

from dataclasses import dataclass

from gongfen.rules.dividend import Unit
from gongfen.rules.refusals import Refusal


class NothingToGuessBy(Refusal):
    """Least and most are the wrong way round, or there is nobody to share with."""

    code = "nothing_to_guess_by"


@dataclass(frozen=True)
class Guess:
    """What is known and what is assumed. Money in hundredths of a fen, points in hundredths."""

    least_pool: int  # what may be there to share, after its lines
    most_pool: int
    head_percent: int
    heads: int  # mine: my own, and those of children I am guardian of
    all_heads: int
    points: int  # what I would have earned by the end of the period
    least_points: int  # what all together would have earned, mine included
    most_points: int


@dataclass(frozen=True)
class Range:
    least: int
    most: int


def guess(of: Guess) -> Range:
    """Between what and what the share would lie, in whole yuan (as hundredths of a fen)."""
    if not 0 <= of.least_pool <= of.most_pool or not 0 <= of.head_percent <= 100:
        raise NothingToGuessBy()
    if of.least_points > of.most_points or of.points > of.least_points or of.heads > of.all_heads:
        raise NothingToGuessBy()
    least = _due(of, of.least_pool, of.most_points)
    most = _due(of, of.most_pool, of.least_points)
    return Range(least[0] // least[1] * Unit.YUAN, -(-most[0] // most[1]) * Unit.YUAN)


def _due(of: Guess, pool: int, all_points: int) -> tuple[int, int]:
    """Yuan as a fraction. A part for which nobody counts yet is left out."""
    heads = max(of.all_heads, 1)
    points = max(all_points, 1)
    by_heads = of.head_percent * of.heads * points
    by_points = (100 - of.head_percent) * of.points * heads
    return pool * (by_heads + by_points), 100 * heads * points * Unit.YUAN
