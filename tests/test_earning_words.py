"""Every no of earning has its plain sentence in both languages, and says no more than its facts."""

import importlib
import pkgutil

import pytest

import gongfen.activities
from gongfen.activities.kinds import kind_of
from gongfen.rules import caps, claim_states, notice, review
from gongfen.rules.refusals import Refusal
from gongfen.words import sentence
from gongfen.words.earning import REFUSALS

OWN = ("at_close", "appeals", "awards", "claims", "drafting", "objections", "photos", "publishing",
       "reversals", "review_rules", "reviews", "terms", "terms_in_force", "whatif", "who")  # fmt: skip


def own_refusals():
    names = [f"gongfen.activities.{name}" for name in OWN]
    names += [
        f"gongfen.activities.kinds.{found.name}"
        for found in pkgutil.iter_modules(importlib.import_module("gongfen.activities.kinds").__path__)
        if not found.name.startswith("_")
    ]
    modules = [caps, claim_states, notice, review, gongfen.activities.kinds, *map(importlib.import_module, names)]
    for module in modules:
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Refusal) and thing.__module__ == module.__name__:
                yield thing


CODES = sorted({refusal.code for refusal in own_refusals()})


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_a_sentence(code):
    zh, en = REFUSALS[code]
    assert sentence(code, "zh") and zh
    assert sentence(code, "en") and en


def test_no_sentence_is_left_without_its_refusal():
    assert sorted(REFUSALS) == CODES


def test_what_is_short_is_said_in_yuan():
    said = sentence("budget_too_small", "zh", points=5_000, money=500_000)
    assert "50 分" in said
    assert "¥50" in said


def test_a_field_is_called_what_people_call_it():
    with pytest.raises(Refusal) as no:
        kind_of("volunteering").read({"minutes": 5_000})
    assert sentence(no.value, "zh") == "“干了多久（分钟）”应在 1 到 720 之间。"
    assert sentence(no.value, "en") == "“How long (minutes)” must be from 1 to 720."
