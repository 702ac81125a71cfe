"""R32: residents see who looked at their data, and why, at once."""

from datetime import UTC, datetime, timedelta

import pytest

from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.looks import UnknownReason, forget_old, looked, who_looked

NOON = datetime(2026, 10, 9, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    town = found_town(code=1, name="榕溪镇", now=NOON)
    village = found_village(town, name="榕溪村", now=NOON)
    names = ("李", "王", "陈")
    return join_many(
        village, [Joining(str(n), "一组", name) for n, name in enumerate(names)], by=town.subject, now=NOON
    )


def test_a_look_is_seen_by_whom_it_concerns_and_by_nobody_else(people):
    li, wang, clerk = people
    looked(clerk, [li], "claim", now=NOON)
    (seen,) = who_looked(li)
    assert (seen.by, seen.called, seen.why, str(seen.day)) == (clerk.subject, "陈", "claim", "2026-10-09")
    assert who_looked(wang) == []


def test_looking_again_the_same_day_for_the_same_reason_is_one_line(people):
    li, _, clerk = people
    for minutes in range(5):
        looked(clerk, [li, li], "people", now=NOON + timedelta(minutes=minutes))
    looked(clerk, [li], "card", now=NOON)
    looked(clerk, [li], "people", now=NOON + timedelta(days=1))
    lines = sorted((str(seen.day), seen.why) for seen in who_looked(li))
    assert lines == [("2026-10-09", "card"), ("2026-10-09", "people"), ("2026-10-10", "people")]


def test_one_looks_at_oneself_unwritten(people):
    li = people[0]
    looked(li, [li], "people", now=NOON)
    assert who_looked(li) == []


def test_nobody_looks_without_a_reason_that_can_be_told(people):
    li, _, clerk = people
    with pytest.raises(UnknownReason):
        looked(clerk, [li], "curious", now=NOON)


def test_a_year_later_the_line_is_gone(people):
    li, _, clerk = people
    looked(clerk, [li], "claim", now=NOON)
    assert forget_old(li.town, now=NOON + timedelta(days=365)) == 0
    assert forget_old(li.town, now=NOON + timedelta(days=367)) == 1
    assert who_looked(li) == []
