"""No pressure: quiet hours, and at most two invitations in any seven days."""

from datetime import datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.rules.quiet import Hours, Item, gather, is_quiet, next_opening, place_invitation

HERE = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(8, 0, False), (19, 59, False), (20, 0, True), (23, 0, True), (3, 0, True), (7, 59, True)],
)
def test_the_quiet_hours_are_from_eight_to_eight(hour: int, minute: int, quiet: bool) -> None:
    assert is_quiet(MONDAY.replace(hour=hour, minute=minute)) is quiet


def test_what_comes_at_night_waits_for_the_morning() -> None:
    assert next_opening(MONDAY.replace(hour=22)) == MONDAY.replace(day=24, hour=8)
    assert next_opening(MONDAY.replace(hour=5)) == MONDAY.replace(hour=8)
    assert next_opening(MONDAY) == MONDAY


def test_the_third_invitation_of_a_week_is_not_sent() -> None:
    placed: list[datetime] = []
    for day in range(8):
        when = place_invitation(MONDAY + timedelta(days=day), placed)
        if when:
            placed.append(when)
    assert placed == [MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 60 * 24 * 60), max_size=60))
def test_in_any_week_of_sixty_days_there_are_two_at_most_and_none_at_night(minutes: list[int]) -> None:
    placed: list[datetime] = []
    for minute in sorted(minutes):
        when = place_invitation(MONDAY + timedelta(minutes=minute), placed)
        if when:
            placed.append(when)
    for one in placed:
        assert not is_quiet(one)
        assert sum(1 for other in placed if one <= other < one + timedelta(days=7)) <= 2


def test_one_batch_is_one_message_with_its_sum() -> None:
    told = gather([Item("award", {"points": 300, "claim": "1"}), Item("award", {"points": 200, "claim": "2"})])
    assert [(m.code, m.count, m.facts["points"]) for m in told] == [("award", 2, 500)]


OWN = Hours(time(21, 30), time(9))
NOON = Hours(time(12), time(14))


def test_ones_own_quiet_hours_end_when_one_said() -> None:
    assert OWN.over(MONDAY.replace(hour=23)) == MONDAY.replace(day=24, hour=9)
    assert OWN.over(MONDAY.replace(hour=8, minute=59)) == MONDAY.replace(hour=9)
    assert OWN.over(MONDAY.replace(hour=21)) == MONDAY.replace(hour=21)
    assert NOON.over(MONDAY.replace(hour=12)) == MONDAY.replace(hour=14)
    assert NOON.over(MONDAY.replace(hour=14)) == MONDAY.replace(hour=14)


def test_the_night_stays_quiet_for_invitations_whatever_one_chooses() -> None:
    assert next_opening(MONDAY.replace(hour=20, minute=10), OWN) == MONDAY.replace(day=24, hour=9)
    assert next_opening(MONDAY.replace(hour=12, minute=10), NOON) == MONDAY.replace(hour=14)
    assert next_opening(MONDAY.replace(hour=6), Hours(time(8), time(20))) is None
    assert place_invitation(MONDAY, [], Hours(time(8), time(20))) is None


@settings(deadline=None, max_examples=300)
@given(st.times(), st.times(), st.integers(0, 24 * 60 - 1))
def test_no_invitation_comes_in_hours_that_are_quiet(begins: time, ends: time, minute: int) -> None:
    own = Hours(begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0))
    if own.begins == own.ends:
        return
    when = next_opening(MONDAY.replace(hour=0) + timedelta(minutes=minute), own)
    assert when is None or not (is_quiet(when) or own.cover(when))
    if when is None:  # only where day and night are quiet
        assert all(is_quiet(at) or own.cover(at) for at in (MONDAY.replace(hour=h) for h in range(24)))
