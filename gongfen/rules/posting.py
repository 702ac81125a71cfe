"""Posting: what happens to balances when acts move points and money. The whole truth, without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from gongfen.rules.refusals import Refusal

MOST = 1 << 53  # hundredths: beyond it, JSON readers lose digits
KIND_BITS = 5


class Unit(IntEnum):
    """What an account counts, always in whole hundredths."""

    POINTS = 1  # 1 is a hundredth of a point
    MONEY = 2  # 1 is a hundredth of a fen


class Kind(IntEnum):
    """What an account is for."""

    ISSUANCE = 1
    POINTS = 2
    OUTSIDE = 8
    FUND = 9
    EARMARK = 10
    RESERVE = 11
    WELFARE = 12
    BUDGET = 13
    BACKING = 14
    POOL = 15
    CASH = 16
    TILL = 17
    ON_HOLD = 18
    TRANSIT = 19

    @property
    def unit(self) -> Unit:
        return Unit.POINTS if self < Kind.OUTSIDE else Unit.MONEY

    @property
    def floor(self) -> int | None:
        """The least its balance may be; none for the two sides of the outside world."""
        return None if self in (Kind.ISSUANCE, Kind.OUTSIDE) else 0


class Address(NamedTuple):
    """An account by what it is for and whose it is (a subject)."""

    kind: Kind
    owner: int

    @property
    def account(self) -> int:
        """The account's id: its owner and its kind in 63 bits, so that no look-up is needed."""
        return self.owner << KIND_BITS | self.kind


def address(account: int) -> Address:
    """The address of an account id."""
    return Address(Kind(account & (1 << KIND_BITS) - 1), account >> KIND_BITS)


class Move(NamedTuple):
    """A wish to move an amount (hundredths) from one account to another of the same unit."""

    source: Address
    target: Address
    amount: int


@dataclass(slots=True)
class Standing:
    """Where an account stands while a set is decided."""

    balance: int
    floor: int | None


# A move that is decided: account ids of source and target, the amount, and both balances after it. Plain, because
# there is one for everything that ever moves.
Line = tuple[int, int, int, int, int]


class UnknownAccount(Refusal):
    """No such account in this town."""

    code = "unknown_account"


class WrongUnit(Refusal):
    """Points and money never mix in one move."""

    code = "wrong_unit"


class BadAmount(Refusal):
    """An amount is a whole number of hundredths, more than nothing and at most 2^53."""

    code = "bad_amount"


class SameAccount(Refusal):
    """A move has two sides."""

    code = "same_account"


class InsufficientBalance(Refusal):
    """The account would fall below its floor. `missing` is by how much, in hundredths."""

    code = "insufficient_balance"


_MONEY = int(Kind.OUTSIDE)  # kinds below it count points; a plain number compares faster than a member


def decide_one(moves: Sequence[Move], accounts: Mapping[int, Standing]) -> list[Line] | Refusal:
    """Answer one wish, whole or not at all: its lines, with the accounts moved; or a refusal, with nothing moved.

    Floors hold at the end of the wish, not between its moves.
    """
    before: dict[int, tuple[Standing, int]] = {}
    lines: list[Line] = []
    refused = _move(moves, accounts, before, lines) or _check_ends(before)
    if refused is None:
        return lines
    for standing, balance in before.values():
        standing.balance = balance
    return refused


def _move(
    moves: Sequence[Move],
    accounts: Mapping[int, Standing],
    before: dict[int, tuple[Standing, int]],
    lines: list[Line],
) -> Refusal | None:
    """Move the accounts, one move after the other. This runs for every transfer there is: it avoids calls."""
    for (kind, owner), (other_kind, other), amount in moves:
        if type(amount) is not int or not 0 < amount <= MOST:
            return BadAmount(amount=str(amount))
        if (kind < _MONEY) is not (other_kind < _MONEY):
            return WrongUnit()
        out, into = owner << KIND_BITS | kind, other << KIND_BITS | other_kind
        if out == into:
            return SameAccount()
        source, target = accounts.get(out), accounts.get(into)
        if source is None or target is None:
            return UnknownAccount(account=str(out if source is None else into))
        if out not in before:
            before[out] = source, source.balance
        if into not in before:
            before[into] = target, target.balance
        source.balance -= amount
        target.balance += amount
        lines.append((out, into, amount, source.balance, target.balance))
    return None


def _check_ends(before: Mapping[int, tuple[Standing, int]]) -> Refusal | None:
    """Where the accounts stand after the wish: not below their floors, not beyond what can be."""
    for account, (standing, _) in before.items():
        balance, floor = standing.balance, standing.floor
        if floor is not None and balance < floor:
            return InsufficientBalance(account=str(account), missing=floor - balance)
        if not -MOST <= balance <= MOST:
            return BadAmount(amount=str(balance))
    return None


def decide(wishes: Iterable[Sequence[Move]], accounts: Mapping[int, Standing]) -> list[list[Line] | Refusal]:
    """Answer each wish as if they came one by one; a refused wish changes nothing."""
    return [decide_one(moves, accounts) for moves in wishes]
