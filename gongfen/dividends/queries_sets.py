"""Reads and writes of whole villages at once, in SQL: what each earned in a period, and the shares of a run."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from gongfen.dividends.models import Run, Share
from gongfen.ledger.storage import stored_moment
from gongfen.rules.posting import KIND_BITS, Address, Kind
from gongfen.town.models import Town

AWARD_VERB = "claim.award"
SHARE_COLUMNS = ("id", "town_id", "run_id", "slip", "resident", "payee", "heads", "points", "advance", "money",
                 "payout", "forgiven", "state")  # fmt: skip

# Awards are what issuance gives under the verb of an award; written in the period decides, so that every award falls
# into exactly one period for ever, whenever the work was.
_AWARDED = """
SELECT t.target_id, SUM(t.amount) FROM ledger_transfer t
JOIN journal_act a ON a.id = t.act_id AND a.town_id = t.town_id
WHERE t.town_id = %s AND t.source_id = %s AND a.verb = %s AND a.written_at >= %s AND a.written_at < %s
GROUP BY t.target_id
"""
# What reversals, whenever they were written, took back of awards of the period.
_REVERSED = """
SELECT t.source_id, SUM(t.amount) FROM ledger_reversal r
JOIN journal_act a ON a.id = r.reversed_id AND a.town_id = r.town_id
JOIN ledger_transfer t ON t.act_id = r.act_id AND t.town_id = r.town_id
WHERE r.town_id = %s AND t.target_id = %s AND a.verb = %s AND a.written_at >= %s AND a.written_at < %s
GROUP BY t.source_id
"""


def earned(town: Town, since: datetime, until: datetime) -> dict[int, int]:
    """Points (hundredths) that each resident earned by awards written in [since, until), less what was reversed."""
    issuance = Address(Kind.ISSUANCE, town.subject).account
    asked = [town.id, issuance, AWARD_VERB, stored_moment(since), stored_moment(until)]
    with connection.cursor() as cursor:
        cursor.execute(_AWARDED, asked)
        found = {account >> KIND_BITS: int(points) for account, points in cursor.fetchall()}
        cursor.execute(_REVERSED, asked)
        for account, points in cursor.fetchall():
            found[account >> KIND_BITS] -= int(points)
    return found


def write_shares(rows: Iterable[Sequence[Any]]) -> None:
    """Write the shares of a run: rows of `SHARE_COLUMNS`."""
    table = Share._meta.db_table
    names = ", ".join(f'"{column}"' for column in SHARE_COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(SHARE_COLUMNS))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def forget_shares(town: Town, run: Run) -> None:
    """Delete the shares of the simulation before; nothing was paid by it yet."""
    Share.of(town).filter(run=run).delete()


class Next(NamedTuple):
    """A share whose turn it is. `is_there`: its payee has not left; `has_cash`: the account is open."""

    id: int
    slip: int
    resident: int
    payee: int
    money: int
    payout: int
    is_there: bool
    has_cash: bool


_NEXT = f"""
SELECT s.id, s.slip, s.resident, s.payee, s.money, s.payout,
  EXISTS (SELECT 1 FROM people_resident r
    WHERE r.town_id = s.town_id AND r.subject = s.payee AND r.left_at IS NULL),
  EXISTS (SELECT 1 FROM ledger_account a
    WHERE a.town_id = s.town_id AND a.id = (s.payee << {KIND_BITS}) + {Kind.CASH.value})
FROM dividends_share s WHERE s.town_id = %s AND s.run_id = %s AND s.slip > %s ORDER BY s.slip LIMIT %s
"""


def next_shares(town: Town, run: Run, at_once: int) -> list[Next]:
    """The shares whose turn comes next, in the order of their slips."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [town.id, run.id, run.paid_slip, at_once])
        return [Next(*row) for row in cursor.fetchall()]
