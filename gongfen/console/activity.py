"""One activity at the desk: what it is, what it has, and its next step, which says beforehand what it does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities import drafting, publishing
from gongfen.activities.drafting import may_step
from gongfen.activities.models import Activity, Claim, Place, Presence, Sheet, Survey
from gongfen.activities.who import check_role
from gongfen.console.activities import MAKES, READS, state_of
from gongfen.console.asks import Ask, Typed
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page, place_name
from gongfen.console.review_tabs import tabs_for
from gongfen.fund import moves
from gongfen.ledger.queries import balance_of
from gongfen.people.queries import residents_by_subject
from gongfen.rules.claim_states import TAKES_CLAIMS, ActivityState, ClaimState
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import in_words, rule, title
from gongfen.statements.village_papers import poster_pdf
from gongfen.words.desk import CLAIM_STATES

MEASURED = ("labor", "volunteering")  # kinds whose work may be told in metres
WAITS = (ClaimState.MADE, ClaimState.SECOND_LOOK, ClaimState.OBJECTED, ClaimState.APPEALED)
MORE = Ask("points", "再备多少工分", "How many more points", "points", required=True)
MADE = Ask("metres", "做好了多少米", "How many metres were made", "number")
Step = Callable[[HttpRequest, Staff, Activity], object]


@activity_page(*READS)
def activity(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """The activity with its money, its people as counts, and what can be done next."""
    return show(request, staff, found)


def show(request: HttpRequest, staff: Staff, found: Activity, *, no: Refusal | None = None) -> HttpResponse:
    """The page of one activity; a no stands above it."""
    lang, town = staff.lang, staff.town
    return page(
        request,
        staff,
        "activity.html",
        refusal=no,
        rooms=tabs_for(staff),
        one=found,
        title=title(found, lang),
        state=state_of(found)[lang == "en"],
        worth=rule(found.terms, lang),
        kind=found.of_kind.en if lang == "en" else found.of_kind.zh,
        host=place_name(found.village or town, lang),
        people=_who(staff, found),
        money=_money(staff, found),
        steps=_steps(staff, found),
        may_edit=drafting.may_edit(found, staff.resident) is None and has_role_at(staff, found, *MAKES),
        seen=found.drafted_at.isoformat(),
        counts=_counts(staff, found),
        takes=found.state in TAKES_CLAIMS,
        may_make=has_role_at(staff, found, *MAKES),
        may_review=has_role_at(staff, found, "reviewer"),
        may_add=found.state in TAKES_CLAIMS and has_role_at(staff, found, "supervisor"),
        tallied=found.of_kind.proof == "review",
        measured=found.kind in MEASURED,
        source=_source(staff, found),
        surveys=_surveys(staff, found),
    )


@activity_page(*MAKES, fresh=True)
def step(request: HttpRequest, staff: Staff, found: Activity, verb: str) -> HttpResponse:
    """Approve, publish, add to the budget, close or call off. Pressed twice it happens once."""
    steps: dict[str, Step] = {
        "approve": _approve,
        "publish": lambda _, who, one: publishing.publish_activity(who.resident, one.id, now=who.now),
        "close": _close,
        "drop": lambda _, who, one: drafting.drop_activity(who.resident, one.id, now=who.now),
        "budget": _add,
    }
    if request.method == "POST" and verb in steps:
        try:
            steps[verb](request, staff, found)
        except Refusal as no:
            return show(request, staff, found, no=no)
    return HttpResponseRedirect(f"/desk/activities/{found.id}", status=303)


def _approve(request: HttpRequest, staff: Staff, found: Activity) -> object:
    """Approve the words that stood on the page; written anew meanwhile, they are read again first."""
    try:
        seen = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        seen = None
    return drafting.approve_activity(staff.resident, found.id, now=staff.now, drafted_at=seen)


def _close(request: HttpRequest, staff: Staff, found: Activity) -> object:
    metres = Typed([MADE], request.POST).number("metres")
    return publishing.close_activity(staff.resident, found.id, now=staff.now, metres=metres)


def _add(request: HttpRequest, staff: Staff, found: Activity) -> object:
    points = Typed([MORE], request.POST).hundredths("points") or 0
    key = f"desk/{staff.resident.id}/{request.POST.get('key', '')[:32]}"
    return publishing.add_budget(staff.resident, found.id, points, key=key, now=staff.now)


@activity_page(*READS)
def poster(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """The poster with its code, for the notice board."""
    address = request.build_absolute_uri(f"/a/{found.id}")
    return HttpResponse(poster_pdf(found, address, staff.lang, staff.now), "application/pdf")


def has_role_at(staff: Staff, found: Activity, *names: str) -> bool:
    """Has the person one of these roles at the activity's host?"""
    try:
        check_role(staff.resident, found.host, *names)
    except Refusal:
        return False
    return True


