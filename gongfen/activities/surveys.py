"""Surveys: drafted, open, closed. The receipt is written before the answer is looked at, and no page joins the two."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from django.db import IntegrityError, transaction
from django.db.models import F

from gongfen.activities import box
from gongfen.activities.claims import ClaimedBefore, Wanted, claim_many
from gongfen.activities.models import Activity, Answered, SlipPile, Survey
from gongfen.activities.repeats import id_of
from gongfen.activities.survey_forms import plain_form, read_form
from gongfen.activities.who import ORGANISER, SUPERVISOR, check_role
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident
from gongfen.rules import figures
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.figures import Figure
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import MACHINE
from gongfen.rules.surveys import (
    BLANK,
    NOT_ASKED,
    PREFER_NOT,
    Asks,
    Form,
    columns,
    read_answers,
)
from gongfen.town.ids import next_id
from gongfen.town.models import Town

MOST_SLIPS = 200


class UnknownSurvey(Refusal):
    """There is no such survey."""

    code = "unknown_survey"


class SurveyNotOpen(Refusal):
    """The survey is a draft, closed, or over."""

    code = "survey_not_open"


class SurveyStillOpen(Refusal):
    """There are no results before the close."""

    code = "survey_still_open"


class HandItIn(Refusal):
    """A survey counts by being handed in, blank or not; it cannot be claimed any other way."""

    code = "hand_the_survey_in"


class AnsweredBefore(Refusal):
    """Everyone answers once."""

    code = "answered_before"


class NotAsked(Refusal):
    """The survey asks the residents of another village."""

    code = "survey_asks_others"


class TooManySlips(Refusal):
    """More slips at once than one call types in, or more than residents handed in."""

    code = "too_many_slips"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a survey was handed in; the claim where it pays. Nothing about the answers."""

    survey: int
    claim: Written | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a closed survey publishes, and the texts where ten or more wrote one (for staff)."""

    figures: list[Figure]
    texts: dict[str, list[str]]


def form_of(survey: Survey) -> Form:
    """The survey's questions as a pure value."""
    return read_form(survey.questions)


def draft_survey(
    by: Resident,
    activity: Activity,
    questions: object,
    *,
    title: str,
    closes_at: datetime,
    title_en: str = "",
    key: str = "",
) -> Survey:
    """Draft a survey for an activity. One of the kind `survey` pays; one attached to another activity does not.

    The same `key` again is the same draft.
    """
    check_role(by, activity.host, ORGANISER, SUPERVISOR)
    form = read_form(questions)
    if activity.state == "closed" or not title.strip():
        raise SurveyNotOpen()
    survey = Survey(
        id=id_of(by, key or str(next_id())), town=by.town, activity=activity, title=title[:80],
        title_en=title_en[:80], questions=plain_form(form), closes_at=closes_at, pays=activity.kind == "survey",
        drafted_by=by.subject,
    )  # fmt: skip
    Survey.objects.bulk_create([survey], ignore_conflicts=True)
    return Survey.of(by.town).select_related("activity").get(id=survey.id)


def open_survey(by: Resident, survey: Survey, *, now: datetime) -> Written:
    """Let residents answer, from now to the close. The questions never change any more."""
    activity = survey.activity
    check_role(by, activity.host, ORGANISER, SUPERVISOR)
    with one_batch(by.town, now) as batch:
        act = batch.act(
            key=f"survey/{survey.id}/open", verb="survey.open", by=by.subject, about=activity.host, asked="",
            facts={"survey": str(survey.id), "activity": str(activity.id), "questions": len(survey.questions)},
        )  # fmt: skip
        if activity.state not in TAKES_CLAIMS or now >= survey.closes_at:
            act.refuse(SurveyNotOpen())
        act.changes(survey, was={"state": Survey.State.DRAFT}, state=Survey.State.OPEN)
    return one(batch.answers)


def hand_in(survey: Survey, resident: Resident, given: object, *, key: str, now: datetime) -> Receipt:
    """One resident's answers: first the receipt, then the box. A blank one is worth the same.

    The same request again (`key`) gives the same receipt; another one is refused.
    """
    form = form_of(survey)
    answers = read_answers(form, given)  # its shape alone: whatever the form offers is fine, nothing at all too
    with transaction.atomic():
        receipt = take_receipt(survey, resident, key=key, now=now)
        if receipt.is_new:
            box.drop(resident.town, survey.id, form, answers)
    return receipt


