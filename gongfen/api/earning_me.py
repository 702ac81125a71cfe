"""A resident's own earning: claims, photos, participations, appeals, objections, corrections."""

from datetime import date, datetime
from hashlib import blake2b
from typing import Annotated

from django.http import HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from gongfen.activities import appeals, drafting, objections, photos, queries, reversals
from gongfen.activities.claims import Wanted, claim_many, own_grade
from gongfen.activities.models import Claim
from gongfen.activities.surveys import HandItIn
from gongfen.api.earning import TermsOut, terms_out
from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Money,
    Nothing,
    Page,
    Points,
    answers,
    page,
    resident_only,
    told,
)
from gongfen.ledger.writer import submit
from gongfen.rules.notice import village_day
from gongfen.town import clock

router = Router(tags=["earning"], auth=resident_only)
PHOTO = {"responses": {200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}}}
Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x09\x0b-\x1f]+$")]


class ClaimIn(Schema):
    """The kind's own form, filled in; without a day, today."""

    form: dict[str, int | str] = Field(default_factory=dict, max_length=20)
    happened_on: date | None = None


class Participation(Schema):
    """One claim: where it is, what it is worth, what comes next and by when."""

    id: Id
    activity: Id
    title: str
    title_en: str
    kind: str
    what: str
    happened_on: date
    grade: str
    points: Points
    money: Money
    minutes: int
    state: str
    notice_until: date | None
    reason: str
    next: str = Field(description="review, notice, answer, may_appeal or nothing")
    next_until: date | None


class Person(Schema):
    part: str
    name: str


class Said(Schema):
    said: str
    state: str


class Explained(Schema):
    """Everything behind one's points."""

    participation: Participation
    terms: TermsOut
    evidence: dict[str, int | str]
    photos: list[Id]
    people: list[Person]
    acts: dict[str, int] = Field(description="numbers in the public record: made, decided, awarded, reversed")
    appeal: Said | None
    appeal_answer_until: date | None
    objections: list[Said]
    reversal: Said | None


class OnItsWay(Schema):
    points: Points
    money: Money
    next_on: date | None


class PhotoOut(Schema):
    id: Id
    width: int
    height: int


class SaidIn(Schema):
    said: Text


class ReversalOut(Schema):
    id: Id
    claim: Id
    title: str
    points: Points
    why: str
    asked_at: datetime


def participation_out(claim: Claim, par: int, appealed: dict[int, object]) -> dict[str, object]:
    """A claim as its owner sees it."""
    same = ("id", "kind", "happened_on", "grade", "points", "minutes", "state", "notice_until", "reason")
    shown = {name: getattr(claim, name) for name in same}
    step, until = queries.what_next(claim, appealed)
    activity = claim.activity
    return shown | {
        "activity": activity.id, "title": activity.title, "title_en": activity.title_en, "what": activity.what,
        "money": claim.points * par, "next": step, "next_until": until,
    }  # fmt: skip


@router.post("/activities/{activity}/claims", response=answers(Participation, 201))
def claim(
    request: CallerRequest, response: HttpResponse, activity: Id, body: ClaimIn, key: ActKey
) -> Status[dict[str, object]]:
    """ "I did this", in the kind's own form. Sending it again is the same claim."""
    caller, today = request.auth, village_day(clock.now())
    found = drafting.find(caller.town, activity)
    if found.kind == "survey":
        raise HandItIn()
    grade, on = own_grade(found.of_kind), body.happened_on or today
    wanted = Wanted(found, caller.resident, on, grade, caller.subject, body.form)
    act = told(response, submit(claim_many, caller.town, wanted))
    made = Claim.of(caller.town).select_related("activity").get(id=int(act.facts["claim"]))
    return Status(201, participation_out(made, caller.town.par, {}))


def sent_photo(photo: UploadedFile) -> bytes:
    """What was sent, unless it is so large that it is not even read."""
    if (photo.size or 0) > photos.MOST_BYTES:
        raise photos.PhotoTooLarge(bytes=photo.size, most=photos.MOST_BYTES)
    return bytes(photo.read())


@router.post("/evidence", response=answers(PhotoOut, 201))
def upload(request: CallerRequest, photo: File[UploadedFile], key: ActKey) -> Status[object]:
    """A photo for a later claim: JPG, PNG or WebP, at most 8 MB. What a camera writes into it is dropped."""
    resident = request.auth.resident
    digest = blake2b(f"{request.auth.device}/{key}".encode(), digest_size=8).digest()
    named = int.from_bytes(digest, "big") >> 1 or 1
    return Status(201, photos.upload(resident, resident, sent_photo(photo), now=clock.now(), named=named))


