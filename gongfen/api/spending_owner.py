"""A shop's owner, on the own phone: tills, the PIN of the unlock, the days."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from gongfen.api import spending_shapes as shapes
from gongfen.api.ground import ActKey, CallerRequest, Id, Money, Nothing, answers, client_key, resident_only, told
from gongfen.api.spending_shapes import LimitSum, Pin
from gongfen.shops import merchants, queries, tills
from gongfen.shops.models import Merchant, Till
from gongfen.town import clock

router = Router(tags=["shop owner"], auth=resident_only)


class TillIn(Schema):
    label: Annotated[
        str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*[^\s][^\x00-\x1f\x7f]*$")
    ]
    refund_limit: LimitSum = Field(None, description="may give back this much without the unlock")
    payment_limit: LimitSum = Field(None, description="takes no larger payment")


class NewTill(Schema):
    id: Id
    token: str = Field(description="told once, for the device at the counter")


class TillRow(Schema):
    id: Id
    label: str
    refund_limit: Money
    payment_limit: int | None
    made_at: datetime


class OwnShop(Schema):
    id: Id
    name: str
    listed: bool
    has_pin: bool


class OwnerPinIn(Schema):
    pin: Pin


@router.get("/me/shops", response=answers(list[OwnShop]))
def my_shops(request: CallerRequest) -> list[dict[str, Any]]:
    """The shops that are mine."""
    mine = Merchant.of(request.auth.town).filter(owner=request.auth.resident).order_by("id")
    return [{"id": row.id, "name": row.name, "listed": row.listed, "has_pin": bool(row.pin_hash)} for row in mine]


@router.get("/me/shops/{shop}/days", response=answers(list[shapes.Day]))
def my_days(request: CallerRequest, shop: Id) -> list[dict[str, Any]]:
    """The days of my shop, from open to paid."""
    return [shapes.day(each) for each in queries.latest_takings(merchants.shop_of(request.auth.resident, shop))]


@router.get("/me/shops/{shop}/tills", response=answers(list[TillRow]))
def my_tills(request: CallerRequest, shop: Id) -> list[dict[str, Any]]:
    """The tills of my shop that work."""
    mine = merchants.shop_of(request.auth.resident, shop)
    rows = Till.of(request.auth.town).filter(merchant=mine, revoked_at=None).order_by("id")
    names = ("id", "label", "refund_limit", "payment_limit", "made_at")
    return [{name: getattr(row, name) for name in names} for row in rows]


@router.post("/me/shops/{shop}/tills", response=answers(NewTill, 201))
def make_till(request: CallerRequest, shop: Id, body: TillIn, key: ActKey) -> Status[dict[str, Any]]:
    """One more till. Sent again it is the same till with a new token."""
    caller = request.auth
    mine = merchants.shop_of(caller.resident, shop)
    made = tills.make_till(
        mine, body.label, by=caller.subject, key=client_key(caller, key), now=clock.now(),
        refund_limit=body.refund_limit or 0, payment_limit=body.payment_limit,
    )  # fmt: skip
    return Status(201, {"id": made.till.id, "token": made.token})


@router.delete("/me/shops/{shop}/tills/{till}", response=answers(Nothing))
def revoke_till(request: CallerRequest, response: HttpResponse, shop: Id, till: Id) -> dict[str, Any]:
    """A lost or replaced till takes nothing any more."""
    mine = merchants.shop_of(request.auth.resident, shop)
    told(response, tills.revoke_till(mine, till, by=request.auth.subject, now=clock.now()))
    return {}


@router.put("/me/shops/{shop}/pin", response=answers(Nothing))
def choose_pin(request: CallerRequest, shop: Id, body: OwnerPinIn) -> dict[str, Any]:
    """The PIN of the unlock at my tills."""
    tills.choose_owner_pin(request.auth.resident, shop, body.pin, now=clock.now())
    return {}
