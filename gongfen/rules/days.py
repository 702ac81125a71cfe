"""A merchant's day: from the first payment to the money in the bank.

open → closed → in settlement → approved → in transit → paid, or bounced, which opens it again.
"""

from datetime import date, timedelta
from enum import StrEnum

from gongfen.rules.refusals import Refusal

SETTLEMENT_WEEKDAY = 4  # Friday


class DayState(StrEnum):
    """Where a merchant's day is."""

    OPEN = "open"
    CLOSED = "closed"
    IN_SETTLEMENT = "in_settlement"
    APPROVED = "approved"
    IN_TRANSIT = "in_transit"
    PAID = "paid"


STEPS: dict[DayState, frozenset[DayState]] = {
    DayState.OPEN: frozenset({DayState.CLOSED, DayState.IN_SETTLEMENT}),  # a past day is closed by its settlement
    DayState.CLOSED: frozenset({DayState.OPEN, DayState.IN_SETTLEMENT}),  # the owner opens it again for a late customer
    DayState.IN_SETTLEMENT: frozenset({DayState.APPROVED, DayState.OPEN}),  # not approved: open again
    DayState.APPROVED: frozenset({DayState.IN_TRANSIT, DayState.OPEN}),  # taken back before it left
    DayState.IN_TRANSIT: frozenset({DayState.PAID, DayState.OPEN}),  # a bounce opens it again
    DayState.PAID: frozenset(),
}


class DayClosed(Refusal):
    """The day was closed; the owner can open it again until it is in settlement."""

    code = "day_closed"


class DaySettled(Refusal):
    """The day is in settlement or later: its sums stand."""

    code = "day_settled"


class DayNotReady(Refusal):
    """The day cannot go from where it is to where it was asked to go."""

    code = "day_not_ready"


def may_go(now: DayState, to: DayState) -> bool:
    """Is this one of the steps above?"""
    return to in STEPS[now]


def check_payment(state: DayState) -> Refusal | None:
    """Payments come in while the day is open."""
    if state is DayState.OPEN:
        return None
    return DayClosed() if state is DayState.CLOSED else DaySettled()


def check_refund(state: DayState) -> Refusal | None:
    """A payment is given back until its day is in settlement."""
    return None if state in (DayState.OPEN, DayState.CLOSED) else DaySettled()


def settles_on(day: date, *, weekday: int = SETTLEMENT_WEEKDAY) -> date:
    """The settlement in which this day's payments are paid out: the first such weekday after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
