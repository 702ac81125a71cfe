"""Kinds of activity: what a village day is worth, and what no kind may ever reward."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from gongfen.activities.kinds import KindUnknown, __main__, all_kinds, kind_of
from gongfen.activities.kinds.form import (
    FieldMissing,
    FieldOutOfRange,
    FieldUnknown,
    FieldWrong,
    FormWrong,
    ShortText,
    TextTooLong,
    read_form,
)
from gongfen.activities.kinds.terms import (
    UNITS,
    Terms,
    TermsOutOfGrammar,
    TermsTooHigh,
    make_caps,
    read_caps,
)
from gongfen.rules.caps import Caps, Taken, trim

KINDS = sorted(all_kinds().values(), key=lambda kind: kind.key)
EXAMPLES = [(kind, example) for kind in KINDS for example in kind.examples]
USUAL = [(kind, terms) for kind in KINDS for terms in kind.usual]


def test_the_five_kinds_and_two_more_are_found_by_their_files():
    assert [kind.key for kind in KINDS] == [
        "affairs", "article", "labor", "neighbours_help", "survey", "volunteering", "waste_sorting",
    ]  # fmt: skip
    folder = Path(__main__.__file__).parent
    assert all((folder / f"{kind.key}.py").exists() for kind in KINDS)


def test_an_unknown_kind_is_a_plain_no():
    with pytest.raises(KindUnknown):
        kind_of("bonus")


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[f"{k.key}: {e.en}" for k, e in EXAMPLES])
def test_every_example_is_true(kind, example):
    evidence = kind.read(dict(example.evidence))
    assert trim(kind.points(example.terms, evidence), example.terms.caps, Taken()) == example.points
    assert kind.minutes(example.terms, evidence) == example.minutes
    kind.check_terms(example.terms)


@pytest.mark.parametrize(("kind", "terms"), USUAL, ids=[f"{k.key} {t.what}" for k, t in USUAL])
def test_the_usual_terms_are_within_the_grammar(kind, terms):
    kind.check_terms(terms)
    assert read_caps(make_caps(terms.caps)) == terms.caps


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_describes_itself_to_the_client_in_both_languages(kind):
    told = json.loads(json.dumps(kind.describe()))
    assert told["zh"]
    assert told["en"]
    assert kind.about_zh
    assert kind.about_en
    assert all(field["zh"] and field["en"] for field in told["form"])
    assert set(kind.units) <= set(UNITS)
    assert kind.examples


def test_the_page_about_kinds_is_fresh():
    page = Path(__main__.__file__).parents[3] / "docs" / "kinds.md"
    assert page.read_text(encoding="utf-8") == __main__.page(), "run python -m gongfen.activities.kinds"


def test_one_and_a_half_hours_in_the_ditch():
    kind = kind_of("volunteering")
    assert kind.points(kind.usual[0], kind.read({"minutes": 90})) == 150


def test_reading_and_knowing_bring_the_same_and_neither_is_kept():
    kind = kind_of("article")
    assert kind.read({"said": "read"}) == kind.read({"said": "knew"}) == {}


VOLUNTEERING = kind_of("volunteering")
LABOR = kind_of("labor")


@pytest.mark.parametrize(
    ("kind", "values", "refusal"),
    [
        (VOLUNTEERING, {}, FieldMissing),
        (VOLUNTEERING, {"minutes": None}, FieldMissing),
        (VOLUNTEERING, {"minutes": 60, "bonus": 5}, FieldUnknown),
        (VOLUNTEERING, {"minutes": "60"}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60.5}, FieldWrong),
        (VOLUNTEERING, {"minutes": True}, FieldWrong),
        (VOLUNTEERING, {"minutes": [60]}, FieldWrong),
        (VOLUNTEERING, {"minutes": 0}, FieldOutOfRange),
        (VOLUNTEERING, {"minutes": -60}, FieldOutOfRange),
        (VOLUNTEERING, {"minutes": 24 * 60}, FieldOutOfRange),
        (VOLUNTEERING, {"minutes": 10**30}, FieldOutOfRange),
        (VOLUNTEERING, {"minutes": 60, "photo": "../../etc/passwd"}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60, "photo": 5}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60, "photo": "9" * 40}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60, "note": "字" * 201}, TextTooLong),
        (VOLUNTEERING, {"minutes": 60, "note": "x" * 1_000_000}, TextTooLong),
        (VOLUNTEERING, {"minutes": 60, "note": "a\x00b"}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60, "note": "\u202egnp"}, FieldWrong),
        (VOLUNTEERING, {"minutes": 60, "note": "\ud800"}, FieldWrong),
        (LABOR, {"day": "double"}, FieldWrong),
        (LABOR, {"day": ["whole"]}, FieldWrong),
        (LABOR, {"day": "whole", "done": 10**9}, FieldOutOfRange),
        (LABOR, [], FormWrong),
        (LABOR, "whole", FormWrong),
        (LABOR, None, FormWrong),
        (LABOR, {1: "whole"}, FormWrong),
    ],
)
def test_a_form_that_does_not_fit_is_refused(kind, values, refusal):
    with pytest.raises(refusal):
        kind.read(values)


def test_a_remark_keeps_its_line_break_and_loses_its_margins():
    assert read_form((ShortText("note", "备注", "Remark"),), {"note": " 桥头\n装灯 "}) == {"note": "桥头\n装灯"}


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (Terms("bonus", "hour", 100, 60), TermsOutOfGrammar),
        (Terms("common", "step", 100, 60), TermsOutOfGrammar),
        (Terms("common", "day", 100, 60), TermsOutOfGrammar),
        (Terms("common", "hour", -100, 60), TermsOutOfGrammar),
        (Terms("common", "hour", 100, 61), TermsOutOfGrammar),
        (Terms("common", "hour", True, 60), TermsOutOfGrammar),
        (Terms("common", "hour", 20_001, 60), TermsTooHigh),
    ],
)
def test_terms_outside_the_grammar_are_refused(terms, refusal):
    with pytest.raises(refusal):
        VOLUNTEERING.check_terms(terms)


@pytest.mark.parametrize("caps", [{"person": 5}, {"day": "8"}, {"day": -1}, {"day": True}, [], {"day": 10**12}])
def test_caps_outside_the_grammar_are_refused(caps):
    with pytest.raises(TermsOutOfGrammar):
        read_caps(caps)


def test_no_terms_lift_reading_or_a_survey_above_a_point_a_time():
    for key in ("article", "survey"):
        kind = kind_of(key)
        unit = kind.units[0]
        with pytest.raises(TermsTooHigh):
            kind.check_terms(Terms(kind.usual[0].what, unit, 101, 5, Caps(year=600)))
        with pytest.raises(TermsTooHigh):
            kind.check_terms(Terms(kind.usual[0].what, unit, 100, 5, Caps(year=1201)))
        with pytest.raises(TermsTooHigh):
            kind.check_terms(Terms(kind.usual[0].what, unit, 100, 5))


def test_terms_and_caps_have_no_field_for_a_person():
    assert [field.name for field in fields(Terms)] == ["what", "unit", "points", "minutes", "caps"]
    assert [field.name for field in fields(Caps)] == ["each", "day", "month", "year"]
