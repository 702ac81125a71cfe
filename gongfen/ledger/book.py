"""The book: the only writer of balances, in sets."""

from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError

from gongfen.ledger import storage
from gongfen.rules.places import MOST_LINES, transfer_place
from gongfen.rules.posting import Line, Move, Standing, decide_one
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class TooManyMoves(Refusal):
    """An act has at most 512 moves."""

    code = "too_many_moves"


class Book:
    """The accounts that a set of acts touches, and what the set does to them.

    Used inside the transaction that holds the town's head row: what is read is the truth until `write`.
    """

    def __init__(self, town: Town, accounts: Collection[int], standing: Mapping[int, Standing] | None = None) -> None:
        self.town = town
        self._asked = accounts
        known = storage.read_accounts(town.id, accounts) if standing is None else standing
        self.accounts: Mapping[int, Standing] = known
        self._lines: list[storage.TransferRow] = []
        self._moved: dict[int, int] = {}

    def balance(self, account: int) -> int:
        """The balance as it is at this moment of the set; 0 for an account that is not there."""
        if account not in self._asked:
            raise LookupError(f"account {account} is read without being named in `touching`")
        found = self.accounts.get(account)
        return found.balance if found else 0

    def decide(self, moves: Sequence[Move]) -> list[Line] | Refusal:
        """Answer one act's wish, whole or not at all; what comes later sees what it did."""
        return TooManyMoves() if len(moves) > MOST_LINES else decide_one(moves, self.accounts)

    def post(self, act: int, lines: Sequence[Line]) -> None:
        """Keep the lines of an accepted act for `write`."""
        town, transfer, moved = self.town.id, transfer_place(act, 0), self._moved
        for source, target, amount, source_balance, target_balance in lines:
            self._lines.append((transfer, town, act, source, target, amount, source_balance, target_balance))
            moved[source] = source_balance
            moved[target] = target_balance
            transfer += 1

    def write(self) -> None:
        """Append the transfers and write the balances, in a handful of statements. The acts stand already."""
        if self._lines:
            storage.write_transfers(self._lines)
            if storage.write_balances(self.town.id, self._moved) != len(self._moved):
                raise IntegrityError("an account of this town vanished although this batch holds its head")
