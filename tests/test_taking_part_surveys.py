"""Surveys: everyone answers once, nobody's answer is found again, and figures come only at the close."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from gongfen.activities import box, surveys
from gongfen.activities.models import Answered, BoxSlip, Claim, Envelope, Survey
from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import read_answers
from tests.taking_part import DAY, QUESTIONS, SATURDAY, announce, crowd

CLOSE = SATURDAY + 2 * DAY


@pytest.fixture
def lamps(settled):
    """A survey about lamps, open."""
    activity = announce(settled, "survey", "路灯问卷", at=SATURDAY, hours=48)
    return opened(settled, activity)


def opened(village, activity, questions=QUESTIONS):
    draft = surveys.draft_survey(village["林队长"], activity, questions, title="路灯", closes_at=CLOSE)
    surveys.open_survey(village["林队长"], draft, now=SATURDAY)
    survey = surveys.find_survey(village.town, draft.id)
    survey.town = village.town
    return survey


def closed(survey):
    surveys.close_survey(survey.town.subject, survey, now=CLOSE)
    return surveys.find_survey(survey.town, survey.id)


def answer(survey, resident, given, key="first-try-1"):
    return surveys.hand_in(survey, resident, given, key=key, now=SATURDAY)


def test_handing_in_makes_a_receipt_and_a_claim_of_one_point(settled, lamps):
    receipt = answer(lamps, settled["王芳"], {"lamp": "yes"})
    assert receipt.claim.facts["points"] == 100
    assert (receipt.claim.facts["grade"], receipt.claim.facts["state"]) == ("machine", "in_notice")


def test_everyone_answers_once_and_the_same_request_again_is_no_second_answer(settled, lamps):
    answer(lamps, settled["王芳"], {"lamp": "yes"})
    assert answer(lamps, settled["王芳"], {"lamp": "yes"}).is_new is False
    with pytest.raises(surveys.AnsweredBefore):
        answer(lamps, settled["王芳"], {"lamp": "no"}, key="another-try")
    assert Envelope.of(settled.town).count() == 1
    assert Claim.of(settled.town).count() == 1


def test_a_wrong_answer_writes_nothing_at_all(settled, lamps):
    with pytest.raises(Refusal):
        answer(lamps, settled["王芳"], {"lamp": "perhaps"})
    assert not Answered.of(settled.town).exists()
    assert not Claim.of(settled.town).exists()
    assert answer(lamps, settled["王芳"], {"lamp": "no"}).is_new


def test_attached_to_a_meeting_it_pays_nothing_by_itself(settled):
    meeting = announce(settled, "affairs", "村民会议", hours=24)
    survey = opened(settled, meeting)
    assert answer(survey, settled["王芳"], {"lamp": "no"}).claim is None
    assert not Claim.of(settled.town).exists()


def test_a_survey_that_stays_open_longer_than_its_activity_still_pays(settled):
    survey = opened(settled, announce(settled, "survey", "路灯问卷", hours=1))
    receipt = surveys.hand_in(survey, settled["王芳"], {}, key="k", now=SATURDAY + DAY)
    assert (receipt.claim.facts["points"], receipt.claim.facts["day"]) == (100, "2026-03-21")


def test_before_the_opening_and_after_the_last_moment_nothing_is_taken(settled, lamps):
    draft = surveys.draft_survey(settled["林队长"], lamps.activity, QUESTIONS, title="再问", closes_at=CLOSE)
    for survey, now in ((draft, SATURDAY), (lamps, CLOSE)):
        with pytest.raises(surveys.SurveyNotOpen):
            surveys.hand_in(survey, settled["王芳"], {}, key="k", now=now)


def test_there_are_no_results_before_the_close(settled, lamps):
    answer(lamps, settled["王芳"], {"lamp": "yes"})
    with pytest.raises(surveys.SurveyStillOpen):
        surveys.results(lamps)
    with pytest.raises(surveys.SurveyStillOpen):
        surveys.close_survey(settled.town.subject, lamps, now=CLOSE - timedelta(seconds=1))
    assert not BoxSlip.of(settled.town).exists()


def test_at_the_close_figures_of_ten_and_more_are_shown_in_stable_columns(settled, lamps):
    for n, resident in enumerate(crowd(settled, 34)):
        answer(lamps, resident, {"lamp": "yes" if n < 20 else "no", "hours": 23, "words": "太亮" if n >= 20 else None})
    survey = closed(lamps)
    told = {figure.question: figure for figure in surveys.results(survey).figures}
    assert told["lamp"].cells == {"yes": 20, "no": None, "prefer_not": None, "blank": None}
    assert told["lamp"].asked == 34
    names, values = surveys.export(survey)
    assert names[:4] == ("lamp.yes", "lamp.no", "lamp.prefer_not", "lamp.blank")
    assert len(names) == len(values)


def test_texts_are_read_where_ten_wrote_one_and_not_before(settled, lamps):
    people = crowd(settled, 30)
    for n, resident in enumerate(people):
        answer(lamps, resident, {"lamp": "no", "words": f"话{n}" if n < 12 else ""})
    assert sorted(surveys.results(closed(lamps)).texts["words"]) == sorted(f"话{n}" for n in range(12))


def test_nine_texts_stay_in_the_box(settled, lamps):
    for n, resident in enumerate(crowd(settled, 30)):
        answer(lamps, resident, {"lamp": "no", "words": f"话{n}" if n < 9 else ""})
    assert surveys.results(closed(lamps)).texts == {"words": []}


def test_the_clock_closes_what_is_over_and_forgets_who_answered(settled, lamps):
    answer(lamps, settled["王芳"], {"lamp": "yes"})
    assert surveys.close_due(settled.town, now=SATURDAY) == 0
    assert surveys.close_due(settled.town, now=CLOSE) == 1
    assert surveys.close_due(settled.town, now=CLOSE) == 0
    assert not Answered.of(settled.town).exists()
    assert not Envelope.of(settled.town).exists()
    assert BoxSlip.of(settled.town).count() == len(QUESTIONS)


def test_slips_of_the_paper_box_are_never_more_than_were_handed_in(settled, lamps):
    with pytest.raises(surveys.TooManySlips) as no:
        surveys.type_slips(lamps, [{"lamp": "yes"}], now=SATURDAY)
    assert no.value.facts == {"most": 0}
    Survey.of(settled.town).filter(id=lamps.id).update(paper_receipts=2)
    assert surveys.type_slips(lamps, [{"lamp": "yes"}, {}], now=SATURDAY) == 2
    with pytest.raises(surveys.TooManySlips):
        surveys.type_slips(lamps, [{}], now=SATURDAY)
    assert Envelope.of(settled.town).count() == 2


@pytest.mark.parametrize(
    "questions",
    [
        None,
        [],
        ["lamp"],
        [{"code": "lamp"}],
        [{"code": "lamp", "asks": "vote", "zh": "?"}],
        [{"code": "lamp", "asks": "scale", "zh": "?", "least": "1", "most": 5}],
        [{"code": "lamp", "asks": "one", "zh": "?", "options": "ab"}],
        [{"code": "lamp", "asks": "text", "zh": "?", "only_if": "x"}],
        [{"code": "lamp", "asks": "text", "zh": "?", "points": 5}],
        [QUESTIONS[0]] * 2,
    ],
)
def test_a_form_that_cannot_be_read_is_refused_in_words(questions):
    with pytest.raises(Refusal) as no:
        surveys.read_form(questions)
    assert no.value.code == "survey_form_wrong"


def test_what_is_stored_of_a_form_is_what_was_understood(settled, lamps):
    sent = [{"code": "why", "asks": "text", "zh": "为\x00何" + "长" * 400}]
    draft = surveys.draft_survey(settled["林队长"], lamps.activity, sent, title="问", closes_at=CLOSE)
    (kept,) = surveys.find_survey(settled.town, draft.id).questions
    assert kept["zh"] == "为 何" + "长" * 197
    assert surveys.form_of(lamps) == surveys.read_form(QUESTIONS)


def test_no_answer_keeps_a_survey_from_closing(settled, lamps):
    answer(lamps, settled["王芳"], {"lamp": "no", "words": "\x00\ud800\u202e 好"})
    closed(lamps)
    assert box.answers_in(settled.town, lamps.id)["words"] == ["好"]


def test_every_envelope_of_a_survey_has_one_size(settled, lamps):
    answer(lamps, settled["王芳"], {"lamp": "no", "words": "字" * 60, "hours": 5})
    answer(lamps, settled["陈小芳"], {})
    assert len({len(bytes(row.sealed)) for row in Envelope.of(settled.town)}) == 1


def test_the_longest_answers_fit_their_envelope():
    form = surveys.read_form(QUESTIONS)
    worst = read_answers(form, {"lamp": "no", "hours": 24, "words": "\x01" * 60})
    assert len(json.dumps(worst)) <= box.room_for(form)


def test_handing_in_on_two_phones_at_once_is_one_answer(committed):
    survey = opened(committed, announce(committed, "survey", "路灯问卷", at=SATURDAY, hours=48))

    def send(n):
        try:
            return answer(survey, committed["王芳"], {"lamp": "yes"}, key=f"phone-{n}").is_new
        except surveys.AnsweredBefore:
            return False
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(6) as pool:
            taken = list(pool.map(send, range(12)))
    else:  # one writer at a time: SQLite has no two at once
        taken = [send(n) for n in range(12)]
    assert taken.count(True) == 1
    assert (Envelope.of(committed.town).count(), Claim.of(committed.town).count()) == (1, 1)
