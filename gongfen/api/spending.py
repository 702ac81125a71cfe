"""Spending, for a resident: pay codes, the shop's sign, receipts, confirmations, helpers, limits, the shop list."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Field, Router, Schema, Status

from gongfen.api import spending_shapes as shapes
from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Money,
    NoSuch,
    Nothing,
    Page,
    Points,
    answers,
    client_key,
    page,
    resident_only,
    told,
    village_at,
)
from gongfen.api.spending_shapes import Body, LimitSum, Number, Sum
from gongfen.ledger.writer import submit
from gongfen.rules.allowances import Allowance, Spent, warnings
from gongfen.shops import confirming, handles, helping, limits, previews, queries
from gongfen.shops.due import run_due
from gongfen.shops.known import spending_of
from gongfen.shops.models import Helper, Merchant
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import SignPayment
from gongfen.town import clock

router = Router(tags=["spending"], auth=resident_only)


class HandlesIn(Body):
    renew: bool = Field(False, strict=True, description="a new secret; the old handles die with the old one")
    helps: Id | None = Field(None, description="pay for somebody: the id of the help")


class HandlesOut(Schema):
    """What the phone makes its pay codes from: town_check + handle + TOTP (HMAC-SHA-256, 60 s, 6 digits) + Luhn."""

    town_check: str
    secret: str = Field(description="32 bytes in hexadecimal; stays on the phone")
    handles: list[str]
    confirm_above: Money


class PayIn(Schema):
    shop: Id
    money: Sum
    helps: Id | None = None


class PreviewIn(Schema):
    shop: Id
    money: Sum


class PreviewOut(Schema):
    money: Money
    from_cash: Money
    redeemed: Points
    cash_after: Money
    points_after: Points
    must_confirm: bool
    warnings: list[shapes.Little]
    code: str = Field(description="why it would be refused; empty when it would be paid")


class WaitingOut(Schema):
    id: Id
    number: int
    shop: str
    money: Money
    for_whom: str
    expires_at: datetime


class HelperIn(Schema):
    resident: Id
    day_limit: Sum
    until: date


class HelperOut(Schema):
    id: Id
    resident: str
    helper: str
    i_am_helper: bool
    day_limit: Money
    until: date


class LimitsIn(Body):
    payment_limit: LimitSum = None
    day_limit: LimitSum = None
    week_limit: LimitSum = None
    month_limit: LimitSum = None
    confirm_above: LimitSum = None


class LimitsOut(Schema):
    payment: Money
    day: Money
    week: Money
    month: Money
    confirm_above: Money
    spent_day: Money
    spent_week: Money
    spent_month: Money
    warnings: list[shapes.Little]


def _shop(request: CallerRequest, shop: int) -> Merchant:
    found = Merchant.of(request.auth.town).filter(id=shop).first()
    if found is None:
        raise NoSuch(what="shop")
    return found


def _helps(request: CallerRequest, helps: int | None) -> Helper | None:
    if helps is None:
        return None
    caller = request.auth
    return helping.helping_now(caller.town, helps, caller.resident, today=localdate(clock.now()))


@router.post("/me/handles", response=answers(HandlesOut, 201))
def fill_handles(request: CallerRequest, body: HandlesIn, key: ActKey) -> Status[dict[str, Any]]:
    """Fill this phone up to sixty handles, so that it pays while it is offline."""
    helps = _helps(request, body.helps)
    run_due(request.auth.town, now=clock.now())
    filled = handles.fill_handles(request.auth, now=clock.now(), helps=helps, renew=body.renew)
    above = spending_of(request.auth.town, helps.resident_id if helps else request.auth.resident.id)[0].confirm_above
    kept = {"town_check": filled.town_check, "secret": filled.secret.hex(), "handles": filled.handles}
    return Status(201, kept | {"confirm_above": above})


@router.post("/me/payments", response=answers(shapes.Receipt, 201))
def pay_at_sign(request: CallerRequest, response: HttpResponse, body: PayIn, key: ActKey) -> Status[dict[str, Any]]:
    """Pay at the shop's printed sign: the shop is what the sign says, the sum is typed and confirmed on the phone."""
    caller = request.auth
    helps = _helps(request, body.helps)
    payer = helps.resident_id if helps else caller.resident.id
    key = client_key(caller, key)
    wanted = SignPayment(payer, caller.device, body.shop, body.money, key, helps.id if helps else None)
    written = told(response, submit(pay_many, caller.town, wanted))
    return Status(201, shapes.receipt(caller.town, written, body.money))


@router.post("/me/payments/preview", response=answers(PreviewOut))
def preview(request: CallerRequest, body: PreviewIn) -> dict[str, Any]:
    """What a payment would do. Changes nothing."""
    found = previews.preview(request.auth.resident, _shop(request, body.shop), body.money, now=clock.now())
    names = ("money", "from_cash", "redeemed", "cash_after", "points_after", "must_confirm")
    shown = {name: getattr(found, name) for name in names}
    return shown | {"warnings": shapes.little(found.warnings), "code": found.refusal.code if found.refusal else ""}


