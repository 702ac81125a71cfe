"""An organiser's and a supervisor's activities: draft, approve, publish, add to the budget, close."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import drafting, publishing, queries
from gongfen.activities.drafting import Announcement
from gongfen.activities.kinds.form import called
from gongfen.activities.models import Activity
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import ORGANISER, REVIEWER, SUPERVISOR, check_role
from gongfen.api.earning import ActivityOut, activity_out
from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Money,
    Page,
    Points,
    answers,
    client_key,
    page,
    resident_only,
    told,
)
from gongfen.api.reviewing import host_of
from gongfen.fund import moves
from gongfen.ledger.queries import balance_of
from gongfen.rules.notice import village_day
from gongfen.town import clock
from gongfen.town.models import Town

router = Router(tags=["organising"], auth=resident_only)
Name = Annotated[str, Field(max_length=20, pattern="^[a-z_]+$")]
Line = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f]*$")]
MOST = 1_000_000_000


class DraftIn(Schema):
    """An activity as it will be announced. Without a village the town hosts it."""

    village: Id | None = None
    kind: Name
    what: Name
    title: Line
    title_en: Line = ""
    text: Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00-\x09\x0b-\x1f]*$")] = ""
    place: Line = ""
    starts_at: datetime
    ends_at: datetime
    places: Annotated[int, Field(ge=1, le=drafting.MOST_PLACES)] | None = None
    reserved_places: Annotated[int, Field(ge=0, le=drafting.MOST_PLACES)] = 0
    paper_path: Line = Field("", description="how one takes part without a phone")
    budget_points: Annotated[Points, Field(ge=0, le=MOST)] | None = Field(
        0, description="without it: enough for everyone who has a place"
    )
    payer: Line = ""
    pay_money: Annotated[Money, Field(ge=0, le=MOST)] = 0
    pay_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    earmark: Id | None = None


class AtDesk(Schema):
    """An activity with what only staff sees: its budget, and what is left of it."""

    activity: ActivityOut
    budget_points: Points
    budget_money: Money
    left_money: Money
    undecided: int = Field(description="claims that keep the activity from closing")


class More(Schema):
    points: Annotated[Points, Field(gt=0, le=MOST)]


def at_desk(activity: Activity) -> dict[str, object]:
    """An activity as staff sees it."""
    town = activity.town
    return {
        "activity": activity_out(activity),
        "budget_points": activity.budget_points,
        "budget_money": activity.budget_money,
        "left_money": balance_of(town, moves.budget(activity.subject)),
        "undecided": publishing.undecided(town, activity, clock.now()),
    }


@router.get("/organise/activities", response=answers(Page[ActivityOut]))
def drafts(
    request: CallerRequest, village: Id | None = None, after: After = None, limit: Limit = 50
) -> dict[str, object]:
    """What was drafted or approved at a host and is not announced yet, newest first."""
    host = host_of(request.auth, village)
    check_role(request.auth.resident, host, ORGANISER, SUPERVISOR, REVIEWER)
    found = queries.drafts(request.auth.town, host, before=after or queries.LAST, limit=limit + 1)
    return page([activity_out(one) for one in found], limit, lambda one: int(str(one["id"])))


@router.post("/organise/activities", response=answers(ActivityOut, 201))
def draft(request: CallerRequest, body: DraftIn, key: ActKey) -> Status[dict[str, object]]:
    """Draft an activity: nothing is promised yet."""
    caller, given = request.auth, body.dict()
    host = host_of(caller, given.pop("village"))
    told_as = _announcement(caller.town, host, given)
    found = drafting.draft_activity(caller.resident, host, told_as, now=clock.now(), key=client_key(caller, key))
    return Status(201, activity_out(found))


def _announcement(town: Town, host: int, given: dict[str, Any]) -> Announcement:
    """What was sent; its budget by the terms where none was sent and the places are counted."""
    if given["budget_points"] is not None:
        return Announcement(**given)
    if given["places"] is None:
        raise drafting.ActivityWrong(**called("budget_points"))
    told_as = Announcement(**given | {"budget_points": 0})
    return publishing.with_enough(
        told_as, InForce(town, [host]).on(host, told_as.kind, told_as.what, village_day(told_as.starts_at))
    )


@router.get("/organise/activities/{activity}", response=answers(AtDesk))
def one(request: CallerRequest, activity: Id) -> dict[str, object]:
    """One activity with its budget, for the host's staff."""
    found = drafting.find(request.auth.town, activity)
    check_role(request.auth.resident, found.host, ORGANISER, SUPERVISOR, REVIEWER)
    return at_desk(found)


@router.post("/organise/activities/{activity}/approve", response=answers(AtDesk))
def approve(request: CallerRequest, response: HttpResponse, activity: Id, key: ActKey) -> dict[str, object]:
    """A supervisor of another household than the drafter's approves the words and the budget."""
    told(response, drafting.approve_activity(request.auth.resident, activity, now=clock.now()))
    return at_desk(drafting.find(request.auth.town, activity))


@router.post("/organise/activities/{activity}/publish", response=answers(AtDesk))
def publish(request: CallerRequest, response: HttpResponse, activity: Id, key: ActKey) -> dict[str, object]:
    """Announce it: the budget is set aside now, or the answer says how much the fund is short."""
    told(response, publishing.publish_activity(request.auth.resident, activity, now=clock.now()))
    return at_desk(drafting.find(request.auth.town, activity))


@router.post("/organise/activities/{activity}/budget", response=answers(AtDesk))
def add_budget(
    request: CallerRequest, response: HttpResponse, activity: Id, body: More, key: ActKey
) -> dict[str, object]:
    """Add to the budget of an announced activity: a supervisor of another household than the publisher's."""
    caller, named = request.auth, client_key(request.auth, key)
    told(response, publishing.add_budget(caller.resident, activity, body.points, key=named, now=clock.now()))
    return at_desk(drafting.find(caller.town, activity))


@router.post("/organise/activities/{activity}/close", response=answers(AtDesk))
def close(request: CallerRequest, response: HttpResponse, activity: Id, key: ActKey) -> dict[str, object]:
    """Close it when nothing is open: what is left of the budget goes back, and sign-ups are forgotten."""
    told(response, publishing.close_activity(request.auth.resident, activity, now=clock.now()))
    return at_desk(drafting.find(request.auth.town, activity))


@router.post("/organise/activities/{activity}/drop", response=answers(AtDesk))
def drop(request: CallerRequest, response: HttpResponse, activity: Id, key: ActKey) -> dict[str, object]:
    """Drop a draft that nobody will publish."""
    told(response, drafting.drop_activity(request.auth.resident, activity, now=clock.now()))
    return at_desk(drafting.find(request.auth.town, activity))
