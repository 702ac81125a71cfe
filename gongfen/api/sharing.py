"""The dividend: what everyone may read and recompute, one's own slips, and what residents may say about a run."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from gongfen.api.ground import (
    ActKey,
    CallerRequest,
    Id,
    Money,
    NoSuch,
    Points,
    answers,
    client_key,
    language,
    resident_only,
    told,
    village_at,
)
from gongfen.dividends import objections, queries, slips
from gongfen.dividends.models import Run, RunObjection
from gongfen.rules.dividend_slip import Step
from gongfen.town import clock
from gongfen.town.models import Town
from gongfen.words import fill
from gongfen.words.sharing import CALCULATOR, STEPS

router = Router(tags=["dividend"])
Said = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f]+$")]
FILE = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class LineOut(Schema):
    """What comes out of the pool before it is shared."""

    kind: str
    percent: int
    money: Money


class SumsOut(Schema):
    shared: Money
    rest: Money
    heads: int
    points: Points
    shares: int
    payouts: Money
    advances: Money
    forgiven: Money


class RunOut(Schema):
    id: Id
    begins: date
    ends: date
    pool: Money
    lines: list[LineOut]
    head_percent: int
    unit: Money
    turn: int
    state: str
    sums: SumsOut | None
    digest: str = Field(description="sha256 of the public file")
    confirmations: int
    notice_until: datetime | None


class StepOut(Schema):
    name: str
    told: str
    numbers: dict[str, int | str]


class SlipOut(Schema):
    run: Id
    begins: date
    ends: date
    slip: Id
    is_child: bool
    money: Money
    payout: Money
    is_paid: bool
    steps: list[StepOut]


class RangeOut(Schema):
    """A range, never a promise."""

    run: Id
    least: Money
    most: Money
    told: str


class Objection(Schema):
    text: Said


class RunActDone(Schema):
    """The act that stands in the journal."""

    number: int


class ObjectionOut(Schema):
    id: Id
    run: Id
    text: str
    state: str
    answer: str
    made_at: datetime


def run_values(run: Run) -> dict[str, Any]:
    """A run as the API says it."""
    return {
        "id": run.id, "begins": run.begins, "ends": run.ends, "pool": run.pool, "lines": run.lines,
        "head_percent": run.head_percent, "unit": run.unit, "turn": run.turn, "state": run.state, "sums": run.sums,
        "digest": run.digest, "notice_until": run.notice_until,
        "confirmations": sum(one is not None for one in (run.first_confirmer, run.second_confirmer)),
    }  # fmt: skip


def run_at(town: Town, run: int) -> Run:
    """A run of the town by id."""
    found = Run.of(town).filter(id=run).first()
    if found is None:
        raise NoSuch(what="run")
    return found


def _step(step: Step, lang: str) -> dict[str, Any]:
    facts: dict[str, Any] = dict(step.numbers)
    return {"name": step.name, "numbers": facts, "told": fill(STEPS[step.name][lang == "en"], lang, **facts)}


@router.get("/villages/{village}/runs", response=answers(list[RunOut]))
def runs(request: HttpRequest, village: Id) -> list[dict[str, Any]]:
    """The village's dividends that are or were on notice, newest first."""
    found = village_at(village)
    return [run_values(run) for run in queries.runs_of(found.town, found.subject, public=True)]


@router.get("/villages/{village}/runs/{run}/file", response=answers(str), openapi_extra=FILE)
def public_file(request: HttpRequest, village: Id, run: Id) -> StreamingHttpResponse:
    """The public file: random slip numbers and every sum, for anyone to recompute (docs/dividend.md)."""
    found = village_at(village)
    wanted = Run.of(found.town).filter(id=run, host=found.subject, state__in=queries.PUBLIC_STATES).first()
    if wanted is None:
        raise NoSuch(what="run")
    response = StreamingHttpResponse(queries.public_file(found.town, wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dividend-{wanted.id}.csv"'
    return response


@router.get("/me/shares", auth=resident_only, response=answers(list[SlipOut]))
def my_shares(request: CallerRequest) -> list[dict[str, Any]]:
    """One's own slips and those of one's children, with every step of the sum."""
    resident, lang = request.auth.resident, language(request)
    return [
        {**vars(slip), "steps": [_step(step, lang) for step in slip.steps]}
        for slip in slips.slips_of(request.auth.town, resident)
    ]


@router.get("/me/dividend-range", auth=resident_only, response=answers(RangeOut))
def my_range(
    request: CallerRequest, more_points: Annotated[int, Query(ge=0, le=10_000_000, description="hundredths")] = 0
) -> dict[str, Any]:
    """Between what and what one's share of the next dividend may lie; `more_points` is what one thinks to earn."""
    town, lang = request.auth.town, language(request)
    run, found = slips.my_range(town, request.auth.resident, more_points=more_points, now=clock.now())
    said = fill(CALCULATOR[lang == "en"], lang, least=found.least, most=found.most)
    return {"run": run.id, "least": found.least, "most": found.most, "told": said}


@router.post("/runs/{run}/objections", auth=resident_only, response=answers(RunActDone, 201))
def object_to(
    request: CallerRequest, response: HttpResponse, run: Id, body: Objection, key: ActKey
) -> tuple[int, dict[str, int]]:
    """Say what is not right about a run on notice."""
    caller = request.auth
    found = run_at(caller.town, run)
    written = objections.object_to(
        caller.town, found, by=caller.resident, text=body.text, key=client_key(caller, key), now=clock.now()
    )
    return 201, {"number": told(response, written).number}


@router.get("/me/run-objections", auth=resident_only, response=answers(list[ObjectionOut]))
def my_objections(request: CallerRequest) -> list[dict[str, Any]]:
    """One's own objections to dividends, and their answers."""
    own = RunObjection.of(request.auth.town).filter(by=request.auth.subject).order_by("-id")[:50]
    return [objection_values(one) for one in own]


def objection_values(one: RunObjection) -> dict[str, Any]:
    """An objection without who made it."""
    return {
        "id": one.id, "run": one.run_id, "text": one.text, "state": one.state, "answer": one.answer,
        "made_at": one.made_at,
    }  # fmt: skip
