"""At the counter: helpers, a phone that is asked first, refunds, the owner's unlock."""

from datetime import timedelta

import pytest

from gongfen.journal.written import Written
from gongfen.ledger.models import Hold
from gongfen.rules.posting import Kind
from gongfen.shops import askings, confirming, helping, merchants, refunds, tills
from gongfen.shops.handles import fill_handles
from gongfen.shops.models import Confirmation, Helper, Merchant, Payment, Till, What
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import SignPayment
from tests.shops_counter import found_counter, refusal, unlocked_till
from tests.shops_village import POINT, YUAN, Shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Shops:
    return found_counter()


def test_a_refund_is_whole_or_part_and_once_per_fen(village):
    village.phone("赵奶奶")
    paid = village.scan("小芳", village.code("赵奶奶"), 10 * YUAN)
    till = unlocked_till(village)
    first = refunds.refund(till, paid.number, 4 * YUAN, key="r1", now=village.now)
    assert refunds.refund(till, paid.number, 4 * YUAN, key="r1", now=village.now).number == first.number
    assert refusal(refunds.refund, till, paid.number, 7 * YUAN, key="r2", now=village.now) == "refund_too_large"
    assert refusal(refunds.refund, till, paid.number, 50, key="r2", now=village.now) == "sum_not_payable"
    refunds.refund(till, paid.number, 6 * YUAN, key="r3", now=village.now)
    assert (village.cash("赵奶奶"), village.in_till("小芳")) == (10 * YUAN, 0)
    assert refusal(refunds.refund, till, paid.number, 100, key="r4", now=village.now) == "refund_too_large"
    assert refusal(refunds.refund, till, 999, 100, key="r5", now=village.now) == "unknown_payment"


def test_a_refund_needs_the_owners_unlock_or_a_small_sum(village):
    village.phone("赵奶奶")
    paid = village.scan("小芳", village.code("赵奶奶"), 10 * YUAN)
    Till.of(village.town).update(refund_limit=5 * YUAN)
    till = Till.of(village.town).select_related("town", "merchant").get()
    refunds.refund(till, paid.number, 5 * YUAN, key="r1", now=village.now)
    assert refusal(refunds.refund, till, paid.number, 100, key="r2", now=village.now) == "till_locked"


def test_the_owners_unlock_lasts_ten_minutes_and_five_wrong_pins_end_it(village):
    till = unlocked_till(village)
    assert tills.is_unlocked(till, village.now)
    assert not tills.is_unlocked(till, village.now + timedelta(minutes=10))
    wrong = [refusal(tills.unlock, till, "000001", now=village.now) for _ in range(6)]
    assert wrong == ["owner_pin_wrong"] * 5 + ["owner_pin_locked"]
    village.lives("小芳")
    Merchant.of(village.town).update(owner=village.people["小芳"])
    shop = village.shops["小芳"].id
    asking = askings.ask_unlisting(village.people["文书"], shop, key="clear", now=village.now, what=What.CLEAR_PIN)
    askings.approve(village.people["监督"], asking.id, now=village.now)
    tills.unlock(till, "135791", now=village.now)
    tills.choose_owner_pin(village.people["小芳"], village.shops["小芳"].id, "246802", now=village.now)
    tills.unlock(till, "246802", now=village.now)


def test_a_new_till_works_with_its_token_until_it_is_revoked(village):
    shop = village.shops["小芳"]
    made = tills.make_till(shop, "  第二台  ", by=shop.subject, key="till 2", now=village.now)
    again = tills.make_till(shop, "第二台", by=shop.subject, key="till 2", now=village.now)
    assert made.till.id == again.till.id
    assert tills.till_by_token(made.token) is None  # its answer was lost, so was its token
    assert tills.till_by_token(again.token).label == "第二台"
    tills.revoke_till(shop, made.till.id, by=shop.subject, now=village.now)
    assert tills.till_by_token(again.token) is None
    assert [tills.till_by_token(token) for token in ("", "7.", "x.y", "99.abc", "7.wrong")] == [None] * 5


