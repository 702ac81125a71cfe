"""A resident's own limits: never above the town's; narrower at once, wider as well, by their own choice."""

from datetime import datetime

from django.utils.timezone import localdate

from gongfen.people.models import Resident
from gongfen.rules.allowances import A_FEN, Allowance
from gongfen.shops import refusals
from gongfen.shops.models import Spending


def choose_limits(resident: Resident, limits: dict[str, int | None], *, now: datetime) -> None:
    """Choose own limits, in hundredths of a fen; None is the town's own."""
    town = Allowance()
    most = {
        "payment_limit": town.payment,
        "day_limit": town.day,
        "week_limit": town.week,
        "month_limit": town.month,
        "confirm_above": town.confirm_above,
    }
    for name, limit in limits.items():
        if limit is not None and (limit < 0 or limit % A_FEN or limit > most[name]):
            raise refusals.LimitNotPossible(limit=most[name])
    defaults = {"town_id": resident.town_id, "on": localdate(now)}
    row, _ = Spending.of(resident.town_id).get_or_create(resident=resident, defaults=defaults)
    Spending.of(resident.town_id).filter(id=row.id).update(**limits)
