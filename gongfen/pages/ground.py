"""What every page stands on: who reads, in which language and size, of which village; and how a no is shown."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme

from gongfen import words
from gongfen.people.models import Village
from gongfen.people.queries import Caller, caller_by_token, roles_of
from gongfen.rules.refusals import Refusal
from gongfen.statements.outside import complain_to
from gongfen.town import clock
from gongfen.town.models import Town
from gongfen.words.pages import OUTCOMES

DEVICE = "gongfen_device"
TILL = "gongfen_till"
LANGUAGE = "gongfen_lang"
SIZE = "gongfen_size"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Reader:
    """Who looks at a page, and how they read."""

    lang: str
    size: str
    now: datetime
    who: Caller | None
    town: Town | None
    village: Village | None

    @property
    def known(self) -> Caller:
        assert self.who is not None
        return self.who

    @property
    def at_home(self) -> Village:
        assert self.village is not None
        return self.village

    @property
    def in_town(self) -> Town:
        assert self.town is not None
        return self.town


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def reader_of(request: HttpRequest) -> Reader:
    """Read cookies, address and language of a request, once."""
    known: Reader | None = getattr(request, "_reader", None)
    if known is None:
        who = caller_by_token(request.COOKIES[DEVICE]) if request.COOKIES.get(DEVICE) else None
        town = who.town if who else Town.objects.order_by("code").first()
        known = Reader(_language(request), _size(request), clock.now(), who, town, _village(request, who, town))
        request._reader = known  # type: ignore[attr-defined]  # read once a request
    return known


def page(
    request: HttpRequest, template: str, *, refusal: Refusal | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page with what all pages share; a no is shown above it, with a status that says so."""
    reader = reader_of(request)
    shared = {
        "lang": reader.lang,
        "lang_tag": "en" if reader.lang == "en" else "zh-Hans",
        "size": reader.size,
        "now": reader.now,
        "today": words.plain_day(reader.now, reader.lang),
        "who": reader.who,
        "town": reader.town,
        "village": reader.village,
        "place": _place(reader),
        "look": static("gongfen/look.css"),
        "demo": getattr(settings, "DEMO", False),
        "complain_to": complain_to(),
        "key": secrets.token_hex(16),
        "back": request.POST.get("back") or request.GET.get("back") or "",
        "typed": request.POST,
        "outcome": _outcome(request, reader.lang),
        "other_language": _other(request, lang="zh" if reader.lang == "en" else "en"),
        "other_size": _other(request, size="normal" if reader.size == "large" else "large"),
        "tabs": _tabs(request, reader),
        "refusal": words.sentence(refusal, reader.lang, now=reader.now) if refusal else "",
    }
    if refusal is not None and status == 200:
        status = 422
    response = render(request, f"gongfen/{template}", shared | context, status=status)
    return _remember(request, response)


def signed_in(view: Any) -> View:
    """Only for a resident; others are asked to sign in first, and come back."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reader_of(request).who is None:
            return HttpResponseRedirect("/join?" + urlencode({"back": request.get_full_path()}))
        return view(request, *args, **kwargs)  # type: ignore[no-any-return]  # a view answers with a response

    return inner


def on_post(view: Any) -> View:
    """A change is a POST; somebody who comes by link is led back to the start."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect("/")
        return view(request, *args, **kwargs)  # type: ignore[no-any-return]  # a view answers with a response

    return inner


def back_to(request: HttpRequest, fallback: str, **said: str) -> HttpResponse:
    """After a change: a fresh page, so that pressing reload repeats nothing. Never leads to another site."""
    wanted = request.POST.get("back") or request.GET.get("back") or fallback
    if not url_has_allowed_host_and_scheme(wanted, None):
        wanted = fallback
    if said:
        wanted += ("&" if "?" in wanted else "?") + urlencode(said)
    response = HttpResponseRedirect(wanted)
    response.status_code = 303
    return response


def keep_cookie(response: HttpResponse, name: str, value: str, *, secret: bool = True) -> None:
    """A cookie for a year; a secret one is out of reach for scripts."""
    response.set_cookie(
        name, value, max_age=A_YEAR, httponly=secret, samesite="Lax", secure=bool(getattr(settings, "HTTPS", False))
    )


def key_of(request: HttpRequest) -> str:
    """The form's hidden key: sent twice, it acts once."""
    return request.POST.get("key", "")[:64] or secrets.token_hex(16)


def _remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.GET.get("lang") in words.LANGUAGES:
        keep_cookie(response, LANGUAGE, request.GET["lang"])
    if request.GET.get("size") in ("normal", "large"):
        keep_cookie(response, SIZE, request.GET["size"])
    return response


def _outcome(request: HttpRequest, lang: str) -> str:
    pair = OUTCOMES.get(request.GET.get("said", ""))
    return pair[words.LANGUAGES.index(lang)] if pair else ""


def _language(request: HttpRequest) -> str:
    for wish in (request.GET.get("lang"), request.COOKIES.get(LANGUAGE)):
        if wish in words.LANGUAGES:
            return wish
    for wish in request.headers.get("Accept-Language", "zh").split(","):
        if wish.strip()[:2].lower() in words.LANGUAGES:
            return wish.strip()[:2].lower()
    return "zh"


def _size(request: HttpRequest) -> str:
    wish = request.GET.get("size") or request.COOKIES.get(SIZE)
    return "large" if wish == "large" else "normal"


def _village(request: HttpRequest, who: Caller | None, town: Town | None) -> Village | None:
    if town is None:
        return None
    wish = request.GET.get("village", "")
    if wish.isdecimal() and (found := Village.of(town).filter(id=int(wish[:18])).first()):
        return found
    return who.resident.village if who else Village.of(town).order_by("id").first()


def _place(reader: Reader) -> str:
    where = reader.village or reader.town
    if where is None:
        return "Gongfen" if reader.lang == "en" else "工分"
    return (where.name_en if reader.lang == "en" else "") or where.name


def _other(request: HttpRequest, **wish: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in (*wish, "said")}
    return request.path + "?" + urlencode(kept | wish)


def _tabs(request: HttpRequest, reader: Reader) -> list[dict[str, Any]]:
    zh = reader.lang == "zh"
    tabs = [("/", "首页" if zh else "Home"), ("/week", "这周" if zh else "This week")]
    tabs += [("/money", "村里的钱" if zh else "Common money"), ("/figures", "一览" if zh else "At a glance")]
    if reader.who:
        tabs += [("/me", "我的" if zh else "Mine")]
        if any(role.role == "reviewer" for role in roles_of(reader.who.resident)):
            tabs += [("/review", "审核" if zh else "Review")]
    if request.COOKIES.get(TILL):
        tabs += [("/till", "收款台" if zh else "Till")]
    return [
        {
            "href": href,
            "label": label,
            "here": request.path == href or (href != "/" and request.path.startswith(href + "/")),
        }
        for href, label in tabs
    ]
