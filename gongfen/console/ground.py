"""What every page of the desk stands on: who works here, which roles a page needs, and asking again before money.

A page is for staff who signed in with a password and a second factor. After fifteen minutes without a press the
password is asked again, with everything that was typed kept; before money and roles, after five minutes.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth import authenticate
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from gongfen import words
from gongfen.console.asks import field_of
from gongfen.office import known_phone, sessions
from gongfen.people.at_the_office import DeskQuestion
from gongfen.people.models import Resident, Role, Village
from gongfen.people.queries import roles_of
from gongfen.people.staff import staff_of_user
from gongfen.people.tokens import new_token
from gongfen.rules.refusals import Refusal
from gongfen.statements.codes import qr_svg
from gongfen.town import clock
from gongfen.town.models import Town

IDLE = timedelta(minutes=15)
FRESH = timedelta(minutes=5)
PASSWORD = "desk_password"  # the field of the page that asks again; never among what is kept
ON_THE_PHONE = "/me/office#h-q"  # and the number of the question
BY_PHONE = "desk_phone"  # pressed to be asked on the known phone; later the number of the question
NOT_KEPT = (PASSWORD, BY_PHONE, "new_password", "new_again", "csrfmiddlewaretoken")
MOST_TRIES = 5
MOST_KEPT = 2_000_000  # bytes of a file that is kept while the password is asked
LOCKED_FOR = 15 * 60  # seconds
View = Callable[..., HttpResponse]


class WrongPassword(Refusal):
    """The password is not right, or too many were tried."""

    code = "wrong_password"


class SignInLocked(Refusal):
    """Too many wrong tries. It opens by itself after a quarter of an hour."""

    code = "sign_in_locked"


class NotForYou(Refusal):
    """The page needs a role that the person has not."""

    code = "not_for_you"


@dataclass(frozen=True)
class Staff:
    """Who works at the desk, in which village, with which roles."""

    resident: Resident
    roles: tuple[Role, ...]
    lang: str
    now: datetime

    @property
    def town(self) -> Town:
        return self.resident.town

    @property
    def village(self) -> Village:
        village: Village = self.resident.village
        return village

    def has(self, *names: str) -> bool:
        """Does the person have one of these roles, here or for the town?"""
        return any(role.role in names and role.village_id in (None, self.resident.village_id) for role in self.roles)


def language(request: HttpRequest) -> str:
    """The reader's language: chosen once, else the browser's."""
    wish = request.GET.get("lang") or request.COOKIES.get("gongfen_lang") or ""
    if wish in words.LANGUAGES:
        return wish
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"


def staff_of(request: HttpRequest) -> Staff | None:
    """Who is signed in with both factors; None for everyone else."""
    user: Any = request.user
    if not user.is_authenticated or not user.is_verified():
        return None
    resident = staff_of_user(user)
    if resident is None:
        return None
    return Staff(resident, tuple(roles_of(resident)), language(request), clock.now())


def desk(*names: str, fresh: bool = False) -> Callable[[View], View]:
    """A page of the desk, for these roles (any, without names). `fresh` asks for the password again before money."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            staff = staff_of(request)
            if staff is None:
                return HttpResponseRedirect("/desk/sign-in?" + urlencode({"next": request.get_full_path()}))
            if names and not staff.has(*names):
                return page(request, staff, "not_for_you.html", refusal=NotForYou(), status=403)
            asked = _ask_again(request, staff, fresh and request.method == "POST")
            if asked is not None:
                return asked
            request.session["pressed_at"] = staff.now.isoformat()
            return view(request, staff, *args, **kwargs)

        return inner

    return wrap


def _ask_again(request: HttpRequest, staff: Staff, fresh: bool) -> HttpResponse | None:
    known = request.session.get("known_at", "")
    pressed = request.session.get("pressed_at", "") or known
    idle = not pressed or staff.now - datetime.fromisoformat(pressed) > IDLE
    stale = fresh and (not known or staff.now - datetime.fromisoformat(known) > FRESH)
    if not idle and not stale:
        return None
    no: Refusal | None = None
    question: DeskQuestion | None = None
    try:
        if request.method == "POST" and _is_known(request, staff):
            request.session["known_at"] = request.session["pressed_at"] = staff.now.isoformat()
            return None
        question = _question(request, staff)
    except Refusal as refusal:
        no = refusal
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    for file in request.FILES.values():  # a table that was chosen is not chosen again
        if not isinstance(file, list) and (file.size or 0) <= MOST_KEPT:
            kept += [("kept", b64encode(file.read()).decode()), ("name", str(file.name))]
    phone = known_phone.phone_of(staff.resident)
    context = {"kept": kept, "field": PASSWORD, "by_phone": BY_PHONE, "phone": phone, "question": question}
    if question is not None:
        context["picture"] = _qr(request.build_absolute_uri(f"{ON_THE_PHONE}{question.id}"), staff.lang)
    return page(request, staff, "again.html", refusal=no, status=401, **context)


