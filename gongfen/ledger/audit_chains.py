"""Both balance chains: each balance is the one before on its account, plus or minus what moved."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from gongfen.ledger import storage
from gongfen.ledger.audit import Report, Span
from gongfen.rules.places import act_of, number_of
from gongfen.rules.posting import address

ROWS = 10_000
ACCOUNTS = 5_000
Row = tuple[int, int, int, int, int, int]
# What each account had before a place, by its last transfer: each side has its index, the younger of the two counts.
# Asked as "the greatest (account, id) below …", because "the greatest id of the account" makes PostgreSQL read the
# primary key backwards until one comes, which for an account that never moved is the whole table. So the neighbour
# may come instead; then nothing ever moved.
LAST_TRANSFER = """
WITH last AS MATERIALIZED (
  SELECT b.id, b.balance, b.town_id,
    (SELECT id FROM ledger_transfer WHERE (source_id, id) < (b.id, %s)
     ORDER BY source_id DESC, id DESC LIMIT 1) AS gone,
    (SELECT id FROM ledger_transfer WHERE (target_id, id) < (b.id, %s)
     ORDER BY target_id DESC, id DESC LIMIT 1) AS came
  FROM ledger_account AS b WHERE b.town_id = %s{wanted}
), found AS MATERIALIZED (
  SELECT id, balance, gone, came,
    (SELECT source_balance FROM ledger_transfer AS o
     WHERE o.id = gone AND o.source_id = last.id AND o.town_id = last.town_id) AS after_gone,
    (SELECT target_balance FROM ledger_transfer AS i
     WHERE i.id = came AND i.target_id = last.id AND i.town_id = last.town_id) AS after_came
  FROM last
)
SELECT id, balance,
  CASE WHEN after_gone IS NULL AND after_came IS NULL THEN 0
       WHEN after_came IS NULL OR (after_gone IS NOT NULL AND gone > came) THEN after_gone
       ELSE after_came END AS expected
FROM found
"""
NO_PLACE = (1 << 63) - 1


def check(span: Span, report: Report) -> None:
    """Follow every account through every transfer of the span, then compare where it ends with its balance."""
    begins, ends = _follow(span, report)
    _check_beginnings(span, report, begins)
    _check_known(span, report, list(ends))
    _check_balances(span, report)


def _follow(span: Span, report: Report) -> tuple[dict[int, int], dict[int, int]]:
    """What each account that moved must have had before, and has after. One balance an account, however much moved."""
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    expected = span.beginning
    for transfer, source, target, amount, source_balance, target_balance in _transfers(span):
        if transfer != expected and transfer & 511:
            report.differs("line_missing", number=number_of(act_of(transfer)), line=transfer & 511)
        expected = transfer + 1
        was = ends.get(source)
        if was is None:
            begins[source] = source_balance + amount
        elif was != source_balance + amount:
            _broken(report, transfer, source, was - amount, source_balance)
        ends[source] = source_balance
        was = ends.get(target)
        if was is None:
            begins[target] = target_balance - amount
        elif was != target_balance - amount:
            _broken(report, transfer, target, was + amount, target_balance)
        ends[target] = target_balance
    return begins, ends


def _transfers(span: Span) -> Iterator[Row]:
    """The span's transfers in their order, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT id, source_id, target_id, amount, source_balance, target_balance FROM ledger_transfer"
            " WHERE town_id = %s AND id >= %s ORDER BY id",
            [span.town.id, 0 if span.is_full else span.beginning],
        )
        while rows := cursor.fetchmany(ROWS):
            yield from rows


def _broken(report: Report, transfer: int, account: int, expected: int, found: int) -> None:
    report.differs(
        "chain_broken", number=number_of(act_of(transfer)), line=transfer & 511, **named(account),
        expected=expected, found=found,
    )  # fmt: skip


def named(account: int) -> dict[str, str]:
    """An account in a difference: its id and, where it can be read, its kind."""
    try:
        return {"account": str(account), "kind": address(account).kind.name.lower()}
    except ValueError:
        return {"account": str(account), "kind": "?"}


def _check_beginnings(span: Span, report: Report, begins: dict[int, int]) -> None:
    """Each chain of the span joins on to what was proved before; with nothing before it begins at nothing."""
    before: dict[int, int] = {}
    for accounts in [] if span.is_full else _chunks(begins):
        before.update(_last_balances(span, accounts))
    for account, begin in begins.items():
        if begin != before.get(account, 0):
            report.differs("chain_begins", **named(account), expected=before.get(account, 0), found=begin)


def _last_balances(span: Span, accounts: Sequence[int]) -> list[tuple[int, int]]:
    where, value = storage.in_set("b.id", accounts)
    with connection.cursor() as cursor:
        cursor.execute(
            LAST_TRANSFER.format(wanted=f" AND {where}"), [span.beginning, span.beginning, span.town.id, value]
        )
        return [(account, expected) for account, _, expected in cursor.fetchall()]


def _check_known(span: Span, report: Report, accounts: Sequence[int]) -> None:
    """Whatever moved has an account of this town."""
    for some in _chunks(accounts):
        where, value = storage.in_set("id", some)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM ledger_account WHERE town_id = %s AND {where}", [span.town.id, value])
            known = {row[0] for row in cursor.fetchall()}
        for account in some:
            if account not in known:
                report.differs("account_unknown", **named(account))


def _check_balances(span: Span, report: Report) -> None:
    """Every account has what its last transfer says; nothing where nothing ever moved."""
    every = LAST_TRANSFER.format(wanted="")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, expected, balance FROM ({every}) AS ends WHERE balance <> expected",
            [NO_PLACE, NO_PLACE, span.town.id],
        )
        for account, expected, found in cursor.fetchall():
            report.differs("balance_differs", **named(account), expected=expected, found=found)


def _chunks(accounts: Any) -> Iterator[list[int]]:
    rest = iter(accounts)
    while some := list(islice(rest, ACCOUNTS)):
        yield some
