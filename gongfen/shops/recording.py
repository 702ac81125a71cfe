"""The row of a payment that was not decided in a set: its day is opened when it is the first."""

from datetime import datetime

from django.utils.timezone import localdate

from gongfen.shops.models import MerchantDay
from gongfen.town.models import Town


def today_of(town: Town, merchant: int, now: datetime) -> MerchantDay:
    """The merchant's day, opened when nothing was paid in it yet. Inside the transaction that holds the town's head."""
    return MerchantDay.of(town).get_or_create(merchant_id=merchant, day=localdate(now), defaults={"town": town})[0]
