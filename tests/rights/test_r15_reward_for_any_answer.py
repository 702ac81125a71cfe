"""R15: the reward does not depend on the answer. The receipt is written before the answer is looked at."""

import inspect

import pytest

from gongfen.activities import surveys
from gongfen.activities.models import Claim
from tests.taking_part import DAY, QUESTIONS, SATURDAY, announce, crowd

ANSWERS = (
    {"lamp": "yes", "hours": 22},
    {"lamp": "no", "hours": 0, "words": "村里账目要公开"},
    {"lamp": "prefer_not", "hours": "prefer_not"},
    {"lamp": None},
    {},
)


@pytest.fixture
def survey(settled):
    activity = announce(settled, "survey", "路灯问卷", hours=48)
    draft = surveys.draft_survey(settled["林队长"], activity, QUESTIONS, title="路灯", closes_at=SATURDAY + 2 * DAY)
    surveys.open_survey(settled["林队长"], draft, now=SATURDAY)
    return surveys.find_survey(settled.town, draft.id)


def test_every_answer_and_none_at_all_bring_the_same(settled, survey):
    for n, resident in enumerate(crowd(settled, len(ANSWERS))):
        surveys.hand_in(survey, resident, ANSWERS[n], key="k", now=SATURDAY)
    same = {"points", "minutes", "grade", "state", "evidence", "notice_until", "terms_id", "made_at", "happened_on"}
    rows = list(Claim.of(settled.town).values(*same))
    assert len(rows) == len(ANSWERS)
    assert all(row == rows[0] for row in rows)
    assert rows[0]["points"] == 100


def test_who_writes_the_receipt_is_never_given_the_answers():
    """Not by care but by structure: the function has no parameter that could carry them."""
    assert set(inspect.signature(surveys.take_receipt).parameters) == {"survey", "resident", "key", "now"}


def test_the_receipt_says_nothing_about_the_answers(settled, survey):
    told = []
    for n, resident in enumerate(crowd(settled, len(ANSWERS))):
        receipt = surveys.hand_in(survey, resident, ANSWERS[n], key="k", now=SATURDAY)
        told.append({key: value for key, value in receipt.claim.facts.items() if key != "claim"})
    assert all(facts == told[0] for facts in told)
