"""A market day over HTTP: phones, tills and the desk, each with its own token."""

import json
from typing import Any

import pytest
from django.test import Client

from gongfen.people.tokens import hash_of
from gongfen.rules.bank_file import StatementLine, make_statement, read_statement
from gongfen.rules.pay_code import make_pay_code
from gongfen.shops import tills
from gongfen.shops.models import Merchant, MerchantDay, Till
from gongfen.shops.sealed import seal
from gongfen.town import clock
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db
PIN = "482913"


class Caller:
    """Somebody with a token, and a new key for each thing they do."""

    keys = 0

    def __init__(self, token: str, *, english: bool = False) -> None:
        self.client, self.token = Client(), token
        self.language = "en" if english else "zh-CN"

    def call(self, method: str, path: str, body: Any = None, *, key: str = "", **more: Any) -> Any:
        Caller.keys += 1
        return self.client.generic(
            method, f"/api/v1{path}", json.dumps(body) if body is not None else "", "application/json",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": key or f"key-{Caller.keys:08}",
                "Accept-Language": self.language,
            },
            **more,
        )  # fmt: skip

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.call("POST", path, body if body is not None else {}, **more)

    def get(self, path: str) -> Any:
        return self.call("GET", path)


@pytest.fixture
def village(monkeypatch) -> Shops:
    shops = found_shops()
    monkeypatch.setattr(clock, "now", lambda: shops.now)
    for name in ("会计", "监督", "文书"):
        shops.has_role(name, {"会计": "treasurer", "监督": "supervisor", "文书": "clerk"}[name])
    shops.lives("小芳")
    shops.lives("李大妈")
    shops.earned("李大妈", 300 * POINT)
    Merchant.of(shops.town).update(
        owner=shops.people["小芳"], sealed_account=seal(b"6222000011112222", about=shops.shops["小芳"].id)
    )
    for name in shops.people:
        shops.phone(name)
    return shops


def phone(village: Shops, name: str, **more: Any) -> Caller:
    return Caller(f"phone 7 of {name} ", **more)


def opened_till(village: Shops) -> Caller:
    shop = village.shops["小芳"].id
    made = phone(village, "小芳").post(f"/me/shops/{shop}/tills", {"label": "柜台"})
    assert made.status_code == 201, made.content
    return Caller(made.json()["token"])


def shown_code(village: Shops, name: str, kept: dict[str, Any]) -> str:
    secret, handle = bytes.fromhex(kept["secret"]), kept["handles"].pop()
    return make_pay_code(village.town.code, handle, secret, int(village.now.timestamp()))


def test_a_phone_fills_its_handles_and_a_till_takes_the_code(village):
    mine, till = phone(village, "李大妈"), opened_till(village)
    kept = mine.post("/me/handles", {}).json()
    assert (len(kept["handles"]), kept["town_check"]) == (60, make_pay_code(7, "0" * 11, b"", 0)[:2])
    code = shown_code(village, "李大妈", kept)
    paid = till.post("/till/payments", {"pay_code": code, "money": 125_000})
    assert paid.status_code == 201
    told = paid.json()
    assert (told["state"], told["spoken"]["zh"], told["settled_on"]) == ("paid", "收到12元5角", "2026-11-27")
    assert len(told["phrase"]["zh"].split()) == 4
    again = till.post("/till/payments", {"pay_code": code, "money": 125_000})
    assert (again.json(), again["Idempotency-Replayed"]) == (told, "true")
    assert mine.get(f"/me/payments/{told['number']}").json()["shop"] == "小芳"
    assert till.get(f"/till/payments/{told['number']}").json() == told
    assert till.get("/till/today").json()["money"] == 125_000
    assert "李大妈" not in till.get("/till/payments").content.decode()


def test_every_no_is_a_problem_with_words(village):
    till = opened_till(village)
    wrong = make_pay_code(7, "00000000009", b"x", int(village.now.timestamp()))
    no = till.post("/till/payments", {"pay_code": wrong, "money": 100})
    assert (no.status_code, no["Content-Type"], no.json()["code"]) == (
        409, "application/problem+json", "pay_code_not_valid",
    )  # fmt: skip
    slowed = till.post("/till/payments", {"pay_code": wrong, "money": 100})
    assert (slowed.status_code, slowed.json()["code"], slowed["Retry-After"]) == (429, "till_slowed", "1")
    english = Caller(till.token, english=True).post("/till/payments", {"pay_code": "1" * 19 + "2", "money": 100})
    assert english.json()["title"].startswith("The pay code was not read right")


