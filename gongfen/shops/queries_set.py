"""How the rows of a set of payments are written: as few statements and as little rendering as the engines allow."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from gongfen.ledger.storage import is_postgresql, stored_moment, write_rows
from gongfen.shops.models import Payment, Spending
from gongfen.town.models import Town

_PAYMENT = (
    "id", "town_id", "act_id", "day_id", "till_id", "resident_id", "second_id", "helper_id", "how", "money",
    "second_money", "redeemed", "refunded", "own_household", "paid_at",
)  # fmt: skip
_SUMS = ("on", "day", "week", "month")


def append_payments(payments: Sequence[Payment]) -> None:
    """Insert these payments. On PostgreSQL by COPY: a third of the time of an INSERT."""
    if not payments:
        return
    rows = [_values(payment) for payment in payments]
    names = ", ".join(f'"{name}"' for name in _PAYMENT)
    with connection.cursor() as cursor:
        if is_postgresql():
            with cursor.cursor.copy(f"COPY shops_payment ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_PAYMENT))
            cursor.executemany(f"INSERT INTO shops_payment ({names}) VALUES ({marks})", rows)


def _values(payment: Payment) -> tuple[Any, ...]:
    return (
        payment.id, payment.town_id, payment.act_id, payment.day_id, payment.till_id, payment.resident_id,
        payment.second_id, payment.helper_id, str(payment.how), payment.money, payment.second_money,
        payment.redeemed, payment.refunded, payment.own_household, stored_moment(payment.paid_at),
    )  # fmt: skip


def write_sums(town: Town, rows: Sequence[Spending]) -> None:
    """These residents have spent this much now."""
    if rows:
        write_rows(Spending, town.id, _SUMS, {row.id: [getattr(row, name) for name in _SUMS] for row in rows})
