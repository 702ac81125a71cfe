"""Surveys: read by everyone, answered by residents, drafted and closed by organisers, published at the close."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities import survey_piles, surveys
from gongfen.activities.models import Survey
from gongfen.activities.who import ORGANISER, REVIEWER, SUPERVISOR, check_role
from gongfen.api.ground import ActKey, CallerRequest, Id, Points, answers, client_key, resident_only, told, village_at
from gongfen.api.moments import Moment
from gongfen.api.organising import led
from gongfen.journal.written import Written
from gongfen.town import clock

router = Router(tags=["surveys"])
STATES = (Survey.State.OPEN, Survey.State.CLOSED)


class SurveyOut(Schema):
    """A survey and its questions. Every question may be passed over, and takes `prefer_not`."""

    id: Id
    activity: Id
    title: str
    title_en: str
    state: str
    closes_at: datetime
    pays: bool
    questions: list[dict[str, Any]]


class SurveyIn(Schema):
    title: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$")
    title_en: str = Field("", max_length=80, pattern=r"^[^\x00-\x1f]*$")
    closes_at: Moment
    questions: list[dict[str, Any]] = Field(min_length=1, max_length=30)


class AnswersIn(Schema):
    """Question code → a choice's code, a list of them, a number, a text, `prefer_not`; what is left out is blank."""

    answers: dict[str, Any] = Field(default_factory=dict, max_length=60)


class ReceiptOut(Schema):
    """That one handed it in. Nothing about the answers."""

    survey: Id
    claim: Id | None = None
    points: Points | None = None


class FigureOut(Schema):
    question: str
    asked: int | None
    cells: dict[str, int | None] = Field(description="none: fewer than ten, or it would tell another cell")


class ResultsOut(Schema):
    """The published figures; `columns` and `values` are the same as one line with stable columns."""

    survey: Id
    figures: list[FigureOut]
    columns: list[str]
    values: list[int | None]


class SlipsIn(Schema):
    slips: list[dict[str, Any]] = Field(min_length=1, max_length=surveys.MOST_SLIPS)


class Counted(Schema):
    typed: int


class Done(Schema):
    number: int


def survey_out(survey: Survey) -> dict[str, object]:
    """A survey as the client reads it."""
    told_ = {name: getattr(survey, name) for name in SurveyOut.model_fields if name != "activity"}
    return told_ | {"activity": survey.activity_id}


def _led(request: CallerRequest, survey: int) -> Survey:
    found = surveys.find_survey(request.auth.town, survey)
    check_role(request.auth.resident, found.activity.host, ORGANISER, SUPERVISOR)
    found.town = request.auth.town
    return found


def _public(village: int, survey: int) -> Survey:
    there = village_at(village)
    found = surveys.find_survey(there.town, survey)
    if found.activity.village_id not in (None, there.id) or found.state not in STATES:
        raise surveys.UnknownSurvey()
    return found


def _number(response: HttpResponse, written: Written) -> dict[str, int]:
    return {"number": told(response, written).number}


@router.get("/villages/{village}/surveys", response=answers(list[SurveyOut]))
def survey_list(request: HttpRequest, village: Id) -> list[dict[str, object]]:
    """Open and closed surveys of a village, the newest first."""
    there = village_at(village)
    rows = Survey.of(there.town).filter(activity__village=there, state__in=STATES).order_by("-id")
    return [survey_out(one) for one in rows[:100]]


@router.get("/villages/{village}/surveys/{survey}", response=answers(SurveyOut))
def survey(request: HttpRequest, village: Id, survey: Id) -> dict[str, object]:
    """One survey with its questions."""
    return survey_out(_public(village, survey))


@router.get("/villages/{village}/surveys/{survey}/results", response=answers(ResultsOut))
def results(request: HttpRequest, village: Id, survey: Id) -> dict[str, object]:
    """The figures of a closed survey: no cell under ten, none that subtraction would tell."""
    found = _public(village, survey)
    names, values = surveys.export(found)
    figures = surveys.results(found).figures
    return {"survey": found.id, "figures": figures, "columns": list(names), "values": values}


@router.post("/surveys/{survey}/answers", auth=resident_only, response=answers(ReceiptOut, 201))
def answer(
    request: CallerRequest, response: HttpResponse, survey: Id, body: AnswersIn, key: ActKey
) -> Status[dict[str, object]]:
    """Hand it in, once. The receipt is written before the answers are looked at; blank ones are worth the same."""
    found = surveys.find_survey(request.auth.town, survey)
    sent = client_key(request.auth, key)
    receipt = surveys.hand_in(found, request.auth.resident, body.answers, key=sent, now=clock.now())
    if not receipt.is_new:
        response["Idempotency-Replayed"] = "true"
    facts = receipt.claim.facts if receipt.claim else {}
    return Status(201, {"survey": receipt.survey, "claim": facts.get("claim"), "points": facts.get("points")})


@router.get("/activities/{activity}/surveys", auth=resident_only, response=answers(list[SurveyOut]))
def surveys_of(request: CallerRequest, activity: Id) -> list[dict[str, object]]:
    """The surveys of one activity, drafts too, for its host's staff: a second person reads them before the approval."""
    there = led(request, activity, ORGANISER, SUPERVISOR, REVIEWER)
    return [survey_out(one) for one in Survey.of(there.town).filter(activity=there).order_by("id")]


@router.post("/activities/{activity}/surveys", auth=resident_only, response=answers(SurveyOut, 201))
def draft(request: CallerRequest, activity: Id, body: SurveyIn, key: ActKey) -> Status[dict[str, object]]:
    """Draft a survey for an activity: alone where its kind is survey, attached to any other."""
    there = led(request, activity, ORGANISER, SUPERVISOR)
    made = surveys.draft_survey(
        request.auth.resident, there, body.questions,
        title=body.title, title_en=body.title_en, closes_at=body.closes_at, key=client_key(request.auth, key),
    )  # fmt: skip
    return Status(201, survey_out(made))


@router.post("/surveys/{survey}/opening", auth=resident_only, response=answers(Done))
def open_survey(request: CallerRequest, response: HttpResponse, survey: Id, key: ActKey) -> dict[str, int]:
    """Open a drafted survey."""
    return _number(response, surveys.open_survey(request.auth.resident, _led(request, survey), now=clock.now()))


@router.post("/surveys/{survey}/closing", auth=resident_only, response=answers(Done))
def close_survey(request: CallerRequest, response: HttpResponse, survey: Id, key: ActKey) -> dict[str, int]:
    """Close a survey after its last moment: only then there are results."""
    return _number(response, surveys.close_survey(request.auth.subject, _led(request, survey), now=clock.now()))


@router.post("/surveys/{survey}/slips", auth=resident_only, response=answers(Counted))
def type_slips(request: CallerRequest, survey: Id, body: SlipsIn, key: ActKey) -> dict[str, int]:
    """Type slips of the paper box: they carry no names, and are never more than were handed in.

    The first typing waits, sealed (`typed` is 0); somebody of another household types the same pile, and it is in.
    """
    done = survey_piles.type_pile(_led(request, survey), body.slips, by=request.auth.resident, now=clock.now())
    return {"typed": len(body.slips) if done else 0}


@router.get("/surveys/{survey}/texts", auth=resident_only, response=answers(dict[str, list[str]]))
def texts(request: CallerRequest, survey: Id) -> dict[str, list[str]]:
    """What was written, where ten or more wrote something; for the organisers, after the close."""
    return surveys.results(_led(request, survey)).texts
