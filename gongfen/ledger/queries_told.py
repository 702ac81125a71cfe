"""A statement as its reader's phone wants it: every entry with the act that made it, in one statement of SQL."""

from datetime import UTC, datetime

from django.db import connection

from gongfen.ledger.queries import BACKWARDS, LAST
from gongfen.rules.places import NUMBER_BITS
from gongfen.rules.posting import KIND_BITS, Kind
from gongfen.town.models import Town

# JSON made by the engine: there a line costs a tenth of what it costs in Python.
_OTHER = " ".join(f"WHEN {kind.value} THEN '{kind.name.lower()}'" for kind in Kind)
_LINE = f"""
'id', CAST(e.id AS TEXT), 'number', e.act_id & {(1 << NUMBER_BITS) - 1}, 'verb', a.verb, 'amount', e.amount,
'balance', e.balance, 'other', CASE e.other & {(1 << KIND_BITS) - 1} {_OTHER} END,
"""
_AS_JSON = {
    "sqlite": f"json_object({_LINE} 'facts', json(a.facts), 'happened_at',"
    " replace(a.happened_at, ' ', 'T') || '+00:00')",
    "postgresql": f"json_build_object({_LINE} 'facts', a.facts, 'happened_at', a.happened_at)::text",
}
_LINES = {
    engine: f"SELECT e.id, {line} FROM ({BACKWARDS}) AS e JOIN journal_act AS a"
    " ON a.town_id = %s AND a.id = e.act_id ORDER BY e.id DESC"
    for engine, line in _AS_JSON.items()
}


def told_lines(town: Town, account: int, *, before: int = LAST, limit: int = 50) -> list[tuple[int, str]]:
    """The entries of one account, newest first, older than the entry at place `before`, each with its act.

    The place of each, and itself as JSON; an `amount` is `+` in and `-` out, in hundredths.
    """
    branch = [town.id, account, before, limit]
    with connection.cursor() as cursor:
        cursor.execute(_LINES[connection.vendor], [*branch, *branch, limit, town.id])
        return [(place, line) for place, line in cursor.fetchall()]


def aware(moment: datetime) -> datetime:
    """A moment out of SQL of our own: SQLite keeps them in UTC and does not say so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
