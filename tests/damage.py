"""Damage to a copy of the books: with the guards lifted and every constraint away, then all as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from gongfen.ledger import guards

TABLES = ("journal_act", "journal_townhead", "ledger_transfer", "ledger_account", "ledger_hold", "ledger_reversal")


@contextmanager
def damaged(*statements: str) -> Iterator[None]:
    """These books after somebody with the database's password was at them; whole again when the block ends."""
    with transaction.atomic():
        with without_constraints(), guards.lifted(), connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                assert cursor.rowcount != 0, f"nothing was damaged: {sql}"
        yield
        transaction.set_rollback(True)


@contextmanager
def without_constraints() -> Iterator[None]:
    """No CHECK holds in this transaction, and on PostgreSQL no key between tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'f')"
                " AND conrelid::regclass::text = ANY(%s)",
                [list(TABLES)],
            )
            for table, name in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            yield
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
