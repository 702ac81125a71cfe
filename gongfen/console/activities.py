"""Activities at the desk: the list, the calendar, and what may be begun with."""

import calendar as months
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import hosts_of
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.review_tabs import tabs_for
from gongfen.rules.claim_states import ActivityState
from gongfen.rules.notice import village_day
from gongfen.statements.residents import rule, title
from gongfen.words import VILLAGE_TIME, clock_time, here

READS = ("organiser", "supervisor", "reviewer", "clerk", "auditor")
MAKES = ("organiser", "supervisor")
STATES = {
    ActivityState.DRAFT: ("草稿，等批准", "draft, waits for a yes"),
    ActivityState.APPROVED: ("已批准，等发布", "approved, to be published"),
    ActivityState.PUBLISHED: ("已发布", "published"),
    ActivityState.OPEN: ("进行中", "going on"),
    ActivityState.CLOSED: ("已结束", "closed"),
    ActivityState.DROPPED: ("已取消", "called off"),
}
LONG = timedelta(days=4)  # what runs longer stands above the month, not in each of its days


def state_of(activity: Activity) -> tuple[str, str]:
    """The activity's state in words."""
    return STATES[ActivityState(activity.state)]


def worth_of(activity: Activity) -> tuple[str, str]:
    """What the terms give for it; nobody types this."""
    return rule(activity.terms, "zh"), rule(activity.terms, "en")


def titles_of(activity: Activity) -> tuple[str, str]:
    """The activity's name in both languages."""
    return title(activity, "zh"), title(activity, "en")


def _kinds(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(one.key, one.en if staff.lang == "en" else one.zh) for one in all_kinds().values()]


def _states(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(str(state), words[staff.lang == "en"]) for state, words in STATES.items()]


def _hosts(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(str(one.subject), one.name) for one in hosts_of(staff, *READS)]


ACTIVITIES = Listing(
    "activities",
    "活动",
    "Activities",
    (
        Column("when", "什么时候", "When", lambda one: one.starts_at, "moment", order="starts_at"),
        Column(
            "title",
            "活动",
            "Activity",
            titles_of,
            "words",
            order="title",
            link=lambda one: f"/desk/activities/{one.id}",
        ),
        Column("kind", "类型", "Kind", lambda one: (one.of_kind.zh, one.of_kind.en), "words", order="kind"),
        Column("place", "地点", "Place", lambda one: one.place, order="place"),
        Column("state", "状态", "State", state_of, "words", order="state"),
        Column("worth", "按标准", "By the terms", worth_of, "words"),
        Column("places", "名额", "Places", lambda one: one.places, "number", order="places"),
        Column(
            "budget", "备付（工分）", "Budget (points)", lambda one: one.budget_points, "points", order="budget_points"
        ),
    ),
    order=("-starts_at", "-id"),
    texts=("title", "title_en", "place"),
    numbers=("id",),
    choices=(
        Choice("state", "状态", "State", "state", _states),
        Choice("kind", "类型", "Kind", "kind", _kinds),
        Choice("host", "主办", "Host", "host", _hosts),
    ),
)


def of_hosts(staff: Staff) -> QuerySet[Activity]:
    """The activities of every host that the person works for."""
    hosts = [one.subject for one in hosts_of(staff, *READS)]
    return Activity.of(staff.town).filter(host__in=hosts).select_related("terms")


@desk(*READS)
def activities(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every activity of one's hosts, newest first; what waits for a step stands above."""
    found = of_hosts(staff)
    shown = listed(request, staff, ACTIVITIES, found)
    if isinstance(shown, HttpResponse):
        return shown
    waits = found.filter(state__in=(ActivityState.DRAFT, ActivityState.APPROVED), ends_at__gt=staff.now)
    return page(
        request,
        staff,
        "activities.html",
        rooms=tabs_for(staff),
        shown=shown,
        waits=[
            {"id": one.id, "title": title(one, staff.lang), "when": one.starts_at, "state": _told(state_of(one), staff)}
            for one in waits.order_by("starts_at")[:20]
        ],
        may_make=staff.has(*MAKES),
    )


def _told(pair: tuple[str, str], staff: Staff) -> str:
    return pair[staff.lang == "en"]


@desk(*READS)
def calendar(request: HttpRequest, staff: Staff) -> HttpResponse:
    """A month of activities, as a table of weeks; it prints on one page."""
    first = _month(request.GET.get("month", ""), village_day(staff.now))
    after = (first + timedelta(days=32)).replace(day=1)
    since, until = (datetime.combine(day, time(), VILLAGE_TIME) for day in (first, after))
    found = of_hosts(staff).filter(starts_at__lt=until, ends_at__gte=since).exclude(state=ActivityState.DROPPED)
    told = [_on_calendar(one, staff) for one in found.order_by("starts_at", "id")[:500]]
    weeks = [
        [_day(day, first, told, village_day(staff.now)) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return page(
        request,
        staff,
        "calendar.html",
        rooms=tabs_for(staff),
        month=first,
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=after.strftime("%Y-%m"),
        weeks=weeks,
        long=[one for one in told if one["long"]],
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") if staff.lang == "en" else tuple("一二三四五六日"),
        may_make=staff.has(*MAKES),
    )


def _month(typed: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return found if abs(found.year - today.year) < 50 else today.replace(day=1)


def _on_calendar(activity: Activity, staff: Staff) -> dict[str, Any]:
    return {
        "id": activity.id,
        "title": title(activity, staff.lang),
        "clock": clock_time(activity.starts_at),
        "first": here(activity.starts_at).date(),
        "last": here(activity.ends_at).date(),
        "long": activity.ends_at - activity.starts_at > LONG,
        "state": "" if activity.state in ("published", "open", "closed") else _told(state_of(activity), staff),
    }


def _day(day: date, first: date, told: list[dict[str, Any]], today: date) -> dict[str, Any]:
    return {
        "day": day,
        "here": day.month == first.month,
        "today": day == today,
        "on": [one for one in told if not one["long"] and one["first"] <= day <= one["last"]],
    }
