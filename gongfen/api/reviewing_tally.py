"""The foreman's tally: who worked and how much, written down by staff for others to review."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from gongfen.activities import drafting, photos
from gongfen.activities.claims import Wanted, claim_many
from gongfen.activities.models import Activity
from gongfen.activities.who import ORGANISER, check_role
from gongfen.api.earning_me import PhotoOut, sent_photo
from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, answers, language, resident_only
from gongfen.ledger.batch import Answer
from gongfen.people.models import Resident
from gongfen.people.queries import Caller
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import SET_MOST
from gongfen.town import clock
from gongfen.words import sentence

router = Router(tags=["organising"], auth=resident_only)


class TallyLine(Schema):
    """One person's work, in the kind's own form; without a day, today."""

    resident: Id
    form: dict[str, int | str] = Field(default_factory=dict, max_length=20)
    happened_on: date | None = None


class Tally(Schema):
    grade: Literal["witnessed", "typed"] = Field(description="witnessed: by who was there; typed: from hearsay")
    lines: Annotated[list[TallyLine], Field(min_length=1, max_length=SET_MOST)]


class Tallied(Schema):
    """The answer for one line: the claim, or why not."""

    resident: Id
    claim: Id | None = None
    code: str | None = None
    title: str | None = None


@router.post("/organise/activities/{activity}/claims", response=answers(list[Tallied]))
def tally(request: CallerRequest, activity: Id, body: Tally, key: ActKey) -> list[dict[str, object]]:
    """Write down who worked. A reviewer decides each line; sent again, every line is answered the same."""
    found = drafting.find(request.auth.town, activity)
    check_role(request.auth.resident, found.host, ORGANISER)
    wanted = _wanted(request.auth, found, body)
    answered = claim_many(request.auth.town, wanted, clock.now())
    return [_tallied(request, one.resident.id, answer) for one, answer in zip(wanted, answered, strict=True)]


@router.post("/organise/activities/{activity}/evidence", response=answers(PhotoOut, 201))
def photograph(
    request: CallerRequest, activity: Id, resident: Annotated[Id, Query()], photo: File[UploadedFile], key: ActKey
) -> Status[object]:
    """The photo of a paper sheet or slip, for the claim of a resident who has no phone: its id goes into the form."""
    found = drafting.find(request.auth.town, activity)
    check_role(request.auth.resident, found.host, ORGANISER)
    owner = Resident.of(request.auth.town).filter(id=resident, left_at=None).select_related("town").first()
    if owner is None:
        raise NoSuch(what="resident", id=str(resident))
    return Status(201, photos.upload(request.auth.resident, owner, sent_photo(photo), now=clock.now()))


def _wanted(caller: Caller, activity: Activity, body: Tally) -> list[Wanted]:
    rows = Resident.of(caller.town).filter(id__in=[line.resident for line in body.lines], left_at=None)
    people = {resident.id: resident for resident in rows}
    today = village_day(clock.now())
    if missing := [line.resident for line in body.lines if line.resident not in people]:
        raise NoSuch(what="resident", id=str(missing[0]))
    return [
        Wanted(activity, people[line.resident], line.happened_on or today, body.grade, caller.subject, line.form)
        for line in body.lines
    ]


def _tallied(request: HttpRequest, resident: int, answer: Answer) -> dict[str, object]:
    if isinstance(answer, Refusal):
        return {"resident": resident, "code": answer.code, "title": sentence(answer, language(request))}
    return {"resident": resident, "claim": int(answer.facts["claim"])}
