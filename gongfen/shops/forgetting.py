"""Forgetting a person who left: cards, numbers of phones, limits; and whose shop it was. Payments stay, as nobody's."""

from datetime import datetime

from django.db.models import Q

from gongfen.people.models import Device, Resident
from gongfen.rules.days import DayState
from gongfen.shops import refusals
from gongfen.shops.handles import end_handles
from gongfen.shops.models import (
    Asking,
    Card,
    Handle,
    Helper,
    Merchant,
    MerchantDay,
    Payout,
    PayoutState,
    Spending,
    What,
)

UNDER_WAY = (PayoutState.WAITING, PayoutState.APPROVED, PayoutState.IN_TRANSIT)


def check_no_shop(resident: Resident) -> None:
    """Who owns a shop on the list, or one that is still owed money, hands it over or closes it first."""
    own = Merchant.of(resident.town).filter(owner=resident)
    open_days = (DayState.OPEN.value, DayState.CLOSED.value)
    unsettled = MerchantDay.of(resident.town).filter(merchant__owner=resident, state__in=open_days)
    under_way = Payout.of(resident.town).filter(merchant__owner=resident, state__in=UNDER_WAY)
    if own.filter(listed=True).exists() or unsettled.exists() or under_way.exists():
        raise refusals.OwnsAShop()


def forget(resident: Resident, *, now: datetime) -> None:
    """Called in the leaving act, before the person's devices go: their numbers die first."""
    town = resident.town
    for device in Device.of(town).filter(resident=resident).values_list("id", flat=True):
        end_handles(town, device)
    helps = Helper.of(town).filter(Q(resident=resident) | Q(helper=resident))
    Handle.of(town).filter(Q(resident=resident) | Q(helper__in=helps)).delete()
    helps.filter(ended_at=None).update(ended_at=now)
    for model in (Card, Spending):
        model.of(town).filter(resident=resident).delete()
    own = list(Merchant.of(town).filter(owner=resident).values_list("id", flat=True))
    closed = Merchant.of(town).filter(id__in=own, listed=False)
    Payout.of(town).filter(merchant__in=closed).exclude(state__in=UNDER_WAY).update(payee="", sealed_account=b"")
    closed.update(payee="", sealed_account=b"", pin_hash="")
    Merchant.of(town).filter(id__in=own).update(owner=None)
    for asking in Asking.of(town).filter(what=What.LIST_MERCHANT, row__in=own):
        Asking.of(town).filter(id=asking.id).update(wish=asking.wish | {"payee": "", "sealed": "", "owner": None})
