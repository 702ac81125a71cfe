"""R35: places go by lot, after 48 hours at least; reserved ones to people without phones alone."""

from datetime import timedelta

import pytest

from gongfen.activities import places
from gongfen.activities.models import Place, SignUp
from gongfen.rules import lots
from tests.taking_part import DAY, HOUR, announce, crowd
from tests.village import NOW


def states(activity):
    rows = Place.of(activity.town).filter(activity=activity)
    return {row.resident_id: str(row.state) for row in rows}


def test_being_quick_gives_nobody_a_place_before_the_lot(settled):
    ditch = announce(settled, "volunteering", "清渠", places=2)
    quick, *others = crowd(settled, 8)
    assert places.sign_up(ditch, quick, now=NOW).state == "asked"
    for resident in others:
        places.sign_up(ditch, resident, now=NOW + 47 * HOUR)
    assert set(states(ditch).values()) == {"asked"}


@pytest.mark.parametrize("open_for", [timedelta(0), timedelta(hours=24), timedelta(hours=47, minutes=59)])
def test_forty_eight_hours_whoever_asks(settled, open_for):
    ditch = announce(settled, "volunteering", "清渠", places=2)
    places.sign_up(ditch, settled["王芳"], now=NOW)
    for by in (settled["林队长"].subject, settled["韩监督"].subject, settled.town.subject):
        with pytest.raises(lots.LotTooEarly):
            places.draw_lot(ditch, by=by, now=NOW + open_for)


def test_anyone_draws_again_with_what_is_public_and_gets_the_same(settled):
    ditch = announce(settled, "volunteering", "清渠", places=4, reserved_places=1, budget=100_000)
    for resident in crowd(settled, 12) + crowd(settled, 4, has_phone=False):
        places.sign_up(ditch, resident, now=NOW)
    act = places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    again = lots.draw(
        act.facts["seed"], places.asked(ditch), places=act.facts["places"], reserved=act.facts["reserved"]
    )
    rows = Place.of(settled.town).filter(activity=ditch)
    held = set(rows.filter(state="has_place").values_list("slip", flat=True))
    assert held == {*again.open_places, *again.reserved_places}
    line = rows.filter(state="waiting").order_by("turn").values_list("slip", flat=True)
    assert tuple(line) == again.waiting


def test_a_reserved_place_stays_for_people_without_phones(settled):
    ditch = announce(settled, "volunteering", "清渠", places=2, reserved_places=1)
    for resident in crowd(settled, 5):
        places.sign_up(ditch, resident, now=NOW)
    places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    assert sorted(states(ditch).values()) == ["has_place"] + ["waiting"] * 4
    assert SignUp.of(settled.town).get(activity=ditch).free_reserved == 1
    (card,) = crowd(settled, 1, has_phone=False)
    assert places.sign_up(ditch, card, now=NOW + 2 * DAY).is_reserved


def test_a_reserved_place_passes_on_to_the_next_without_a_phone(settled):
    ditch = announce(settled, "volunteering", "清渠", places=2, reserved_places=2)
    cards = crowd(settled, 3, has_phone=False)
    phones = [settled["王芳"], settled["陈小芳"]]
    for resident in (*phones, *cards):
        places.sign_up(ditch, resident, now=NOW)
    places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    first = Place.of(settled.town).filter(activity=ditch, state="has_place").first()
    waiting = Place.of(settled.town).get(activity=ditch, state="waiting", without_phone=True)
    places.cancel(ditch, first.resident)
    assert states(ditch)[waiting.resident_id] == "has_place"
    assert {states(ditch)[one.id] for one in phones} == {"waiting"}