@pytest.mark.parametrize("money", [0, -100, 50, 12.5, "100.5", None, 1 << 60])
def test_a_sum_that_cannot_be_is_a_bad_request(village, money):
    no = opened_till(village).post("/till/payments", {"pay_code": "1" * 20, "money": money})
    assert (no.status_code, no.json()["code"]) == (422, "bad_request")


@pytest.mark.parametrize("token", ["", "7.unknown", "99.unknown", "x", "7." + "é"])
def test_an_unknown_till_is_not_let_in(village, token):
    for call in (lambda c: c.post("/till/payments", {"pay_code": "0" * 20, "money": 100}), lambda c: c.get("/till")):
        assert call(Caller(token)).status_code == 401


def test_a_phones_token_opens_no_till_and_a_tills_token_no_phone(village):
    till = opened_till(village)
    assert till.get("/me/payments").status_code == 401
    assert phone(village, "李大妈").get("/till/today").status_code == 401


def test_paying_at_the_sign_with_a_preview_first(village):
    mine, shop = phone(village, "李大妈"), village.shops["小芳"].id
    told = mine.post("/me/payments/preview", {"shop": str(shop), "money": 125_000}).json()
    assert (told["redeemed"], told["points_after"], told["code"]) == (1_250, 28_750, "")
    paid = mine.post("/me/payments", {"shop": str(shop), "money": 125_000}, key="once-0001")
    again = mine.post("/me/payments", {"shop": str(shop), "money": 125_000}, key="once-0001")
    other = mine.post("/me/payments", {"shop": str(shop), "money": 100}, key="once-0001")
    assert (paid.status_code, again.json(), other.json()["code"]) == (201, paid.json(), "act_conflict")
    assert mine.get("/me/payments").json()["items"][0]["how"] == "sign"
    assert mine.post("/me/payments", {"shop": "1", "money": 100}).status_code == 404


def test_a_large_payment_asks_the_phone(village):
    village.earned("李大妈", 300 * POINT)
    mine, till = phone(village, "李大妈"), opened_till(village)
    kept = mine.post("/me/handles", {}).json()
    held = till.post("/till/payments", {"pay_code": shown_code(village, "李大妈", kept), "money": 250 * YUAN}).json()
    assert held["state"] == "waiting"
    (waiting,) = mine.get("/me/confirmations").json()
    assert phone(village, "小芳").post(f"/me/confirmations/{waiting['id']}/yes").status_code == 404
    paid = mine.post(f"/me/confirmations/{waiting['id']}/yes").json()
    assert (paid["state"], paid["money"]) == ("paid", 250 * YUAN)
    assert till.get(f"/till/payments/{held['number']}").json()["number"] == paid["number"]


def test_the_owner_unlocks_refunds_and_closes(village):
    mine, till, owner = phone(village, "李大妈"), opened_till(village), phone(village, "小芳")
    shop = village.shops["小芳"].id
    paid = mine.post("/me/payments", {"shop": str(shop), "money": 10 * YUAN}).json()
    back = f"/till/payments/{paid['number']}/refunds"
    assert till.post(back, {"money": YUAN}).json()["code"] == "till_locked"
    assert owner.call("PUT", f"/me/shops/{shop}/pin", {"pin": PIN}).status_code == 200
    assert till.post("/till/unlock", {"pin": "000001"}).json()["code"] == "owner_pin_wrong"
    assert till.post("/till/unlock", {"pin": PIN}).status_code == 200
    first = till.post(back, {"money": YUAN}, key="refund-01")
    assert (first.status_code, first.json()["spoken"]["zh"]) == (201, "退回1元")
    assert till.post(back, {"money": YUAN}, key="refund-01").json() == first.json()
    assert till.post(back, {"money": 10 * YUAN}).json()["facts"] == {"left": 9 * YUAN}
    assert till.post("/till/offers", {"name": "肥皂", "price": 50_000}).status_code == 201
    assert till.call("PUT", "/till/place", {"place": "村口", "hours": ["08:00-20:00"] * 7}).status_code == 200
    told = till.get("/till").json()  # what the till shows to be changed
    assert (told["place"], told["hours"][6], told["unlocked_until"] is None) == ("村口", "08:00-20:00", False)
    (listed,) = mine.get("/shops").json()
    assert (listed["place"], listed["offers"][0]["name"]) == ("村口", "肥皂")
    assert till.post("/till/day/close").json()["state"] == "closed"
    assert mine.post("/me/payments", {"shop": str(shop), "money": 100}).json()["code"] == "day_closed"
    assert till.post("/till/day/open").json()["state"] == "open"
    assert till.get("/till/days").json()[0]["money"] == 9 * YUAN


