"""What every page of the desk stands on: who works here, which roles a page needs, and asking again before money.

A page is for staff who signed in with a password and a second factor. After fifteen minutes without a press the
password is asked again, with everything that was typed kept; before money and roles, after five minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from gongfen import words
from gongfen.office import sessions
from gongfen.people.models import Resident, Role, Village
from gongfen.people.queries import roles_of
from gongfen.people.staff import staff_of_user
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.models import Town

IDLE = timedelta(minutes=15)
FRESH = timedelta(minutes=5)
PASSWORD = "desk_password"  # the field of the page that asks again; never among what is kept
View = Callable[..., HttpResponse]


class WrongPassword(Refusal):
    """The password is not right, or too many were tried."""

    code = "wrong_password"


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
    given = request.POST.get(PASSWORD, "")
    if given and authenticate(request, username=request.user.get_username(), password=given) is not None:
        request.session["known_at"] = request.session["pressed_at"] = staff.now.isoformat()
        return None
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != PASSWORD]
    kept = [(name, value) for name, value in kept if name != "csrfmiddlewaretoken"]
    no = WrongPassword() if given else None
    return page(request, staff, "again.html", refusal=no, status=401, kept=kept, field=PASSWORD)


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
    ("/desk/review", "审核", "Review", ("reviewer",)),
    ("/desk/review/corrections", "异议", "Objections", ("supervisor",)),
    ("/desk/people", "居民", "People", ("clerk",)),
    ("/desk/cards", "卡片", "Cards", ("supervisor", "treasurer", "reviewer", "organiser")),
    ("/desk/roles", "岗位", "Roles", ("clerk", "supervisor", "auditor")),
    ("/desk/leaving", "离开", "Leaving", ("treasurer", "supervisor")),
    ("/desk/money", "钱", "Money", ("treasurer", "supervisor", "auditor")),
    ("/desk/runs", "分红", "Dividend", ("treasurer", "supervisor", "auditor", "reviewer")),
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
