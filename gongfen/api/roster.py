"""A roster that can be checked: additions as counts, errands of the re-check, and who looked at one's data."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, Nothing, answers, resident_only, told, village_at
from gongfen.people.acts import NotYourRole
from gongfen.people.looks import who_looked
from gongfen.people.models import Group, RoleName
from gongfen.people.queries import has_role, residents_by_subject
from gongfen.people.rechecks import (
    draw_recheck,
    errands_for,
    recheck_counts,
    report_errand,
    roster_additions,
)
from gongfen.town import clock

router = Router(tags=["roster"])
Quarter = Annotated[str, Query(pattern="^2[0-9]{3}Q[1-4]$", description="2026Q4")]


class AdditionsOut(Schema):
    """How many joined a group in a quarter, and how many belong to it. Counts, no names."""

    group: Id
    name: str
    quarter: str
    joined: int
    belong: int


class Look(Schema):
    """Who looked at one's data, why, and on which day."""

    called: str
    why: str
    day: date
    looked_at: datetime


class Counts(Schema):
    """What a re-check found, as counts."""

    drawn: int
    handed: int
    moved_away: int
    unknown_here: int


class Errand(Schema):
    """A statement that one was drawn to hand over."""

    group: Id
    quarter: str
    resident: Id
    name: str
    household: str


class Found(Schema):
    found: str = Field(pattern="^(handed|moved_away|unknown_here)$")


class Drawn(Schema):
    number: int
    quarter: str
    drawn: int


@router.get("/villages/{village}/roster-additions", response=answers(list[AdditionsOut]))
def additions(request: HttpRequest, village: Id, quarter: Quarter) -> list[object]:
    """Additions to the roster in a quarter, by group, for everyone to read and to object to."""
    return list(roster_additions(village_at(village), quarter=quarter))


@router.get("/villages/{village}/groups/{group}/recheck", response=answers(Counts))
def found(request: HttpRequest, village: Id, group: Id, quarter: Quarter) -> dict[str, int]:
    """What the quarter's re-check of a group found."""
    there = village_at(village)
    return recheck_counts(_group(there.town_id, group, there.id), quarter)


@router.post("/groups/{group}/recheck", auth=resident_only, response=answers(Drawn, 201))
def draw(request: CallerRequest, response: HttpResponse, group: Id, key: ActKey) -> Status[dict[str, object]]:
    """The supervisor draws this quarter's errands. Drawing again is the same."""
    there = _group(request.auth.town.id, group)
    if not has_role(request.auth.resident, RoleName.SUPERVISOR, there.village_id):
        raise NotYourRole(role=RoleName.SUPERVISOR.value)
    act = told(response, draw_recheck(there, by=request.auth.subject, now=clock.now()))
    return Status(201, {"number": act.number, "quarter": act.facts["quarter"], "drawn": len(act.facts["cardholders"])})


@router.get("/me/errands", auth=resident_only, response=answers(list[Errand]))
def my_errands(request: CallerRequest) -> list[dict[str, object]]:
    """Statements that one was drawn to hand over this quarter."""
    errands = errands_for(request.auth.resident, now=clock.now())
    people = residents_by_subject(request.auth.town, [errand.cardholder for _, _, errand in errands])
    return [
        {
            "group": group.id, "quarter": quarter, "resident": people[errand.cardholder].id,
            "name": people[errand.cardholder].name, "household": people[errand.cardholder].household.number,
        }
        for group, quarter, errand in errands
        if errand.cardholder in people
    ]  # fmt: skip


@router.post("/groups/{group}/recheck/{resident}", auth=resident_only, response=answers(Nothing, 201))
def report(
    request: CallerRequest, group: Id, resident: Id, quarter: Quarter, body: Found, key: ActKey
) -> Status[Nothing]:
    """Say what was found at the door. Once for each statement; only who was drawn may."""
    there = _group(request.auth.town.id, group)
    cardholder = there.residents.filter(town=there.town_id, id=resident).values_list("subject", flat=True).first()
    report_errand(
        there, quarter, cardholder=cardholder or 0, carrier=request.auth.subject, found=body.found, now=clock.now()
    )
    return Status(201, Nothing())


@router.get("/me/looks", auth=resident_only, response=answers(list[Look]))
def my_looks(request: CallerRequest) -> list[object]:
    """Who looked at one's data, and why; the latest first."""
    return list(who_looked(request.auth.resident))


def _group(town: int, group: int, village: int | None = None) -> Group:
    rows = Group.of(town).filter(id=group).select_related("village", "town")
    found = rows.filter(village=village).first() if village else rows.first()
    if found is None:
        raise NoSuch(what="group")
    return found
