"""How many bytes acts and transfers take, with their indexes."""

from typing import NamedTuple

from django.db import connection

from gongfen.ledger.models import Transfer
from gongfen.town.models import Town


class Size(NamedTuple):
    """What is there, and what it takes on the disk."""

    transfers: int
    bytes: int


def size_now(*towns: Town) -> Size:
    """Of the two tables with their indexes on PostgreSQL; of the whole file on SQLite, where nothing else grows."""
    return Size(sum(how_many(town) for town in towns), _bytes())


def _bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('journal_act') + pg_total_relation_size('ledger_transfer')")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_count")
        pages = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_size")
        return pages * int(cursor.fetchone()[0])


def how_many(town: Town) -> int:
    """A town's transfers."""
    return Transfer.of(town).count()


def analyze() -> None:
    """Let the engine look at what it has, as it does by itself on a quiet night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
