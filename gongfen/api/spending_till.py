"""A till: payments, refunds, its day, offers, and the owner's unlock. It never learns who pays."""

import json
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.security import HttpBearer
from pydantic import StringConstraints

from gongfen.api import spending_shapes as shapes
from gongfen.api.ground import ActKey, After, Id, Limit, Money, Page, SignInFirst, answers, known_caller, page, told
from gongfen.api.spending_shapes import CardId, Number, Pin, Sum
from gongfen.journal.models import act_at
from gongfen.journal.written import Written
from gongfen.ledger.writer import submit
from gongfen.people.tokens import hash_of
from gongfen.rules.spoken import received
from gongfen.shops import cards, queries, refunds, tills
from gongfen.shops.models import Confirmation, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.previews import refusal_at_till, settled_on
from gongfen.shops.refusals import TillUnknown, UnknownPayment
from gongfen.shops.wanted import CodePayment, Wanted
from gongfen.town import clock
from gongfen.town.models import Town


class TillToken(HttpBearer):
    """A till's own token: `Authorization: Bearer <town>.<secret>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Till | None:
        return known_caller(request) or tills.till_by_token(token)


class UncheckedToken(HttpBearer):
    """Only reads a till's token: it is looked up in the writer's set, together with everything else."""

    def authenticate(self, request: HttpRequest, token: str) -> tuple[Town, str] | None:
        town = tills.town_of_token(token)
        return (town, token) if town else None


class TillRequest(HttpRequest):
    """A request after `TillToken` let it in."""

    auth: Till


class PayingRequest(HttpRequest):
    """A request whose token the writer checks."""

    auth: tuple[Town, str]


router = Router(tags=["till"], auth=TillToken())


class PayCodeIn(Schema):
    pay_code: Annotated[str, StringConstraints(pattern=r"^[0-9 -]{20,40}$")] = Field(
        description="20 digits, as scanned or as read aloud"
    )
    money: Sum


class CardIn(Schema):
    card: CardId
    pin: Pin


class PartIn(CardIn):
    part: Sum | None = Field(None, description="this card's part; only when two pay together")


class CardsIn(Schema):
    cards: list[PartIn] = Field(min_length=1, max_length=2)
    money: Sum


class SumIn(Schema):
    money: Sum


class TillPreview(Schema):
    """Whether the till would take the sum; it says nothing about any payer."""

    money: Money
    spoken: dict[str, str]
    settled_on: date
    code: str = Field(description="why not; empty when it would be taken")


class TillOut(Schema):
    shop: str
    shop_id: Id
    label: str
    place: str
    hours: list[str] = Field(description="Monday to Sunday, empty when shut")
    unlocked_until: datetime | None


def till_key(till: int | str, key: str) -> str:
    """The key of an act that has no natural one: the till's and its own."""
    return f"client/till/{till}/{key}"


def _pay(request: PayingRequest, wanted: Wanted, money: int) -> HttpResponse:
    town, _ = request.auth
    try:
        written: Written = submit(pay_many, town, wanted)
    except TillUnknown:
        tills.forget_towns()
        raise SignInFirst() from None
    shown = json.dumps(shapes.receipt(town, written, money), ensure_ascii=False, default=str)
    answer = HttpResponse(shown, status=201, content_type="application/json; charset=utf-8")  # not checked once more
    told(answer, written)
    return answer


@router.post("/till/payments", auth=UncheckedToken(), response=answers(shapes.Receipt, 201))
def pay_by_code(request: PayingRequest, body: PayCodeIn, key: ActKey = "") -> HttpResponse:
    """A till takes a payment by pay code. Sent again it gives the same receipt: the code itself is the key."""
    return _pay(request, CodePayment(hash_of(request.auth[1]), body.pay_code, body.money), body.money)


@router.post("/till/card-payments", auth=UncheckedToken(), response=answers(shapes.Receipt, 201))
def pay_by_card(request: PayingRequest, body: CardsIn, key: ActKey) -> HttpResponse:
    """A till takes a payment by one card, or by two of a household; PINs are checked first."""
    town, token = request.auth
    shown = [cards.Shown(card.card, card.pin, card.part or 0) for card in body.cards]
    mine = till_key(hash_of(token).hex()[:16], key)
    wanted = cards.card_payment(town, hash_of(token), shown, body.money, mine)
    return _pay(request, wanted, body.money)


@router.post("/till/preview", response=answers(TillPreview))
def preview(request: TillRequest, body: SumIn) -> dict[str, Any]:
    """Would this till take this sum now? Changes nothing, and asks about no code and no person."""
    now = clock.now()
    refusal = refusal_at_till(request.auth, body.money, now=now)
    said = received(body.money)
    code = refusal.code if refusal else ""
    return {"money": body.money, "spoken": said, "settled_on": settled_on(now), "code": code}


@router.get("/till", response=answers(TillOut))
def till(request: TillRequest) -> dict[str, Any]:
    """Which till this is, and of which shop."""
    row = request.auth
    shop, until = row.merchant, row.unlocked_until if tills.is_unlocked(row, clock.now()) else None
    told_shop = {"shop": shop.name, "shop_id": shop.id, "place": shop.place, "hours": shop.hours}
    return told_shop | {"label": row.label, "unlocked_until": until}


@router.get("/till/payments", response=answers(Page[shapes.ShopPayment]))
def payments(request: TillRequest, after: After = None, limit: Limit = 50) -> dict[str, Any]:
    """The shop's payments, newest first; no payer is named."""
    before = shapes.place_before(request.auth.town, after)
    rows = queries.payments_of_shop(request.auth.merchant, before=before, limit=limit + 1)
    return page([shapes.shop_payment(row) for row in rows], limit, lambda row: int(row["number"]))


@router.get("/till/payments/{number}", response=answers(shapes.Receipt))
def payment(request: TillRequest, number: Number) -> dict[str, Any]:
    """A receipt of this shop again; for one that waited for the phone, what became of it."""
    town, shop = request.auth.town, request.auth.merchant_id
    asked = Confirmation.of(town).filter(act_id=act_at(town, number), merchant_id=shop).first()
    paid = queries.receipt_of_shop(town, shop, asked.paid_by if asked else act_at(town, number))
    found = queries.written_of(town, paid.act_id if paid else asked.act_id if asked else 0)
    if found is None:
        raise UnknownPayment(number=number)
    told_now = shapes.receipt(town, found, paid.money if paid else asked.money if asked else 0)
    ended = {"refused": "refused", "expired": "expired"}
    return told_now | ({"state": ended.get(asked.state, told_now["state"])} if asked and not paid else {})


@router.post("/till/payments/{number}/refunds", response=answers(shapes.Refunded, 201))
def refund(request: TillRequest, response: HttpResponse, number: Number, body: SumIn, key: ActKey) -> Any:
    """Give back a payment, whole or in part. More than the till's own limit needs the owner's unlock."""
    mine = till_key(request.auth.id, key)
    written = told(response, refunds.refund(request.auth, number, body.money, key=mine, now=clock.now()))
    return Status(201, shapes.refunded(written, body.money))
