"""Setting a village up, step by step, on a server that has none: place, people, roles, terms, then all of it at once.

Whoever knows the server's one-time code may go on with it, also tomorrow and from another browser. Nothing exists
before the last step, and every step can be opened again until then.
"""

from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.console.asks import Typed, drawn
from gongfen.console.ground import View, language, page
from gongfen.console.set_up_asks import (
    DECISION,
    PLACE,
    ROLE_FIELDS,
    place_asks,
    read_decision,
    read_place,
    read_staff,
)
from gongfen.files import set_up
from gongfen.files.limits import MOST_BYTES
from gongfen.files.problems import Problem, in_words
from gongfen.files.set_up import Draft
from gongfen.people.joining import make_codes
from gongfen.people.models import Resident, Role
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import rule
from gongfen.town import clock
from gongfen.words.office import ROLES

KEY = "set_up"  # in the session: this browser knows the code
MOST_TRIES = 20
LOCKED_FOR = 15 * 60  # seconds
MOST_PROBLEMS = 50
STEPS = (
    ("place", "乡镇和村", "Town and village"),
    ("people", "居民名单", "Residents"),
    ("roles", "谁做什么", "Who does what"),
    ("terms", "积分标准", "Terms"),
    ("check", "看一遍，建村", "Check and found"),
)


class WrongCode(Refusal):
    """This is not the server's one-time code."""

    code = "wrong_set_up_code"


class SetUpOver(Refusal):
    """Somebody has an account: from now on the desk is the way in."""

    code = "set_up_over"


def by_code(view: View) -> View:
    """A page for whoever knows the code, as long as nobody has an account."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not set_up.is_open():
            return page(request, None, "set_up_over.html", refusal=SetUpOver(), status=404)
        if not request.session.get(KEY):
            return HttpResponseRedirect("/desk/set-up")
        return view(request, Draft.read(), *args, **kwargs)

    return inner


def begin(request: HttpRequest) -> HttpResponse:
    """The one-time code, from the address or typed; then on with whatever is next."""
    if not set_up.is_open():
        return page(request, None, "set_up_over.html", refusal=SetUpOver(), status=404)
    typed = request.POST.get("code") or request.GET.get("code") or ""
    if request.session.get(KEY) and not typed:
        return HttpResponseRedirect(_next(Draft.read()))
    if not typed:
        return page(request, None, "set_up_code.html")
    cache.add("set-up-tries", 0, LOCKED_FOR)
    if cache.incr("set-up-tries") > MOST_TRIES or not set_up.is_code(typed[:40]):
        return page(request, None, "set_up_code.html", refusal=WrongCode())
    cache.delete("set-up-tries")
    request.session[KEY] = True
    return HttpResponseRedirect(_next(Draft.read()), status=303)


def _next(draft: Draft) -> str:
    if draft.is_founded:
        return "/desk/set-up/account"
    known = {"place": "place", "people": "list", "roles": "staff", "terms": "terms"}
    has = {"list": draft.list_path is not None}
    step = next((step for step, name in known.items() if not has.get(name, draft.said.get(name))), "check")
    return f"/desk/set-up/{step}"


def _page(request: HttpRequest, draft: Draft, step: str, **context: Any) -> HttpResponse:
    if draft.is_founded:
        return HttpResponseRedirect("/desk/set-up/account")
    at = words.LANGUAGES.index(language(request))
    done = {
        "place": "place" in draft.said, "people": draft.list_path is not None,
        "roles": "staff" in draft.said, "terms": bool(draft.said.get("terms")),
    }  # fmt: skip
    steps = [(name, labels[at], done.get(name, False), name == step) for name, *labels in STEPS]
    return page(request, None, f"set_up_{step}.html", steps=steps, draft=draft, **context)


def _fields(request: HttpRequest, asks: Any, kept: dict[str, Any], no: Refusal | None) -> list[Any]:
    typed = request.POST.dict() if request.method == "POST" else {name: str(value) for name, value in kept.items()}
    return drawn(asks, typed, language(request), now=clock.now(), no=no)


@by_code
def place(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What the town and the village are called, and what a point is worth."""
    no: Refusal | None = None
    if request.method == "POST":
        try:
            draft.keep(place=read_place(Typed(PLACE, request.POST)))
            return HttpResponseRedirect("/desk/set-up/people", status=303)
        except Refusal as refused:
            no = refused
    return _page(
        request, draft, "place", refusal=no,
        fields=_fields(request, place_asks(language(request)), draft.said.get("place", {"code": 1}), no),
    )  # fmt: skip


@by_code
def people(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The residents' list: a file, or cells copied from a spreadsheet. What is wrong is told row by row."""
    today = village_day(clock.now())
    told: list[Problem] = []
    pasted = request.POST.get("pasted", "")
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is not None and (file.size or 0) <= MOST_BYTES:
            draft.keep_list(str(file.name), file.read())
        elif pasted.strip():
            draft.keep_list("residents.csv", set_up.pasted(pasted[:MOST_BYTES]))
        rows, told = draft.people(today)
        if rows and not told:
            return HttpResponseRedirect("/desk/set-up/roles", status=303)
        if told:
            draft.drop_list()
        elif not rows:
            told = [Problem("residents.csv", 0, "", "file_empty")]
    rows, _ = draft.people(today)
    households = len({row.household for row in rows})
    return _page(
        request, draft, "people", problems=_told(request, told), many=len(told), residents=len(rows),
        households=households, pasted=pasted, status=422 if told else 200,
    )  # fmt: skip


def _told(request: HttpRequest, problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, in_words(one, language(request))) for one in problems[:MOST_PROBLEMS]]


