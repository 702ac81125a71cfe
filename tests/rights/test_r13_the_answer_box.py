"""R13: nobody who holds the whole database can join a survey answer to a resident: not by id, order, time or size."""

import ast
import inspect
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from gongfen.activities import box, surveys
from gongfen.activities.models import Answered, BoxSlip, Claim, Envelope
from gongfen.people.models import Resident
from gongfen.town.ids import random_id
from gongfen.town.models import TownModel
from tests.taking_part import DAY, SATURDAY, announce, crowd

CLOSE = SATURDAY + 2 * DAY
FORM = [{"code": "words", "asks": "text", "zh": "说吧"}, {"code": "few", "asks": "number", "zh": "几", "most": 99}]
MANY = 30
BY_CHANCE = 9  # of thirty, a blind guess is right about once; ten times in fewer than one of a million shuffles


@pytest.fixture
def survey(settled):
    """Thirty residents answered, one after the other, each with words that only they know."""
    activity = announce(settled, "survey", "心里话", hours=48)
    draft = surveys.draft_survey(settled["林队长"], activity, FORM, title="心里话", closes_at=CLOSE)
    surveys.open_survey(settled["林队长"], draft, now=SATURDAY)
    survey = surveys.find_survey(settled.town, draft.id)
    survey.town = settled.town
    survey.people = crowd(settled, MANY)
    for n, resident in enumerate(survey.people):
        surveys.hand_in(survey, resident, {"words": f"secret-{n:02}", "few": n}, key=f"key-{n}", now=SATURDAY)
    return survey


def close(survey):
    surveys.close_survey(survey.town.subject, survey, now=CLOSE)


def whole_database(town):
    """Every row that the town has, as text."""
    for model in apps.get_models():
        if issubclass(model, TownModel):
            for row in model.of(town).values():
                yield model.__name__, {key: readable(value) for key, value in row.items()}


def readable(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def said(row):
    return int(str(row).rpartition("-")[2])


def test_before_the_close_the_database_holds_no_answer_that_can_be_read(survey):
    dump = json.dumps(list(whole_database(survey.town)), default=str)
    assert "secret-" not in dump
    assert Envelope.of(survey.town).count() == MANY


def test_the_box_has_no_column_for_people_moments_or_orders():
    for model in (Envelope, BoxSlip):
        fields = {field.name: field for field in model._meta.get_fields()}
        kinds = {field.related_model.__name__ for field in fields.values() if field.is_relation}
        assert kinds == {"Town", "Survey"}
        assert not any(isinstance(field, models.DateField | models.TimeField) for field in fields.values())
        assert fields["id"].default is random_id
    assert {field.name for field in Answered._meta.get_fields()} == {"id", "town", "survey", "resident", "asked"}
    assert Answered._meta.get_field("id").default is random_id


def test_the_box_knows_no_module_about_people():
    tree = ast.parse(Path(inspect.getfile(box)).read_text(encoding="utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in named if name.startswith("gongfen")} == {
        "gongfen.activities.models.box",
        "gongfen.rules.surveys",
        "gongfen.town.ids",
        "gongfen.town.models",
    }


def test_no_number_of_an_answer_stands_anywhere_else(survey):
    close(survey)
    ids = {str(id_) for id_ in BoxSlip.of(survey.town).values_list("id", flat=True)}
    elsewhere = [(name, row) for name, row in whole_database(survey.town) if name != "BoxSlip"]
    assert not any(one in json.dumps(row, default=str) for one in ids for _, row in elsewhere)
    people = {str(number) for pair in Resident.of(survey.town).values_list("id", "subject") for number in pair}
    box_rows = json.dumps(list(BoxSlip.of(survey.town).values()), default=str)
    assert not any(one in box_rows for one in people)


def test_no_order_of_the_box_is_the_order_of_the_receipts(survey):
    """Whoever lays any order of answers beside the order of the claims guesses no better than chance."""
    close(survey)
    claims = Claim.of(survey.town).filter(activity=survey.activity).order_by("id")
    came = [name.removeprefix("机") for name in claims.values_list("resident__name", flat=True)]
    assert came == [str(n) for n in range(MANY)]
    words = BoxSlip.of(survey.town).filter(question="words")
    orders = {
        "as stored": list(words.values_list("answer", flat=True)),
        "by id": list(words.order_by("id").values_list("answer", flat=True)),
        "as published": surveys.results(surveys.find_survey(survey.town, survey.id)).texts["words"],
    }
    for name, order in orders.items():
        for guess in (order, order[::-1]):
            right = sum(1 for n, answer in enumerate(guess) if said(answer) == n)
            assert right <= BY_CHANCE, name


def test_answers_of_one_person_do_not_lie_together(survey):
    """Who knows one answer of somebody does not find the others: the questions are shuffled apart."""
    close(survey)
    rows = BoxSlip.of(survey.town)
    words = [said(one) for one in rows.filter(question="words").order_by("id").values_list("answer", flat=True)]
    numbers = list(rows.filter(question="few").order_by("id").values_list("answer", flat=True))
    assert sorted(words) == sorted(numbers)
    assert sum(1 for word, number in zip(words, numbers, strict=True) if word == number) <= BY_CHANCE


def test_after_the_close_nothing_says_who_answered_but_the_point_for_it(survey):
    close(survey)
    assert not Answered.of(survey.town).exists()
    assert not Envelope.of(survey.town).exists()


def test_envelopes_are_of_one_size_whatever_is_in_them(survey):
    assert len({len(bytes(row.sealed)) for row in Envelope.of(survey.town)}) == 1
