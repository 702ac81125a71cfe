"""What was written stays as it was written: the database itself refuses, whoever asks and however."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gongfen.journal.models import Act
from gongfen.ledger import guards
from gongfen.ledger.models import Transfer
from tests.books import LI, Books, new_books

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = ["TRUNCATE ledger_transfer, journal_act CASCADE", "TRUNCATE ledger_transfer CASCADE"]
EVERYWHERE = [
    "UPDATE journal_act SET verb = 'x' WHERE town_id IS NOT NULL",
    "UPDATE ledger_transfer SET amount = amount + 1 WHERE town_id IS NOT NULL",
    "DELETE FROM journal_act WHERE town_id IS NOT NULL",
    "DELETE FROM ledger_transfer WHERE town_id IS NOT NULL",
]
ON_SQLITE = [
    "INSERT OR REPLACE INTO ledger_transfer SELECT id, amount + 1, source_balance, target_balance, act_id, source_id,"
    " target_id, town_id FROM ledger_transfer",
    "REPLACE INTO journal_act SELECT * FROM journal_act",
    "UPDATE OR REPLACE ledger_transfer SET amount = 1",
    "INSERT INTO ledger_transfer SELECT * FROM ledger_transfer WHERE true ON CONFLICT (id) DO UPDATE SET amount = 1",
]
ON_POSTGRESQL_TOO = [
    "INSERT INTO ledger_transfer SELECT * FROM ledger_transfer ON CONFLICT (id) DO UPDATE SET amount = 1",
    "WITH gone AS (DELETE FROM ledger_transfer RETURNING *) SELECT * FROM gone",
]


def raw(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def stands(books: Books) -> list[tuple[object, ...]]:
    acts = Act.of(books.town).order_by("id").values_list("id", "key", "verb")
    return [*acts, *Transfer.of(books.town).order_by("id").values_list("id", "amount", "source", "target")]


@pytest.fixture
def books(db: None) -> Books:
    books = new_books()
    books.give(LI, 500, "a")
    return books


def attempts() -> list[str]:
    return EVERYWHERE + (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL + ON_POSTGRESQL_TOO)


def test_raw_sql_cannot_change_or_remove_what_was_written(books):
    before = stands(books)
    for sql in attempts():
        with pytest.raises(DatabaseError, match="append-only"):
            raw(sql)
        assert stands(books) == before, sql


def test_the_orm_cannot_either(books):
    before = stands(books)
    for change in (
        lambda: Transfer.of(books.town).update(amount=1),
        lambda: Transfer.of(books.town).delete(),
        lambda: Act.of(books.town).update(verb="x"),
        lambda: Act.of(books.town).get().save(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert stands(books) == before


def test_appending_goes_on(books):
    books.give(LI, 500, "b")
    assert len(stands(books)) == 4


def test_all_guards_stand_after_migrations(db):
    assert guards.missing() == []


def test_a_lost_guard_is_noticed_and_migrate_puts_it_back(books):
    lost = "ledger_transfer_no_update"
    with guards.lifted():
        assert lost in guards.missing() and len(guards.missing()) == len(attempts_guarded())
    on = " ON ledger_transfer" if connection.vendor == "postgresql" else ""
    raw(f"DROP TRIGGER {lost}{on}")
    assert guards.missing() == [lost]
    call_command("migrate", "ledger", verbosity=0)
    assert guards.missing() == []
    with pytest.raises(DatabaseError, match="append-only"):
        raw(EVERYWHERE[1])


def attempts_guarded() -> list[str]:
    verbs = 3 if connection.vendor == "postgresql" else 2
    return [f"{table} {verb}" for table in guards.GUARDED for verb in range(verbs)]


def test_guards_come_back_after_a_copy_was_damaged_even_if_that_failed(books):
    with pytest.raises(ZeroDivisionError), guards.lifted():
        Transfer.of(books.town).update(amount=1)
        _ = 1 // 0
    assert guards.missing() == []


def test_keys_between_rows_are_checked_at_once(db):
    """On PostgreSQL nothing is deferred: a row whose act is missing is refused where it is written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable")
            assert cursor.fetchall() == []
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers")
            assert cursor.fetchone() == (1,), "without it INSERT OR REPLACE walks past the guards"


def test_a_remade_table_loses_its_guards_and_migrate_reinstalls_them(db):
    """Django remakes a table on SQLite for many changes; triggers go with the old one, without a word."""
    if connection.vendor == "sqlite":
        raw("CREATE TABLE remade AS SELECT * FROM ledger_transfer")
        raw("DROP TABLE ledger_transfer")
        raw("ALTER TABLE remade RENAME TO ledger_transfer")
        assert guards.missing() == ["ledger_transfer_no_update", "ledger_transfer_no_delete"]
    else:
        raw("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_no_truncate")
        assert guards.missing() == ["ledger_transfer_no_truncate"]
    call_command("migrate", "ledger", verbosity=0)
    assert guards.missing() == []


def test_joins_between_rows_of_a_town_name_the_town(books):
    """A shard never asks another: each join carries the town, and so does following a key."""
    joined = str(Transfer.of(books.town).select_related("act", "source").filter(act__verb="x").query)
    for table in ("journal_act", "ledger_account"):
        assert f'"{table}"."town_id" = ("ledger_transfer"."town_id")' in joined, joined
    backwards = str(Act.of(books.town).filter(transfers__amount__gt=1).query)
    assert '"journal_act"."town_id" = ("ledger_transfer"."town_id")' in backwards, backwards
    transfer = Transfer.of(books.town).get()
    with connection.execute_wrapper(names_the_town):
        assert transfer.act.verb == "test.move" and transfer.target.owner == books.subject(LI)


def names_the_town(execute, sql, params, many, context):
    assert '"town_id" =' in sql, sql
    return execute(sql, params, many, context)
