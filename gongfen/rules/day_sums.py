"""What of a town's transfers is summed by day: from which kind of account to which."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from gongfen.rules.posting import KIND_BITS, Kind

KIND_MASK = (1 << KIND_BITS) - 1


class What(StrEnum):
    """One thing that is summed."""

    AWARD = "award"  # points that came to residents for what they did
    TAKE = "take"  # money that came into tills
    GIVE_BACK = "give_back"  # money that tills gave back
    ANSWER = "answer"  # claims that were answered in a month that is over; no transfer


SIDES: Mapping[What, tuple[tuple[Kind, ...], Kind]] = MappingProxyType(
    {
        What.AWARD: ((Kind.ISSUANCE,), Kind.POINTS),
        What.TAKE: ((Kind.CASH, Kind.ON_HOLD), Kind.TILL),
        What.GIVE_BACK: ((Kind.TILL,), Kind.CASH),
    }
)


def what_of(source: int, target: int) -> What | None:
    """What a transfer between these accounts counts as; None for all that is not summed."""
    here, there = source & KIND_MASK, target & KIND_MASK
    return next((what for what, (sources, into) in SIDES.items() if there == into and here in sources), None)
