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


class Line(NamedTuple):
    """A move that is decided: account ids and both balances after it."""

    source: int
    target: int
    amount: int
    source_balance: int
    target_balance: int


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


def decide_one(moves: Sequence[Move], accounts: Mapping[int, Standing]) -> list[Line] | Refusal:
    """Answer one wish, whole or not at all: its lines, with the accounts moved; or a refusal, with nothing moved.

    Floors hold at the end of the wish, not between its moves.
    """
    after: dict[int, int] = {}
    lines: list[Line] = []
    for source, target, amount in moves:
        if type(amount) is not int or not 0 < amount <= MOST:
            return BadAmount(amount=str(amount))
        if source.kind.unit is not target.kind.unit:
            return WrongUnit()
        out, into = source.account, target.account
        if out == into:
            return SameAccount()
        for account in (out, into):
            if account not in after:
                if account not in accounts:
                    return UnknownAccount(account=str(account))
                after[account] = accounts[account].balance
        after[out] -= amount
        after[into] += amount
        lines.append(Line(out, into, amount, after[out], after[into]))
    for account, balance in after.items():
        floor = accounts[account].floor
        if floor is not None and balance < floor:
            return InsufficientBalance(account=str(account), missing=floor - balance)
        if not -MOST <= balance <= MOST:
            return BadAmount(amount=str(balance))
    for account, balance in after.items():
        accounts[account].balance = balance
    return lines


def decide(wishes: Iterable[Sequence[Move]], accounts: Mapping[int, Standing]) -> list[list[Line] | Refusal]:
    """Answer each wish as if they came one by one; a refused wish changes nothing."""
    return [decide_one(moves, accounts) for moves in wishes]
