"""Every no of the shops has a sentence in both languages, and the sentence says what next."""

import inspect

import pytest

from gongfen.rules import allowances, bank_file, days, pay_code
from gongfen.rules.refusals import Refusal
from gongfen.shops import refusals
from gongfen.words import sentence
from gongfen.words.spending import REFUSALS


def every_refusal() -> list[type[Refusal]]:
    places = (allowances, bank_file, days, pay_code, refusals)
    return [
        each
        for place in places
        for _, each in inspect.getmembers(place, inspect.isclass)
        if issubclass(each, Refusal) and each is not Refusal and each.__module__ == place.__name__
    ]


def test_every_no_has_its_sentence_and_every_sentence_its_no():
    assert {each.code for each in every_refusal()} == set(REFUSALS)


@pytest.mark.parametrize("no", every_refusal(), ids=lambda no: no.code)
def test_a_sentence_is_whole_even_without_its_facts(no):
    for language in ("zh", "en"):
        said = sentence(no(), language)
        assert said.endswith(("。", "."))
        assert "{" not in said


def test_a_limit_says_how_much_is_left():
    assert "¥12.50" in sentence(allowances.AllowanceReached(period="day", left=125_000), "zh")