def _qr(address: str, lang: str) -> str:
    """The phone's page with the question, to be scanned: it says no more than where to answer."""
    return qr_svg(address, "The question on your phone" if lang == "en" else "手机上的这一问")


def _is_known(request: HttpRequest, staff: Staff) -> bool:
    """Did they give the password again, or say yes on the known phone?"""
    given, question = request.POST.get(PASSWORD, ""), request.POST.get(BY_PHONE, "")
    if given:
        name = request.user.get_username()
        count_try(name)
        if authenticate(request, username=name, password=given) is None:
            raise WrongPassword()
        cache.delete(tries_of(name))
        return True
    if question.isascii() and question.isdecimal() and len(question) < 19:
        known_phone.take_yes(staff.resident, int(question), desk_key(request), now=staff.now)
        return True
    return False


def tries_of(name: str) -> str:
    """Where the wrong tries of a name are counted."""
    return f"desk-tries/{name}"


def count_try(name: str) -> None:
    """Count a try before it is looked at: the sixth in a quarter of an hour is refused, right or wrong."""
    cache.add(tries_of(name), 0, LOCKED_FOR)
    if cache.incr(tries_of(name)) > MOST_TRIES:
        raise SignInLocked()


def _question(request: HttpRequest, staff: Staff) -> DeskQuestion | None:
    """Ask the phone, where that was pressed."""
    if request.POST.get(BY_PHONE) != "ask":
        return None
    return known_phone.ask(staff.resident, known_phone.CONFIRM, desk_key(request), now=staff.now)


def desk_key(request: HttpRequest) -> str:
    """What only this desk knows: a yes of the phone is good here alone."""
    if "desk_key" not in request.session:
        request.session["desk_key"] = new_token()
    key: str = request.session["desk_key"]
    return key


def page(
    request: HttpRequest,
    staff: Staff | None,
    template: str,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of the desk; a no is shown above it and keeps what was typed."""
    lang = staff.lang if staff else language(request)
    shared = {
        "lang": lang,
        "lang_tag": "en" if lang == "en" else "zh-Hans",
        "staff": staff,
        "now": clock.now(),
        "typed": request.POST,
        "rail": rail(staff, request.path) if staff else [],
        "running": sessions.current(staff.resident, now=staff.now) if staff and staff.has("clerk") else None,
        "other_language": "?" + urlencode({**request.GET.dict(), "lang": "zh" if lang == "en" else "en"}),
        "refusal": words.sentence(refusal, lang, now=clock.now()) if refusal else "",
        "beside": field_of(refusal),
    }
    if refusal is not None and status == 200:
        status = 422
    response = render(request, f"console/{template}", shared | context, status=status)
    if request.GET.get("lang") in words.LANGUAGES:
        response.set_cookie("gongfen_lang", request.GET["lang"], max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return response


RAIL = (
    ("/desk/", "今天", "Today", ()),
    ("/desk/activities", "活动", "Activities", ("organiser", "supervisor", "reviewer", "clerk", "auditor")),
    ("/desk/terms", "积分标准", "Terms", ("organiser", "supervisor", "reviewer", "clerk", "auditor")),
    ("/desk/review", "审核", "Review", ("reviewer",)),
    ("/desk/review/notice", "公示", "On notice", ("supervisor", "organiser", "clerk", "auditor")),
    ("/desk/people", "居民", "People", ("clerk",)),
    ("/desk/cards", "卡片", "Cards", ("supervisor", "treasurer", "reviewer", "organiser")),
    ("/desk/roles", "岗位", "Roles", ("clerk", "supervisor", "auditor")),
    ("/desk/leaving", "离开", "Leaving", ("treasurer", "supervisor")),
    ("/desk/money", "钱", "Money", ("treasurer", "supervisor", "auditor")),
    ("/desk/runs", "分红", "Dividend", ("treasurer", "supervisor", "auditor", "reviewer")),
    ("/desk/books", "账簿", "Books", ("treasurer", "supervisor", "auditor")),
    ("/desk/shops", "店家", "Shops", ("clerk", "treasurer", "supervisor", "auditor")),
    ("/desk/glance", "一览", "At a glance", ()),
)


def rail(staff: Staff, here: str) -> list[dict[str, Any]]:
    """The rooms of the desk that this person may enter."""
    return [
        {
            "href": href,
            "label": en if staff.lang == "en" else zh,
            "here": here == href or (href != "/desk/" and here.startswith(href)),
        }
        for href, zh, en, names in RAIL
        if not names or staff.has(*names)
    ]
