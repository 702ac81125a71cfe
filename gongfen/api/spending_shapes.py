"""What the spending endpoints take and give: till, resident and desk share these shapes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Path, Schema
from ninja.schema import DjangoGetter
from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from gongfen.api.ground import Id, Money, Points
from gongfen.journal.models import act_at
from gongfen.journal.written import Written
from gongfen.rules.allowances import LittleLeft
from gongfen.rules.spoken import given_back, received
from gongfen.shops.models import Merchant, Offer, Payment, Payout, Settlement
from gongfen.shops.previews import settled_on
from gongfen.shops.queries import Takings
from gongfen.shops.sealed import unseal
from gongfen.shops.wanted import words_of_receipt
from gongfen.town.models import Town

MOST = 1 << 53


def _number_alone(value: object) -> object:
    """true is no sum, and neither is "100"."""
    if isinstance(value, bool | str):
        raise ValueError("a whole number")
    return value


Sum = Annotated[
    int,
    Field(gt=0, le=MOST, multiple_of=100, description="hundredths of a fen, whole fen; ¥12.50 is 125000"),
    BeforeValidator(_number_alone),  # after the field: before it, the description would lose the field's bounds
]
LimitSum = Annotated[int, Field(ge=0, le=MOST, multiple_of=100), BeforeValidator(_number_alone)] | None
Number = Annotated[int, Path(ge=1, lt=1 << 40)]
Line = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Pin = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
CardId = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{26}$")]
Hours = Annotated[str, StringConstraints(pattern=r"^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9])?$")]
Words = dict[str, str]


class Body(Schema):
    """A JSON object and nothing else: a list of nothings is no body whose every field may be left out."""

    @model_validator(mode="before")
    @classmethod
    def is_an_object(cls, value: Any) -> Any:
        sent = value._obj if isinstance(value, DjangoGetter) else value
        if isinstance(sent, list | str | int | None):
            raise ValueError("a JSON object")
        return value


class Receipt(Schema):
    """The answer to a payment. `state` is paid, or waiting while the payer's phone is asked."""

    number: int
    state: str
    money: Money
    spoken: Words
    phrase: Words
    settled_on: date
    paid_at: datetime


class OwnReceipt(Schema):
    """A payment as its payer reads it; printed again it is the same."""

    number: int
    shop: str
    shop_id: Id
    how: str
    money: Money
    redeemed: Points
    refunded: Money
    helper: str = Field(description="who paid for the resident; empty when nobody did")
    paid_at: datetime


class ShopPayment(Schema):
    """A payment as the shop reads it: no payer."""

    number: int
    how: str
    money: Money
    refunded: Money
    day: date
    day_state: str
    paid_at: datetime


class Refunded(Schema):
    number: int
    money: Money
    spoken: Words


class Day(Schema):
    """A merchant's day in numbers."""

    day: date
    state: str
    payments: int
    taken: Money
    refunded: Money
    money: Money


class OfferOut(Schema):
    id: Id
    name: str
    name_en: str
    price: Money


class Shop(Schema):
    id: Id
    name: str
    name_en: str
    place: str
    hours: list[str]
    offers: list[OfferOut]


class Little(Schema):
    """Little is left of the limit of this period."""

    period: str
    left: Money


class PayoutOut(Schema):
    id: Id
    shop: str
    reference: str
    money: Money
    payee: str
    account: str = Field(description="the last four digits")
    state: str
    reason: str


class SettlementOut(Schema):
    id: Id
    number: int
    day: date
    state: str
    prepared_by: str
    approved_by: str
    payouts: list[PayoutOut]


def receipt(town: Town, written: Written, money: int) -> dict[str, Any]:
    """What till and phone show after a payment; what the till says aloud."""
    return {
        "number": written.number,
        "state": "waiting" if written.verb == "payment.hold" else "paid",
        "money": money,
        "spoken": received(money),
        "phrase": words_of_receipt(town, written),
        "settled_on": settled_on(written.written_at),
        "paid_at": written.written_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }


def own_receipt(paid: Payment) -> dict[str, Any]:
    shop = paid.day.merchant
    return {
        "number": paid.number,
        "shop": shop.name,
        "shop_id": shop.id,
        "how": paid.how,
        "money": paid.money,
        "redeemed": paid.redeemed,
        "refunded": paid.refunded,
        "helper": paid.helper.helper.name if paid.helper else "",
        "paid_at": paid.paid_at,
    }


def shop_payment(paid: Payment) -> dict[str, Any]:
    return {
        "number": paid.number,
        "how": paid.how,
        "money": paid.money,
        "refunded": paid.refunded,
        "day": paid.day.day,
        "day_state": paid.day.state,
        "paid_at": paid.paid_at,
    }


def refunded(written: Written, money: int) -> dict[str, Any]:
    return {"number": written.number, "money": money, "spoken": given_back(money)}


def day(takings: Takings) -> dict[str, Any]:
    names = ("day", "state", "payments", "taken", "refunded", "money")
    return {name: getattr(takings, name) for name in names}


def shop(merchant: Merchant, offers: Sequence[Offer]) -> dict[str, Any]:
    mine = [offer(each) for each in offers if each.merchant_id == merchant.id]
    names = ("id", "name", "name_en", "place", "hours")
    return {name: getattr(merchant, name) for name in names} | {"offers": mine}


def offer(row: Offer) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "name_en": row.name_en, "price": row.price}


def little(warnings: Sequence[LittleLeft]) -> list[dict[str, Any]]:
    return [{"period": warning.period, "left": warning.left} for warning in warnings]


def payout(row: Payout) -> dict[str, Any]:
    account = unseal(bytes(row.sealed_account), about=row.merchant_id).decode() if row.sealed_account else ""
    names = ("id", "reference", "money", "payee", "state", "reason")
    return {name: getattr(row, name) for name in names} | {"shop": row.merchant.name, "account": account[-4:]}


def settlement(row: Settlement, payouts: Sequence[Payout]) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "day": row.day,
        "state": row.state,
        "prepared_by": row.prepared_by.name,
        "approved_by": row.approved_by.name if row.approved_by else "",
        "payouts": [payout(each) for each in payouts],
    }


def place_before(town: Town, number: int | None) -> int:
    """Where a page of payments goes on: before the act with this number; from the newest without one."""
    return act_at(town, number) if number and number < 1 << 40 else 1 << 62
