"""A resident takes part: a place, in and out with the code of the place, and what is one's own of it."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import attendance, places, presence
from gongfen.activities.drafting import find
from gongfen.activities.models import Activity, Place, Presence, SignUp
from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, Nothing, Points, answers, resident_only
from gongfen.api.moments import Moment
from gongfen.api.once import asked_by
from gongfen.journal.answered import Asking
from gongfen.journal.models import Act
from gongfen.ledger.writer import submit
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.town import clock

router = Router(tags=["taking part"], auth=resident_only)
Code = Annotated[str, Field(min_length=1, max_length=120, description="the text of the QR, or six digits")]


class SignUpIn(Schema):
    or_wait: bool = Field(True, description="wait in line when all places are taken")


class PlaceOut(Schema):
    """One's own place. `state`: none, asked, waiting, has_place, reconfirmed. `turn`: the place in the line, from 1."""

    activity: Id
    state: str
    turn: int = 0
    is_reserved: bool = False
    slip: Id | None = Field(None, description="what the lot draws")
    places_left: int | None = Field(None, description="none: everyone is welcome")


class CodeIn(Schema):
    """`read_at` and `sent_at` are the phone's own clock, for a code that was read without network."""

    code: Code
    read_at: Moment | None = None
    sent_at: Moment | None = None


class OutIn(CodeIn):
    finished: bool = Field(True, description="false for a break: the claim is made later")


class PresenceOut(Schema):
    """From when to when, and what it is believed for (machine, witnessed, typed)."""

    id: Id
    activity: Id
    in_at: datetime
    out_at: datetime | None
    grade: str
    waits_for_leader: bool
    minutes: int
    claim: Id | None = None
    points: Points | None = None


class LotOut(Schema):
    """What anyone needs to draw again: sort the slips by SHA-256 of "seed/slip"."""

    seed: str
    places: int
    reserved: int
    slips: list[Id]
    without_phone: list[Id]
    digest: str


def place_out(activity: Activity, resident: Resident) -> dict[str, object]:
    """One's own place at an activity."""
    mine = Place.of(activity.town_id).filter(activity=activity, resident=resident).first()
    counted = SignUp.of(activity.town_id).filter(activity=activity).first()
    left = None if activity.places is None else counted.free if counted else activity.places - activity.reserved_places
    if mine is None:
        return {"activity": activity.id, "state": "none", "places_left": left}
    return {
        "activity": activity.id, "state": mine.state, "turn": mine.turn, "is_reserved": mine.is_reserved,
        "slip": mine.slip, "places_left": left,
    }  # fmt: skip


def presence_out(row: Presence, activity: Activity) -> dict[str, object]:
    """One's own stay."""
    return {
        "id": row.id, "activity": row.activity_id, "in_at": row.in_at, "out_at": row.out_at, "grade": row.grade,
        "waits_for_leader": row.is_late, "minutes": attendance.minutes_of(activity, [row]),
    }  # fmt: skip


@router.get("/activities/{activity}/place", response=answers(PlaceOut))
def my_place(request: CallerRequest, activity: Id) -> dict[str, object]:
    """One's own place there."""
    return place_out(find(request.auth.town, activity), request.auth.resident)


@router.post("/activities/{activity}/place", response=answers(PlaceOut, 201))
def sign_up(request: CallerRequest, activity: Id, body: SignUpIn, key: ActKey) -> Status[dict[str, object]]:
    """Ask for a place. Asking again is the same."""
    there = find(request.auth.town, activity)
    places.sign_up(there, request.auth.resident, now=clock.now(), or_wait=body.or_wait)
    return Status(201, place_out(there, request.auth.resident))


@router.delete("/activities/{activity}/place", response=answers(Nothing))
def cancel(request: CallerRequest, activity: Id, key: ActKey) -> Nothing:
    """Step back. Nothing is kept of it; doing it again is fine."""
    places.cancel(find(request.auth.town, activity), request.auth.resident)
    return Nothing()


@router.post("/activities/{activity}/place/confirmation", response=answers(PlaceOut))
def reconfirm(request: CallerRequest, activity: Id, key: ActKey) -> dict[str, object]:
    """ "I am coming", on the day before."""
    there = find(request.auth.town, activity)
    places.reconfirm(there, request.auth.resident, now=clock.now())
    return place_out(there, request.auth.resident)


@router.get("/me/places", response=answers(list[PlaceOut]))
def my_places(request: CallerRequest) -> list[dict[str, object]]:
    """Where one is signed up."""
    mine = Place.of(request.auth.town).filter(resident=request.auth.resident).select_related("activity")
    return [place_out(row.activity, request.auth.resident) for row in mine.order_by("activity__starts_at", "id")[:100]]


@router.get("/activities/{activity}/lot/slips", response=answers(LotOut))
def lot(request: CallerRequest, activity: Id) -> dict[str, object]:
    """The lot's seed and slips, until the activity closes."""
    there = find(request.auth.town, activity)
    act = Act.of(request.auth.town).filter(key=f"lot/{there.id}").first()
    asked = places.asked(there)
    if act is None:
        raise NoSuch(what="lot")
    return {
        "seed": act.facts["seed"], "places": act.facts["places"], "reserved": act.facts["reserved"],
        "slips": [one.slip for one in asked], "without_phone": [one.slip for one in asked if one.without_phone],
        "digest": act.facts["slips"],
    }  # fmt: skip


@router.post("/activities/{activity}/in", response=answers(PresenceOut, 201))
def check_in(
    request: CallerRequest, response: HttpResponse, activity: Id, body: CodeIn, key: ActKey
) -> Status[dict[str, object]]:
    """Come: the code that the leader shows. The same code again is the same coming."""
    row = _seen(request, activity, body, asked=asked_by(request, key))
    if not row.is_new:
        response["Idempotency-Replayed"] = "true"
    return Status(201, presence_out(row, row.activity))


@router.post("/activities/{activity}/out", response=answers(PresenceOut, 201))
def check_out(request: CallerRequest, activity: Id, body: OutIn, key: ActKey) -> Status[dict[str, object]]:
    """Go: the code that the leader shows. What the time is worth is claimed at once, or with `finished` false later."""
    row = _seen(request, activity, body, leaves=True)
    there = find(request.auth.town, activity)
    shown = presence_out(row, there)
    made = attendance.claim_presences(there, now=clock.now(), residents=[row.resident_id]) if body.finished else []
    for answer in made:
        if not isinstance(answer, Refusal):
            shown |= {"claim": answer.facts["claim"], "points": answer.facts["points"]}
    return Status(201, shown)


@router.get("/me/presences", response=answers(list[PresenceOut]))
def my_presences(request: CallerRequest) -> list[dict[str, object]]:
    """When one came and went, until the activity closes."""
    return [presence_out(row, row.activity) for row in attendance.presences_of(request.auth.resident)]


def _seen(
    request: CallerRequest, activity: int, body: CodeIn, *, leaves: bool = False, asked: Asking | None = None
) -> Presence:
    caller = request.auth
    seen = presence.Seen(
        activity, caller.resident, caller.device, body.code, leaves, body.read_at, body.sent_at, asked
    )  # fmt: skip
    row: Presence = submit(presence.check_in_many, caller.town, seen)
    return row
