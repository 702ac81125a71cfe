"""What can be asked of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from gongfen.journal.models import Act, TownHead
from gongfen.ledger.models import Account, Transfer
from gongfen.rules.places import number_of, transfer_place
from gongfen.rules.places import place as place_of
from gongfen.rules.posting import Address, Kind
from gongfen.town.models import Town


class Entry(NamedTuple):
    """One side of a transfer as its account reads it."""

    place: int  # the transfer's id; the cursor of the statement
    act: int
    amount: int  # hundredths; `+` in, `-` out
    balance: int  # after it
    other: int  # the account on the other side

    @property
    def number(self) -> int:
        return number_of(self.act)


def balance_of(town: Town, address: Address) -> int:
    """What the account has, in hundredths; 0 where it was never opened."""
    found = Account.of(town).filter(id=address.account).values_list("balance", flat=True).first()
    return found or 0


def balances_of(town: Town, addresses: Collection[Address]) -> dict[Address, int]:
    """What each of these accounts has, in hundredths."""
    wanted = {address.account: address for address in addresses}
    found = dict(Account.of(town).filter(id__in=list(wanted)).values_list("id", "balance"))
    return {address: found.get(account, 0) for account, address in wanted.items()}


# The LIMIT stands inside each branch: outside alone, both branches would be read whole before they are cut.
_STATEMENT = """
SELECT id, act_id, amount, balance, other FROM (
  SELECT * FROM (SELECT id, act_id, -amount AS amount, source_balance AS balance, target_id AS other
    FROM ledger_transfer WHERE town_id = %s AND source_id = %s AND id {beyond} %s ORDER BY id {order} LIMIT %s) AS o
  UNION ALL
  SELECT * FROM (SELECT id, act_id, amount, target_balance AS balance, source_id AS other
    FROM ledger_transfer WHERE town_id = %s AND target_id = %s AND id {beyond} %s ORDER BY id {order} LIMIT %s) AS i
) AS both_sides ORDER BY id {order} LIMIT %s
"""
BACKWARDS = _STATEMENT.format(beyond="<", order="DESC")
_FORWARDS = _STATEMENT.format(beyond=">", order="ASC")
LAST = 1 << 62


def statement(town: Town, account: int, *, before: int = LAST, limit: int = 50) -> list[Entry]:
    """The entries of one account, newest first, older than the entry at place `before`."""
    return _entries(BACKWARDS, town, account, before, limit)


def statement_forwards(town: Town, account: int, *, after: int = 0, limit: int = 50) -> list[Entry]:
    """The entries of one account, oldest first, younger than the entry at place `after`."""
    return _entries(_FORWARDS, town, account, after, limit)


def _entries(sql: str, town: Town, account: int, beyond: int, limit: int) -> list[Entry]:
    branch = [town.id, account, beyond, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*branch, *branch, limit])
        return [Entry(*row) for row in cursor.fetchall()]


def balance_at(town: Town, address: Address, number: int) -> int:
    """What the account had after the act with this number: one look-up, because every transfer keeps both balances."""
    after = transfer_place(place_of(town.code, number + 1), 0)
    found = statement(town, address.account, before=after, limit=1)
    return found[0].balance if found else 0


def number_at(town: Town, moment: datetime) -> int:
    """The number of the last act written at or before a moment; 0 before the first.

    Numbers have no gaps and are written in the order of time, so it is found by halving: thirty look-ups at most.
    """
    low, high = 0, TownHead.objects.filter(town=town).values_list("last", flat=True).first() or 0
    while low < high:
        middle = (low + high + 1) // 2
        act = Act.of(town).filter(id=place_of(town.code, middle), written_at__lte=moment)
        if act.exists():
            low = middle
        else:
            high = middle - 1
    return low


def outstanding(town: Town) -> int:
    """Points in residents' hands, in hundredths."""
    return -balance_of(town, Address(Kind.ISSUANCE, town.subject))


def acts_by_id(town: Town, acts: Collection[int]) -> dict[int, Act]:
    """These acts, by id."""
    return Act.of(town).in_bulk(list(acts))


def entries_of_acts(town: Town, acts: Sequence[int]) -> dict[int, list[tuple[int, int, int]]]:
    """Source, target and amount of every transfer of these acts, by act."""
    found: dict[int, list[tuple[int, int, int]]] = {act: [] for act in acts}
    rows = Transfer.of(town).filter(act_id__in=list(acts)).order_by("id")
    for act, source, target, amount in rows.values_list("act_id", "source_id", "target_id", "amount"):
        found[act].append((source, target, amount))
    return found
