"""What holds for reviewers at each host: the day's most and what two of them look at. One wishes, another agrees."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities import review_rules as rules
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import ReviewRules, ReviewRulesWish
from gongfen.activities.who import UnknownHost
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import Host, hosts_of
from gongfen.console.review_tabs import tabs_for
from gongfen.people.acts import NotYourRole
from gongfen.people.queries import resident_by_subject, same_household
from gongfen.rules.refusals import Refusal
from gongfen.town.ids import read_ids
from gongfen.words import points

ROOM = "/desk/review/rules"
READS = ("organiser", "supervisor", "reviewer", "auditor")
WISHES = ("organiser", "supervisor")
LEAST_SECOND = 1  # a hundredth of a point: two look at everything


def asks_of(host: int) -> list[Ask]:
    """The two numbers; their names carry the host, since a page may show several."""
    return [
        Ask(f"budget_{host}", "一个审核员一天最多同意多少工分", "Points that one reviewer approves in a day at most",
            "points", required=True, longest=12),
        Ask(f"second_{host}", "一笔到多少工分，要两个审核员看", "From how many points in one claim two reviewers look",
            "points", required=True, longest=12),
    ]  # fmt: skip


@desk(*READS)
def review_rules(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """What holds at each of one's hosts, and the change that waits for a second person."""
    hosts = hosts_of(staff, *READS)
    wishes = {one.subject for one in hosts_of(staff, *WISHES)}
    agrees = {one.subject for one in hosts_of(staff, "supervisor")}
    lines = [_host(request, staff, one, no if request.POST.get("host") == str(one.subject) else None) for one in hosts]
    for line in lines:
        line |= {"may_wish": line["host"].subject in wishes, "may_agree": line["host"].subject in agrees}
    return page(request, staff, "review_rules.html", refusal=no, rooms=tabs_for(staff), lines=lines)


def _host(request: HttpRequest, staff: Staff, host: Host, no: Refusal | None) -> dict[str, Any]:
    held, wish = rules.rules_of(staff.town, host.subject), rules.wish_of(staff.town, host.subject)
    asked_here = request.POST.get("host") == str(host.subject)
    now_held = {f"budget_{host.subject}": held.daily_budget, f"second_{host.subject}": held.second_look_from}
    typed = request.POST.dict() if asked_here else {name: _plain(value) for name, value in now_held.items()}
    ticked = request.POST.getlist("kind") if asked_here else held.second_look_kinds.split()
    asked_by = resident_by_subject(staff.town, wish.asked_by) if wish else None
    return {
        "host": host,
        "held": told(held, staff.lang),
        "wish": told(wish, staff.lang) | {"id": wish.id, "asked_at": wish.asked_at, "by": asked_by} if wish else None,
        "is_own": asked_by is not None and same_household(asked_by, staff.resident),
        "fields": drawn(asks_of(host.subject), typed, staff.lang, no=no, now=staff.now),
        "kinds": [(one.key, one.en if staff.lang == "en" else one.zh, one.key in ticked) for one in _reviewed()],
    }


def told(found: ReviewRules | ReviewRulesWish, lang: str) -> dict[str, Any]:
    """Rules in words' parts: two numbers and the kinds' names."""
    kinds = all_kinds()
    names = [kinds[key] for key in found.second_look_kinds.split() if key in kinds]
    return {
        "budget": found.daily_budget,
        "second": found.second_look_from,
        "kinds": [one.en if lang == "en" else one.zh for one in names],
    }


def _reviewed() -> list[Any]:
    """Kinds whose claims a person looks at; a tap on a notice or a survey rests on nobody's eyes."""
    return [one for one in all_kinds().values() if one.proof != "tap"]


def _plain(hundredths: int) -> str:
    return points(hundredths).replace(",", "")


@desk(*WISHES, fresh=True)
def step(request: HttpRequest, staff: Staff, verb: str) -> HttpResponse:
    """Wish for other rules, agree to a wish of another household, or drop it. Pressed twice it happens once."""
    if request.method == "POST":
        try:
            if verb == "ask":
                _ask(request, staff)
            elif verb in ("agree", "drop"):
                _answer(request, staff, verb)
        except NotYourRole as no:
            return page(request, staff, "not_for_you.html", refusal=no, status=403)
        except Refusal as no:
            return review_rules(request, no=no)
    return HttpResponseRedirect(ROOM, status=303)


def _ask(request: HttpRequest, staff: Staff) -> None:
    host = next((one for one in hosts_of(staff, *WISHES) if str(one.subject) == request.POST.get("host", "")), None)
    if host is None:
        raise UnknownHost()
    typed = Typed(asks_of(host.subject), request.POST)
    budget = typed.hundredths(f"budget_{host.subject}") or 0
    second = typed.hundredths(f"second_{host.subject}") or 0
    kinds = [one for one in request.POST.getlist("kind")[:20] if one]
    rules.ask_rules(
        staff.resident, host.subject, daily_budget=budget, second_look_from=max(second, LEAST_SECOND), kinds=kinds,
        now=staff.now,
    )  # fmt: skip


def _answer(request: HttpRequest, staff: Staff, verb: str) -> None:
    (wish,) = read_ids([request.POST.get("wish", "")]) or (0,)
    answers = {"agree": rules.agree_rules, "drop": rules.drop_rules}
    answers[verb](staff.resident, wish, now=staff.now)
