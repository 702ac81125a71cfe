"""Signing in at the desk: a password and six digits; the account begins with a printed code."""

from io import BytesIO
from typing import Any

import segno
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as verified
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.console.ground import WrongPassword, count_try, page, tries_of
from gongfen.people.staff import begin_account, username
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.models import Town

RECOVERY_CODES = 8


class WrongSecondFactor(Refusal):
    """The six digits (or the recovery code) are not right."""

    code = "wrong_second_factor"


def _town(request: HttpRequest) -> Town | None:
    wish = request.POST.get("town") or request.GET.get("town") or ""
    towns = Town.objects.order_by("code")
    return towns.filter(code=int(wish)).first() if wish.isdecimal() else towns.first()


def _next(request: HttpRequest) -> str:
    wish = request.POST.get("next") or request.GET.get("next") or "/desk/"
    return wish if url_has_allowed_host_and_scheme(wish, None) and wish.startswith("/desk/") else "/desk/"


def sign_in(request: HttpRequest) -> HttpResponse:
    """Password and six digits, on one page. Five wrong tries lock the name for a quarter of an hour."""
    towns = list(Town.objects.order_by("code"))
    context: dict[str, Any] = {"towns": towns, "next": _next(request)}
    if request.method != "POST":
        return page(request, None, "sign_in.html", **context)
    town = _town(request)
    name = username(town, request.POST.get("name", "").strip()[:100]) if town else ""
    try:
        there = _try(request, name)
    except Refusal as no:
        return page(request, None, "sign_in.html", refusal=no, **context)
    return HttpResponseRedirect(there, status=303)


def _try(request: HttpRequest, name: str) -> str:
    """Where to go on: signed in, or to an authenticator that was never scanned."""
    count_try(name)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        raise WrongPassword()
    if not TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        cache.delete(tries_of(name))
        request.session["beginning"] = user.pk  # the tab was closed before the authenticator was scanned
        return "/desk/second-factor"
    device = _matching(user, request.POST.get("code", "").replace(" ", "").strip())
    if device is None:
        raise WrongSecondFactor()
    login(request, user)
    verified(request, device)
    cache.delete(tries_of(name))
    request.session["known_at"] = request.session["pressed_at"] = clock.now().isoformat()
    return _next(request)


def _matching(user: Any, code: str) -> Any:
    # Six digits are an authenticator's, anything else a recovery code: a wrong one slows its own kind alone.
    is_digits = len(code) == 6 and code.isdecimal()
    devices = (
        TOTPDevice.objects.filter(user=user, confirmed=True) if is_digits else StaticDevice.objects.filter(user=user)
    )
    return next((device for device in devices if device.verify_token(code)), None)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the desk."""
    if request.method == "POST":
        logout(request)
    return HttpResponseRedirect("/desk/sign-in", status=303)


def begin(request: HttpRequest) -> HttpResponse:
    """A new account: printed code, a name, a password twice; then the second factor."""
    context: dict[str, Any] = {"towns": list(Town.objects.order_by("code"))}
    if request.method != "POST":
        return page(request, None, "begin.html", **context)
    town = _town(request)
    password = request.POST.get("password", "")
    try:
        if town is None or password != request.POST.get("again", ""):
            raise WrongPassword()
        name = request.POST.get("name", "").strip()[:60]
        account = begin_account(town, request.POST.get("join_code", ""), name=name, password=password, now=clock.now())
    except Refusal as no:
        return page(request, None, "begin.html", refusal=no, **context)
    user = get_user_model().objects.get(pk=account.user_id)
    TOTPDevice.objects.create(user=user, name="phone", confirmed=False)
    request.session["beginning"] = user.pk
    return HttpResponseRedirect("/desk/second-factor", status=303)


def second_factor(request: HttpRequest) -> HttpResponse:
    """Scan the QR with any authenticator, type what it shows; then the recovery codes are shown, once."""
    user = get_user_model().objects.filter(pk=request.session.get("beginning", 0)).first()
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first() if user else None
    if device is None:
        return HttpResponseRedirect("/desk/sign-in")
    context = {"picture": _picture(device.config_url), "secret": device.config_url.split("secret=")[1].split("&")[0]}
    if request.method != "POST":
        return page(request, None, "second_factor.html", **context)
    if not device.verify_token(request.POST.get("code", "").strip()):
        return page(request, None, "second_factor.html", refusal=WrongSecondFactor(), **context)
    device.confirmed = True
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()  # the old phone's digits open nothing now
    codes = new_codes(user)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    verified(request, device)
    request.session["known_at"] = request.session["pressed_at"] = clock.now().isoformat()
    return page(request, None, "recovery.html", codes=codes)


def new_codes(user: Any) -> list[str]:
    """A fresh set of recovery codes; those before them work no more."""
    StaticDevice.objects.filter(user=user).delete()
    static = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=static, token=code) for code in codes])
    return codes


def _picture(address: str) -> str:
    drawn = BytesIO()
    segno.make(address).save(drawn, kind="svg", scale=5, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()
