"""What can be asked of the shops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, Sum

from gongfen.journal.models import act_at
from gongfen.journal.written import Written
from gongfen.ledger.batch import repeats
from gongfen.people.models import Resident
from gongfen.rules.days import DayState
from gongfen.shops.models import Merchant, MerchantDay, Offer, Payment, Payout, Settlement
from gongfen.town.models import Town


@dataclass(frozen=True)
class Due:
    """What a merchant's closed days hold; `household` is the owner's. Money in hundredths of a fen."""

    merchant: int
    household: int | None
    money: int
    days: list[int]


@dataclass(frozen=True)
class Takings:
    """A merchant's day in numbers; no payer is named. Money in hundredths of a fen."""

    day: date
    state: str
    payments: int
    taken: int
    refunded: int

    @property
    def money(self) -> int:
        return self.taken - self.refunded


def money_due(town: Town, village: int | None, *, before: date) -> list[Due]:
    """Closed days, and days before `before` that nobody closed, with money in them, by merchant."""
    days = MerchantDay.of(town).filter(Q(state=DayState.CLOSED) | Q(state=DayState.OPEN, day__lt=before))
    if village is not None:
        days = days.filter(merchant__village_id=village)
    rows = days.values("id", "merchant_id", "merchant__owner__household_id").annotate(
        money=Sum(F("payments__money") - F("payments__refunded"))
    )
    found: dict[int, Due] = {}
    for row in rows.order_by("merchant_id", "id"):
        if not row["money"]:
            continue
        was = found.get(row["merchant_id"])
        found[row["merchant_id"]] = Due(
            row["merchant_id"],
            row["merchant__owner__household_id"],
            (was.money if was else 0) + row["money"],
            [*(was.days if was else []), row["id"]],
        )
    return list(found.values())


def takings(merchant: Merchant, days: Sequence[date]) -> list[Takings]:
    """These days of a merchant, the newest first."""
    rows = (
        MerchantDay.of(merchant.town_id)
        .filter(merchant=merchant, day__in=list(days))
        .values("day", "state")
        .annotate(many=Count("payments"), taken=Sum("payments__money"), back=Sum("payments__refunded"))
        .order_by("-day")
    )
    return [Takings(row["day"], row["state"], row["many"], row["taken"] or 0, row["back"] or 0) for row in rows]


def latest_takings(merchant: Merchant, *, limit: int = 31) -> list[Takings]:
    """The latest days of a merchant, the newest first."""
    days = MerchantDay.of(merchant.town_id).filter(merchant=merchant).order_by("-day")
    return takings(merchant, list(days.values_list("day", flat=True)[:limit]))


def payments_of_shop(merchant: Merchant, *, before: int = 1 << 62, limit: int = 50) -> list[Payment]:
    """A merchant's payments, newest first. For the shop: no payer is read with them."""
    found = Payment.of(merchant.town_id).filter(day__merchant=merchant, act_id__lt=before)
    return list(found.select_related("day").order_by("-act_id")[:limit])


def payments_of_resident(resident: Resident, *, before: int = 1 << 62, limit: int = 50) -> list[Payment]:
    """What a resident paid, alone or with another card of the household, newest first. For nobody else."""
    mine = Payment.of(resident.town_id).filter(act_id__lt=before)
    both = mine.filter(resident=resident) | mine.filter(second=resident)
    return list(both.select_related("day__merchant", "helper__helper").order_by("-act_id")[:limit])


def receipt(town: Town, number: int) -> Payment | None:
    """The payment with this number, with its shop."""
    if not 0 < number < 1 << 40:
        return None
    found = Payment.of(town).filter(act_id=act_at(town, number))
    return found.select_related("day__merchant", "helper__helper", "resident", "second").first()


def receipt_of_shop(town: Town, merchant: int, act: int | None) -> Payment | None:
    """A shop's payment by its act; nothing for another shop's."""
    return Payment.of(town).filter(act_id=act, day__merchant_id=merchant).first() if act else None


def written_of(town: Town, act: int) -> Written | None:
    """An act as it was answered."""
    return next(iter(repeats(town, [act]).values()), None)


def shop_list(town: Town) -> list[Merchant]:
    """Every listed shop of the town, by name. No order says anything about anyone."""
    return list(Merchant.of(town).filter(listed=True).order_by("name", "id"))


def offers_of(town: Town, merchants: Sequence[int]) -> list[Offer]:
    """What these shops have, in the order they wrote it down."""
    return list(Offer.of(town).filter(merchant_id__in=list(merchants), ended_at=None).order_by("id"))


def settlements(town: Town, village: int | None, *, limit: int = 20) -> list[Settlement]:
    """The latest settlements, newest first."""
    found = Settlement.of(town)
    if village is not None:
        found = found.filter(village_id=village)
    return list(found.select_related("prepared_by", "approved_by").order_by("-act_id")[:limit])


def payouts_of(town: Town, settlement: int) -> list[Payout]:
    """The payouts of a settlement, with their shops."""
    return list(Payout.of(town).filter(settlement_id=settlement).select_related("merchant").order_by("id"))


def own_household_payments(
    town: Town, village: int | None, *, since: datetime, limit: int = 200
) -> list[dict[str, Any]]:
    """Payments by a merchant's own household, for the supervisor: shop, day and sum, no more."""
    found = Payment.of(town).filter(own_household=True, paid_at__gte=since)
    if village is not None:
        found = found.filter(day__merchant__village_id=village)
    rows = found.order_by("-paid_at").values("act_id", "day__merchant__name", "day__day", "money", "refunded")
    return [dict(row) for row in rows[:limit]]