@router.get("/me/payments", response=answers(Page[shapes.OwnReceipt]))
def my_payments(request: CallerRequest, after: After = None, limit: Limit = 50) -> dict[str, Any]:
    """One's own payments, newest first, with the helper on each that a helper made."""
    before = shapes.place_before(request.auth.town, after)
    rows = queries.payments_of_resident(request.auth.resident, before=before, limit=limit + 1)
    return page([shapes.own_receipt(row) for row in rows], limit, lambda row: int(row["number"]))


@router.get("/me/payments/{number}", response=answers(shapes.OwnReceipt))
def my_receipt(request: CallerRequest, number: Number) -> dict[str, Any]:
    """One's own receipt, as it was."""
    paid, me = queries.receipt(request.auth.town, number), request.auth.resident.id
    if paid is None or me not in (paid.resident_id, paid.second_id, paid.helper.helper_id if paid.helper else 0):
        raise NoSuch(what="payment")
    return shapes.own_receipt(paid)


@router.get("/me/confirmations", response=answers(list[WaitingOut]))
def waiting(request: CallerRequest) -> list[dict[str, Any]]:
    """What waits for this phone's yes."""
    return [
        {
            "id": row.id, "number": row.number, "shop": row.merchant.name, "money": row.money,
            "for_whom": row.resident.name, "expires_at": row.expires_at,
        }
        for row in confirming.waiting_for(request.auth, now=clock.now())
    ]  # fmt: skip


@router.post("/me/confirmations/{waiting}/yes", response=answers(shapes.Receipt))
def confirm(request: CallerRequest, response: HttpResponse, waiting: Id, key: ActKey) -> dict[str, Any]:
    """Yes: the held money is paid."""
    written = told(response, confirming.confirm(request.auth, waiting, now=clock.now()))
    return shapes.receipt(request.auth.town, written, int(written.facts["money"]))


@router.post("/me/confirmations/{waiting}/no", response=answers(Nothing))
def refuse(request: CallerRequest, response: HttpResponse, waiting: Id, key: ActKey) -> dict[str, Any]:
    """No: the held money goes back."""
    told(response, confirming.refuse(request.auth, waiting, now=clock.now()))
    return {}


@router.get("/me/helpers", response=answers(list[HelperOut]))
def my_helpers(request: CallerRequest) -> list[dict[str, Any]]:
    """Who helps me pay, and for whom I pay."""
    me = request.auth.resident.id
    return [
        {
            "id": row.id, "resident": row.resident.name, "helper": row.helper.name, "i_am_helper": row.helper_id == me,
            "day_limit": row.day_limit, "until": row.until,
        }
        for row in helping.helpers_of(request.auth, now=clock.now())
    ]  # fmt: skip


@router.post("/me/helpers", response=answers(Nothing, 201))
def name_helper(request: CallerRequest, response: HttpResponse, body: HelperIn, key: ActKey) -> Status[dict[str, Any]]:
    """Let somebody pay for me, up to a sum a day and until a last day."""
    caller = request.auth
    written = helping.name_helper(
        caller.resident, body.resident, day_limit=body.day_limit, until=body.until, key=client_key(caller, key),
        by=caller.subject, now=clock.now(),
    )  # fmt: skip
    told(response, written)
    return Status(201, {})


@router.delete("/me/helpers/{helper}", response=answers(Nothing))
def end_helper(request: CallerRequest, response: HttpResponse, helper: Id) -> dict[str, Any]:
    """End the help, at once. Either of the two may."""
    told(response, helping.end_helper(request.auth, helper, now=clock.now()))
    return {}


@router.get("/me/limits", response=answers(LimitsOut))
def my_limits(request: CallerRequest) -> dict[str, Any]:
    """My limits, what I have paid in them, and where little is left."""
    allowance, before = spending_of(request.auth.town, request.auth.resident.id)
    return _limits(allowance, before)


def _limits(allowance: Allowance, before: Spent | None) -> dict[str, Any]:
    today = localdate(clock.now())
    spent = before.at(today) if before else Spent(today)
    names = ("payment", "day", "week", "month", "confirm_above")
    used = {"spent_day": spent.day, "spent_week": spent.week, "spent_month": spent.month}
    return (
        {name: getattr(allowance, name) for name in names}
        | used
        | {"warnings": shapes.little(warnings(allowance, spent))}
    )


@router.put("/me/limits", response=answers(LimitsOut))
def choose_limits(request: CallerRequest, body: LimitsIn) -> dict[str, Any]:
    """Choose my own limits; empty is the town's, and none is above it."""
    limits.choose_limits(request.auth.resident, body.model_dump(), now=clock.now())
    return my_limits(request)


@router.get("/shops", response=answers(list[shapes.Shop]))
def shops(request: CallerRequest) -> list[dict[str, Any]]:
    """Every listed shop of the town, with opening hours and offers."""
    town = request.auth.town
    found = queries.shop_list(town)
    offers = queries.offers_of(town, [row.id for row in found])
    return [shapes.shop(row, offers) for row in found]


@router.get("/villages/{village}/shops", auth=None, response=answers(list[shapes.Shop]))
def village_shops(request: HttpRequest, village: Id) -> list[dict[str, Any]]:
    """The same list, for everyone: where points are spent is no secret."""
    town = village_at(village).town
    found = queries.shop_list(town)
    offers = queries.offers_of(town, [row.id for row in found])
    return [shapes.shop(row, offers) for row in found]
