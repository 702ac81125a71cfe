"""The leader's phone: the code to show, who is there, ticks, a second person's yes, the lot."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import attendance, codes, places
from gongfen.activities.drafting import find
from gongfen.activities.models import Activity, Place, Presence
from gongfen.activities.who import ORGANISER, REVIEWER, SUPERVISOR, check_role
from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, Nothing, answers, resident_only, told
from gongfen.api.moments import Moment
from gongfen.people.looks import looked
from gongfen.people.models import Resident
from gongfen.rules.lots import reconfirm_between
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.models import Town

router = Router(tags=["organising"], auth=resident_only)
STEPS_AHEAD = 20  # ten minutes: the key makes all later ones


class ShownOut(Schema):
    qr: str
    digits: str
    since: datetime
    until: datetime


class CodesOut(Schema):
    """What to show now and next. With the key the phone makes further codes without network."""

    activity: Id
    key: str = Field(description="base64url; HMAC-SHA-256 over 'gongfen/presence/' and the step as 8 bytes")
    now: datetime
    codes: list[ShownOut]


class AttendanceLine(Schema):
    id: Id
    resident: Id
    called: str
    household: str
    in_at: datetime
    out_at: datetime | None
    minutes: int = Field(description="whole minutes of this stay within the announced time")
    grade: str
    waits_for_leader: bool
    confirmed: bool
    is_own: bool = Field(description="an own check-in, not a tick")
    is_mine: bool = Field(description="written down by who asks: somebody else confirms it")


class TickIn(Schema):
    resident: Id
    in_at: Moment
    out_at: Moment | None = None


class Ticks(Schema):
    ticks: list[TickIn] = Field(min_length=1, max_length=400)


class Confirmations(Schema):
    presences: list[Id] = Field(min_length=1, max_length=400)


class Line(Schema):
    """One line's answer: a presence, or the code of the refusal."""

    presence: Id | None = None
    grade: str = ""
    refused: str = ""
    facts: dict[str, object] = Field(default_factory=dict)


class PlaceLine(Schema):
    resident: Id
    called: str
    state: str
    turn: int
    without_phone: bool


class Made(Schema):
    """How many claims were made, and the codes of what was refused."""

    made: int
    refused: list[str]


class LotDone(Schema):
    number: int
    seed: str


def led(request: CallerRequest, activity: int, *roles: str) -> Activity:
    """The activity, for whoever has one of these roles at its host."""
    found = find(request.auth.town, activity)
    found.town = request.auth.town
    check_role(request.auth.resident, found.host, *(roles or (ORGANISER,)))
    return found


def lines(found: Sequence[Presence | Refusal]) -> list[dict[str, object]]:
    """Each answer of a set."""
    told_: list[dict[str, object]] = []
    for one in found:
        if isinstance(one, Refusal):
            told_.append({"refused": one.code, "facts": one.facts})
        else:
            told_.append({"presence": one.id, "grade": one.grade})
    return told_


def people(town: Town, residents: Sequence[int]) -> dict[int, Resident]:
    """These residents by id; one who is not there is refused."""
    found = {one.id: one for one in Resident.of(town).filter(id__in=residents, left_at=None)}
    if len(found) != len(set(residents)):
        raise NoSuch(what="resident")
    return found


@router.get("/activities/{activity}/code", response=answers(CodesOut))
def code(request: CallerRequest, activity: Id) -> dict[str, object]:
    """The rotating code, for the leader's phone alone."""
    there, now = led(request, activity), clock.now()
    key = urlsafe_b64encode(codes.key_of(there)).decode("ascii")
    return {"activity": there.id, "key": key, "now": now, "codes": codes.show(there, now=now, steps=STEPS_AHEAD)}


