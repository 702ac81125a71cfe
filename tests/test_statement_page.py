"""One's own statement, as the client asks for it: every entry with the act that made it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gongfen.ledger.batch import one_batch
from gongfen.ledger.queries import statement
from gongfen.ledger.queries_told import told_lines
from gongfen.people.acts import sign_in
from gongfen.people.queries import caller_by_token
from gongfen.rules.places import number_of
from gongfen.rules.posting import Address, Kind, Move
from tests.village import NOW, POINT

pytestmark = pytest.mark.django_db
TOKEN = "the phone of 王芳, made by itself"


@pytest.fixture
def hours(daicun):
    """王芳 earns seven times, and gives points to a neighbour twice."""
    own, neighbour = daicun["王芳"].points, daicun["李大伯"].points
    issuance = Address(Kind.ISSUANCE, daicun.town.subject)
    with one_batch(daicun.town, NOW) as batch:
        for hour in range(1, 8):
            act = batch.act(key=f"hour/{hour}", verb="story.earn", by=1, about=2, facts={"hour": hour})
            act.moves(Move(issuance, own, hour * POINT))
        for hour in (1, 2):
            act = batch.act(key=f"help/{hour}", verb="story.help", by=2, about=3, facts={"help": hour})
            act.moves(Move(own, neighbour, hour * POINT))
    return daicun


def told(hours, **more) -> list[dict[str, Any]]:
    return [json.loads(line) for _, line in told_lines(hours.town, hours["王芳"].points.account, **more)]


def test_every_entry_is_told_with_its_act(hours):
    own = hours["王芳"].points.account
    entries = statement(hours.town, own)
    places = [place for place, _ in told_lines(hours.town, own)]
    assert places == [int(line["id"]) for line in told(hours)] == [entry.place for entry in entries]
    assert [(line["number"], line["amount"], line["balance"]) for line in told(hours)] == [
        (number_of(entry.act), entry.amount, entry.balance) for entry in entries
    ]
    assert [(line["verb"], line["facts"], line["other"]) for line in told(hours)[1:4]] == [
        ("story.help", {"help": 1}, "points"),
        ("story.earn", {"hour": 7}, "issuance"),
        ("story.earn", {"hour": 6}, "issuance"),
    ]
    assert {datetime.fromisoformat(line["happened_at"]) for line in told(hours)} == {NOW}


def test_pages_join_without_a_gap(hours):
    first = told(hours, limit=4)
    rest = told(hours, before=int(first[-1]["id"]))
    assert [*first, *rest] == told(hours)
    assert len(rest) == 5


def test_the_client_reads_it_as_described(hours, client):
    sign_in(hours["王芳"], TOKEN, label="手机", now=NOW)
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.get("/api/v1/me/statement?limit=2", headers=bearer).json()
    newest = statement(hours.town, hours["王芳"].points.account)[:3]
    assert answer["items"][0] == {
        "id": str(newest[0].place),
        "number": number_of(newest[0].act),
        "verb": "story.help",
        "amount": -2 * POINT,
        "balance": 25 * POINT,
        "other": "points",
        "facts": {"help": 2},
        "happened_at": NOW.astimezone(UTC).isoformat(),
    }
    assert answer["next"] == str(newest[1].place)
    after = client.get(f"/api/v1/me/statement?limit=200&after={answer['next']}", headers=bearer).json()
    assert (len(after["items"]), after["next"]) == (7, None)
    assert after["items"][0]["id"] == str(newest[2].place)


def test_a_caller_comes_with_town_and_village(hours):
    device = sign_in(hours["王芳"], TOKEN, label="手机", now=NOW)
    caller = caller_by_token(TOKEN)
    assert (caller.device, caller.resident, caller.town) == (device.id, hours["王芳"], hours.town)
    assert (caller.town.par, caller.town.name, caller.town.founded_at) == (100, "戴村镇", NOW)
    assert caller.resident.village == hours.village
    assert caller.resident.is_head is True
    assert caller_by_token("somebody else's") is None
