"""The quarterly re-check: twenty cardholders of a group, and neighbours of other groups who go and see them.

Everyone's turn is SHA-256 of "seed/subject", as in a lot: who has the seed can draw again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongfen.rules.lots import turn_of
from gongfen.rules.refusals import Refusal

CARDHOLDERS = 20
EACH_CARRIES = 5


class NobodyToCarry(Refusal):
    """The statements are handed over by residents of another group, and there is none."""

    code = "recheck_nobody_to_carry"


@dataclass(frozen=True)
class Errand:
    """One statement: whose, and who hands it over."""

    cardholder: int
    carrier: int


def draw_errands(seed: str, cardholders: Iterable[int], carriers: Iterable[int]) -> list[Errand]:
    """Draw at most twenty cardholders and who goes to them: each carrier has at most five, the first drawn first."""
    drawn = sorted(cardholders, key=lambda subject: turn_of(seed, subject))[:CARDHOLDERS]
    needed = -(-len(drawn) // EACH_CARRIES)
    going = sorted(carriers, key=lambda subject: turn_of(seed, subject))[:needed]
    if drawn and not going:
        raise NobodyToCarry()
    return [Errand(subject, going[place % len(going)]) for place, subject in enumerate(drawn)]


def quarter_of(day: date) -> str:
    """2026-10-09 → 2026Q4."""
    return f"{day.year}Q{(day.month + 2) // 3}"
