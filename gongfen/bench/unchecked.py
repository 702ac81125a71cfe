"""What the engine alone can do: the same rows into the same tables, with nothing read, checked or decided.

It is the ruler beside our own numbers, so it is cut as fairly as we can: one transaction, the same guards, indexes and
constraints, rows made beforehand; COPY on PostgreSQL, executemany on SQLite. `balances` writes the accounts as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongfen.bench.town import VERB, Wish
from gongfen.ledger import storage
from gongfen.ledger.draft import Draft
from gongfen.rules.places import place, transfer_place
from gongfen.town import clock
from gongfen.town.models import Town


@dataclass(frozen=True)
class Rows:
    """Everything that a set of acts leaves in the tables."""

    town: Town
    acts: list[Any]
    transfers: list[Any]
    balances: dict[int, int]


def rows(town: Town, first: int, wishes: Sequence[Wish], balances: dict[int, int]) -> Rows:
    """The rows of these wishes from this number on; `balances` goes along."""
    now = storage.stored_moment(clock.now())
    acts: list[Any] = []
    transfers: list[Any] = []
    moved: dict[int, int] = {}
    for number, (key, by, moves) in enumerate(wishes, first):
        act = place(town.code, number)
        draft = Draft(key, VERB, by, by, {"money": moves[0].amount}, None, None)
        acts.append((act, town.id, key, draft.asked, draft.verb, by, by, draft.facts_text, now, now))
        for line, move in enumerate(moves):
            out, into = move.source.account, move.target.account
            balances[out] -= move.amount
            balances[into] += move.amount
            moved[out], moved[into] = balances[out], balances[into]
            after = (balances[out], balances[into])
            transfers.append((transfer_place(act, line), town.id, act, out, into, move.amount, *after))
    return Rows(town, acts, transfers, moved)


def append(found: Rows) -> None:
    """Acts and transfers, in one transaction."""
    with transaction.atomic():
        storage.write_acts(found.acts)
        storage.write_transfers(found.transfers)


def append_with_balances(found: Rows) -> None:
    """Acts, transfers and balances, in one transaction."""
    with transaction.atomic():
        storage.write_acts(found.acts)
        storage.write_transfers(found.transfers)
        storage.write_balances(found.town.id, found.balances)