def take_receipt(survey: Survey, resident: Resident, *, key: str, now: datetime) -> Receipt:
    """That this resident answered, and the claim for it. This function never sees an answer."""
    town = resident.town
    asked = blake2b(key.encode(), digest_size=16).digest()
    fresh = Survey.of(town).select_for_update().select_related("activity").get(id=survey.id)
    check_open(fresh, now)
    if fresh.activity.village_id not in (None, resident.village_id):
        raise NotAsked()
    known = Answered.of(town).filter(survey=survey, resident=resident).first()
    if known is not None:
        if bytes(known.asked) != asked:
            raise AnsweredBefore()
        return Receipt(survey.id, None, is_new=False)
    try:
        with transaction.atomic():
            Answered.objects.bulk_create([Answered(town=town, survey=survey, resident=resident, asked=asked)])
    except IntegrityError:
        raise AnsweredBefore() from None
    if not fresh.pays:
        return Receipt(survey.id, None, is_new=True)
    day = min(village_day(now), village_day(fresh.activity.ends_at))  # a survey may stay open longer than its activity
    wanted = Wanted(fresh.activity, resident, day, MACHINE, resident.subject)
    (answer,) = claim_many(town, [wanted], now)
    if isinstance(answer, ClaimedBefore):  # the point was claimed already; the answer is welcome all the same
        return Receipt(survey.id, None, is_new=True)
    return Receipt(survey.id, one([answer]), is_new=True)


def type_slips(survey: Survey, slips: Sequence[object], *, now: datetime) -> int:
    """Type in slips from the paper box, which carry no names: never more than residents handed in."""
    if len(slips) > MOST_SLIPS:
        raise TooManySlips(most=MOST_SLIPS)
    form = form_of(survey)
    read = [read_answers(form, given) for given in slips]
    with transaction.atomic():
        check_open(survey, now)
        left = Survey.of(survey.town_id).filter(
            id=survey.id, state=Survey.State.OPEN, paper_receipts__gte=F("paper_slips") + len(slips)
        )
        if not left.update(paper_slips=F("paper_slips") + len(slips)):
            counted = Survey.of(survey.town_id).get(id=survey.id)
            raise TooManySlips(most=counted.paper_receipts - counted.paper_slips)
        for answers in read:
            box.drop(survey.town, survey.id, form, answers)
    return len(read)


def close_survey(by: int, survey: Survey, *, now: datetime) -> Written:
    """After its last moment: the box is opened, and who answered is forgotten. `by` may be the town's clock."""
    town = survey.town
    if now < survey.closes_at:
        raise SurveyStillOpen(closes_at=survey.closes_at.isoformat())

    def empty() -> None:
        box.open_all(town, survey.id, form_of(survey))
        Answered.of(town).filter(survey=survey).delete()
        SlipPile.of(town).filter(survey=survey).delete()

    # The survey before the town's head, as in `hand_in`: two who lock in the same order never wait for each other.
    with transaction.atomic(), _locked(survey), one_batch(town, now) as batch:
        act = batch.act(
            key=f"survey/{survey.id}/close", verb="survey.close", by=by, about=survey.activity.host, asked="",
            facts={"survey": str(survey.id), "activity": str(survey.activity_id)},
        )  # fmt: skip
        act.changes(survey, was={"state": Survey.State.OPEN}, state=Survey.State.CLOSED)
        act.then(empty)
    return one(batch.answers)


@contextmanager
def _locked(survey: Survey) -> Iterator[None]:
    Survey.of(survey.town_id).select_for_update().get(id=survey.id)
    yield


def close_due(town: Town, *, now: datetime) -> int:
    """By the clock: close every survey whose last moment has come. How many."""
    due = Survey.of(town).filter(state=Survey.State.OPEN, closes_at__lte=now).select_related("town", "activity")
    return len([close_survey(town.subject, survey, now=now) for survey in due])


def results(survey: Survey) -> Results:
    """What is published: no cell under ten, none that subtraction would tell. Only after the close."""
    if survey.state != Survey.State.CLOSED:
        raise SurveyStillOpen(closes_at=survey.closes_at.isoformat())
    form, answers = form_of(survey), box.answers_in(survey.town, survey.id)
    texts = {}
    for question in form.questions:
        if question.asks is Asks.TEXT:
            said = [str(one) for one in answers.get(question.code, []) if one not in (BLANK, PREFER_NOT, NOT_ASKED)]
            texts[question.code] = said if len(said) >= figures.LEAST else []
    return Results(figures.publish(form, answers), texts)


def export(survey: Survey) -> tuple[tuple[str, ...], list[int | None]]:
    """The figures as one line of stable columns: they depend on the form alone."""
    cells = {
        f"{figure.question}.{cell}": number
        for figure in results(survey).figures
        for cell, number in figure.cells.items()
    }
    names = columns(form_of(survey))
    return names, [cells[name] for name in names]


def check_open(survey: Survey, now: datetime) -> None:
    """Refuse what comes before the opening or after the last moment."""
    if survey.state != Survey.State.OPEN or now >= survey.closes_at:
        raise SurveyNotOpen()


def find_survey(town: Town, survey: int) -> Survey:
    """The survey with its activity, or the refusal that there is none."""
    found = Survey.of(town).filter(id=survey).select_related("activity", "town").first()
    if found is None:
        raise UnknownSurvey()
    return found
