"""What is on notice, as it hangs on the board: activity, hours and household numbers, never a name; and results."""

from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse

from gongfen.activities.models import Activity, Claim
from gongfen.console.activities import READS
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import activity_page, hosts_of, place_name
from gongfen.console.listing import Column, Listing, listed
from gongfen.console.review_tabs import tabs_for
from gongfen.rules.claim_states import ClaimState
from gongfen.rules.notice import village_day
from gongfen.statements.outside import complain_to
from gongfen.statements.residents import rule, title

LEAST_TOLD = 10  # people that a figure covers, once its lines are no longer open to objection
NOTICE = Listing(
    "notice",
    "公示中的",
    "On notice",
    (
        Column("until", "公示到", "Until", lambda one: one.notice_until, "day", order="notice_until"),
        Column(
            "activity", "活动", "Activity", lambda one: (title(one.activity, "zh"), title(one.activity, "en")), "words",
            order="activity__title", link=lambda one: f"/desk/activities/{one.activity_id}/results",
        ),
        Column("day", "哪天", "Day", lambda one: one.happened_on, "day", order="happened_on"),
        Column(
            "household", "户号", "Household", lambda one: one.resident.household.number,
            order="resident__household__number", counted=True,
        ),
        Column("minutes", "分钟", "Minutes", lambda one: one.minutes, "number", order="minutes"),
        Column("points", "工分", "Points", lambda one: one.points, "points", order="points"),
    ),
    order=("notice_until", "id"),
    texts=("activity__title", "resident__household__number"),
)  # fmt: skip


@desk(*READS)
def notice(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Everything on notice at one's hosts, what ends first above; it is printed for the board."""
    hosts = [one.subject for one in hosts_of(staff, *READS)]
    found = Claim.of(staff.town).filter(host__in=hosts, state=ClaimState.IN_NOTICE)
    shown = listed(request, staff, NOTICE, found.select_related("activity", "resident__household"))
    if isinstance(shown, HttpResponse):
        return shown
    return page(request, staff, "notice.html", shown=shown, rooms=tabs_for(staff), complain_to=complain_to())


@activity_page(*READS)
def results(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """What an activity came to, for the board: lines by household number while they are on notice, then sums."""
    claims = Claim.of(staff.town).filter(activity=found)
    lines = claims.filter(state=ClaimState.IN_NOTICE).select_related("resident__household")
    return page(
        request, staff, "results.html", one=found, title=title(found, staff.lang), worth=rule(found.terms, staff.lang),
        lines=_lines(list(lines[:5_000])), sums=_sums(found), complain_to=complain_to(),
        village=place_name(found.village or staff.town, staff.lang), printed=village_day(staff.now),
    )  # fmt: skip


def hours_of(minutes: int) -> int:
    """In hundredths of an hour, to be told like points: 90 minutes are 1.5 hours."""
    return minutes * 100 // 60


def _lines(found: list[Claim]) -> list[dict[str, Any]]:
    """By household number, as people look for their own."""

    def place(claim: Claim) -> tuple[str, date, int]:
        return claim.resident.household.number.rjust(20), claim.happened_on, claim.id

    return [
        {"household": one.resident.household.number, "day": one.happened_on, "hours": hours_of(one.minutes),
         "points": one.points, "until": one.notice_until}
        for one in sorted(found, key=place)
    ]  # fmt: skip


def _sums(found: Activity) -> dict[str, Any]:
    """Work done and points of what counts; the number of people only where it covers ten."""
    counts = Claim.of(found.town).filter(activity=found, state__in=(ClaimState.IN_NOTICE, ClaimState.AWARDED))
    told = counts.aggregate(minutes=Sum("minutes"), points=Sum("points"), people=Count("resident_id", distinct=True))
    people = told["people"] if told["people"] >= LEAST_TOLD else None
    return {"hours": hours_of(told["minutes"] or 0), "points": told["points"] or 0, "people": people}
