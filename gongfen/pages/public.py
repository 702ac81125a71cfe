"""Pages that need no sign-in: the notice board, the common money, how to join."""

import secrets

from django.http import HttpRequest, HttpResponse

from gongfen.fund.queries import cover
from gongfen.ledger.models import Checkpoint
from gongfen.ledger.queries import balance_of, outstanding
from gongfen.pages.ground import A_YEAR, DEVICE, back_to, keep_cookie, key_of, page, reader_of
from gongfen.people.joining import ask_to_join, sign_in_by_code
from gongfen.people.models import AgeBand, Village
from gongfen.people.tokens import new_token
from gongfen.rules.posting import Address, Kind
from gongfen.rules.refusals import Refusal
from gongfen.statements.glances import told_last_month
from gongfen.statements.money import common
from gongfen.statements.public import acts_written, on_now, shops

ASKED = "gongfen_asked"  # the secret of somebody who asked to join


def home(request: HttpRequest) -> HttpResponse:
    """The page that the whole village can read: what is on, where to spend, the fund and its cover."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html")
    village, town = reader.village, reader.town
    village.town = town
    on = on_now(village, reader.lang, reader.now)
    return page(
        request,
        "home.html",
        on=[each for each in on if not each.is_paid][:6],
        paid=[each for each in on if each.is_paid][:4],
        shops=shops(town, reader.lang, reader.now)[:12],
        fund=balance_of(town, Address(Kind.FUND, village.subject)),
        cover=cover(town),
        outstanding=outstanding(town),
        acts=acts_written(town),
        audit=Checkpoint.of(town).order_by("-id").first(),
        month=told_last_month(village, reader.lang, reader.now),
        villages=Village.of(town).order_by("id").exclude(id=village.id)[:60],
    )


def money(request: HttpRequest) -> HttpResponse:
    """Every in and out of the common money."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html")
    reader.village.town = reader.town
    return page(request, "money.html", money=common(reader.village, reader.lang, reader.now))


def join(request: HttpRequest) -> HttpResponse:
    """Sign in with a printed code, or ask to be put on the list."""
    reader = reader_of(request)
    if reader.village is None:
        return page(request, "empty.html")
    if request.method != "POST":
        return page(request, "join.html", bands=_bands(reader.lang))
    try:
        return _with_code(request) if "code" in request.POST else _asked(request)
    except Refusal as no:
        return page(request, "join.html", refusal=no, typed=request.POST, bands=_bands(reader.lang))


def _with_code(request: HttpRequest) -> HttpResponse:
    token = new_token()
    sign_in_by_code(request.POST["code"], token, label="web", now=reader_of(request).now)
    response = back_to(request, "/me")
    keep_cookie(response, DEVICE, token)
    return response


def _asked(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    village = reader.at_home
    village.town = reader.in_town
    secret = request.COOKIES.get(ASKED) or secrets.token_urlsafe(24)
    ask_to_join(
        village,
        name=request.POST.get("name", "").strip()[:60],
        household_number=request.POST.get("household", "").strip()[:20],
        age_band=request.POST.get("band", AgeBand.ADULT),
        secret=key_of(request) + secret,
        now=reader.now,
    )
    response = back_to(request, "/join", said="asked")
    response.set_cookie(ASKED, secret, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response


def _bands(lang: str) -> list[tuple[str, str]]:
    zh, en = ("14–17 岁", "18–59 岁", "60 岁以上"), ("14–17", "18–59", "60 and over")
    return list(zip((AgeBand.YOUTH, AgeBand.ADULT, AgeBand.ELDER), en if lang == "en" else zh, strict=True))
