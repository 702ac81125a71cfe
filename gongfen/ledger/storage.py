"""How sets of rows are read and written fast, alike on SQLite and PostgreSQL. No decisions here."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction
from django.db.models import Field, Model

from gongfen.rules.posting import Standing

BIG_SET = 1_000  # accounts
ActRow = tuple[int, int, str, bytes, str, int, int, str, Any, Any]
TransferRow = tuple[int, int, int, int, int, int, int, int]
ACT_COLUMNS = ("id", "town_id", "key", "asked", "verb", "by", "about", "facts", "happened_at", "written_at")
TRANSFER_COLUMNS = ("id", "town_id", "act_id", "source_id", "target_id", "amount", "source_balance", "target_balance")


def is_postgresql() -> bool:
    """Which of the two engines."""
    return connection.vendor == "postgresql"


def is_full(wrong: Exception) -> bool:
    """Whether the engine could not write because its disk is full."""
    return getattr(wrong.__cause__, "sqlstate", None) == "53100" or "database or disk is full" in str(wrong)


def in_set(column: str, values: Collection[Any]) -> tuple[str, Any]:
    """A condition that the column is one of these values, with one parameter however many they are."""
    if is_postgresql():
        return f"{column} = ANY(%s)", list(values)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(values))


Question = tuple[str, Sequence[Any]]


def ask_together(*questions: Question) -> list[list[tuple[Any, ...]]]:
    """The rows of each question, in one round trip where the engine lives elsewhere."""
    found: list[list[tuple[Any, ...]]] = []
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("; ".join(sql for sql, _ in questions), [value for _, some in questions for value in some])
            found.append(cursor.fetchall())
            while cursor.nextset():
                found.append(cursor.fetchall())
        else:
            for sql, some in questions:
                cursor.execute(sql, some)
                found.append(cursor.fetchall())
    return found


def read_accounts(town_id: int, accounts: Collection[int]) -> dict[int, Standing]:
    """Balance and floor of those of these accounts that the town has."""
    return read_acts_and_accounts(town_id, (), accounts)[1]


def read_acts(town_id: int, keys: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """The acts that have these keys, by key: their id, key and the hash of what was asked."""
    return read_acts_and_accounts(town_id, keys, ())[0]


def read_acts_and_accounts(
    town_id: int, keys: Collection[str], accounts: Collection[int]
) -> tuple[dict[str, tuple[Any, ...]], dict[int, Standing]]:
    """Both at once: `read_acts` and `read_accounts`."""
    questions: list[Question] = []
    if keys:
        where, value = in_set("key", keys)
        questions.append((f"SELECT id, key, asked FROM journal_act WHERE town_id = %s AND {where}", [town_id, value]))
    if accounts:
        if len(accounts) > BIG_SET and not is_postgresql():
            # What a big set changes would not fit into a connection's usual 2 MB: pages would be written twice.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -32768")
        # In the order of the table: neighbours share a page.
        where, value = in_set("id", sorted(accounts))
        questions.append(
            (f"SELECT id, balance, floor FROM ledger_account WHERE town_id = %s AND {where}", [town_id, value])
        )
    found = ask_together(*questions) if questions else []
    acts = {key: (act, key, bytes(asked)) for act, key, asked in found[0]} if keys else {}
    rows = found[-1] if accounts else []
    return acts, {account: Standing(balance, floor) for account, balance, floor in rows}


def read_rows(model: type[Model], town_id: int, rows: Collection[int], fields: Sequence[str]) -> dict[int, list[Any]]:
    """The values of these columns of these rows, in the order of `fields`."""
    found: dict[int, list[Any]] = {}
    every = list(rows)
    for start in range(0, len(every), 20_000):
        wanted = model._default_manager.filter(town_id=town_id, id__in=every[start : start + 20_000])
        for row, *values in wanted.values_list("id", *fields):
            found[row] = values
    return found


def write_balances(town_id: int, balances: Mapping[int, int]) -> int:
    """These accounts have these balances now; how many there were."""
    in_order = sorted(balances.items())
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(
                "UPDATE ledger_account AS a SET balance = v.balance"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS v(id, balance) WHERE a.town_id = %s AND a.id = v.id",
                [[account for account, _ in in_order], [balance for _, balance in in_order], town_id],
            )
        else:
            cursor.executemany(
                "UPDATE ledger_account SET balance = %s WHERE id = %s AND town_id = %s",
                [(balance, account, town_id) for account, balance in in_order],
            )
        return int(cursor.rowcount)


def write_rows(model: type[Model], town_id: int, fields: Sequence[str], rows: Mapping[int, Sequence[Any]]) -> int:
    """Give these rows these values; how many there were."""
    named = [_field(model, name) for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [connection.ops.quote_name(str(field.column)) for field in named]
    here = connections[connection.alias]  # the proxy would be asked again for every value
    values = [
        [row, *(field.get_db_prep_save(value, here) for field, value in zip(named, new, strict=True))]
        for row, new in rows.items()
    ]
    with connection.cursor() as cursor:
        if is_postgresql():
            types = ["bigint", *(str(field.db_type(connection)) for field in named)]
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            names = ", ".join(["row_id", *(f"c{i}" for i in range(len(named)))])
            assigned = ", ".join(f"{column} = v.c{i}" for i, column in enumerate(columns))
            cursor.execute(
                f"UPDATE {table} AS t SET {assigned} FROM unnest({arrays}) AS v({names})"
                " WHERE t.town_id = %s AND t.id = v.row_id",
                [*(list(column) for column in zip(*values, strict=True)), town_id],
            )
        else:
            assigned = ", ".join(f"{column} = %s" for column in columns)
            cursor.executemany(
                f"UPDATE {table} SET {assigned} WHERE id = %s AND town_id = %s",
                [(*new, row, town_id) for row, *new in values],
            )
        return int(cursor.rowcount)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))


def write_acts(rows: Sequence[ActRow]) -> None:
    """Append to the journal."""
    _append("journal_act", ACT_COLUMNS, rows)


def write_transfers(rows: Sequence[TransferRow]) -> None:
    """Append to the ledger."""
    _append("ledger_transfer", TRANSFER_COLUMNS, rows)


def _append(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if is_postgresql():
            # The cursor below Django's: COPY is four times faster than INSERT here.
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def stored_moment(moment: Any) -> Any:
    """A moment as the engine's own rows hold it."""
    return moment if is_postgresql() else connection.ops.adapt_datetimefield_value(moment)


def look_again() -> None:
    """Let SQLite look at what its tables hold now, briefly, so that its plans fit; PostgreSQL does that by itself."""
    if not is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("PRAGMA optimize = 0x10002")


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see the same moment, and nobody who writes waits for them. Nothing may be written inside."""
    connection.ensure_connection()
    if connection.in_atomic_block or (not is_postgresql() and connection.connection.in_transaction):
        yield  # inside another moment already
    elif is_postgresql():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Django would begin IMMEDIATE here, which keeps writers out for as long as somebody reads.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
