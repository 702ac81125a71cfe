"""What everybody may read without signing in: no names, nothing about any one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongfen.activities.models import Activity, SignUp
from gongfen.journal.models import TownHead
from gongfen.people.models import Village
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.shops.models import Merchant, Offer
from gongfen.statements.residents import rule, shop_name, title
from gongfen.town.models import Town
from gongfen.words import here

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class OnNow:
    """An activity that one may join."""

    id: int
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    has_begun: bool
    place: str
    worth: str
    places: int | None
    free: int | None
    is_paid: bool
    payer: str
    pay_money: int
    paper_path: str


@dataclass(frozen=True)
class ShopTold:
    """A shop that takes points, with what it sells."""

    id: int
    name: str
    place: str
    hours: str
    offers: list[Offer]


def on_now(village: Village, lang: str, now: datetime, *, days: int = 30, most: int = 40) -> list[OnNow]:
    """What is on in the village or the town: what is coming, soonest first, then what goes on already."""
    hosts = (village.subject, village.town.subject)
    found = (
        Activity.of(village.town)
        .filter(host__in=hosts, state__in=[str(state) for state in sorted(TAKES_CLAIMS)])
        .filter(ends_at__gte=now, starts_at__lte=now + timedelta(days=days))
        .select_related("terms")
        .order_by("starts_at", "id")[:most]
    )
    soonest = sorted(found, key=lambda each: (each.starts_at < now, each.starts_at, each.id))
    return tell_activities(village.town, soonest, lang, now)


def tell_activities(town: Town, activities: Sequence[Activity], lang: str, now: datetime) -> list[OnNow]:
    """Activities as the notice board tells them."""
    sign_ups = {row.activity_id: row for row in SignUp.of(town).filter(activity__in=activities)}
    return [_tell(each, sign_ups.get(each.id), lang, now) for each in activities]


def _tell(activity: Activity, sign_up: SignUp | None, lang: str, now: datetime) -> OnNow:
    kind = activity.of_kind
    return OnNow(
        id=activity.id,
        title=title(activity, lang),
        kind=kind.en if lang == "en" else kind.zh,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        has_begun=activity.starts_at <= now,
        place=activity.place,
        worth=rule(activity.terms, lang) if activity.terms.points else "",
        places=activity.places,
        free=sign_up.free if sign_up else None,
        is_paid=bool(activity.payer),
        payer=activity.payer,
        pay_money=activity.pay_money,
        paper_path=activity.paper_path,
    )


def shops(town: Town, lang: str, now: datetime, *, most: int = 60) -> list[ShopTold]:
    """Every listed shop of the town, with today's hours and its offers."""
    listed = list(Merchant.of(town).filter(listed=True).order_by("name")[:most])
    offers: dict[int, list[Offer]] = {}
    for offer in Offer.of(town).filter(merchant__in=listed, ended_at=None).order_by("price", "id"):
        offers.setdefault(offer.merchant_id, []).append(offer)
    today = here(now).weekday()
    return [
        ShopTold(
            shop.id,
            shop_name(shop, lang),
            shop.place,
            shop.hours[today] if len(shop.hours) > today else "",
            offers.get(shop.id, [])[:6],
        )
        for shop in listed
    ]


def acts_written(town: Town) -> int:
    """How many acts the town's journal holds."""
    return TownHead.objects.get(town=town).last
