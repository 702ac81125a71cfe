"""R18, R19, R20, R24, R29 at the shop: nobody sees another's balance, nobody decides alone, everybody pays alike."""

import pytest

from gongfen.journal.models import Act
from gongfen.ledger.models import Transfer
from gongfen.people.models import AgeBand
from gongfen.rules.posting import Kind, address
from gongfen.shops import askings, cards
from gongfen.shops.cards import Shown
from gongfen.shops.models import Asking, Merchant, Payment, Settlement
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import SignPayment
from tests.shops_village import POINT, YUAN, found_shops
from tests.test_shops_api import opened_till, phone, village  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
CANARY = 12_345_67  # hundredths of a point: a balance that nobody else may ever be told
PIN = "482913"


def test_a_canary_balance_appears_to_nobody_but_its_owner(village):  # noqa: F811  the fixture
    village.earned("李大妈", CANARY - village.points("李大妈"))
    shop = village.shops["小芳"].id
    till = opened_till(village)
    number = phone(village, "李大妈").post("/me/payments", {"shop": str(shop), "money": 100}).json()["number"]
    left = str(CANARY - 1)
    assert village.points("李大妈") == CANARY - 1
    asked = [
        till.get("/till/payments"), till.get(f"/till/payments/{number}"), till.get("/till/today"),
        till.post("/till/payments", {"pay_code": village.code("李大妈"), "money": 499_990_000}),
        till.post("/till/preview", {"money": 100}),
    ]  # fmt: skip
    for name in ("小芳", "会计", "监督", "文书"):
        mine = phone(village, name)
        asked += [mine.get("/me/payments"), mine.get(f"/me/payments/{number}"), mine.get("/desk/settlements")]
        asked += [mine.get("/desk/own-household-payments"), mine.get("/desk/askings"), mine.get("/shops")]
        asked += [mine.get("/me/limits"), mine.get(f"/me/shops/{shop}/days")]
    assert not [answer.content for answer in asked if left in answer.content.decode()]
    assert phone(village, "文书").get(f"/me/payments/{number}").status_code == 404


def test_a_no_at_the_till_does_not_tell_how_much_is_missing(village):  # noqa: F811  the fixture
    no = opened_till(village).post("/till/payments", {"pay_code": village.code("李大妈"), "money": 450 * YUAN})
    assert no.json()["code"] in ("too_little", "till_slowed", "allowance_reached")
    assert "left" not in no.json()["facts"]


def test_no_row_was_decided_by_the_one_who_asked():
    """The database itself refuses one person for both."""
    assert {"asking_two_people", "asking_decided"} <= {rule.name for rule in Asking._meta.constraints}
    assert "settlement_two_people" in {rule.name for rule in Settlement._meta.constraints}


@pytest.mark.parametrize("band", [AgeBand.YOUTH, AgeBand.ADULT, AgeBand.ELDER])
def test_the_same_sum_costs_everybody_the_same(band):
    shops = found_shops()
    for name, more in (("一", {}), ("二", {"age_band": band, "household": "9", "group": "二组", "has_phone": False})):
        shops.lives(name, **more)
        shops.earned(name, 50 * POINT)
    before = [shops.points("一"), shops.points("二")]
    for name in ("一", "二"):
        wanted = SignPayment(shops.people[name].id, 1, shops.shops["小芳"].id, 125_000, f"client/1/{name}")
        pay_many(shops.town, [wanted], shops.now)
    assert before == [50 * POINT] * 2
    assert shops.points("一") == shops.points("二")
    assert shops.cash("一") == shops.cash("二")


def test_a_card_pays_exactly_what_a_phone_pays():
    """R24: two neighbours buy the same for a month, one by card and one by phone; the books cannot tell them apart."""
    shops = found_shops()
    shops.has_role("文书", "clerk")
    shops.has_role("监督", "supervisor")
    for name in ("有手机", "有卡"):
        shops.lives(name)
        shops.earned(name, 300 * POINT)
    shops.phone("有手机")
    asking = askings.ask_card(shops.people["文书"], shops.people["有卡"].id, key="card", now=shops.now)
    card = askings.approve(shops.people["监督"], asking.id, now=shops.now).card_id
    cards.choose_pin(shops.town, card, PIN, now=shops.now)
    for day, fen in enumerate((1_250, 99, 4_999, 10_000, 12_345)):
        shops.scan("小芳", shops.code("有手机"), fen * 100)
        shown = cards.card_payment(shops.town, shops.tills["小芳"], [Shown(card, PIN)], fen * 100, f"till/{day}")
        pay_many(shops.town, [shown], shops.now)
        shops.later(days=3)
    assert (shops.points("有手机"), shops.cash("有手机")) == (shops.points("有卡"), shops.cash("有卡"))
    phone_s, card_s = (
        [
            (paid.money, paid.redeemed)
            for paid in Payment.of(shops.town).filter(resident=shops.people[name]).order_by("id")
        ]
        for name in ("有手机", "有卡")
    )
    assert phone_s == card_s


def test_what_is_cash_stays_in_the_village_until_a_payout():
    """Closed loop: cash leaves a resident to a till or a hold, and comes back by a refund; never to a neighbour."""
    shops = found_shops()
    shops.lives("甲")
    shops.earned("甲", 50 * POINT)
    shops.phone("甲")
    shops.scan("小芳", shops.code("甲"), 125_000)
    ways = {
        (address(move.source_id).kind, address(move.target_id).kind)
        for move in Transfer.of(shops.town)
        if Kind.CASH in (address(move.source_id).kind, address(move.target_id).kind)
    }
    assert ways == {(Kind.BACKING, Kind.CASH), (Kind.CASH, Kind.TILL)}


def test_a_bank_number_is_in_no_act_and_on_no_list(village):  # noqa: F811  the fixture
    """R34: what is public of a shop is its name, place, hours and offers; its bank number is not, anywhere."""
    account = "6222000011112222"
    phone(village, "李大妈").post("/me/payments", {"shop": str(village.shops["小芳"].id), "money": 100})
    village.later(days=3)
    treasurer, supervisor = phone(village, "会计"), phone(village, "监督")
    row = treasurer.post("/desk/settlements", {}).json()["id"]
    supervisor.post(f"/desk/settlements/{row}/approve")
    file = treasurer.post(f"/desk/settlements/{row}/file").content.decode()
    asked = phone(village, "文书").post("/desk/shops", {"name": "药店", "account": account})
    assert account in file, "the bank needs it"
    assert account not in phone(village, "李大妈").get("/shops").content.decode()
    assert account not in asked.content.decode()
    assert account not in str(list(Act.of(village.town).values_list("facts", "key")))
    assert account not in str([vars(merchant) for merchant in Merchant.of(village.town)])
    assert account not in str(list(Asking.of(village.town).values_list("wish", flat=True)))
    names = [person.name for person in village.people.values()]
    facts = str(list(Act.of(village.town).values_list("facts", flat=True)))
    assert not [name for name in names if name in facts]
