"""Places: everybody asks, a lot decides, the evening before one says "I am coming", and nothing is kept."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from gongfen.activities import places
from gongfen.activities.due import run_due
from gongfen.activities.models import Place, SignUp
from gongfen.activities.publishing import close_activity
from gongfen.rules.lots import LotTooEarly
from tests.taking_part import DAY, HOUR, SATURDAY, announce, come, crowd
from tests.village import NOW

FRIDAY_NOON = SATURDAY - DAY + 3 * HOUR
FRIDAY_NIGHT = SATURDAY - DAY + 12 * HOUR


def states(activity):
    rows = Place.of(activity.town).filter(activity=activity).select_related("resident")
    return {row.resident.name: str(row.state) for row in rows}


def drawn(village, how_many, *, asking, **more):
    ditch = announce(village, "volunteering", "清渠", places=how_many, budget=100_000, **more)
    people = crowd(village, asking)
    for resident in people:
        places.sign_up(ditch, resident, now=NOW)
    places.draw_lot(ditch, by=village["林队长"].subject, now=NOW + 2 * DAY, seed="rain")
    return ditch, people


def test_before_the_lot_everybody_only_asks_and_asking_twice_is_asking_once(settled):
    ditch = announce(settled, "volunteering", "清渠", places=2)
    first = places.sign_up(ditch, settled["王芳"], now=NOW)
    again = places.sign_up(ditch, settled["王芳"], now=NOW)
    assert (first.id, first.state) == (again.id, "asked")


def test_without_a_limit_everyone_has_a_place_at_once(settled):
    meeting = announce(settled, "affairs", "村民会议")
    assert places.sign_up(meeting, settled["王芳"], now=NOW).state == "has_place"


def test_when_enough_places_are_there_everyone_who_asked_gets_one(settled):
    ditch, _ = drawn(settled, 5, asking=4)
    assert set(states(ditch).values()) == {"has_place"}
    assert SignUp.of(settled.town).get(activity=ditch).free == 1


def test_a_lot_decides_and_its_seed_is_in_the_act(settled):
    ditch, _ = drawn(settled, 3, asking=8)
    act = places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    assert act.facts["seed"] == "rain"
    slips = [asker.slip for asker in places.asked(ditch)]
    order = sorted(slips, key=lambda slip: hashlib.sha256(f"rain/{slip}".encode()).hexdigest())
    rows = {row.slip: row for row in Place.of(settled.town).filter(activity=ditch)}
    assert [rows[slip].state for slip in order] == ["has_place"] * 3 + ["waiting"] * 5
    assert [rows[slip].turn for slip in order[3:]] == [1, 2, 3, 4, 5]
    assert act.facts["slips"] == places.digest_of(places.asked(ditch))


def test_the_act_of_a_lot_names_nobody_and_counts_nobody(settled):
    ditch, _ = drawn(settled, 3, asking=8)
    act = places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    assert set(act.facts) == {"activity", "seed", "slips", "places", "reserved"}


def test_no_lot_before_forty_eight_hours(settled):
    ditch = announce(settled, "volunteering", "清渠", places=1)
    places.sign_up(ditch, settled["王芳"], now=NOW)
    with pytest.raises(LotTooEarly):
        places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 47 * HOUR)
    assert states(ditch) == {"王芳": "asked"}


def test_after_the_lot_free_places_go_to_who_comes_first_and_then_one_waits(settled):
    ditch, _ = drawn(settled, 3, asking=2)
    assert places.sign_up(ditch, settled["王芳"], now=NOW + 2 * DAY).state == "has_place"
    late = places.sign_up(ditch, settled["陈小芳"], now=NOW + 2 * DAY)
    assert (late.state, late.turn) == ("waiting", 1)
    with pytest.raises(places.ActivityFull) as no:
        places.sign_up(ditch, settled["赵二"], now=NOW + 2 * DAY, or_wait=False)
    assert no.value.facts == {"waiting": 1}


def test_who_steps_back_leaves_nothing_and_the_first_who_waits_gets_the_place(settled):
    ditch, _ = drawn(settled, 3, asking=5)
    first = Place.of(settled.town).get(activity=ditch, turn=1).resident
    holder = Place.of(settled.town).filter(activity=ditch, state="has_place").first().resident
    assert places.cancel(ditch, holder) is True
    assert places.cancel(ditch, holder) is False
    assert states(ditch)[first.name] == "has_place"
    assert holder.name not in states(ditch)


def test_a_place_nobody_waits_for_is_free_again(settled):
    ditch, people = drawn(settled, 3, asking=3)
    places.cancel(ditch, people[0])
    assert SignUp.of(settled.town).get(activity=ditch).free == 1
    assert places.sign_up(ditch, settled["王芳"], now=NOW + 2 * DAY).state == "has_place"


def test_the_evening_before_unconfirmed_places_pass_on(settled):
    ditch, _ = drawn(settled, 3, asking=5)
    holders = [row.resident for row in Place.of(settled.town).filter(activity=ditch, state="has_place")]
    waiting = {row.resident.name for row in Place.of(settled.town).filter(activity=ditch, state="waiting")}
    places.reconfirm(ditch, holders[0], now=FRIDAY_NOON)
    assert places.pass_on(ditch, now=FRIDAY_NOON) == []
    heirs = places.pass_on(ditch, now=FRIDAY_NIGHT)
    assert {resident.name for resident in heirs} == waiting
    assert states(ditch) == {holders[0].name: "reconfirmed"} | dict.fromkeys(waiting, "has_place")
    assert places.pass_on(ditch, now=FRIDAY_NIGHT) == []


def test_where_nobody_waits_an_unconfirmed_place_stays(settled):
    ditch, _ = drawn(settled, 3, asking=3)
    assert places.pass_on(ditch, now=FRIDAY_NIGHT) == []
    assert set(states(ditch).values()) == {"has_place"}


def test_confirming_is_for_the_day_before_and_for_who_has_a_place(settled):
    ditch, people = drawn(settled, 1, asking=2)
    with pytest.raises(places.ReconfirmTooEarly):
        places.reconfirm(ditch, people[0], now=NOW + 2 * DAY - 9 * HOUR)
    waiting = Place.of(settled.town).get(activity=ditch, turn=1).resident
    with pytest.raises(places.NoPlaceToConfirm) as no:
        places.reconfirm(ditch, waiting, now=FRIDAY_NOON)
    assert no.value.facts == {"turn": 1}


def test_two_things_at_the_same_time_are_one_too_many(settled):
    ditch = announce(settled, "volunteering", "清渠")
    choir = announce(settled, "affairs", "夜校", at=SATURDAY + 2 * HOUR, what="training")
    supper = announce(settled, "affairs", "巡查", at=SATURDAY + 3 * HOUR, what="watch", hours=1)
    places.sign_up(ditch, settled["王芳"], now=NOW)
    with pytest.raises(places.SignUpOverlaps) as no:
        places.sign_up(choir, settled["王芳"], now=NOW)
    assert no.value.facts["title"] == "清渠"
    assert places.sign_up(supper, settled["王芳"], now=NOW).state == "has_place"


def test_one_cannot_sign_up_for_what_is_over_or_closed(settled):
    ditch = announce(settled, "volunteering", "清渠")
    with pytest.raises(places.SignUpClosed):
        places.sign_up(ditch, settled["王芳"], now=SATURDAY + 3 * HOUR)


def test_when_the_activity_closes_no_sign_up_is_left(settled):
    ditch, people = drawn(settled, 3, asking=5)
    come(ditch, people[0], SATURDAY)
    close_activity(settled["林队长"], ditch.id, now=SATURDAY + DAY)
    assert states(ditch) == {}
    assert not SignUp.of(settled.town).filter(activity=ditch).exists()


def test_a_place_taken_at_the_ditch_is_free_again_when_given_back(settled):
    ditch = announce(settled, "volunteering", "清渠", places=1)
    come(ditch, settled["王芳"], SATURDAY)
    assert come(ditch, settled["陈小芳"], SATURDAY) == places.ActivityFull(waiting=0)
    places.cancel(ditch, settled["王芳"])
    assert come(ditch, settled["陈小芳"], SATURDAY).in_at == SATURDAY
    with pytest.raises(places.SignUpClosed):
        places.draw_lot(ditch, by=settled["林队长"].subject, now=SATURDAY)


def test_who_comes_without_a_place_takes_a_free_one_or_hears_that_it_is_full(settled):
    ditch, _ = drawn(settled, 3, asking=2)
    assert come(ditch, settled["王芳"], SATURDAY).in_at == SATURDAY
    assert states(ditch)["王芳"] == "reconfirmed"
    assert come(ditch, settled["陈小芳"], SATURDAY) == places.ActivityFull(waiting=0)


def test_fifty_people_take_the_last_place_at_once_and_exactly_one_has_it(committed):
    village = committed
    ditch = announce(village, "volunteering", "清渠", places=3, budget=100_000)
    early, rush = crowd(village, 2), crowd(village, 50, has_phone=False)
    for resident in early:
        places.sign_up(ditch, resident, now=NOW)
    places.draw_lot(ditch, by=village["林队长"].subject, now=NOW + 2 * DAY)

    def ask(resident):
        try:
            return str(places.sign_up(ditch, resident, now=NOW + 2 * DAY).state)
        finally:
            connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(ask, rush))
    else:  # one writer at a time: SQLite has no two at once
        answers = [str(places.sign_up(ditch, resident, now=NOW + 2 * DAY).state) for resident in rush]
    assert sorted(answers) == ["has_place"] + ["waiting"] * 49
    turns = Place.of(village.town).filter(activity=ditch, state="waiting").values_list("turn", flat=True)
    assert sorted(turns) == list(range(1, 50))


def test_the_clock_draws_passes_on_and_does_both_once(settled):
    ditch = announce(settled, "volunteering", "清渠", places=1, budget=100_000)
    people = crowd(settled, 2)
    for resident in people:
        places.sign_up(ditch, resident, now=NOW)
    assert run_due(settled.town, now=NOW + 47 * HOUR)["lots"] == 0
    assert run_due(settled.town, now=NOW + 48 * HOUR)["lots"] == 1
    assert run_due(settled.town, now=FRIDAY_NIGHT) == run_due(settled.town, now=FRIDAY_NIGHT) | {"passed_on": 1}
    assert sorted(states(ditch).values()) == ["has_place"]