@by_code
def sample(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A table to fill in, for whoever has none."""
    answer = HttpResponse(set_up.sample(language(request)), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="residents.csv"'
    return answer


@by_code
def roles(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who does what; what needs two people is said, and a role that is missing may come later."""
    today = village_day(clock.now())
    rows, _ = draft.people(today)
    if not rows:
        return HttpResponseRedirect("/desk/set-up/people")
    wrong: dict[str, str] = {}
    if request.method == "POST":
        staff, wrong = read_staff(request.POST, rows, language(request))
        was = draft.said.get("staff")
        if not wrong:
            draft.keep(staff=staff)
            wrong = {
                problem.column.removeprefix("staff."): in_words(problem, language(request))
                for problem in draft.problems_of_staff(rows, today)
            }
            if not wrong:
                return HttpResponseRedirect("/desk/set-up/terms", status=303)
            draft.keep(staff=was) if was else draft.said.pop("staff")
    at = words.LANGUAGES.index(language(request))
    kept = draft.staff()
    fields = []
    for role, many, told in ROLE_FIELDS:
        named = [f"{home}-{name}" for home, name in kept.get(role, ())]
        names = [
            request.POST.get(f"{role}{n}", named[n] if n < len(named) and request.method != "POST" else "")
            for n in range(many)
        ]
        fields.append((role, ROLES[role][at], told[at], list(enumerate(names)), wrong.get(role, "")))
    return _page(
        request, draft, "roles", fields=fields, known=[f"{row.household}-{row.name}" for row in rows if row.name],
        status=422 if wrong else 200,
    )  # fmt: skip


@by_code
def terms(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What work is worth at first, and the meeting that decided it; without one, terms come later."""
    no: Refusal | None = None
    if request.method == "POST":
        try:
            later = request.POST.get("later") == "yes"
            decision = None if later else read_decision(Typed(DECISION, request.POST), village_day(clock.now()))
            draft.keep(decision=decision, terms="later" if later else "now")
            return HttpResponseRedirect("/desk/set-up/check", status=303)
        except Refusal as refused:
            no = refused
    lang = language(request)
    usual = [(row, rule(row.terms, lang)) for row in set_up.usual_terms()]
    fields = _fields(request, DECISION, draft.said.get("decision") or {}, no)
    return _page(request, draft, "terms", refusal=no, usual=usual, fields=fields)


@by_code
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything once more; one press founds the village. Pressed twice it is founded once."""
    now = clock.now()
    problems: list[Problem] = []
    if request.method == "POST" and not draft.is_founded:
        loaded = set_up.found(draft, now)
        if loaded.village is not None:
            return HttpResponseRedirect("/desk/set-up/account", status=303)
        problems = loaded.problems
    rows, _ = draft.people(village_day(now))
    at = words.LANGUAGES.index(language(request))
    staff = draft.staff()
    named = [(ROLES[role][at], [name for _, name in staff.get(role, ())]) for role, _, _ in ROLE_FIELDS]
    ready = bool(rows and "place" in draft.said and staff.get("clerk"))
    return _page(
        request, draft, "check", place=draft.said.get("place", {}), residents=len(rows),
        households=len({row.household for row in rows}), named=named, ready=ready,
        with_terms=draft.may_decide_terms(), problems=_told(request, problems), status=422 if problems else 200,
    )  # fmt: skip


def _clerk(draft: Draft) -> Resident | None:
    village = set_up.founded_village()
    if village is None:
        return None
    held = Role.of(village.town).filter(role="clerk", village=village, ended_at=None).order_by("id")
    role = held.select_related("resident__household").first()
    return role.resident if role else None


@by_code
def account(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The village stands. Whoever sits here opens their own account; the others get theirs from the clerk."""
    clerk, village = _clerk(draft), set_up.founded_village()
    if clerk is None or village is None:
        return HttpResponseRedirect("/desk/set-up")
    clerk.town = village.town
    given = Role.of(village.town).filter(ended_at=None).select_related("resident__household").order_by("resident", "id")
    at = words.LANGUAGES.index(language(request))
    staff: dict[int, tuple[Resident, list[str]]] = {}
    for role in given:
        staff.setdefault(role.resident_id, (role.resident, []))[1].append(ROLES[role.role][at])
    wish = request.POST.get("resident", "")
    who = staff.get(int(wish)) if wish.isascii() and wish.isdecimal() and len(wish) < 19 else None
    context: dict[str, Any] = {"village": village, "people": list(staff.values())}
    if request.method == "POST" and who is not None:
        (printed,) = make_codes(clerk, [who[0]], now=clock.now())
        context |= {"me": who[0], "code": printed.code}
    return page(request, None, "set_up_account.html", **context)