def test_a_helper_pays_up_to_a_sum_a_day_until_a_last_day(village):
    village.lives("小军")
    village.phone("小军")
    until = (village.now + timedelta(days=30)).date()
    gran = village.people["赵奶奶"]
    helping.name_helper(
        gran, village.people["小军"].id, day_limit=8 * YUAN, until=until, key="h1", by=gran.subject, now=village.now
    )
    row = Helper.of(village.town).get()
    filled = fill_handles(village.phones["小军"], now=village.now, helps=row)
    village.secrets["小军"] = filled.secret
    codes = [village.code("小军", handle=handle) for handle in filled.handles]
    answer = village.scan("小芳", codes[0], 5 * YUAN)
    assert (answer.by, answer.about) == (village.people["小军"].subject, gran.subject)
    assert Payment.of(village.town).get().helper_id == row.id
    assert village.points("赵奶奶") == 25 * POINT
    assert village.scan("小芳", codes[1], 4 * YUAN).facts == {"left": 3 * YUAN}
    village.later(days=1)
    fresh = village.code("小军", handle=filled.handles[1])
    assert isinstance(village.scan("小芳", fresh, 8 * YUAN), Written)
    village.later(days=40)
    assert village.scan("小芳", village.code("小军", handle=filled.handles[2]), 100).code == "helper_ended"


@pytest.mark.parametrize("who", ["赵奶奶", "小军"])
def test_either_of_the_two_ends_the_help_at_once(village, who):
    village.lives("小军")
    village.phone("小军")
    village.phone("赵奶奶")
    gran = village.people["赵奶奶"]
    until = (village.now + timedelta(days=30)).date()
    helping.name_helper(
        gran, village.people["小军"].id, day_limit=8 * YUAN, until=until, key="h1", by=gran.subject, now=village.now
    )
    row = Helper.of(village.town).get()
    helping.end_helper(village.phones[who], row.id, now=village.now)
    helping.end_helper(village.phones[who], row.id, now=village.now)
    wanted = SignPayment(gran.id, 1, village.shops["小芳"].id, 100, "client/9/h", helps=row.id)
    assert pay_many(village.town, [wanted], village.now)[0].code == "helper_ended"
    assert refusal(helping.end_helper, village.phones[who], row.id + 1, now=village.now) == "unknown_helper"


def big_payment(village: Shops) -> Confirmation:
    village.earned("赵奶奶", 300 * POINT)
    village.phone("赵奶奶")
    answer = village.scan("小芳", village.code("赵奶奶"), 250 * YUAN)
    assert answer.verb == "payment.hold"
    return Confirmation.of(village.town).get()


def test_above_the_limit_the_phone_says_yes_first(village):
    waiting = big_payment(village)
    phone = village.phones["赵奶奶"]
    assert [row.id for row in confirming.waiting_for(phone, now=village.now)] == [waiting.id]
    assert (village.has(Kind.ON_HOLD), village.in_till("小芳")) == (250 * YUAN, 0)
    paid = confirming.confirm(phone, waiting.id, now=village.now)
    assert confirming.confirm(phone, waiting.id, now=village.now).number == paid.number
    assert (paid.verb, village.has(Kind.ON_HOLD), village.in_till("小芳")) == ("payment.pay", 0, 250 * YUAN)
    assert (Payment.of(village.town).get().money, Hold.of(village.town).get().state) == (250 * YUAN, "captured")
    assert refusal(confirming.refuse, phone, waiting.id, now=village.now) == "confirmation_over"
    till = unlocked_till(village)
    refunds.refund(till, paid.number, 250 * YUAN, key="r", now=village.now)
    assert village.cash("赵奶奶") == 250 * YUAN


def test_a_code_that_is_held_pays_nothing_else(village):
    village.earned("赵奶奶", 300 * POINT)
    village.phone("赵奶奶")
    code = village.code("赵奶奶")
    village.scan("小芳", code, 250 * YUAN)
    assert village.scan("小芳", code, 100).code == "pay_code_not_valid"


