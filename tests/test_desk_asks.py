"""What needs two people about shops: a handwritten slip, another bank account, a payout taken back, a forgotten PIN."""

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.ledger.audit import audit
from gongfen.people.looks import who_looked
from gongfen.people.models import Resident
from gongfen.shops.models import Asking, Merchant, Payment, Payout
from gongfen.shops.sealed import seal, unseal
from gongfen.town import clock
from tests.desk import signed_in
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db
ASKS = "/desk/money/asks"


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Shops:
    cache.clear()
    shops = found_shops()
    for name, role in (("会计", "treasurer"), ("监督", "supervisor"), ("审计", "auditor"), ("文书", "clerk")):
        shops.has_role(name, role, village=shops.village)
    shops.lives("李大妈")
    shops.earned("李大妈", 300 * POINT)
    monkeypatch.setattr(clock, "now", lambda: shops.now)
    return shops


def at_desk(village: Shops, who: str) -> Client:
    person = Resident.of(village.town).select_related("town", "village").get(name=who)
    return signed_in(person, clock.now())


def hand(village: Shops, **typed: str) -> dict[str, str]:
    shop = village.shops["小芳"]
    slip = {"shop": str(shop.id), "slip": "31", "household": "户-李大妈", "name": "李大妈", "yuan": "12.50"}
    return slip | typed


def the_asking(village: Shops) -> Asking:
    return Asking.of(village.town).get(state="open")


def test_a_handwritten_slip_is_paid_after_a_second_look(village: Shops) -> None:
    treasurer, supervisor = at_desk(village, "会计"), at_desk(village, "监督")
    for _ in range(2):
        assert treasurer.post(f"{ASKS}/by-hand", hand(village)).status_code == 303
    asking = the_asking(village)
    assert "没有等您同意的" in treasurer.get(ASKS).content.decode(), "never one's own"
    shown = supervisor.get(ASKS).content.decode()
    assert all(word in shown for word in ("小芳", "¥12.50", "李大妈", "31"))
    assert [seen.called for seen in who_looked(village.people["李大妈"])] == ["监督"]
    assert treasurer.post(f"{ASKS}/{asking.id}", {"answer": "yes"}).status_code == 422
    for _ in range(2):
        assert supervisor.post(f"{ASKS}/{asking.id}", {"answer": "yes"}).status_code == 303
    assert Payment.of(village.town).get().money == 12 * YUAN + YUAN // 2
    assert audit(village.town, full=True).passed


@pytest.mark.parametrize(
    ("field", "typed"),
    [("shop", "9"), ("slip", "x"), ("slip", ""), ("household", "没有"), ("name", "<b>x</b>"), ("yuan", "一块"),
     ("yuan", "0"), ("yuan", "=1+1")],
)  # fmt: skip
def test_a_slip_that_cannot_be_read_is_said_and_kept(village: Shops, field: str, typed: str) -> None:
    answer = at_desk(village, "会计").post(f"{ASKS}/by-hand", hand(village, **{field: typed}))
    told = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in told
    assert "<b>x" not in told and ('value="户-李大妈"' in told or field == "household")
    assert not Asking.of(village.town).exists()


def test_another_bank_account_needs_a_second_person_and_shows_four_digits(village: Shops) -> None:
    shop = village.shops["小芳"]
    treasurer, supervisor = at_desk(village, "会计"), at_desk(village, "监督")
    typed = {"payee": "陈小芳", "account": "6222 0000 1111 4321", "once": "a"}
    for _ in range(2):
        assert treasurer.post(f"/desk/shop/{shop.id}/account", typed).status_code == 303
    asking = the_asking(village)
    shown = supervisor.get(ASKS).content.decode()
    assert "…4321" in shown and "62220000" not in shown
    assert "62220000" not in str(asking.wish)
    assert supervisor.post(f"{ASKS}/{asking.id}", {"answer": "yes"}).status_code == 303
    now = Merchant.of(village.town).get(id=shop.id)
    assert (now.payee, unseal(bytes(now.sealed_account), about=shop.id)) == ("陈小芳", b"6222000011114321")
    assert "6222" not in supervisor.get(f"/desk/shop/{shop.id}").content.decode()


