"""What a set of payments asks, in two round trips: first by what was sent, then by whom that leads to.

Written down, because to have ten queries composed anew for each set took longer than the set; and each look-up goes
by its own key, because PostgreSQL plans joins of so many tables for longer than they run.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from gongfen.ledger.storage import Question, in_set, is_postgresql
from gongfen.town.models import Town

LIMITS = ("payment_limit", "day_limit", "week_limit", "month_limit", "confirm_above")
SPENDING = ("id", "resident_id", *LIMITS, "on", "day", "week", "month")


def _in_bytes(column: str, values: Collection[bytes]) -> tuple[str, list[Any]]:
    if is_postgresql():
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({', '.join(['%s'] * len(values)) or 'NULL'})", list(values)


def tills(town: Town, hashes: Collection[bytes]) -> Question:
    """Tills by token that were not revoked, each with its merchant and the owner's household."""
    where, value = _in_bytes("t.token_hash", hashes)
    return (
        "SELECT t.token_hash, t.id, t.payment_limit, t.tries, t.slow_until, m.id, m.subject, m.listed,"
        " (SELECT o.household_id FROM people_resident AS o WHERE o.town_id = m.town_id AND o.id = m.owner_id)"
        " FROM shops_till AS t JOIN shops_merchant AS m ON m.town_id = t.town_id AND m.id = t.merchant_id"
        f" WHERE t.town_id = %s AND {where} AND t.revoked_at IS NULL",
        [town.id, *value],
    )


def handles(town: Town, digits: Collection[int]) -> Question:
    """Handles with their secrets, and whether the device is still signed in."""
    where, value = in_set("h.digits", digits)
    device = "(SELECT s.device_id FROM shops_secret AS s WHERE s.town_id = h.town_id AND s.id = h.secret_id)"
    return (
        f"SELECT h.digits, h.resident_id, h.helper_id, {device},"
        " (SELECT s.sealed FROM shops_secret AS s WHERE s.town_id = h.town_id AND s.id = h.secret_id),"
        " (SELECT d.id FROM people_device AS d"
        f" WHERE d.town_id = h.town_id AND d.id = {device} AND d.ended_at IS NULL)"
        f" FROM shops_handle AS h WHERE h.town_id = %s AND {where}",
        [town.id, value],
    )


def payers(town: Town, residents: Collection[int]) -> Question:
    """Residents as payers."""
    where, value = in_set("id", residents)
    return (
        "SELECT id, subject, household_id, age_band, left_at IS NULL FROM people_resident"
        f" WHERE town_id = %s AND {where}",
        [town.id, value],
    )


def spending(town: Town, residents: Collection[int]) -> Question:
    """Their limits, and what they spent."""
    where, value = in_set("resident_id", residents)
    names = ", ".join(f'"{name}"' for name in SPENDING)
    return f"SELECT {names} FROM shops_spending WHERE town_id = %s AND {where}", [town.id, value]


def days(town: Town, merchants: Collection[int], today: date) -> Question:
    """Today of these merchants, where it has begun."""
    where, value = in_set("merchant_id", merchants)
    return (
        f"SELECT id, merchant_id, state FROM shops_merchantday WHERE town_id = %s AND {where} AND day = %s",
        [town.id, value, today],
    )