def test_a_card_from_the_desk_to_the_till(village):
    till, clerk, supervisor = opened_till(village), phone(village, "文书"), phone(village, "监督")
    asked = clerk.post("/desk/cards", {"resident": str(village.people["李大妈"].id)}).json()
    assert clerk.post(f"/desk/askings/{asked['id']}/approve").json()["code"] == "needs_two_people"
    assert [row["id"] for row in supervisor.get("/desk/askings").json()] == [asked["id"]]
    card = supervisor.post(f"/desk/askings/{asked['id']}/approve").json()["card"]
    assert till.post("/till/card-payments", {"cards": [{"card": card, "pin": PIN}], "money": 100}).json()["code"] == (
        "card_without_pin"
    )
    assert till.post("/till/cards/pin", {"card": card, "pin": PIN}).status_code == 200
    paid = till.post("/till/card-payments", {"cards": [{"card": card, "pin": PIN}], "money": 125_000}, key="card-0001")
    again = till.post("/till/card-payments", {"cards": [{"card": card, "pin": PIN}], "money": 125_000}, key="card-0001")
    assert (paid.status_code, again.json()) == (201, paid.json())
    assert till.post("/till/cards/balance", {"card": card, "pin": PIN}).json() == {"points": 28_750, "cash": 0}
    assert till.post("/till/cards/unlock", {"card": card}).status_code == 201


def test_friday_over_http(village):
    mine, shop = phone(village, "李大妈"), village.shops["小芳"].id
    mine.post("/me/payments", {"shop": str(shop), "money": 10 * YUAN})
    village.later(days=3)
    treasurer, supervisor = phone(village, "会计"), phone(village, "监督")
    assert supervisor.post("/desk/settlements", {}).status_code == 403
    made = treasurer.post("/desk/settlements", {}, key="friday-0001")
    assert made.status_code == 201
    row = made.json()["id"]
    assert treasurer.post("/desk/settlements", {}, key="friday-0001").json()["id"] == row
    assert treasurer.post(f"/desk/settlements/{row}/approve").status_code == 403
    assert supervisor.post(f"/desk/settlements/{row}/approve").json()["state"] == "approved"
    file = treasurer.post(f"/desk/settlements/{row}/file")
    assert (file["Content-Type"], b"6222000011112222,10.00" in file.content) == ("text/csv; charset=utf-8", True)
    assert treasurer.get(f"/desk/settlements/{row}/files/1").content == file.content
    shown = treasurer.get(f"/desk/settlements/{row}").json()["payouts"][0]
    assert (shown["account"], shown["state"]) == ("2222", "in_transit")
    statement = make_statement(village.now.date(), [StatementLine(shown["reference"], 10 * YUAN, "paid")])
    assert sent(treasurer, statement).json() == {"paid": [shown["reference"]], "bounced": {}, "differences": []}
    broken = sent(treasurer, statement.replace(b"paid", b"maybe")).json()
    assert (broken["code"], broken["facts"]["lines"]) == ("bank_file_broken", [[2, "answer"]])
    assert MerchantDay.of(village.town).get().state == "paid"
    assert mine.get("/desk/settlements").status_code == 403
    assert len(read_statement(statement)) == 1


def sent(treasurer: Caller, content: bytes) -> Any:
    return treasurer.post("/desk/statements", {"content": content.decode()})


def test_limits_and_helpers_are_the_residents_own(village):
    mine, helper = phone(village, "李大妈"), phone(village, "文书")
    assert mine.call("PUT", "/me/limits", {"day_limit": 10 * YUAN}).json()["day"] == 10 * YUAN
    assert mine.call("PUT", "/me/limits", {"day_limit": 10_000 * YUAN}).json()["code"] == "limit_not_possible"
    body = {"resident": str(village.people["文书"].id), "day_limit": 5 * YUAN, "until": "2026-12-31"}
    assert mine.post("/me/helpers", body).status_code == 201
    (help_,) = helper.get("/me/helpers").json()
    assert helper.post("/me/handles", {"helps": help_["id"]}).status_code == 201
    shop = str(village.shops["小芳"].id)
    assert helper.post("/me/payments", {"shop": shop, "money": YUAN, "helps": help_["id"]}).status_code == 201
    assert mine.get("/me/payments").json()["items"][0]["helper"] == "文书"
    assert helper.call("DELETE", f"/me/helpers/{help_['id']}").status_code == 200
    late = helper.post("/me/payments", {"shop": shop, "money": YUAN, "helps": help_["id"]})
    assert late.json()["code"] == "helper_ended"


def test_a_tills_token_is_kept_as_its_hash_alone(village):
    till = opened_till(village)
    kept = Till.of(village.town).get(label="柜台")
    assert bytes(kept.token_hash) == hash_of(till.token)
    assert tills.till_by_token(till.token).id == kept.id
