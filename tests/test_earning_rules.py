"""The rules of earning: caps, states, who may decide, and days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.rules import claim_states, notice, review
from gongfen.rules.caps import Caps, Earned, ReadingShareFull, Taken, check_reading_share, room, taken, trim
from gongfen.rules.claim_states import ACTIVITY, CLAIM, TERMS, ActivityState, ClaimState, WrongState, step

OCTOBER = date(2026, 10, 9)
LI = review.Person(subject=1, household=10)
LIS_WIFE = review.Person(subject=2, household=10)
WANG = review.Person(subject=3, household=11)


def test_eight_points_a_day_are_enough():
    so_far = taken([Earned(OCTOBER, 500), Earned(OCTOBER - timedelta(days=1), 800)], OCTOBER)
    assert trim(400, Caps(day=800), so_far) == 300
    assert trim(400, Caps(day=800), Taken(day=900)) == 0
    assert trim(400, Caps(), so_far) == 400


def test_a_year_ends_on_its_last_day():
    earned = [Earned(date(2026, 12, 31), 1200)]
    assert room(Caps(year=1200), taken(earned, date(2026, 12, 1))) == 0
    assert room(Caps(year=1200), taken(earned, date(2027, 1, 1))) == 1200


@given(
    st.lists(st.tuples(st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.integers(0, 2_000)), max_size=60),
    st.builds(
        Caps,
        each=st.none() | st.integers(0, 1_500),
        day=st.none() | st.integers(0, 2_000),
        month=st.none() | st.integers(0, 5_000),
        year=st.none() | st.integers(0, 9_000),
    ),
)
def test_trimmed_claims_never_go_over_a_cap(worked, caps):
    earned = []
    for on, points in worked:
        earned.append(Earned(on, trim(points, caps, taken(earned, on))))
    for on, _ in worked:
        so_far = taken(earned, on)
        for cap, used in ((caps.day, so_far.day), (caps.month, so_far.month), (caps.year, so_far.year)):
            assert cap is None or used <= cap
    assert caps.each is None or all(one.points <= caps.each for one in earned)


def test_reading_is_a_tenth_at_most():
    check_reading_share(reading=1_000, published=4_000, able=6_000)
    with pytest.raises(ReadingShareFull) as no:
        check_reading_share(reading=1_001, published=4_000, able=6_000)
    assert no.value.facts == {"points": 1, "percent": 10}


def test_a_claim_goes_its_way():
    way = ["approve", "object", "refuse", "appeal", "approve", "award", "reverse"]
    state = ClaimState.MADE
    for verb in way:
        state = step(CLAIM, state, verb)
    assert state is ClaimState.REVERSED


@pytest.mark.parametrize("table", [TERMS, ACTIVITY, CLAIM])
def test_every_state_has_its_row_and_no_step_leads_to_where_it_began(table):
    states = {to for steps in table.values() for to in steps.values()}
    assert states <= set(table)
    assert all(to is not here for here, steps in table.items() for to in steps.values())


def test_awarded_points_are_never_refused_or_objected():
    for verb in ("refuse", "object", "approve", "appeal", "award"):
        with pytest.raises(WrongState) as no:
            step(CLAIM, ClaimState.AWARDED, verb)
        assert no.value.facts == {"state": "awarded", "step": verb}
    assert ClaimState.AWARDED not in claim_states.UNDECIDED
    assert step(ACTIVITY, ActivityState.DRAFT, "approve") is ActivityState.APPROVED


def test_nobody_decides_for_oneself_or_ones_household_or_ones_own_record():
    assert isinstance(review.conflict(LI, LI, recorded_by=3), review.OwnMatter)
    assert isinstance(review.conflict(LIS_WIFE, LI, recorded_by=3), review.OwnHousehold)
    assert isinstance(review.conflict(WANG, LI, recorded_by=3), review.OwnRecord)
    assert isinstance(review.conflict(WANG, LI, recorded_by=1, decided_by=[None, 3]), review.DecidedBefore)
    assert review.conflict(WANG, LI, recorded_by=1, decided_by=[None, None]) is None


def test_a_second_person_is_of_a_second_household():
    review.check_second(LI, WANG)
    for second in (LI, LIS_WIFE):
        with pytest.raises(review.TwoPeopleNeeded):
            review.check_second(LI, second)


@pytest.mark.parametrize(
    ("proof", "confirmed", "grade", "own", "related", "wanted"),
    [
        ("tap", False, "machine", True, False, False),
        ("tap", False, "witnessed", False, False, True),  # a slip that a clerk typed in
        ("tap", False, "machine", True, True, True),  # the publisher's own family
        ("check_in", False, "machine", True, False, False),
        ("check_in", True, "machine", True, False, True),
        ("check_in", False, "typed", True, False, True),
        ("check_in", False, "witnessed", False, False, True),
        ("review", False, "witnessed", False, False, True),
        ("agreed", False, "machine", True, False, False),
    ],
)
def test_who_looks_at_it_before_its_notice(proof, confirmed, grade, own, related, wanted):
    found = review.wants_review(proof=proof, confirmed=confirmed, grade=grade, own=own, related=related)
    assert found is wanted


def test_a_reviewers_day_has_an_end():
    day = review.Day(spent=400, budget=500)
    assert day.check(100) is None
    day.spend(100)
    assert day.check(1) == review.ReviewBudgetSpent(left=0, points=1)
    assert day.check(0) is None


def test_four_hundred_lines_at_once_and_no_more():
    review.check_set(400)
    with pytest.raises(review.SetTooLarge):
        review.check_set(401)


def test_notice_lasts_to_the_end_of_its_last_day():
    until = notice.notice_until(OCTOBER, 5)
    assert until == date(2026, 10, 14)
    assert not notice.notice_ended(until, date(2026, 10, 14))
    assert notice.notice_ended(until, date(2026, 10, 15))
    assert notice.notice_until(OCTOBER, 0) == date(2026, 10, 10)  # there is always a day to look


def test_the_villages_day_begins_at_its_own_midnight():
    assert notice.village_day(datetime(2026, 10, 8, 15, 59, tzinfo=UTC)) == date(2026, 10, 8)
    assert notice.village_day(datetime(2026, 10, 8, 16, 0, tzinfo=UTC)) == date(2026, 10, 9)


def test_an_appeal_has_fourteen_days_and_so_has_its_answer():
    notice.check_appeal(OCTOBER, OCTOBER + timedelta(days=14))
    with pytest.raises(notice.AppealTooLate) as no:
        notice.check_appeal(OCTOBER, OCTOBER + timedelta(days=15))
    assert no.value.facts["until"] == "2026-10-23"
    assert notice.answer_until(OCTOBER) == date(2026, 10, 23)


def test_terms_begin_a_week_ahead_and_at_once_in_a_new_village():
    notice.check_terms_start(OCTOBER + timedelta(days=7), OCTOBER, is_new=False)
    notice.check_terms_start(OCTOBER, OCTOBER, is_new=True)
    for starts_on, is_new in ((OCTOBER + timedelta(days=6), False), (OCTOBER - timedelta(days=1), True)):
        with pytest.raises(notice.TermsTooSoon):
            notice.check_terms_start(starts_on, OCTOBER, is_new=is_new)


def test_weeks_and_months_have_names():
    assert notice.week_of(date(2027, 1, 1)) == "2026-W53"
    assert notice.month_of(OCTOBER) == "2026-10"
