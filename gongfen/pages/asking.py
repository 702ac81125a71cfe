"""A survey on its activity's page: the questions as a form, and the form as answers. No answer is kept with a name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from gongfen.activities.models import Activity, Answered, Survey
from gongfen.activities.surveys import SurveyNotOpen, form_of, hand_in
from gongfen.people.models import Resident
from gongfen.rules.surveys import PREFER_NOT, Asks, Question

PREFIX = "q-"  # of the fields, so that no question can be named like one of the page's own


def own_survey(resident: Resident, activity: Activity, now: datetime) -> dict[str, Any]:
    """What the page needs in order to ask: nothing where there is no open survey."""
    survey = _open(activity, now)
    if survey is None:
        return {}
    asked = Answered.of(resident.town).filter(survey=survey, resident=resident).exists()
    questions = [(question, list(_scale(question))) for question in form_of(survey).questions]
    return {"survey": survey, "questions": [] if asked else questions, "handed_in": asked, "prefer_not": PREFER_NOT}


def hand_in_from(typed: QueryDict, resident: Resident, activity: Activity, *, key: str, now: datetime) -> None:
    """Hand in what was ticked and typed; what was left open is left open."""
    survey = _open(activity, now)
    if survey is None:
        raise SurveyNotOpen()
    given: dict[str, Any] = {}
    for question in form_of(survey).questions:
        value = _value(question, typed)
        if value not in (None, "", []) and _asked(question, given):
            given[question.code] = value
    hand_in(survey, resident, given, key=key, now=now)


def _open(activity: Activity, now: datetime) -> Survey | None:
    found = Survey.of(activity.town_id).filter(activity=activity, state=Survey.State.OPEN, closes_at__gt=now).first()
    if found is not None:
        found.activity, found.town = activity, activity.town
    return found


def _asked(question: Question, given: Mapping[str, Any]) -> bool:
    if question.only_if is None:
        return True
    before = given.get(question.only_if.question)
    told = before if isinstance(before, list) else [before]
    return any(answer in question.only_if.answers for answer in told)


def _value(question: Question, typed: QueryDict) -> Any:
    name = PREFIX + question.code
    if question.asks is Asks.MANY:
        chosen = typed.getlist(name)
        return PREFER_NOT if PREFER_NOT in chosen else chosen
    value = typed.get(name, "").strip()
    whole = question.asks in (Asks.NUMBER, Asks.SCALE) and value.isascii() and value.isdigit() and len(value) < 12
    return int(value) if whole else value


def _scale(question: Question) -> range:
    return range(question.least, question.most + 1) if question.asks is Asks.SCALE else range(0)
