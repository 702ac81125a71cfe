"""What everyone may read about earning: kinds, activities, terms and their history, what is on notice."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongfen.activities import queries
from gongfen.activities.drafting import UnknownActivity
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity, Claim, TermsVersion
from gongfen.activities.terms_in_force import InForce
from gongfen.api.earning_calendar import calendar
from gongfen.api.ground import After, Id, Limit, Money, Page, Points, answers, page, village_at
from gongfen.rules.notice import village_day
from gongfen.town import clock

router = Router(tags=["earning"])
CALENDAR = {"responses": {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}}
Code = Annotated[str, Query(max_length=20, pattern="^[a-z_]*$")]
OfHost = Annotated[str, Query(pattern="^(village|town|)$", description="village or town; empty: both")]
Words = Annotated[str, Query(max_length=40, pattern=r"^[^\x00-\x1f]*$", description="looked for in title, text, place")]


class TermsOut(Schema):
    """What one unit of a kind of work is worth, since when, and who decided it."""

    id: Id
    kind: str
    what: str
    unit: str
    points: Points
    minutes: int
    caps: dict[str, int] = Field(description="hundredths of a point: each, day, month, year")
    in_force_from: date
    state: str
    decided_how: str
    decided_on: date | None
    took_part: int | None
    said_yes: int | None


class ActivityOut(Schema):
    id: Id
    kind: str
    what: str
    title: str
    title_en: str
    text: str
    place: str
    starts_at: datetime
    ends_at: datetime
    places: int | None
    reserved_places: int
    paper_path: str
    payer: str
    pay_money: Money
    pay_minutes: int
    village: Id | None = Field(description="none: the town hosts it")
    state: str
    terms: TermsOut


class NoticeLine(Schema):
    """A line on notice: a household's number, never a name."""

    id: Id
    household: str
    village: str = Field(description="where the household is: a town's lines are of all its villages")
    activity: str
    activity_en: str
    kind: str
    happened_on: date
    points: Points
    money: Money
    minutes: int
    grade: str
    notice_until: date | None


def terms_out(version: TermsVersion) -> dict[str, object]:
    """Terms as the client reads them."""
    return {name: getattr(version, name) for name in TermsOut.model_fields}


def activity_out(activity: Activity) -> dict[str, object]:
    """An activity as the client reads it."""
    told = {name: getattr(activity, name) for name in ActivityOut.model_fields if name not in ("village", "terms")}
    return told | {"village": activity.village_id, "terms": terms_out(activity.terms)}


@router.get("/kinds", response=answers(list[dict[str, object]]))
def kinds(request: HttpRequest) -> list[dict[str, object]]:
    """The kinds of activity with their forms: the client draws what it reads here."""
    return [kind.describe() for kind in all_kinds().values()]


@router.get("/villages/{village}/activities", response=answers(Page[ActivityOut]))
def activities(
    request: HttpRequest,
    village: Id,
    kind: Code = "",
    day: date | None = None,
    q: Words = "",
    running: bool = False,
    after: After = None,
    limit: Limit = 50,
) -> dict[str, object]:
    """Activities of a village and its town, newest first; by kind, day, and words in Chinese or English."""
    there = village_at(village)
    search = queries.Search(village=there.id, kind=kind, day=day, words=q, running=running)
    found = queries.activities(there.town, search, before=after or queries.LAST, limit=limit + 1)
    return page([activity_out(one) for one in found], limit, lambda one: int(str(one["id"])))


@router.get("/villages/{village}/activities.ics", response=answers(None), openapi_extra=CALENDAR)
def activities_calendar(request: HttpRequest, village: Id) -> HttpResponse:
    """The running activities as a calendar to subscribe to (iCalendar, RFC 5545)."""
    there = village_at(village)
    found = queries.activities(there.town, queries.Search(village=there.id, running=True), limit=500)
    return HttpResponse(calendar(there, found, clock.now()), content_type="text/calendar; charset=utf-8")


@router.get("/villages/{village}/activities/{activity}", response=answers(ActivityOut))
def activity(request: HttpRequest, village: Id, activity: Id) -> dict[str, object]:
    """One announced activity."""
    there = village_at(village)
    announced = Activity.of(there.town).filter(id=activity, state__in=queries.PUBLIC)
    found = announced.select_related("terms").first()
    if found is None:
        raise UnknownActivity()
    return activity_out(found)


@router.get("/villages/{village}/terms", response=answers(list[TermsOut]))
def terms(
    request: HttpRequest, village: Id, of: Annotated[str, Query(pattern="^(village|town)$")] = "village"
) -> object:
    """What is in force today, with the village or the town as host."""
    there = village_at(village)
    host = there.subject if of == "village" else there.town.subject
    found = InForce(there.town, [host]).every(village_day(clock.now()))
    return [terms_out(version) for version in found]


@router.get("/villages/{village}/terms/history", response=answers(list[TermsOut]))
def history(request: HttpRequest, village: Id, kind: Code = "") -> object:
    """Every version that was decided or is proposed, with how many took part and how many said yes."""
    there = village_at(village)
    return [terms_out(version) for version in queries.terms_history(there.town, there.subject, kind=kind)]


@router.get("/villages/{village}/on-notice", response=answers(Page[NoticeLine]))
def on_notice(
    request: HttpRequest, village: Id, of: OfHost = "", after: After = None, limit: Limit = 50
) -> dict[str, object]:
    """What becomes points unless somebody objects, with the village and its town as hosts, by household number."""
    there = village_at(village)
    hosts = {"village": [there.subject], "town": [there.town.subject]}.get(of, [there.subject, there.town.subject])
    found = queries.on_notice(there.town, hosts, after=after or 0, limit=limit + 1)
    lines = [notice_line(claim, there.town.par) for claim in found]
    return page(lines, limit, lambda line: int(str(line["id"])))


def notice_line(claim: Claim, par: int) -> dict[str, object]:
    """A line of the public notice."""
    same = ("id", "kind", "happened_on", "points", "minutes", "grade", "notice_until")
    told = {name: getattr(claim, name) for name in same}
    home = claim.resident.household
    return told | {
        "household": home.number, "village": home.village.name, "activity": claim.activity.title,
        "activity_en": claim.activity.title_en,
        "money": claim.points * par,
    }  # fmt: skip