@router.get("/activities/{activity}/attendance", response=answers(list[AttendanceLine]))
def attendance_list(request: CallerRequest, activity: Id) -> list[dict[str, object]]:
    """Who is or was there. Residents see that one looked."""
    there = led(request, activity, ORGANISER, REVIEWER, SUPERVISOR)
    rows = attendance.attendance(there)
    looked(request.auth.resident, [row.resident for row in rows], "attendance", now=clock.now())
    return [
        {
            "id": row.id, "resident": row.resident_id, "called": row.resident.name,
            "household": row.resident.household.number, "in_at": row.in_at, "out_at": row.out_at,
            "minutes": attendance.minutes_of(there, [row]), "grade": row.grade,
            "waits_for_leader": row.is_late, "confirmed": row.confirmed_by is not None,
            "is_own": row.recorded_by == row.resident.subject, "is_mine": row.recorded_by == request.auth.subject,
        }
        for row in rows
    ]  # fmt: skip


@router.post("/activities/{activity}/ticks", response=answers(list[Line]))
def tick(request: CallerRequest, activity: Id, body: Ticks, key: ActKey) -> list[dict[str, object]]:
    """Write down who came or went: for people without a phone. Each line has its own answer; again is the same."""
    there = led(request, activity)
    found = people(request.auth.town, [one.resident for one in body.ticks])
    ticks = [attendance.Tick(found[one.resident], one.in_at, one.out_at) for one in body.ticks]
    return lines(attendance.tick_many(there, ticks, by=request.auth.resident, now=clock.now()))


@router.delete("/activities/{activity}/ticks/{presence}", response=answers(Nothing))
def undo_tick(request: CallerRequest, activity: Id, presence: Id, key: ActKey) -> Nothing:
    """Take back one's own tick before anybody confirmed it."""
    attendance.undo_tick(led(request, activity), presence, by=request.auth.resident)
    return Nothing()


@router.post("/activities/{activity}/confirmations", response=answers(list[Line]))
def confirm(request: CallerRequest, activity: Id, body: Confirmations, key: ActKey) -> list[dict[str, object]]:
    """A second person's yes, never for oneself, one's household or one's own ticks. Each line has its own answer."""
    there = led(request, activity, ORGANISER, REVIEWER, SUPERVISOR)
    return lines(attendance.confirm_many(there, body.presences, by=request.auth.resident))


@router.post("/activities/{activity}/presence-claims", response=answers(Made))
def claim(request: CallerRequest, activity: Id, key: ActKey) -> dict[str, object]:
    """Make the claims of all who left and are confirmed. Whoever has one already is left alone."""
    made = attendance.claim_presences(led(request, activity), now=clock.now())
    refused = [one.code for one in made if isinstance(one, Refusal)]
    return {"made": len(made) - len(refused), "refused": refused}


@router.get("/activities/{activity}/places", response=answers(list[PlaceLine]))
def place_list(request: CallerRequest, activity: Id) -> list[dict[str, object]]:
    """Who has a place and who waits, until the activity closes. Residents see that one looked."""
    there = led(request, activity)
    rows = Place.of(there.town_id).filter(activity=there).select_related("resident").order_by("turn", "id")
    looked(request.auth.resident, [row.resident for row in rows], "attendance", now=clock.now())
    return [
        {
            "resident": row.resident_id, "called": row.resident.name, "state": row.state, "turn": row.turn,
            "without_phone": row.without_phone,
        }
        for row in rows
    ]  # fmt: skip


@router.post("/activities/{activity}/places/{resident}", response=answers(Nothing, 201))
def sign_up_for(request: CallerRequest, activity: Id, resident: Id, key: ActKey) -> Status[Nothing]:
    """Sign somebody up who has no phone, or confirm their place on the day before: they said so to the leader."""
    there, now = led(request, activity), clock.now()
    who = people(request.auth.town, [resident])[resident]
    held = places.sign_up(there, who, now=now).state == Place.State.HAS_PLACE
    if held and now >= reconfirm_between(there.starts_at)[0]:
        places.reconfirm(there, who, now=now)
    return Status(201, Nothing())


@router.post("/activities/{activity}/lot", response=answers(LotDone, 201))
def draw(request: CallerRequest, response: HttpResponse, activity: Id, key: ActKey) -> Status[dict[str, object]]:
    """Draw the lot, 48 hours after the opening at the earliest. Drawing again is the same."""
    act = told(response, places.draw_lot(led(request, activity), by=request.auth.subject, now=clock.now()))
    return Status(201, {"number": act.number, "seed": act.facts["seed"]})
