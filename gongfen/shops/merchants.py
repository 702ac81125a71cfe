"""Merchants on the list, their offers and opening hours, and the closing of their day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.people.models import Resident
from gongfen.rules.allowances import check_sum
from gongfen.rules.days import DayNotReady, DaySettled, DayState
from gongfen.rules.posting import MOST
from gongfen.shops import refusals
from gongfen.shops.models import Merchant, MerchantDay, Offer
from gongfen.shops.recording import today_of
from gongfen.shops.sealed import seal
from gongfen.town.models import Town

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d|")
_ACCOUNT = re.compile(r"[0-9A-Za-z@._-]{0,40}")
WEEK = 7
MOST_OFFERS = 500


@dataclass(frozen=True)
class MerchantToList:
    """A shop as the desk lists it. `hours` is Monday to Sunday, "08:00-20:00" each, "" when shut."""

    name: str
    place: str = ""
    name_en: str = ""
    hours: tuple[str, ...] = ()
    payee: str = ""
    account: str = ""  # of its bank; kept encrypted
    owner: int | None = None  # a resident's id
    village: int | None = None


def list_merchants(town: Town, listing: Sequence[MerchantToList], by: int, now: datetime) -> list[Merchant]:
    """Put these shops on the list, as one set. A shop of the same name and village is the same shop.

    `by` is the subject of who answers for the list: at loading the town's own, else who approved it.
    """
    for each in listing:
        check_listing(each)
    with one_batch(town, now) as batch:
        found = {(shop.name, shop.village_id): shop for shop in Merchant.of(town).filter(listed=True)}
        merchants = []
        for each in listing:
            merchant = found.get((each.name, each.village))
            if merchant is None:
                merchant = found[each.name, each.village] = new_merchant(town, each, now)
                put_on_list(batch, merchant, by=by, asked_by=by, key=f"merchant/{merchant.id}/list")
            merchants.append(merchant)
    for answer in batch.answers:
        one([answer])
    return merchants


def new_merchant(town: Town, listing: MerchantToList, now: datetime) -> Merchant:
    """The shop as it will stand on the list."""
    merchant = Merchant(
        town=town, name=listing.name, name_en=listing.name_en, place=listing.place, hours=list(listing.hours),
        payee=listing.payee or listing.name, owner_id=listing.owner, village_id=listing.village,
        listed=True, listed_at=now,
    )  # fmt: skip
    merchant.sealed_account = seal(listing.account.encode(), about=merchant.id) if listing.account else b""
    return merchant


def put_on_list(batch: Batch, merchant: Merchant, *, by: int, asked_by: int, key: str) -> Draft:
    """Let an act of this batch put a shop on the list."""
    open_accounts(batch.town, [moves.till(merchant.subject)])
    act = batch.act(
        key=key,
        verb="merchant.list",
        by=by,
        about=merchant.subject,
        facts={"merchant": str(merchant.id), "village": str(merchant.village_id or 0), "asked_by": str(asked_by)},
        asked="",
    )
    act.creates(merchant)
    return act


def check_listing(listing: MerchantToList) -> None:
    """Refuse words that cannot be: a name that is nothing, hours that are none, an account that no bank has."""
    texts = {"name": (listing.name, 60), "place": (listing.place, 120), "payee": (listing.payee, 60)}
    texts["name_en"] = (listing.name_en, 60)
    for what, (text, most) in texts.items():
        if len(text) > most or not (text.isprintable()) or (what == "name" and not text.strip()):
            raise refusals.WordsNotUsable(what=what)
    if listing.hours and (len(listing.hours) != WEEK or not all(_HOURS.fullmatch(each) for each in listing.hours)):
        raise refusals.WordsNotUsable(what="hours")
    if not _ACCOUNT.fullmatch(listing.account):
        raise refusals.WordsNotUsable(what="account")


def add_offer(merchant: Merchant, name: str, price: int, *, name_en: str = "") -> Offer:
    """Something the shop has, with its price in hundredths of a fen. The same again is the same offer."""
    if not name.strip() or len(name) > 60 or len(name_en) > 60 or not (name + name_en).isprintable():
        raise refusals.WordsNotUsable(what="name")
    if check_sum(price) or price > MOST:
        raise refusals.WordsNotUsable(what="price")
    there = Offer.of(merchant.town_id).filter(merchant=merchant, ended_at=None)
    if same := there.filter(name=name, price=price, name_en=name_en).first():
        return same
    if there.count() >= MOST_OFFERS:
        raise refusals.WordsNotUsable(what="offers")
    return Offer.objects.create(town_id=merchant.town_id, merchant=merchant, name=name, name_en=name_en, price=price)


def end_offer(merchant: Merchant, offer: int, *, now: datetime) -> bool:
    """The shop has it no more; was it there?"""
    there = Offer.of(merchant.town_id).filter(id=offer, merchant=merchant, ended_at=None)
    return bool(there.update(ended_at=now))


def change_hours(merchant: Merchant, hours: Sequence[str], *, place: str) -> None:
    """New opening hours, and where the shop is."""
    check_listing(MerchantToList(merchant.name, place, hours=tuple(hours)))
    Merchant.of(merchant.town_id).filter(id=merchant.id).update(hours=list(hours), place=place)


def close_day(merchant: Merchant, *, by: int, key: str, now: datetime) -> Written:
    """The shop closes its day: no payment comes in, until the owner opens it again or the next day begins."""
    return _move_day(merchant, DayState.OPEN, DayState.CLOSED, by=by, key=key, now=now)


def open_day(merchant: Merchant, *, by: int, key: str, now: datetime) -> Written:
    """A late household knocks: the day is open again, as long as it is not in settlement."""
    return _move_day(merchant, DayState.CLOSED, DayState.OPEN, by=by, key=key, now=now)


def _move_day(merchant: Merchant, was: DayState, to: DayState, *, by: int, key: str, now: datetime) -> Written:
    town = merchant.town
    with one_batch(town, now) as batch:
        day = today_of(town, merchant.id, now)
        act = batch.act(
            key=key,
            verb=f"day.{'close' if to is DayState.CLOSED else 'open'}",
            by=by,
            about=merchant.subject,
            facts={"day": day.day.isoformat()},
        )
        if day.state not in (DayState.OPEN, DayState.CLOSED):
            act.refuse(DaySettled())
        elif day.state != was:
            act.refuse(DayNotReady(state=day.state))
        act.changes(day, was={"state": was.value}, state=to.value)
    return one(batch.answers)


def owns(resident: Resident, merchant: Merchant) -> bool:
    """Is this the owner?"""
    return merchant.owner_id is not None and merchant.owner_id == resident.id


def shop_of(resident: Resident, merchant: int) -> Merchant:
    """The resident's own shop by this id."""
    found = Merchant.of(resident.town_id).filter(id=merchant, owner=resident).select_related("town").first()
    if found is None:
        raise refusals.UnknownShop()
    return found


def days_of(merchant: Merchant, *, limit: int = 60) -> list[MerchantDay]:
    """The merchant's latest days, the newest first."""
    return list(MerchantDay.of(merchant.town_id).filter(merchant=merchant).order_by("-day")[:limit])
