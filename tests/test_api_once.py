"""The same request twice: every write of the API is sent again, and then with its key for something else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gongfen.activities import places
from gongfen.activities.models import HelpNote
from gongfen.api import once
from gongfen.api.once import CHANGES_NOTHING
from gongfen.journal.answered import KEPT, forget_answers
from gongfen.journal.models import AnsweredKey
from gongfen.ledger.batch import one
from gongfen.people.acts import sign_in
from gongfen.people.models import Device
from gongfen.people.queries import Caller
from gongfen.rules.pay_code import make_pay_code
from gongfen.shops import askings, cards, merchants, tills
from gongfen.shops.handles import fill_handles
from gongfen.shops.models import Card, Merchant, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import SignPayment
from gongfen.town import clock
from tests.doors import GUEST, OWNER, RESIDENT, TILL, Call, Door, all_doors, knock, token_of
from tests.doors_spending import a_shop, earned
from tests.sharing import LATER
from tests.taking_part import announce, settle
from tests.test_api_who_may import has_one_of, name
from tests.village import DAY, NOW, YUAN, Daicun

pytestmark = pytest.mark.django_db
WRITES = [
    door for door in all_doors() if door.method != "GET" and door.who != GUEST and door.path not in CHANGES_NOTHING
]
PIN = "482913"
# One text for unknown, spent and wrong codes: also for a spent one with another sum.
OTHERWISE = {"POST /till/payments": "pay_code_not_valid"}


def card_of(daicun: Daicun, pin: str | None = PIN) -> str:
    asking = askings.ask_card(daicun["钱文书"], daicun["王芳"].id, key="a card of wang fang", now=NOW)
    card = askings.approve(daicun["韩监督"], asking.id, now=NOW).card_id
    if pin:
        cards.choose_pin(daicun.town, card, pin, now=NOW)
    return card


def pay_code(daicun: Daicun) -> str:
    device = sign_in(daicun["王芳"], "phone-of-wang-fang-that-pays", label="", now=NOW)
    filled = fill_handles(Caller(daicun["王芳"], device.id), now=NOW)
    return make_pay_code(daicun.town.code, filled.handles[0], filled.secret, int(NOW.timestamp()))


def at_the_till(daicun: Daicun, door: Door) -> tuple[Call, str]:
    """A call that works at an unlocked till, and the till's token."""
    shop = a_shop(daicun)
    earned(daicun, "王芳")
    token = tills.make_till(shop, "柜台", by=shop.subject, key="a-till-of-the-shop", now=NOW).token
    Till.of(daicun.town).update(unlocked_until=NOW + timedelta(minutes=5), refund_limit=99 * YUAN)
    path: dict[str, object] = {}
    body: object = {}
    match door.path.removeprefix("/till"):
        case "/payments":
            body = {"pay_code": pay_code(daicun), "money": 10 * YUAN}
        case "/card-payments":
            body = {"cards": [{"card": card_of(daicun), "pin": PIN}], "money": 10 * YUAN}
        case "/payments/{number}/refunds":
            wanted = SignPayment(daicun["王芳"].id, 1, shop.id, 10 * YUAN, "client/1/paid")
            path, body = {"number": one(pay_many(daicun.town, [wanted], NOW)).number}, {"money": YUAN}
        case "/day/open":
            merchants.close_day(shop, by=shop.subject, key="close the day", now=NOW)
        case "/unlock":
            Merchant.of(daicun.town).update(pin_hash="")
            body = {"pin": PIN}
        case "/cards/pin":
            body = {"card": card_of(daicun, pin=None), "pin": PIN}
        case "/cards/unlock":
            body = {"card": card_of(daicun)}
            Card.of(daicun.town).update(state="locked")
        case "/offers":
            body = {"name": "酱油", "price": 8 * YUAN}
        case "/offers/{offer}":
            path = {"offer": merchants.add_offer(shop, "酱油", 8 * YUAN).id}
        case "/place":
            body = {"place": "村口", "hours": []}
    return Call(path, body), token


def a_lot(daicun: Daicun) -> Call:
    activity = announce(settle(daicun), "volunteering", "清渠", at=NOW + 4 * DAY, places=2)
    places.sign_up(activity, daicun["王芳"], now=NOW)
    return Call({"activity": activity.id})


# What can only be done later: by then the period is over, the notice has ended, the sign-up was open long enough.
LATER_ON = {
    "POST /runs/{run}/simulation": LATER,
    "POST /runs/{run}/paying": LATER + 20 * DAY,
    "POST /activities/{activity}/lot": NOW + 2 * DAY,
}


def who_may(daicun: Daicun, door: Door) -> tuple[Call, list[str]]:
    """A call that works, and the tokens of those who have the right to make it: one of them can."""
    if door.who == TILL:
        call, token = at_the_till(daicun, door)
        return call, [token]
    call = a_lot(daicun) if door.path.endswith("/lot") else door.call(daicun)
    if door.who in (RESIDENT, OWNER):
        return call, [token_of(daicun[call.owner])]
    staff = [p for p in daicun.people.values() if has_one_of(p, door.who, daicun.village.id)]
    return call, [token_of(person) for person in staff]


