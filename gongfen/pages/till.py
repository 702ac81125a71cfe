"""The till: type a sum, scan or type a code, hear and see the answer; today's takings, refunds."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from gongfen.journal.models import act_at
from gongfen.ledger.writer import submit
from gongfen.pages.amounts import read_sum
from gongfen.pages.ground import TILL, View, back_to, keep_cookie, key_of, on_post, page, reader_of, signed_in
from gongfen.people.tokens import hash_of
from gongfen.rules.phrases import phrase
from gongfen.rules.refusals import Refusal
from gongfen.shops.cards import Shown, card_payment, choose_pin
from gongfen.shops.merchants import close_day, open_day, shop_of
from gongfen.shops.models import Confirmation, Merchant, MerchantDay, Payment, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.refunds import refund
from gongfen.shops.refusals import UnknownPayment
from gongfen.shops.tills import is_unlocked, make_till, till_by_token, unlock
from gongfen.shops.wanted import CodePayment
from gongfen.words import said, sentence

MOST_SHOWN = 50


@dataclass(frozen=True)
class Today:
    """A merchant's day at its till (hundredths of a fen)."""

    payments: list[Payment]
    count: int
    sum: int
    is_open: bool


def at_till(view: Any) -> View:
    """Only for a till; somebody else is shown how a browser becomes one."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        till = till_by_token(request.COOKIES.get(TILL, ""))
        if till is None:
            return pair(request)
        return view(request, till, *args, **kwargs)  # type: ignore[no-any-return]  # a view answers with a response

    return inner


def pair(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """How this browser becomes a till: its owner signs in and presses a button."""
    who = reader_of(request).who
    mine = list(Merchant.of(who.town).filter(owner=who.resident).order_by("id")) if who else []
    return page(request, "till_pair.html", refusal=no, mine=mine, status=422 if no else 200)


@signed_in
@on_post
def new(request: HttpRequest) -> HttpResponse:
    """The owner makes this browser a till of their shop."""
    reader = reader_of(request)
    wish = request.POST.get("shop", "")
    try:
        shop = shop_of(reader.known.resident, int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 20 else 0)
        key = f"client/{reader.known.device}/{key_of(request)}"
        made = make_till(shop, "网页收款台", by=reader.known.subject, key=key, now=reader.now)
    except Refusal as no:
        return pair(request, no=no)
    response = back_to(request, "/till")
    keep_cookie(response, TILL, made.token)
    return response


@at_till
def till(request: HttpRequest, till: Till, *, no: Refusal | None = None) -> HttpResponse:
    """The till's one screen."""
    reader = reader_of(request)
    aloud = sentence(no, reader.lang, now=reader.now) if no else ""
    return page(
        request,
        "till.html",
        refusal=no,
        aloud=aloud,
        shop=till.merchant,
        day=_today(till, request),
        unlocked=is_unlocked(till, reader.now),
    )


@at_till
@on_post
def take(request: HttpRequest, till: Till) -> HttpResponse:
    """Take a payment by pay code, or by card and PIN."""
    token = hash_of(request.COOKIES[TILL])
    wish: Any
    try:
        money = read_sum(request.POST.get("sum", ""))
        if card := request.POST.get("card", "").strip():
            shown = Shown(card.removeprefix("gf:card:"), request.POST.get("pin", ""))
            wish = card_payment(till.town, token, [shown], money, f"till/{till.id}/{key_of(request)}")
        else:
            wish = CodePayment(token, request.POST.get("code", ""), money)
        act = submit(pay_many, till.town, wish)
    except Refusal as no:
        return _till_again(request, no)
    return back_to(request, f"/till/done/{act.number}")


@at_till
def done(request: HttpRequest, till: Till, number: int) -> HttpResponse:
    """The answer, so large that both sides of the counter read it."""
    reader = reader_of(request)
    held = Confirmation.of(till.town).filter(act_id=act_at(till.town, number), merchant=till.merchant).first()
    if held is not None and held.state == "open":
        return page(request, "till_wait.html", held=held)
    wanted = held.paid_by if held is not None and held.paid_by else act_at(till.town, number)
    paid = Payment.of(till.town).filter(act_id=wanted, day__merchant=till.merchant).select_related("act").first()
    if paid is None:
        return _till_again(request, UnknownPayment(number=number))
    sum_said = said(paid.money, reader.lang)
    return page(
        request,
        "till_done.html",
        paid=paid,
        phrase=phrase(till.town.code, paid.number, paid.act.key)[reader.lang],
        aloud=f"Received {sum_said}" if reader.lang == "en" else f"收到{sum_said}",
    )


@at_till
@on_post
def give_back(request: HttpRequest, till: Till, number: int) -> HttpResponse:
    """Give a payment back, whole or in part."""
    try:
        money = read_sum(request.POST.get("sum", ""))
        refund(till, number, money, key=f"till/{till.id}/{key_of(request)}", now=reader_of(request).now)
    except Refusal as no:
        return _till_again(request, no)
    return back_to(request, "/till", said="given_back")


@at_till
@on_post
def owner(request: HttpRequest, till: Till) -> HttpResponse:
    """The owner's unlock, and closing or opening the day."""
    now, wish = reader_of(request).now, request.POST.get("wish")
    key = f"till/{till.id}/{key_of(request)}"
    try:
        if wish == "unlock":
            unlock(till, request.POST.get("pin", ""), now=now)
        elif wish == "close":
            close_day(till.merchant, by=till.merchant.subject, key=key, now=now)
        elif wish == "open":
            open_day(till.merchant, by=till.merchant.subject, key=key, now=now)
    except Refusal as no:
        return _till_again(request, no)
    return back_to(request, "/till", said=wish if wish in ("unlock", "close", "open") else "consented")


@at_till
@on_post
def card_pin(request: HttpRequest, till: Till) -> HttpResponse:
    """A card's holder chooses the PIN, at its first use."""
    card = request.POST.get("card", "").strip().removeprefix("gf:card:")
    try:
        choose_pin(till.town, card, request.POST.get("pin", ""), now=reader_of(request).now)
    except Refusal as no:
        return _till_again(request, no)
    return back_to(request, "/till", said="pin")


def _till_again(request: HttpRequest, no: Refusal) -> HttpResponse:
    shown: HttpResponse = till(request, no=no)
    return shown


def _today(till: Till, request: HttpRequest) -> Today:
    reader = reader_of(request)
    day = MerchantDay.of(till.town).filter(merchant=till.merchant, day=localdate(reader.now)).first()
    if day is None:
        return Today([], 0, 0, is_open=True)
    rows = list(Payment.of(till.town).filter(day=day).order_by("-act_id"))
    return Today(rows[:MOST_SHOWN], len(rows), sum(row.money - row.refunded for row in rows), day.state == "open")
