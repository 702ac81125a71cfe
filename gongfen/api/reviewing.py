"""Reviewing: what waits, a yes or a no to a set of claims, and asking to put an award right."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import queries, reversals, reviews
from gongfen.activities.models import Claim
from gongfen.activities.who import REVIEWER, check_role
from gongfen.api.earning_me import Text
from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Money,
    NoSuch,
    Nothing,
    Page,
    Points,
    answers,
    language,
    page,
    resident_only,
    told,
)
from gongfen.ledger.batch import Answer
from gongfen.people.acts import NotYourRole
from gongfen.people.models import Village
from gongfen.people.queries import Caller
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import SET_MOST, check_set
from gongfen.town import clock
from gongfen.words import sentence

router = Router(tags=["reviewing"], auth=resident_only)


class ToReview(Schema):
    """A claim that waits, with what it takes to decide it, and nothing else about its owner."""

    id: Id
    activity: Id
    title: str
    kind: str
    what: str
    name: str
    household: str
    happened_on: date
    evidence: dict[str, int | str]
    photos: list[Id]
    grade: str
    points: Points
    money: Money
    minutes: int
    state: str
    said: list[str] = Field(description="what an objection or an appeal says")


class Waiting(Schema):
    claims: int
    points: Points
    money: Money


class Chosen(Schema):
    claims: Annotated[list[Id], Field(min_length=1, max_length=SET_MOST)]


class Refused(Chosen):
    reason: Text


class Decided(Schema):
    """The answer for one claim: the act's number, or why not."""

    claim: Id
    number: int | None = None
    code: str | None = None
    title: str | None = None


class Correction(Schema):
    claim: Id
    why: Text


class CorrectionAsked(Schema):
    id: Id


def host_of(caller: Caller, village: int | None) -> int:
    """The subject of a host: a village of the caller's town by id, or, without one, the town."""
    if village is None:
        return caller.town.subject
    found = Village.of(caller.town).filter(id=village).values_list("subject", flat=True).first()
    if found is None:
        raise NoSuch(what="village")
    return found


def decided(request: HttpRequest, claims: Sequence[int], found: Sequence[Answer]) -> list[dict[str, object]]:
    """One line for each claim of a set; who may decide none of them is not let in at all."""
    if isinstance(found[0], NotYourRole | reviews.UnknownClaim) and all(type(no) is type(found[0]) for no in found):
        raise found[0]
    lines: list[dict[str, object]] = []
    for claim, answer in zip(claims, found, strict=True):
        if isinstance(answer, Refusal):
            lines.append({"claim": claim, "code": answer.code, "title": sentence(answer, language(request))})
        else:
            lines.append({"claim": claim, "number": answer.number})
    return lines


@router.get("/review/claims", response=answers(Page[ToReview]))
def to_review(
    request: CallerRequest, village: Id | None = None, after: After = None, limit: Limit = 50
) -> dict[str, object]:
    """What waits at a village (or, without one, at the town) and this reviewer may decide, oldest first."""
    reviewer, host = request.auth.resident, host_of(request.auth, village)
    check_role(reviewer, host, REVIEWER)
    found = queries.to_review(reviewer, host, after=after or 0, limit=limit + 1)
    lines = _lines(request.auth, found)
    return page(lines, limit, lambda line: int(str(line["id"])))


def _lines(caller: Caller, found: Sequence[Claim]) -> list[dict[str, object]]:
    said, shown = queries.said_about(caller.town, found), queries.photos_of(caller.town, found)
    same = ("id", "kind", "happened_on", "evidence", "grade", "points", "minutes", "state")
    return [
        {name: getattr(claim, name) for name in same}
        | {
            "activity": claim.activity_id, "title": claim.activity.title, "what": claim.activity.what,
            "name": claim.resident.name, "household": claim.resident.household.number,
            "money": claim.points * caller.town.par, "said": said.get(claim.id, []), "photos": shown.get(claim.id, []),
        }
        for claim in found
    ]  # fmt: skip


@router.get("/review/waiting", response=answers(Waiting))
def waiting(request: CallerRequest, village: Id | None = None) -> dict[str, int]:
    """How much waits for review at a host."""
    host = host_of(request.auth, village)
    check_role(request.auth.resident, host, REVIEWER)
    claims, points = queries.waiting_at(request.auth.town, host)
    return {"claims": claims, "points": points, "money": points * request.auth.town.par}


@router.post("/review/approve", response=answers(list[Decided]))
def approve(request: CallerRequest, body: Chosen, key: ActKey) -> list[dict[str, object]]:
    """Say yes to up to 400 claims: they go on notice. Each is answered by itself."""
    check_set(len(body.claims))
    found = reviews.approve_claims(request.auth.resident, body.claims, now=clock.now())
    return decided(request, body.claims, found)


@router.post("/review/refuse", response=answers(list[Decided]))
def refuse(request: CallerRequest, body: Refused, key: ActKey) -> list[dict[str, object]]:
    """Say no to up to 400 claims, with a reason that their owners read."""
    check_set(len(body.claims))
    found = reviews.refuse_claims(request.auth.resident, body.claims, body.reason, now=clock.now())
    return decided(request, body.claims, found)


@router.post("/review/corrections", response=answers(CorrectionAsked, 201))
def ask_correction(request: CallerRequest, body: Correction, key: ActKey) -> Status[dict[str, int]]:
    """Ask the owner of an award to put it right. Nothing moves before they say yes or a ruling stands."""
    asked = reversals.ask_reversal(request.auth.resident, body.claim, body.why, now=clock.now())
    return Status(201, {"id": asked.id})


@router.post("/review/corrections/{correction}/rule", response=answers(Nothing))
def rule_correction(request: CallerRequest, response: HttpResponse, correction: Id, key: ActKey) -> Nothing:
    """Uphold the objection behind a correction: for a supervisor who had no part in it."""
    told(response, reversals.rule_reversal(request.auth.resident, correction, now=clock.now()))
    return Nothing()
