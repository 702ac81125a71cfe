"""The review desk: claims with their evidence beside the decision, one by one or many at once, by keyboard too."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from gongfen.activities import photos
from gongfen.activities.kinds.form import FieldMissing, called
from gongfen.activities.models import ReviewRules
from gongfen.activities.queries import waiting_at
from gongfen.activities.reviews import spent_today
from gongfen.console.ground import Staff, desk, page
from gongfen.console.review_tabs import tabs_for
from gongfen.people.looks import looked
from gongfen.rules.claim_states import ClaimState
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import DAILY_BUDGET, SET_MOST
from gongfen.statements.reviews import Waiting, days_left, decide, heap_of, hosts_of_reviewer, waiting_for_review
from gongfen.town.ids import read_ids

REASONS = (
    ("时间对不上，请再填一次", "The times do not match: please fill it in again"),
    ("照片看不清，请补一张", "The photo cannot be read: please add one"),
    ("这次活动没有您的签到，请问一下组织的人", "There is no check-in of yours: please ask the organiser"),
    ("这一笔报过了", "This was claimed before"),
)
TABS = (
    ("", "全部", "All"),
    (ClaimState.MADE, "新报的", "New"),
    (ClaimState.SECOND_LOOK, "等第二个人看", "Second looks"),
    (ClaimState.OBJECTED, "有异议", "Objections"),
    (ClaimState.APPEALED, "复查", "Appeals"),
)
WHY = {ClaimState.OBJECTED: "objection", ClaimState.APPEALED: "appeal"}  # else: claim


@desk("reviewer")
def review(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits, oldest first; a press decides. Who reads a claim is written down for whom it is about."""
    if request.method == "POST":
        return _decide(request, staff)
    return _show(request, staff)


def _show(request: HttpRequest, staff: Staff, *, no: Refusal | None = None, told: tuple[str, ...] = ()) -> HttpResponse:
    me, lang = staff.resident, staff.lang
    activity, state = _filter(request.GET)
    waiting = waiting_for_review(me, lang, most=SET_MOST, activity=activity, states=(state,) if state else ())
    heap = heap_of(me, lang)
    for why in ("claim", "objection", "appeal"):
        looked(me, [one.resident for one in waiting if WHY.get(_state(one), "claim") == why], why, now=staff.now)
    return page(
        request,
        staff,
        "review.html",
        refusal=no,
        rooms=tabs_for(staff),
        lines=[{"one": one, "left": days_left(one.answer_until, staff.now) if one.answer_until else None}
               for one in waiting],
        heap=heap,
        tabs=_tabs(heap.states, heap.count, activity, state, lang),
        activity=activity,
        state=state,
        reasons=[en if lang == "en" else zh for zh, en in REASONS],
        told=told,
        done=request.GET.get("done", "") if request.GET.get("done", "").isdecimal() else "",
        left_today=_left_today(staff),
        for_others=_waiting(staff) - heap.count,
    )  # fmt: skip


def _state(one: Waiting) -> ClaimState:
    return ClaimState(one.is_in)


def _filter(asked: QueryDict) -> tuple[int | None, str]:
    """Which activity and which state the address asks for."""
    ids = read_ids([asked.get("activity", "")])
    state = asked.get("state", "")
    return (ids[0] if ids else None), state if state in {str(name) for name, _, _ in TABS} else ""


def _tabs(states: dict[str, int], count: int, activity: int | None, state: str, lang: str) -> list[dict[str, Any]]:
    kept = f"&activity={activity}" if activity else ""
    return [
        {
            "href": f"?state={name}{kept}",
            "label": en if lang == "en" else zh,
            "count": states.get(str(name), 0) if name else count,
            "here": str(name) == state,
        }
        for name, zh, en in TABS
    ]


def _waiting(staff: Staff) -> int:
    """Everything that waits at one's hosts, for whomever."""
    return sum(waiting_at(staff.town, host)[0] for host in hosts_of_reviewer(staff.resident))


def _left_today(staff: Staff) -> int:
    """How many points (hundredths) this reviewer can still approve today."""
    rules = ReviewRules.of(staff.town).filter(host__in=hosts_of_reviewer(staff.resident))
    budget = max(rules.values_list("daily_budget", flat=True), default=DAILY_BUDGET)
    return max(budget - spent_today(staff.town, staff.resident.subject, staff.now), 0)


def _decide(request: HttpRequest, staff: Staff) -> HttpResponse:
    says_no = request.POST.get("answer") == "no"
    reason = request.POST.get("own_reason", "").strip() or request.POST.get("reason", "")
    try:
        if says_no and not reason:
            raise FieldMissing(**called("reason"))
        given = request.POST.getlist("claim")
        decided = decide(staff.resident, given, says_no=says_no, reason=reason, lang=staff.lang, now=staff.now)
    except Refusal as no:
        return _show(request, staff, no=no)
    if decided.refused:
        return _show(request, staff, told=tuple(decided.refused))
    kept = request.GET.copy()
    kept["done"] = str(decided.done)
    return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}", status=303)


@desk("reviewer")
def photo(request: HttpRequest, staff: Staff, evidence: int) -> HttpResponse:
    """A claim's photo, for whom it is shown to."""
    try:
        return HttpResponse(photos.show(staff.resident, evidence), "image/jpeg")
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