def _source(staff: Staff, found: Activity) -> str:
    """Where the budget comes from, in words."""
    if found.earmark is not None:
        return "the order's own money" if staff.lang == "en" else "订单专款"
    return "the fund" if staff.lang == "en" else "基金"


def _surveys(staff: Staff, found: Activity) -> list[Survey]:
    """Its surveys; drafts for who may write them."""
    rows = Survey.of(staff.town).filter(activity=found).order_by("id")
    return list((rows if has_role_at(staff, found, *MAKES) else rows.exclude(state="draft"))[:50])


def _who(staff: Staff, found: Activity) -> list[dict[str, Any]]:
    """Who drafted, approved and published it, and when."""
    steps = (
        (("起草", "Drafted"), found.drafted_by, found.drafted_at),
        (("批准", "Approved"), found.approved_by, found.approved_at),
        (("发布", "Published"), found.published_by, found.published_at),
    )
    people = residents_by_subject(staff.town, [who for _, who, _ in steps if who])
    return [
        {"label": label[staff.lang == "en"], "name": people[who].name if who in people else "", "at": at}
        for label, who, at in steps
        if who and at
    ]


def _money(staff: Staff, found: Activity) -> dict[str, Any]:
    """The budget, what is left of it, and before publication: whether the fund can."""
    town, source = staff.town, publishing.source_of(found)
    budget = moves.worth(town, found.budget_points)
    has = balance_of(town, source)
    return {
        "points": found.budget_points,
        "budget": budget,
        "left": balance_of(town, moves.budget(found.subject)),
        "fund": has,
        "after": has - budget,
        "short": max(budget - has, 0),
        "needed": publishing.needed_points(found),
        "is_order": found.earmark is not None,
    }


def _counts(staff: Staff, found: Activity) -> dict[str, Any]:
    """How many, never who."""
    town = staff.town
    rows = Claim.of(town).filter(activity=found).order_by().values_list("state")
    by_state = {state: (many, points or 0) for state, many, points in rows.annotate(n=Count("id"), p=Sum("points"))}
    places = dict(Place.of(town).filter(activity=found).order_by().values_list("state").annotate(n=Count("id")))
    sheets = dict(Sheet.of(town).filter(activity=found).order_by().values_list("state").annotate(n=Count("id")))
    return {
        "claims": [
            {"state": in_words(CLAIM_STATES, state, staff.lang), "many": many, "points": points}
            for state, (many, points) in sorted(by_state.items())
        ],
        "waiting": sum(by_state.get(str(state), (0, 0))[0] for state in WAITS),
        "places": sum(places.get(state, 0) for state in ("has_place", "reconfirmed")),
        "asked": places.get("asked", 0) + places.get("waiting", 0),
        "there": Presence.of(town).filter(activity=found).values("resident_id").distinct().count(),
        "sheets": sum(sheets.values()),
        "sheets_waiting": sheets.get("typed", 0),
    }


def _steps(staff: Staff, found: Activity) -> list[dict[str, Any]]:
    """The buttons of this state: what they say, what they will do, and why this person may not."""
    told = {
        ActivityState.DRAFT: (("approve", ("supervisor",), found.drafted_by), ("drop", MAKES, None)),
        ActivityState.APPROVED: (("publish", MAKES, found.approved_by), ("drop", MAKES, None)),
        ActivityState.PUBLISHED: (("close", MAKES, None),),
        ActivityState.OPEN: (("close", MAKES, None),),
    }
    found_steps = []
    for verb, names, before in told.get(ActivityState(found.state), ()):
        no = None if has_role_at(staff, found, *names) else "role"
        if no is None and (refused := may_step(found, verb, staff.resident, before)):
            no = words.sentence(refused, staff.lang, now=staff.now)
        found_steps.append({"verb": verb, "no": no})
    return found_steps
