"""How much a resident may pay: per payment, day, week and month. Pure over sums; money in hundredths of a fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongfen.rules.refusals import Refusal

A_FEN = 100
A_YUAN = 10_000
WARN_FROM_PERCENT = 80


class SumNotPayable(Refusal):
    """Nothing, less than nothing, or a part of a fen cannot be paid."""

    code = "sum_not_payable"


class AllowanceReached(Refusal):
    """This payment would go over the allowance of `period`; `left` is what may still be paid in it."""

    code = "allowance_reached"


@dataclass(frozen=True)
class Allowance:
    """The most that may be paid; above `confirm_above` the phone is asked first."""

    payment: int = 500 * A_YUAN
    day: int = 1_000 * A_YUAN
    week: int = 3_000 * A_YUAN
    month: int = 8_000 * A_YUAN
    confirm_above: int = 200 * A_YUAN


@dataclass(frozen=True)
class Spent:
    """What was paid so far in the periods that contain `on`."""

    on: date
    day: int = 0
    week: int = 0
    month: int = 0

    def at(self, today: date) -> "Spent":
        """The same sums read on a later day: what belongs to a period that is over no longer counts."""
        if today == self.on:
            return self
        return Spent(
            on=today,
            day=0,
            week=self.week if week_of(self.on) == week_of(today) else 0,
            month=self.month if month_of(self.on) == month_of(today) else 0,
        )

    def plus(self, money: int) -> "Spent":
        """The sums after another payment."""
        return Spent(self.on, self.day + money, self.week + money, self.month + money)


@dataclass(frozen=True)
class LittleLeft:
    """Of the allowance of `period` only `left` is left."""

    period: str
    left: int


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def check_sum(money: int) -> Refusal | None:
    """A payment is a whole number of fen, and more than none."""
    if money <= 0 or money % A_FEN:
        return SumNotPayable(money=money)
    return None


def check(allowance: Allowance, spent: Spent, money: int) -> Refusal | None:
    """Why this payment may not be made, if it may not: the narrowest allowance first."""
    wrong = check_sum(money)
    if wrong is not None:
        return wrong
    if money > allowance.payment:
        return AllowanceReached(period="payment", left=allowance.payment, money=money)
    for period, most, used in _periods(allowance, spent):
        if used + money > most:
            return AllowanceReached(period=period, left=max(most - used, 0), money=money)
    return None


def warnings(allowance: Allowance, spent: Spent) -> Sequence[LittleLeft]:
    """Of which allowances four fifths are used: said before the stop comes, not when it is there."""
    return [
        LittleLeft(period, max(most - used, 0))
        for period, most, used in _periods(allowance, spent)
        if used * 100 >= most * WARN_FROM_PERCENT
    ]


def must_confirm(allowance: Allowance, money: int) -> bool:
    """Does the phone have to say yes before this is paid?"""
    return money > allowance.confirm_above


def _periods(allowance: Allowance, spent: Spent) -> tuple[tuple[str, int, int], ...]:
    return (
        ("day", allowance.day, spent.day),
        ("week", allowance.week, spent.week),
        ("month", allowance.month, spent.month),
    )