def test_no_is_no_and_silence_gives_back(village):
    waiting = big_payment(village)
    confirming.refuse(village.phones["赵奶奶"], waiting.id, now=village.now)
    assert (village.has(Kind.ON_HOLD), village.cash("赵奶奶")) == (0, 250 * YUAN)
    assert refusal(confirming.confirm, village.phones["赵奶奶"], waiting.id, now=village.now) == "confirmation_over"
    village.scan("小芳", village.code("赵奶奶"), 250 * YUAN)
    assert confirming.expire_confirmations(village.town, now=village.now) == 0
    village.later(minutes=6)
    late = Confirmation.of(village.town).get(state="open")
    assert refusal(confirming.confirm, village.phones["赵奶奶"], late.id, now=village.now) == "hold_not_open"
    assert confirming.expire_confirmations(village.town, now=village.now) == 1
    assert confirming.expire_confirmations(village.town, now=village.now) == 0
    assert (village.has(Kind.ON_HOLD), village.cash("赵奶奶"), village.in_till("小芳")) == (0, 250 * YUAN, 0)


def test_nobody_else_confirms(village):
    waiting = big_payment(village)
    village.phone("赵爷爷")
    assert refusal(confirming.confirm, village.phones["赵爷爷"], waiting.id, now=village.now) == "unknown_confirmation"


def test_a_slip_written_by_hand_is_typed_by_one_and_approved_by_another(village):
    clerk, supervisor = village.people["文书"], village.people["监督"]
    asking = askings.ask_payment_by_hand(
        clerk, merchant=village.shops["小芳"].id, resident=village.people["赵奶奶"].id, money=5 * YUAN, slip="0017",
        key="slip 17", now=village.now,
    )  # fmt: skip
    assert refusal(askings.approve, clerk, asking.id, now=village.now) in ("needs_two_people", "not_your_role")
    paid = askings.approve(supervisor, asking.id, now=village.now).act
    assert askings.approve(supervisor, asking.id, now=village.now).act.number == paid.number
    assert (paid.verb, paid.facts["how"], paid.facts["asked_by"]) == ("payment.pay", "hand", str(clerk.subject))
    assert village.in_till("小芳") == 5 * YUAN


def test_a_shop_comes_on_the_list_by_two_people_and_not_by_the_owners_household(village):
    clerk, supervisor = village.people["文书"], village.people["监督"]
    village.lives("监督的儿子", household=supervisor.household.number)
    listing = merchants.MerchantToList("儿子五金", owner=village.people["监督的儿子"].id, account="62220001")
    asking = askings.ask_listing(clerk, listing, key="list 1", now=village.now)
    assert "62220001" not in str(asking.wish)
    assert refusal(askings.approve, supervisor, asking.id, now=village.now) == "shop_own_household"
    village.has_role("第二监督", "supervisor")
    act = askings.approve(village.people["第二监督"], asking.id, now=village.now).act
    assert askings.approve(village.people["第二监督"], asking.id, now=village.now).act.number == act.number
    assert Merchant.of(village.town).filter(name="儿子五金", listed=True).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "长" * 61}, {"hours": ("08:00",)}, {"hours": ("25:00-26:00",) * 7}, {"account": "1 2"}],
)
def test_words_that_cannot_be_are_refused(village, wrong):
    listing = merchants.MerchantToList(**({"name": "五金"} | wrong))
    assert refusal(merchants.list_merchants, village.town, [listing], 1, village.now) == "shop_words_not_usable"


def test_listing_the_same_shops_again_lists_them_once(village):
    listing = [merchants.MerchantToList("五金", hours=("08:00-20:00",) * 6 + ("",)), merchants.MerchantToList("药店")]
    first = merchants.list_merchants(village.town, listing, village.town.subject, village.now)
    again = merchants.list_merchants(village.town, listing, village.town.subject, village.now)
    assert [shop.id for shop in first] == [shop.id for shop in again]
