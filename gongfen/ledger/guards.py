"""Append-only, guarded by the database itself. The guards are not needed to compute anything.

Django's remake of a table on SQLite drops triggers silently: `install` runs after every migration, `missing` before
serving. On PostgreSQL foreign keys are made immediate as well: a deferred one loses rows silently on Citus.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

GUARDED = ("journal_act", "ledger_transfer")


def _names() -> list[str]:
    verbs = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    return [f"{table}_no_{verb}" for table in GUARDED for verb in verbs]


def install() -> None:
    """Put the guards in place (again)."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION gongfen_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
                " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
            )
        for table in GUARDED:
            for verb in ("update", "delete", "truncate"):
                name = f"{table}_no_{verb}"
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(
                        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
                        " FOR EACH STATEMENT EXECUTE FUNCTION gongfen_append_only()"
                    )
                elif verb != "truncate":
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table}"
                        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                    )
        if connection.vendor == "postgresql":
            _make_keys_immediate()


def _make_keys_immediate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND condeferrable AND connamespace = current_schema()::regnamespace"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} ALTER CONSTRAINT "{name}" NOT DEFERRABLE')


def missing() -> list[str]:
    """The guards that are not there; `serve` refuses to start with any."""
    names = _names()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in names if name not in there]


@contextmanager
def lifted() -> Iterator[None]:
    """The one way to wipe or damage a copy: without guards for the length of the block. For tests and tools alone."""
    with connection.cursor() as cursor:
        for name in _names():
            table = name.rsplit("_no_", 1)[0]
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    try:
        yield
    finally:
        install()
