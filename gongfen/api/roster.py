"""A roster that can be checked: additions as counts, errands of the re-check, and who looked at one's data."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, Nothing, answers, resident_only, told, village_at
from gongfen.people.acts import NotYourRole
from gongfen.people.at_the_roster import RosterObjection
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
from gongfen.people.roster_objections import (
    answer_objection,
    counts_of,
    object_to_additions,
    objections_in,
    own_objections,
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
    objections: int = Field(0, description="how many residents objected to them")
    waiting: int = Field(0, description="how many objections have no answer yet")


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


class DoubtIn(Schema):
    said: Annotated[str, Field(min_length=1, max_length=200)]


class AnswerIn(Schema):
    """`right`: the roster is put right; `unfounded`: these people do live here."""

    found: Literal["right", "unfounded"]
    answer: Annotated[str, Field(min_length=1, max_length=200)]


class DoubtOut(Schema):
    """An objection to additions; who objected is read by nobody but the objector."""

    id: Id
    group: str
    quarter: str
    said: str
    made_at: datetime
    state: str
    answer: str


class Drawn(Schema):
    number: int
    quarter: str
    drawn: int


@router.get("/villages/{village}/roster-additions", response=answers(list[AdditionsOut]))
def additions(request: HttpRequest, village: Id, quarter: Quarter) -> list[object]:
    """Additions to the roster in a quarter, by group, for everyone to read and to object to."""
    there = village_at(village)
    said = counts_of(there, quarter)
    return [
        {**asdict(row), "objections": said.get(row.group, (0, 0))[0], "waiting": said.get(row.group, (0, 0))[1]}
        for row in roster_additions(there, quarter=quarter)
    ]


@router.post("/groups/{group}/roster-objections", auth=resident_only, response=answers(Nothing, 201))
def object_to(
    request: CallerRequest, response: HttpResponse, group: Id, quarter: Quarter, body: DoubtIn, key: ActKey
) -> Status[Nothing]:
    """Object to a group's additions of a quarter: a supervisor looks and answers."""
    there = _group(request.auth.town.id, group)
    told(response, object_to_additions(request.auth.resident, there, quarter, body.said, now=clock.now()))
    return Status(201, Nothing())


@router.get("/me/roster-objections", auth=resident_only, response=answers(list[DoubtOut]))
def my_objections(request: CallerRequest) -> list[dict[str, object]]:
    """One's own objections to the roster, with the answers."""
    return [objection_out(row) for row in own_objections(request.auth.resident)]


@router.get("/roster-objections", auth=resident_only, response=answers(list[DoubtOut]))
def objections(request: CallerRequest, village: Id, waiting: bool = False) -> list[dict[str, object]]:
    """What residents said about the roster, for the supervisor; no names."""
    there = village_at(village)
    if there.town_id != request.auth.town.id or not has_role(request.auth.resident, RoleName.SUPERVISOR, there.id):
        raise NotYourRole(role=RoleName.SUPERVISOR.value)
    return [objection_out(row) for row in objections_in(there, waiting=waiting)]


@router.post("/roster-objections/{objection}/answer", auth=resident_only, response=answers(Nothing))
def answer(request: CallerRequest, response: HttpResponse, objection: Id, body: AnswerIn, key: ActKey) -> Nothing:
    """A supervisor of another household says what was found."""
    told(response, answer_objection(request.auth.resident, objection, body.found, body.answer, now=clock.now()))
    return Nothing()


def objection_out(row: RosterObjection) -> dict[str, object]:
    """An objection without who said it."""
    same = ("id", "quarter", "said", "made_at", "state", "answer")
    return {"group": row.group.name} | {name: getattr(row, name) for name in same}


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
