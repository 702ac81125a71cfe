"""R07: no activity is mandatory. Who stayed away, stepped back or did not come leaves no trace once it is closed."""

import json
import re

import pytest
from django.apps import apps
from django.test import Client

from gongfen.activities import places
from gongfen.activities.attendance import claim_presences
from gongfen.activities.awards import award_due
from gongfen.activities.models import Claim
from gongfen.activities.publishing import close_activity
from gongfen.activities.reviews import approve_claims
from gongfen.notices.following import follow_all
from gongfen.pages.ground import DEVICE
from gongfen.people.models import Resident
from gongfen.rules.places import NUMBER_BITS, number_of
from gongfen.town import clock
from gongfen.town.models import TownModel
from tests.doors import token_of
from tests.taking_part import DAY, HOUR, SATURDAY, announce, come, leave, settle
from tests.village import NOW, founded

pytestmark = pytest.mark.django_db
NINE, ELEVEN = SATURDAY, SATURDAY + 2 * HOUR
NAMES = ("王芳", "陈小芳", "赵二", "林队长")
LATER = SATURDAY + 30 * DAY


def a_saturday(code, name, *, wang):
    """A ditch and a meeting; what 王芳 does about the ditch is `wang`: stays home, signs up only, or steps back."""
    village = settle(founded(code=code, name=name))
    ditch = announce(village, "volunteering", "清渠", places=3)
    meeting = announce(village, "affairs", "村民会议", at=SATURDAY + DAY)
    for who in ("陈小芳", "赵二"):
        places.sign_up(ditch, village[who], now=NOW)
    if wang != "home":
        places.sign_up(ditch, village["王芳"], now=NOW)
    places.draw_lot(ditch, by=village["林队长"].subject, now=NOW + 2 * DAY, seed="rain")
    if wang == "steps back":
        places.cancel(ditch, village["王芳"])
    for activity, people in ((ditch, ("陈小芳", "赵二")), (meeting, ("王芳", "陈小芳"))):
        for who in people:
            come(activity, village[who], activity.starts_at)
            leave(activity, village[who], activity.starts_at + 2 * HOUR)
        claim_presences(activity, now=activity.starts_at + 3 * HOUR)
    waiting = list(Claim.of(village.town).filter(state="made").values_list("id", flat=True))
    approve_claims(village["吴审核"], waiting, now=SATURDAY + 2 * DAY)
    award_due(village.town, now=LATER)
    for activity in (ditch, meeting):
        close_activity(village["林队长"], activity.id, now=LATER)
    follow_all(village.town, now=LATER)
    return village


def stored(village):
    """Every row of the town, with ids told by nothing but that they are ids."""
    names = {resident.subject: resident.name for resident in Resident.of(village.town)}
    found = {}
    for model in apps.get_models():
        if issubclass(model, TownModel):
            rows = model.of(village.town).values()
            found[model.__name__] = sorted(json.dumps(plain(row, names), sort_keys=True, default=str) for row in rows)
    return found


def plain(value, names):
    if isinstance(value, dict):
        return {key: plain(one, names) for key, one in value.items() if not str(key).endswith("_hash")}
    if isinstance(value, bytes | memoryview):
        return "bytes"
    if isinstance(value, int) and value > 1 << 40:
        return names.get(value, "id")
    if isinstance(value, int) and value > 1 << NUMBER_BITS:
        return number_of(value)  # an act: its number in its town
    if isinstance(value, str):
        # Digests first: a run of digits inside one is no id.
        return re.sub(r"\d{12,}", "id", re.sub(r"[0-9a-f]{40,}", "digest", value))
    return value


def test_who_stayed_home_or_stepped_back_or_did_not_come_is_stored_alike():
    """Three towns, equal but for what 王芳 did about the ditch: every row is the same, and everybody's numbers are."""
    home = a_saturday(31, "甲村", wang="home")
    others = [a_saturday(32, "乙村", wang="signs up and does not come"), a_saturday(33, "丙村", wang="steps back")]
    rows = without_names(stored(home))
    for other in others:
        for model, same in without_names(stored(other)).items():
            assert same == rows[model], model
        assert {name: other.points(name) for name in NAMES} == {name: home.points(name) for name in NAMES}
        assert other.fund() == home.fund()
    assert (home.points("王芳"), home.points("陈小芳")) == (200, 400)


def without_names(found):
    """The rows without the town's own number and the names that we gave the towns to tell them apart."""
    kept = {model: rows for model, rows in found.items() if model != "Slip"}
    kept["Act"] = [row for row in kept["Act"] if '"town.found"' not in row]
    return {model: [re.sub(r"\\u[0-9a-f]{4}\\u6751", "村", row) for row in rows] for model, rows in kept.items()}


def pages(village):
    """What the pages say to her and to a neighbour, without what tells the three towns apart."""
    found = {}
    for name in ("王芳", "陈小芳"):
        client = Client()
        client.cookies[DEVICE] = token_of(village[name])
        for address in ("/", "/week", "/money", "/notice", "/me", "/me/inbox", "/me/statement", "/me/standing"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            text = re.sub(r'value="\w{32,}"|nonce="[^"]*"', "", answer.content.decode())
            text = text.replace(village.village.name, "村").replace(village.town.name, "镇")
            found[name, address] = re.sub(r"slip-\d+-1|\d{12,}", "id", text)
    return found


def test_no_page_tells_who_stayed_away(monkeypatch):
    home = a_saturday(31, "甲村", wang="home")
    other = a_saturday(32, "乙村", wang="signs up and does not come")
    monkeypatch.setattr(clock, "now", lambda: LATER)
    right = pages(other)
    for where, page in pages(home).items():
        assert page == right[where], where


def test_no_column_can_hold_an_absence():
    """No field of any model is named for not being there."""
    forbidden = re.compile(r"absen|no_show|missed|skipped|excus|late_count|streak")
    fields = [f"{model.__name__}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()]
    assert [name for name in fields if forbidden.search(name)] == []