def another(door: Door, call: Call) -> Call:
    """Something else by the same key."""
    if call.files is not None:
        return replace(call, query={**call.query, "more": "1"})
    body: Any = dict(call.body) if isinstance(call.body, dict) else {}
    for what, other in (
        ("money", 2 * YUAN),
        ("form", {"minutes": 60}),
        ("code", "123456"),
        ("answers", {"lamp": "no"}),
    ):
        if what in body:
            return replace(call, body=body | {what: other})
    return replace(call, body=body | {"something": "else"})


def sent(door: Door, call: Call, token: str) -> Any:
    for file in (call.files or {}).values():
        file.seek(0)
    return knock(door, call, token)


@pytest.mark.parametrize("door", WRITES, ids=name)
def test_a_write_sent_again_is_answered_again(door: Door, daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    call, tokens = who_may(daicun, door)
    monkeypatch.setattr(clock, "now", lambda: LATER_ON.get(name(door), NOW))
    for token in tokens:
        first = sent(door, call, token)
        if first.status_code < 300:
            break
    assert first.status_code < 300, first.content.decode()
    assert "Idempotency-Replayed" not in first
    again = sent(door, call, token)
    assert (again.status_code, again.content.decode()) == (first.status_code, first.content.decode())
    assert again.headers.get("Idempotency-Replayed") == "true"
    assert again["Content-Type"] == first["Content-Type"]
    other = sent(door, another(door, call), token)
    assert (other.status_code, other.json()["code"]) == (409, OTHERWISE.get(name(door), "act_conflict"))


def test_what_was_answered_opens_for_nobody_else(daicun: Daicun) -> None:
    """The row holds no name and no words; another resident's same key is another key."""
    door = next(door for door in WRITES if name(door) == "POST /board")
    call = door.call(daicun)
    sent(door, call, token_of(daicun["王芳"]))
    (row,) = AnsweredKey.of(daicun.town)
    assert "修锁".encode() not in bytes(row.sealed_answer)
    answer = sent(door, call, token_of(daicun["赵二"]))
    assert (answer.status_code, answer.headers.get("Idempotency-Replayed")) == (201, None)
    assert AnsweredKey.of(daicun.town).count() == 2


def test_an_ended_device_is_not_answered_again(daicun: Daicun) -> None:
    door = next(door for door in WRITES if name(door) == "POST /board")
    call, token = door.call(daicun), token_of(daicun["王芳"])
    assert sent(door, call, token).status_code == 201
    Device.of(daicun.town).update(ended_at=NOW)
    assert sent(door, call, token).status_code == 401


def test_a_no_writes_nothing_and_its_key_may_be_used_again(daicun: Daicun) -> None:
    door = next(door for door in WRITES if name(door) == "DELETE /board/{note}")
    call, wrong = door.call(daicun), Call({"note": 5})
    assert sent(door, wrong, token_of(daicun["王芳"])).status_code == 404
    assert not AnsweredKey.of(daicun.town).exists()
    assert sent(door, call, token_of(daicun["王芳"])).status_code == 200


@pytest.mark.parametrize("where", ["in", "out"])
def test_a_phone_may_send_the_same_at_another_moment(where: str, daicun: Daicun) -> None:
    """The answer was lost on the way: what waited is sent again, with the moment of the new sending."""
    door = next(door for door in WRITES if door.path == f"/activities/{{activity}}/{where}")
    call, token = door.call(daicun), token_of(daicun["王芳"])
    assert isinstance(call.body, dict)
    first = sent(door, call, token)
    again = sent(door, replace(call, body={**call.body, "sent_at": (NOW + timedelta(seconds=9)).isoformat()}), token)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotency-Replayed"] == "true"


def test_answers_are_forgotten_after_a_week(daicun: Daicun) -> None:
    door = next(door for door in WRITES if name(door) == "POST /board")
    sent(door, door.call(daicun), token_of(daicun["王芳"]))
    assert forget_answers(daicun.town, now=NOW + KEPT) == 0
    assert forget_answers(daicun.town, now=NOW + KEPT + DAY) == 1


def test_two_at_the_same_moment_write_once(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other thread's answer is there when this one wants to keep its own: all that this one wrote is undone."""
    door = next(door for door in WRITES if name(door) == "POST /board")
    call, token = door.call(daicun), token_of(daicun["王芳"])
    first = sent(door, call, token)
    seen = once.kept
    monkeypatch.setattr(once, "kept", lambda town, asked: monkeypatch.setattr(once, "kept", seen))
    again = sent(door, call, token)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    assert HelpNote.of(daicun.town).count() == 1
