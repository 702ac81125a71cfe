"""The published formula of standing, line by line."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.rules.standing import Deed, Tally, months_before, stand

TODAY = date(2026, 11, 22)
FIVE_KINDS = ["article", "survey", "volunteering", "labor", "affairs"]


def deed(kind: str = "volunteering", minutes: int = 60, days_ago: int = 10, grade: str = "machine", n: int = 1) -> Deed:
    return Deed(TODAY - timedelta(days=days_ago), n, kind, minutes, grade)


def test_an_hour_weighs_two_in_the_first_year_then_one_then_none() -> None:
    edge = months_before(TODAY, 12)
    assert stand([deed(days_ago=0)], TODAY).value == 2
    assert stand([Deed(edge + timedelta(days=1), 1, "labor", 60, "machine")], TODAY).value == 2
    assert stand([Deed(edge, 1, "labor", 60, "machine")], TODAY).value == 1
    assert stand([Deed(months_before(TODAY, 36) + timedelta(days=1), 1, "labor", 60, "machine")], TODAY).value == 1
    assert stand([Deed(months_before(TODAY, 36), 1, "labor", 60, "machine")], TODAY).value == 0


@pytest.mark.parametrize("kind", FIVE_KINDS)
def test_each_of_the_five_kinds_counts(kind: str) -> None:
    once_a_month = [deed(kind, 0, days_ago=30 * n, n=n) for n in range(11)]
    standing = stand(once_a_month, TODAY)
    assert standing.value == 2 * 11 * 5 // 60
    assert standing.value > 0


@pytest.mark.parametrize("kind", [*FIVE_KINDS, "waste"])
def test_what_was_typed_alone_counts_nothing(kind: str) -> None:
    standing = stand([deed(kind, 480, grade="typed")], TODAY)
    assert (standing.value, standing.by_kind, standing.lines[0].because) == (0, {}, "typed")
    assert stand([deed(kind, 480, grade="witnessed")], TODAY).value > 0


def test_reading_and_surveys_together_are_an_hour_a_year_at_most() -> None:
    reading = [deed("article", 20, days_ago=n, n=n) for n in range(1, 4)]
    surveys = [deed("survey", 20, days_ago=n, n=n) for n in range(10, 14)]
    standing = stand(reading + surveys, TODAY)
    assert standing.value == 2
    assert sum(line.minutes for line in standing.lines) == 60
    assert {line.because for line in standing.lines} == {"", "light_cap"}


def test_the_hour_is_of_each_year_by_itself() -> None:
    years = [deed("article", 200, days_ago=days, n=days) for days in (10, 400, 800)]
    assert [line.minutes for line in stand(years, TODAY).lines] == [60, 60, 60]
    assert stand(years, TODAY).value == 2 + 1 + 1


def test_the_tally_shows_12_and_36_months_by_kind() -> None:
    deeds = [deed("labor", 480, 10, n=1), deed("labor", 240, 500, n=2), deed("affairs", 90, 20, n=3)]
    assert stand(deeds, TODAY).by_kind == {"labor": Tally(1, 480, 2, 720), "affairs": Tally(1, 90, 1, 90)}


def test_leap_days_have_a_day_before_them() -> None:
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 12) == date(2026, 1, 15)


deeds_of_years = st.lists(
    st.builds(
        deed,
        kind=st.sampled_from([*FIVE_KINDS, "waste", "neighbour"]),
        minutes=st.integers(0, 600),
        days_ago=st.integers(0, 1200),
        grade=st.sampled_from(["machine", "witnessed", "typed"]),
        n=st.integers(1, 10_000),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=200)
@given(deeds_of_years, deeds_of_years)
def test_taking_part_never_lowers_it(some: list[Deed], more: list[Deed]) -> None:
    assert stand(some + more, TODAY).value >= stand(some, TODAY).value


@settings(deadline=None, max_examples=100)
@given(deeds_of_years)
def test_the_order_of_telling_plays_no_part(deeds: list[Deed]) -> None:
    assert stand(deeds, TODAY) == stand(list(reversed(deeds)), TODAY)


@settings(deadline=None, max_examples=100)
@given(deeds_of_years)
def test_the_number_is_the_sum_of_its_lines(deeds: list[Deed]) -> None:
    standing = stand(deeds, TODAY)
    assert standing.value == sum(line.minutes * line.weight for line in standing.lines) // 60
    light = [line.minutes for line in standing.lines if line.deed.kind in ("article", "survey")]
    assert sum(light) <= 3 * 60
