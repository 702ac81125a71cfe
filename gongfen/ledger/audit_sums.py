"""What each act and each transfer must be by itself: one pass over each table, the same SQL on both engines."""

from typing import Any

from django.db import connection

from gongfen.ledger.audit import Report, Span
from gongfen.rules.places import number_of
from gongfen.rules.posting import MOST

MOST_EXAMPLES = 10

# What no transfer may be. An account's kind is the last five bits of its id; below 8 it counts points, else money.
WRONG = {
    "transfer_amount": f"amount <= 0 OR amount > {MOST}",
    "transfer_one_account": "source_id = target_id",
    "transfer_units": "(source_id & 31 < 8) <> (target_id & 31 < 8)",
    "transfer_out_of_place": "id / 512 <> act_id",
}


def check_acts(span: Span, report: Report) -> None:
    """Numbers are without gaps up to the head: as many acts as numbers, between the first and the last."""
    first, last = span.acts
    rows, values = _bounds(span)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), min(id), max(id) FROM journal_act WHERE {rows}", values)
        count, lowest, highest = cursor.fetchone()
    report.acts += count
    if (count, lowest, highest) == (span.last - span.since, first, last) or (count == 0 and span.last == span.since):
        return
    _name_gaps(span, report, rows, values)


def _name_gaps(span: Span, report: Report, rows: str, values: list[Any]) -> None:
    first, last = span.acts
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT was, id FROM (SELECT id, lag(id) OVER (ORDER BY id) AS was FROM journal_act"
            f" WHERE {rows}) AS acts WHERE id <> coalesce(was, %s) + 1 ORDER BY id LIMIT {MOST_EXAMPLES}",
            [*values, first - 1],
        )
        gaps = [(first - 1 if was is None else was, act) for was, act in cursor.fetchall()]
        cursor.execute(f"SELECT max(id) FROM journal_act WHERE {rows}", values)
        (highest,) = cursor.fetchone()
    for was, act in gaps:
        if first <= act <= last:
            report.differs("numbers_gap", after=number_of(was), next=number_of(act))
        elif act > last:
            report.differs("act_beyond_head", number=number_of(act), last=span.last)
            break
    if highest is None or highest < last:
        report.differs("acts_missing", after=span.since if highest is None else number_of(highest), last=span.last)
    elif highest > last and not any(act > last for _, act in gaps):
        report.differs("act_beyond_head", number=number_of(highest), last=span.last)


def check_transfers(span: Span, report: Report) -> None:
    """Every transfer has an act, moves something between two accounts of one unit, and stands at its place."""
    first, last = span.acts
    rows, values = _bounds(span)
    wrong = {**WRONG, "transfer_without_act": f"act_id < {first} OR act_id > {last}"}
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in wrong.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), {counts} FROM ledger_transfer WHERE {rows}", _transfers(values))
        total, *found = cursor.fetchone()
    report.transfers += total
    for (code, condition), count in zip(wrong.items(), found, strict=True):
        if count:
            _name(code, condition, rows, values, report)
    if not report.passed:
        # While numbers have no gaps, a transfer between the first and the last act has its own.
        _name(
            "transfer_without_act",
            f"act_id >= {first} AND act_id <= {last} AND NOT EXISTS (SELECT 1 FROM journal_act AS a"
            " WHERE a.town_id = ledger_transfer.town_id AND a.id = ledger_transfer.act_id)",
            rows, values, report,
        )  # fmt: skip


def _name(code: str, condition: str, rows: str, values: list[Any], report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, act_id FROM ledger_transfer WHERE {rows} AND ({condition}) ORDER BY id LIMIT {MOST_EXAMPLES}",
            _transfers(values),
        )
        for transfer, act in cursor.fetchall():
            report.differs(code, number=number_of(act), transfer=str(transfer))


def _bounds(span: Span) -> tuple[str, list[Any]]:
    """A full audit looks at every row of the town, also at those that lie outside its number line.

    A nightly one looks at the last few: the plus keeps SQLite from looking for them in an index of the whole town.
    """
    if span.is_full:
        return "town_id = %s", [span.town.id]
    return "+town_id = %s AND id >= %s", [span.town.id, span.acts[0]]


def _transfers(values: list[Any]) -> list[Any]:
    return [values[0], *(act << 9 for act in values[1:])]