@router.get("/evidence/{photo}", response=answers(None), openapi_extra=PHOTO)
def photo(request: CallerRequest, photo: Id) -> HttpResponse:
    """A photo: for its owner, and while the claim waits, for a reviewer who may decide it."""
    shown = HttpResponse(photos.show(request.auth.resident, photo), content_type="image/jpeg")
    shown["Cache-Control"] = "private, no-store"
    return shown


@router.delete("/evidence/{photo}", response=answers(Nothing))
def forget(request: CallerRequest, photo: Id, key: ActKey) -> Nothing:
    """Take back a photo of one's own that no claim uses."""
    photos.forget_unused(request.auth.resident, photo)
    return Nothing()


@router.get("/me/participations", response=answers(Page[Participation]))
def participations(request: CallerRequest, after: After = None, limit: Limit = 50) -> dict[str, object]:
    """What one took part in, newest first: where each is, and what comes next."""
    town = request.auth.town
    found = queries.my_claims(request.auth.resident, before=after or queries.LAST, limit=limit + 1)
    known: dict[int, object] = dict(queries.appealed(town, found))
    lines = [participation_out(one, town.par, known) for one in found]
    return page(lines, limit, lambda line: int(str(line["id"])))


@router.get("/me/participations/{claim}", response=answers(Explained))
def explained(request: CallerRequest, claim: Id) -> dict[str, object]:
    """One of one's own: the rule, the evidence, who recorded and approved it, what was said."""
    found = queries.explain(request.auth.resident, claim)
    known: dict[int, object] = {found.claim.id: found.appeal} if found.appeal else {}
    return {
        "participation": participation_out(found.claim, request.auth.town.par, known),
        "terms": terms_out(found.claim.terms),
        "evidence": found.claim.evidence,
        "photos": found.photos,
        "people": _people(found),
        "acts": queries.act_numbers(found.claim),
        "appeal": found.appeal,
        "appeal_answer_until": found.appeal.answer_until if found.appeal else None,
        "objections": found.objections,
        "reversal": {"said": found.reversal.why, "state": found.reversal.state} if found.reversal else None,
    }


def _people(found: queries.Explained) -> list[dict[str, str]]:
    claim, activity = found.claim, found.claim.activity
    parts = {
        "recorded": claim.recorded_by, "reviewed": claim.decided_by, "reviewed_second": claim.second_by,
        "activity_approved": activity.approved_by, "activity_published": activity.published_by,
    }  # fmt: skip
    return [
        {"part": part, "name": found.people[subject].called}
        for part, subject in parts.items()
        if subject in found.people
    ]


@router.get("/me/waiting", response=answers(OnItsWay))
def waiting(request: CallerRequest) -> object:
    """What is on its way: points, what they are worth, and when the next ones come."""
    return queries.waiting_of(request.auth.resident)


@router.post("/me/participations/{claim}/appeal", response=answers(Nothing, 201))
def appeal(request: CallerRequest, response: HttpResponse, claim: Id, body: SaidIn, key: ActKey) -> Status[Nothing]:
    """This is not right, please look again: answered by somebody else within 14 days, or granted."""
    told(response, appeals.appeal(request.auth.resident, claim, body.said, now=clock.now()))
    return Status(201, Nothing())


@router.post("/claims/{claim}/objections", response=answers(Nothing, 201))
def object_to(request: CallerRequest, response: HttpResponse, claim: Id, body: SaidIn, key: ActKey) -> Status[Nothing]:
    """Object to a line on notice. Only this line stops; another reviewer looks at it."""
    told(response, objections.object_to(request.auth.resident, claim, body.said, now=clock.now()))
    return Status(201, Nothing())


@router.get("/me/corrections", response=answers(list[ReversalOut]))
def corrections(request: CallerRequest) -> list[dict[str, object]]:
    """Awards that staff asks to put right. Nothing moves before one says yes."""
    return [
        {
            "id": one.id, "claim": one.claim_id, "title": one.claim.activity.title,
            "points": one.claim.points, "why": one.why, "asked_at": one.asked_at,
        }
        for one in queries.reversals_asked(request.auth.resident)
    ]  # fmt: skip


@router.post("/me/corrections/{correction}/agree", response=answers(Nothing))
def agree(request: CallerRequest, response: HttpResponse, correction: Id, key: ActKey) -> Nothing:
    """Yes: the points go back, once."""
    told(response, reversals.consent_to_reversal(request.auth.resident, correction, now=clock.now()))
    return Nothing()


@router.post("/me/corrections/{correction}/decline", response=answers(Nothing))
def decline(request: CallerRequest, correction: Id, key: ActKey) -> Nothing:
    """No: the award stands."""
    reversals.decline_reversal(request.auth.resident, correction, now=clock.now())
    return Nothing()