@pytest.mark.parametrize("typed", [{"payee": ""}, {"account": ""}, {"account": "账号"}, {"payee": "<b>" * 30}])
def test_an_account_that_no_bank_has_is_said(village: Shops, typed: dict[str, str]) -> None:
    shop = village.shops["小芳"]
    good = {"payee": "陈小芳", "account": "62220000", "once": "a"}
    answer = at_desk(village, "会计").post(f"/desk/shop/{shop.id}/account", good | typed)
    assert answer.status_code == 422 and "<b><b>" not in answer.content.decode()
    assert not Asking.of(village.town).exists()


def test_off_the_list_and_a_forgotten_pin(village: Shops) -> None:
    shop = village.shops["小芳"]
    Merchant.of(village.town).filter(id=shop.id).update(pin_hash="x")
    clerk, supervisor = at_desk(village, "文书"), at_desk(village, "监督")
    for what in ("pin", "unlist"):
        clerk.post(f"/desk/shop/{shop.id}/unlist", {"what": what, "once": what})
        assert "等监督员同意" in clerk.get(f"/desk/shop/{shop.id}").content.decode()
        assert supervisor.post(f"{ASKS}/{the_asking(village).id}", {"answer": "yes"}).status_code == 303
    now = Merchant.of(village.town).get(id=shop.id)
    assert (now.pin_hash, now.listed) == ("", False)
    assert "已摘牌" in clerk.get(f"/desk/shop/{shop.id}").content.decode()


def test_a_no_takes_no_effect(village: Shops) -> None:
    treasurer, supervisor = at_desk(village, "会计"), at_desk(village, "监督")
    treasurer.post(f"{ASKS}/by-hand", hand(village))
    asking = the_asking(village)
    assert supervisor.post(f"{ASKS}/{asking.id}", {"answer": "no"}).status_code == 303
    assert supervisor.post(f"{ASKS}/{asking.id}", {"answer": "yes"}).status_code == 422
    assert not Payment.of(village.town).exists()


def test_a_payout_that_never_reached_the_bank_is_taken_back_by_two(village: Shops) -> None:
    shop = village.shops["小芳"]
    account = seal(b"622200000000", about=shop.id)
    Merchant.of(village.town).filter(id=shop.id).update(sealed_account=account)
    village.phone("李大妈")
    village.scan("小芳", village.code("李大妈"), 30 * YUAN)
    village.later(days=3)
    treasurer, supervisor = at_desk(village, "会计"), at_desk(village, "监督")
    treasurer.post("/desk/money/settlements/prepare", {"once": "friday"})
    payout = Payout.of(village.town).get()
    page = f"/desk/money/settlements/{payout.settlement_id}"
    supervisor.post(f"{page}/approve")
    treasurer.post(f"{page}/send")
    for _ in range(2):
        assert treasurer.post(f"/desk/money/payouts/{payout.id}/take-back", {"once": "a"}).status_code == 303
    assert "¥30.00" in supervisor.get(ASKS).content.decode()
    assert supervisor.post(f"{ASKS}/{the_asking(village).id}", {"answer": "yes"}).status_code == 303
    assert village.in_till("小芳") == 30 * YUAN
    assert "收回了" in treasurer.get(page).content.decode()


def test_the_auditor_sees_a_shop_and_presses_nothing(village: Shops) -> None:
    shop = village.shops["小芳"]
    auditor = at_desk(village, "审计")
    shown = auditor.get(f"/desk/shop/{shop.id}").content.decode()
    assert 'action="/desk/shop' not in shown
    assert 'action="/desk/money' not in auditor.get(ASKS).content.decode()
    for press in (f"{ASKS}/by-hand", f"{ASKS}/1", f"/desk/shop/{shop.id}/account", f"/desk/shop/{shop.id}/unlist"):
        assert auditor.post(press).status_code == 403, press
    assert at_desk(village, "文书").get("/desk/shop/1").status_code == 404
