"""R36: additions to a group are public as counts, and drawn neighbours hand drawn cardholders their statement."""

from datetime import UTC, datetime, timedelta

import pytest

from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import Group, Resident
from gongfen.people.rechecks import (
    NoSuchRecheck,
    NotOnThisErrand,
    UnknownFinding,
    draw_recheck,
    errands_of,
    recheck_counts,
    report_errand,
    roster_additions,
)
from gongfen.rules.rechecks import Errand, NobodyToCarry, draw_errands, quarter_of

OCTOBER = datetime(2026, 10, 9, 4, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    town = found_town(code=1, name="榕溪镇", now=JULY)
    village = found_village(town, name="榕溪村", now=JULY)
    cards = [Joining(f"1-{n}", "一组", f"卡{n}", has_phone=False) for n in range(25)]
    phones = [Joining(f"2-{n}", "二组", f"机{n}") for n in range(9)]
    join_many(village, cards + phones, by=town.subject, now=JULY)
    return village


def group(village, name):
    return Group.of(village.town).get(village=village, name=name)


def test_additions_are_public_as_counts_per_group(village):
    late = [Joining(f"3-{n}", "二组", f"新{n}") for n in range(3)]
    join_many(village, late, by=village.town.subject, now=OCTOBER)
    told = {line.name: (line.joined, line.belong) for line in roster_additions(village, quarter="2026Q4")}
    assert told == {"一组": (0, 25), "二组": (3, 12)}
    earlier = {line.name: line.joined for line in roster_additions(village, quarter="2026Q3")}
    assert earlier == {"一组": 25, "二组": 9}
    assert {line.joined for line in roster_additions(village, quarter="2027Q1")} == {0}


def test_twenty_cardholders_are_drawn_and_only_other_groups_go(village):
    act = draw_recheck(group(village, "一组"), by=village.subject, now=OCTOBER)
    errands = errands_of(group(village, "一组"), "2026Q4")
    places = {resident.subject: resident.group.name for resident in Resident.of(village.town).select_related("group")}
    assert len({errand.cardholder for errand in errands}) == 20
    assert {places[errand.cardholder] for errand in errands} == {"一组"}
    assert {places[errand.carrier] for errand in errands} == {"二组"}
    assert "seed" in act.facts


def test_anyone_can_draw_again_with_the_seed_in_the_act(village):
    act = draw_recheck(group(village, "一组"), by=village.subject, now=OCTOBER)
    here = Resident.of(village.town).filter(group__name="一组").values_list("subject", flat=True)
    there = Resident.of(village.town).filter(group__name="二组").values_list("subject", flat=True)
    assert draw_errands(act.facts["seed"], here, there) == errands_of(group(village, "一组"), "2026Q4")


def test_a_quarter_is_drawn_once_whoever_asks(village):
    first = draw_recheck(group(village, "一组"), by=village.subject, now=OCTOBER)
    again = draw_recheck(group(village, "一组"), by=village.town.subject, now=OCTOBER + timedelta(days=20))
    assert (again.id, again.facts) == (first.id, first.facts)
    january = draw_recheck(group(village, "一组"), by=village.subject, now=OCTOBER + timedelta(days=100))
    assert january.id != first.id


def test_what_was_found_at_the_door_is_public_as_counts(village):
    one = group(village, "一组")
    draw_recheck(one, by=village.subject, now=OCTOBER)
    first, second, *_ = errands_of(one, "2026Q4")
    for errand, found in ((first, "handed"), (second, "unknown_here")):
        report_errand(one, "2026Q4", cardholder=errand.cardholder, carrier=errand.carrier, found=found, now=OCTOBER)
    counts = recheck_counts(one, "2026Q4")
    assert counts == {"drawn": 20, "handed": 1, "moved_away": 0, "unknown_here": 1}


def test_only_the_drawn_neighbour_reports_and_only_what_can_be_found(village):
    one = group(village, "一组")
    with pytest.raises(NoSuchRecheck):
        errands_of(one, "2026Q4")
    draw_recheck(one, by=village.subject, now=OCTOBER)
    errand = errands_of(one, "2026Q4")[0]
    with pytest.raises(NotOnThisErrand):
        report_errand(
            one, "2026Q4", cardholder=errand.cardholder, carrier=errand.cardholder, found="handed", now=OCTOBER
        )
    with pytest.raises(UnknownFinding):
        report_errand(one, "2026Q4", cardholder=errand.cardholder, carrier=errand.carrier, found="lazy", now=OCTOBER)


def test_a_village_of_one_group_has_nobody_to_send():
    with pytest.raises(NobodyToCarry):
        draw_errands("seed", [1, 2], [])
    assert draw_errands("seed", [], []) == []
    assert {errand.carrier for errand in draw_errands("seed", range(1, 4), [9])} == {9}
    assert draw_errands("seed", [1], [9]) == [Errand(1, 9)]


def test_quarters():
    told = [quarter_of(datetime(2026, month, 1, tzinfo=UTC).date()) for month in (1, 3, 4, 12)]
    assert told == ["2026Q1", "2026Q1", "2026Q2", "2026Q4"]
