"""The neighbours' board: asked and offered help, and points that both agreed on."""

from datetime import date

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import neighbours
from gongfen.activities.models import Help, HelpNote
from gongfen.api.ground import (
    ActKey,
    CallerRequest,
    Id,
    NoSuch,
    Nothing,
    Points,
    answers,
    client_key,
    resident_only,
    told,
)
from gongfen.api.moments import Day
from gongfen.people.models import Resident
from gongfen.town import clock

router = Router(tags=["board"], auth=resident_only)


class NoteIn(Schema):
    says: str = Field(pattern="^(asked|offered)$")
    words: str = Field(min_length=1, max_length=120)
    until: Day


class NoteOut(Schema):
    id: Id
    says: str
    words: str
    until: date
    resident: Id
    called: str
    is_own: bool


class HelpIn(Schema):
    """`i_helped`: who calls helped the other one; else the other one helped."""

    other: Id
    i_helped: bool
    points: Points
    minutes: int = Field(0, ge=0, le=neighbours.MOST_MINUTES)
    happened_on: Day


class HelpOut(Schema):
    """Help between oneself and another. `state`: proposed, done."""

    id: Id
    other: Id
    called: str
    i_helped: bool
    i_proposed: bool
    points: Points
    minutes: int
    happened_on: date
    state: str


class Agreed(Schema):
    number: int
    points: Points


def note_out(note: HelpNote, to: Resident) -> dict[str, object]:
    """A note as neighbours read it."""
    return {
        "id": note.id, "says": note.says, "words": note.words, "until": note.until, "resident": note.resident_id,
        "called": note.resident.called, "is_own": note.resident_id == to.id,
    }  # fmt: skip


def help_out(found: Help, to: Resident) -> dict[str, object]:
    """A help as one of the two reads it."""
    i_helped = found.giver_id == to.id
    other = found.taker if i_helped else found.giver
    return {
        "id": found.id, "other": other.id, "called": other.called, "i_helped": i_helped,
        "i_proposed": found.proposed_by == to.subject, "points": found.points, "minutes": found.minutes,
        "happened_on": found.happened_on, "state": found.state,
    }  # fmt: skip


@router.get("/board", response=answers(list[NoteOut]))
def board(request: CallerRequest) -> list[dict[str, object]]:
    """What hangs on the board of one's own village."""
    mine = request.auth.resident
    return [note_out(note, mine) for note in neighbours.board(mine.village, now=clock.now())]


@router.post("/board", response=answers(NoteOut, 201))
def post_note(request: CallerRequest, body: NoteIn, key: ActKey) -> Status[dict[str, object]]:
    """Hang a note: help that one asks for, or offers."""
    mine = request.auth.resident
    sent = client_key(request.auth, key)
    note = neighbours.post_note(mine, body.says, body.words, until=body.until, key=sent, now=clock.now())
    return Status(201, note_out(note, mine))


@router.delete("/board/{note}", response=answers(Nothing))
def take_down(request: CallerRequest, note: Id, key: ActKey) -> Nothing:
    """Take one's own note down."""
    neighbours.take_down(request.auth.resident, note)
    return Nothing()


@router.get("/me/helps", response=answers(list[HelpOut]))
def my_helps(request: CallerRequest) -> list[dict[str, object]]:
    """Help given and taken, proposed and done; the latest first."""
    return [help_out(one, request.auth.resident) for one in neighbours.helps_of(request.auth.resident)]


@router.post("/helps", response=answers(HelpOut, 201))
def propose(request: CallerRequest, body: HelpIn, key: ActKey) -> Status[dict[str, object]]:
    """Write down what both talked over. Nothing moves before the other one agrees."""
    mine = request.auth.resident
    other = Resident.of(request.auth.town).filter(id=body.other, village=mine.village_id, left_at=None).first()
    if other is None:
        raise NoSuch(what="resident")
    giver, taker = (mine, other) if body.i_helped else (other, mine)
    proposal = neighbours.Proposal(giver, taker, body.points, body.minutes, body.happened_on)
    made = neighbours.propose(mine, proposal, key=client_key(request.auth, key), now=clock.now())
    return Status(201, help_out(made, mine))


@router.post("/helps/{help_}/agreement", response=answers(Agreed))
def agree(request: CallerRequest, response: HttpResponse, help_: Id, key: ActKey) -> dict[str, object]:
    """Agree: the points of the helped go to who helped."""
    act = told(response, neighbours.agree(request.auth.resident, help_, now=clock.now()))
    return {"number": act.number, "points": act.facts["points"]}


@router.delete("/helps/{help_}", response=answers(Nothing))
def decline(request: CallerRequest, help_: Id, key: ActKey) -> Nothing:
    """Say no, or take a proposal back. Nothing is kept of it."""
    neighbours.decline(request.auth.resident, help_)
    return Nothing()
