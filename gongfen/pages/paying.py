"""Paying from the resident's side: the pay code, and the shop's printed sign."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from gongfen.ledger.queries import balances_of
from gongfen.ledger.writer import submit
from gongfen.pages.amounts import SumUnreadable, read_sum
from gongfen.pages.ground import back_to, key_of, page, reader_of, signed_in
from gongfen.rules.pay_code import make_pay_code
from gongfen.rules.phrases import phrase
from gongfen.rules.refusals import Refusal
from gongfen.shops.handles import fill_handles
from gongfen.shops.models import Confirmation, Merchant, Payment
from gongfen.shops.payments import pay_many
from gongfen.shops.refusals import UnknownShop
from gongfen.shops.wanted import SignPayment
from gongfen.statements.public import shops
from gongfen.statements.residents import shop_name
from gongfen.town.models import Town

FRESH = 180  # seconds for which a payment is shown above the next code


@dataclass(frozen=True)
class Paid:
    """A payment as both sides see it."""

    shop: str
    money: int
    number: int
    phrase: str


@signed_in
def code(request: HttpRequest) -> HttpResponse:
    """White screen, QR and digits, and what just was paid with it."""
    reader = reader_of(request)
    me, town = reader.known.resident, reader.in_town
    try:
        filled = fill_handles(reader.known, now=reader.now)
    except Refusal as no:
        return page(request, "pay.html", refusal=no)
    digits = make_pay_code(town.code, filled.handles[0], filled.secret, int(reader.now.timestamp()))
    has = balances_of(town, [me.points, me.cash])
    return page(
        request, "pay.html", digits=digits, can=has[me.cash] + has[me.points] * town.par, paid=_last_paid(request)
    )


@signed_in
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The page that a shop's printed sign opens: type the sum, confirm."""
    reader = reader_of(request)
    shop = _shop(reader.in_town, number)
    if shop is None:
        return page(request, "sign.html", refusal=UnknownShop(), number=number)
    if request.method != "POST":
        return page(request, "sign.html", shop=shop_name(shop, reader.lang), number=number)
    try:
        money = read_sum(request.POST.get("sum", ""))
        if request.POST.get("sure") != "yes":
            return page(request, "sign.html", shop=shop_name(shop, reader.lang), number=number, money=money)
        wish = SignPayment(
            reader.known.resident.id,
            reader.known.device,
            shop.id,
            money,
            f"client/{reader.known.device}/{key_of(request)}",
        )
        act = submit(pay_many, reader.in_town, wish)
    except (Refusal, SumUnreadable) as no:
        return page(request, "sign.html", refusal=no, shop=shop_name(shop, reader.lang), number=number)
    return back_to(request, f"/me/receipt/{act.number}")


@signed_in
def find_shop(request: HttpRequest) -> HttpResponse:
    """From the number that the shop tells to its page."""
    reader, number = reader_of(request), request.GET.get("number", "").strip()
    if number.isascii() and number.isdigit() and len(number) < 20:
        return back_to(request, f"/pay/{number}")
    listed = shops(reader.in_town, reader.lang, reader.now)
    return page(request, "find_shop.html", refusal=UnknownShop() if number else None, shops=listed)


@signed_in
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt of one of one's own payments."""
    reader = reader_of(request)
    rows = Payment.of(reader.in_town).filter(resident=reader.known.resident).order_by("-act_id")
    found = next((row for row in rows.select_related("act", "day__merchant")[:50] if row.number == number), None)
    if found is None:
        waiting = Confirmation.of(reader.in_town).filter(resident=reader.known.resident, state="open").exists()
        return back_to(request, "/me", **({"said": "confirm"} if waiting else {}))
    return page(request, "receipt.html", paid=_paid(found, request))


def _shop(town: Town, number: str) -> Merchant | None:
    rows = Merchant.of(town).filter(listed=True)
    return rows.filter(id=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 20 else None


def _last_paid(request: HttpRequest) -> Paid | None:
    reader = reader_of(request)
    rows = Payment.of(reader.in_town).filter(resident=reader.known.resident).select_related("act", "day__merchant")
    last = rows.order_by("-act_id").first()
    if last is None or (reader.now - last.paid_at).total_seconds() > FRESH:
        return None
    return _paid(last, request)


def _paid(row: Payment, request: HttpRequest) -> Paid:
    reader = reader_of(request)
    told = phrase(reader.in_town.code, row.number, row.act.key)
    return Paid(shop_name(row.day.merchant, reader.lang), row.money, row.number, told[reader.lang])
