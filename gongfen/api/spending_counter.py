"""A till's day, cards, offers and the owner's unlock."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.api import spending_shapes as shapes
from gongfen.api.ground import ActKey, Id, Money, Nothing, Points, answers, told
from gongfen.api.spending_shapes import Body, CardId, Hours, Line, Name, Pin, Sum
from gongfen.api.spending_till import CardIn, TillRequest, TillToken, till_key
from gongfen.shops import askings, cards, merchants, queries, tills
from gongfen.town import clock

router = Router(tags=["till"], auth=TillToken())


class PinIn(Schema):
    pin: Pin


class CardOnly(Schema):
    card: CardId


class OfferIn(Schema):
    name: Name
    name_en: Line = ""
    price: Sum


class PlaceIn(Body):
    place: Line = ""
    hours: list[Hours] = Field(max_length=7)


class Unlocked(Schema):
    unlocked_until: datetime


class Balance(Schema):
    points: Points
    cash: Money


class Asked(Schema):
    asking: Id


@router.get("/till/today", response=answers(shapes.Day))
def today(request: TillRequest) -> dict[str, Any]:
    """Today's takings."""
    now = localdate(clock.now())
    found = queries.takings(request.auth.merchant, [now])
    return shapes.day(found[0] if found else queries.Takings(now, "open", 0, 0, 0))


@router.get("/till/days", response=answers(list[shapes.Day]))
def days(request: TillRequest) -> list[dict[str, Any]]:
    """The shop's latest days, from open to paid. Needs the owner's unlock."""
    tills.check_unlocked(request.auth, clock.now())
    return [shapes.day(each) for each in queries.latest_takings(request.auth.merchant)]


@router.post("/till/day/close", response=answers(shapes.Day))
def close_day(request: TillRequest, response: HttpResponse, key: ActKey) -> dict[str, Any]:
    """Close today. Needs the owner's unlock."""
    now, row = clock.now(), request.auth
    tills.check_unlocked(row, now)
    told(response, merchants.close_day(row.merchant, by=row.merchant.subject, key=till_key(row.id, key), now=now))
    return today(request)


@router.post("/till/day/open", response=answers(shapes.Day))
def open_day(request: TillRequest, response: HttpResponse, key: ActKey) -> dict[str, Any]:
    """Open today again, for somebody who came late. Needs the owner's unlock."""
    now, row = clock.now(), request.auth
    tills.check_unlocked(row, now)
    told(response, merchants.open_day(row.merchant, by=row.merchant.subject, key=till_key(row.id, key), now=now))
    return today(request)


@router.post("/till/unlock", response=answers(Unlocked))
def unlock(request: TillRequest, body: PinIn) -> dict[str, Any]:
    """The owner's unlock, for ten minutes."""
    return {"unlocked_until": tills.unlock(request.auth, body.pin, now=clock.now())}


@router.post("/till/lock", response=answers(Nothing))
def lock(request: TillRequest) -> dict[str, Any]:
    """The owner leaves the counter."""
    tills.lock(request.auth)
    return {}


@router.post("/till/cards/pin", response=answers(Nothing))
def choose_pin(request: TillRequest, response: HttpResponse, body: CardIn, key: ActKey) -> dict[str, Any]:
    """The holder of a new card chooses the PIN, here and alone."""
    told(response, cards.choose_pin(request.auth.town, body.card, body.pin, now=clock.now()))
    return {}


@router.post("/till/cards/balance", response=answers(Balance))
def card_balance(request: TillRequest, body: CardIn) -> dict[str, int]:
    """The holder's own points and cash, after the PIN."""
    points, cash = cards.balance_by_card(request.auth.town, cards.Shown(body.card, body.pin))
    return {"points": points, "cash": cash}


@router.post("/till/cards/unlock", response=answers(Asked, 201))
def ask_card_unlock(request: TillRequest, body: CardOnly, key: ActKey) -> Status[dict[str, Any]]:
    """The holder of a locked card asks for the unlock; somebody of another group at the desk says yes."""
    asking = askings.ask_unlock(request.auth.town, body.card, key=till_key(request.auth.id, key), now=clock.now())
    return Status(201, {"asking": asking.id})


@router.get("/till/offers", response=answers(list[shapes.OfferOut]))
def offers(request: TillRequest) -> list[dict[str, Any]]:
    """What the shop offers, with prices."""
    return [shapes.offer(row) for row in queries.offers_of(request.auth.town, [request.auth.merchant_id])]


@router.post("/till/offers", response=answers(shapes.OfferOut, 201))
def add_offer(request: TillRequest, body: OfferIn, key: ActKey) -> Status[dict[str, Any]]:
    """One offer more. Needs the owner's unlock. The same name and price again is the same offer."""
    now = clock.now()
    tills.check_unlocked(request.auth, now)
    made = merchants.add_offer(request.auth.merchant, body.name, body.price, name_en=body.name_en)
    return Status(201, shapes.offer(made))


@router.delete("/till/offers/{offer}", response=answers(Nothing))
def end_offer(request: TillRequest, offer: Id) -> dict[str, Any]:
    """The shop has it no more. Needs the owner's unlock."""
    now = clock.now()
    tills.check_unlocked(request.auth, now)
    return {"done": merchants.end_offer(request.auth.merchant, offer, now=now)}


@router.put("/till/place", response=answers(Nothing))
def change_place(request: TillRequest, body: PlaceIn) -> dict[str, Any]:
    """Opening hours and place. Needs the owner's unlock."""
    tills.check_unlocked(request.auth, clock.now())
    merchants.change_hours(request.auth.merchant, body.hours, place=body.place)
    return {}
