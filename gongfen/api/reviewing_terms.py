"""Terms at the desk: what the last quarter would have brought, a proposal, and the residents' decision."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import terms
from gongfen.activities.kinds import terms as grammar
from gongfen.activities.whatif import WhatIf, what_if
from gongfen.activities.who import ORGANISER, REVIEWER, SUPERVISOR, check_role
from gongfen.api.earning import TermsOut, terms_out
from gongfen.api.ground import ActKey, CallerRequest, Id, Nothing, Points, answers, resident_only, told
from gongfen.api.reviewing import host_of
from gongfen.api.reviewing_activities import Name
from gongfen.rules.notice import village_day
from gongfen.town import clock

router = Router(tags=["terms"], auth=resident_only)
Most = Annotated[int, Field(ge=0, le=10_000_000)]


class CapsIn(Schema):
    """The most points, in hundredths; none where there is no such cap."""

    each: Most | None = None
    day: Most | None = None
    month: Most | None = None
    year: Most | None = None


class TermsIn(Schema):
    """Terms in the closed grammar: kind, piece of work, unit, points, minutes, caps. Nothing about a person."""

    village: Id | None = None
    kind: Name
    what: Name
    unit: Name
    points: Annotated[Points, Field(ge=0, le=1_000_000)]
    minutes: Annotated[int, Field(ge=0, le=600)]
    caps: CapsIn = CapsIn()

    @property
    def value(self) -> grammar.Terms:
        caps = grammar.read_caps(self.caps.dict(exclude_none=True))
        return grammar.Terms(self.what, self.unit, self.points, self.minutes, caps)


class ProposalIn(TermsIn):
    in_force_from: date


class WhatIfOut(Schema):
    """The last quarter as it was and as it would have been. Fewer than ten people are not told."""

    since: date
    until: date
    claims: int
    before: Points
    after: Points
    residents: int | None
    get_more: int | None
    get_less: int | None


class DecisionIn(Schema):
    how: Literal["meeting", "poll"]
    on: date
    took_part: Annotated[int, Field(ge=0, le=1_000_000)]
    said_yes: Annotated[int, Field(ge=0, le=1_000_000)]


@router.post("/terms/what-if", response=answers(WhatIfOut))
def try_terms(request: CallerRequest, body: TermsIn) -> WhatIf:
    """What the last quarter would have brought under these terms. Changes nothing."""
    host = host_of(request.auth, body.village)
    check_role(request.auth.resident, host, ORGANISER, SUPERVISOR, REVIEWER)
    return what_if(request.auth.town, host, body.kind, body.value, today=village_day(clock.now()))


@router.post("/terms", response=answers(TermsOut, 201))
def propose(request: CallerRequest, body: ProposalIn, key: ActKey) -> Status[dict[str, object]]:
    """Propose terms from a coming day on; residents decide."""
    host = host_of(request.auth, body.village)
    proposed = terms.propose_terms(
        request.auth.resident, host, body.kind, body.value, body.in_force_from, now=clock.now()
    )
    return Status(201, terms_out(proposed))


@router.post("/terms/{version}/decide", response=answers(Nothing))
def decide(request: CallerRequest, response: HttpResponse, version: Id, body: DecisionIn, key: ActKey) -> Nothing:
    """Write down how residents decided: one person one vote, how many took part, how many said yes."""
    decision = terms.Decision(**body.dict())
    told(response, terms.decide_terms(request.auth.resident, version, decision, now=clock.now()))
    return Nothing()


@router.post("/terms/{version}/drop", response=answers(Nothing))
def drop(request: CallerRequest, response: HttpResponse, version: Id, key: ActKey) -> Nothing:
    """Residents said no: the old terms stay."""
    told(response, terms.drop_terms(request.auth.resident, version, now=clock.now()))
    return Nothing()
