"""At the counter: cards and PINs, helpers, a phone that is asked first, refunds, the owner's unlock."""

from datetime import timedelta

import pytest

from gongfen.journal.written import Written
from gongfen.ledger.models import Hold
from gongfen.people.tokens import hash_of
from gongfen.rules.posting import Kind
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings, cards, confirming, helping, merchants, refunds, tills
from gongfen.shops.cards import Shown
from gongfen.shops.handles import fill_handles
from gongfen.shops.models import Card, Confirmation, Helper, Merchant, Payment, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import SignPayment
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db
PIN = "482913"


@pytest.fixture
def village() -> Shops:
    shops = found_shops()
    shops.lives("赵奶奶", household="3", group="二组")
    shops.lives("赵爷爷", household="3", group="二组")
    shops.has_role("文书", "clerk")
    shops.has_role("监督", "supervisor")
    shops.earned("赵奶奶", 30 * POINT)
    shops.earned("赵爷爷", 30 * POINT)
    return shops


def refusal(call, *args, **named) -> str:
    with pytest.raises(Refusal) as no:
        call(*args, **named)
    return no.value.code


def gets_card(village: Shops, name: str, pin: str | None = PIN) -> str:
    clerk, supervisor = village.people["文书"], village.people["监督"]
    asking = askings.ask_card(clerk, village.people[name].id, key=f"card of {name} {village.now}", now=village.now)
    card = askings.approve(supervisor, asking.id, now=village.now).card_id
    if pin:
        cards.choose_pin(village.town, card, pin, now=village.now)
    return card


def pays_by_card(village: Shops, money: int, *shown: Shown, key: str = "client/till/1"):
    wanted = cards.card_payment(village.town, village.tills["小芳"], shown, money, key)
    return pay_many(village.town, [wanted], village.now)[0]


def test_a_card_pays_after_the_pin_that_its_holder_chose(village):
    card = gets_card(village, "赵奶奶", pin=None)
    assert len(card) == 26
    assert refusal(cards.check_pin, village.town, Shown(card, PIN)) == "card_without_pin"
    cards.choose_pin(village.town, card, PIN, now=village.now)
    assert refusal(cards.choose_pin, village.town, card, "135790", now=village.now) == "card_has_pin"
    answer = pays_by_card(village, 125_000, Shown(card, PIN))
    assert (answer.verb, Payment.of(village.town).get().how) == ("payment.pay", "card")
    assert pays_by_card(village, 125_000, Shown(card, PIN)).number == answer.number
    assert cards.balance_by_card(village.town, Shown(card, PIN)) == (1_750, 0)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "111111", "123456", "654321", "12a456", "１２３４５７"])
def test_a_pin_that_is_guessed_first_is_not_taken(village, pin):
    card = gets_card(village, "赵奶奶", pin=None)
    assert refusal(cards.choose_pin, village.town, card, pin, now=village.now) == "pin_not_usable"


def test_five_wrong_pins_lock_and_two_people_unlock(village):
    card = gets_card(village, "赵奶奶")
    tries = [refusal(cards.check_pin, village.town, Shown(card, "000001")) for _ in range(5)]
    assert tries == ["card_pin_wrong"] * 4 + ["card_locked"]
    assert refusal(cards.check_pin, village.town, Shown(card, PIN)) == "card_locked"
    asking = askings.ask_unlock(village.town, card, key="unlock", now=village.now)
    neighbour = village.lives("二组会计", group="二组")
    village.has_role("二组会计", "treasurer")
    assert refusal(askings.approve, neighbour, asking.id, now=village.now) == "staff_of_the_group"
    assert refusal(askings.approve, village.people["赵爷爷"], asking.id, now=village.now) == "not_your_role"
    askings.approve(village.people["文书"], asking.id, now=village.now)
    askings.approve(village.people["文书"], asking.id, now=village.now)
    cards.choose_pin(village.town, card, "975310", now=village.now)
    assert isinstance(pays_by_card(village, 100, Shown(card, "975310")), Written)


def test_a_reprinted_card_kills_the_old_one(village):
    old = gets_card(village, "赵奶奶")
    village.later(minutes=1)
    new = gets_card(village, "赵奶奶")
    assert refusal(cards.check_pin, village.town, Shown(old, PIN)) == "card_unknown"
    assert isinstance(pays_by_card(village, 100, Shown(new, PIN)), Written)
    assert refusal(cards.check_pin, village.town, Shown("A" * 26, PIN)) == "card_unknown"


def test_two_cards_of_a_household_pay_together_and_no_others(village):
    hers, his = gets_card(village, "赵奶奶"), gets_card(village, "赵爷爷")
    answer = pays_by_card(village, 50 * YUAN, Shown(hers, PIN, 30 * YUAN), Shown(his, PIN, 20 * YUAN))
    assert (village.points("赵奶奶"), village.points("赵爷爷")) == (0, 10 * POINT)
    assert village.in_till("小芳") == 50 * YUAN
    assert isinstance(answer, Written)
    village.lives("外人")
    village.earned("外人", 9 * POINT)
    other = gets_card(village, "外人")
    parts = (Shown(his, PIN, YUAN), Shown(other, PIN, YUAN))
    assert pays_by_card(village, 2 * YUAN, *parts, key="client/till/2").code == "cards_of_one_household"
    assert refusal(pays_by_card, village, 3 * YUAN, *parts) == "parts_do_not_add_up"
    twice = (Shown(his, PIN, YUAN), Shown(his, PIN, YUAN))
    assert pays_by_card(village, 2 * YUAN, *twice, key="client/till/3").code == "cards_of_one_household"


def test_what_two_paid_together_goes_back_to_both(village):
    hers, his = gets_card(village, "赵奶奶"), gets_card(village, "赵爷爷")
    answer = pays_by_card(village, 50 * YUAN, Shown(hers, PIN, 30 * YUAN), Shown(his, PIN, 20 * YUAN))
    till = unlocked_till(village)
    refunds.refund(till, answer.number, 25 * YUAN, key="r1", now=village.now)
    assert (village.cash("赵奶奶"), village.cash("赵爷爷")) == (5 * YUAN, 20 * YUAN)
    refunds.refund(till, answer.number, 25 * YUAN, key="r2", now=village.now)
    assert (village.cash("赵奶奶"), village.cash("赵爷爷")) == (30 * YUAN, 20 * YUAN)


def unlocked_till(village: Shops) -> Till:
    till = Till.of(village.town).select_related("town", "merchant", "merchant__owner").get(label="小芳")
    tills.unlock(till, PIN, now=village.now)
    till.refresh_from_db()
    return till


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


def test_a_token_is_kept_as_a_hash_and_a_card_as_well(village):
    card = gets_card(village, "赵奶奶")
    assert bytes(Card.of(village.town).get().id_hash) == hash_of(card)
    assert PIN not in Card.of(village.town).get().pin_hash
    assert "m=19456" in Card.of(village.town).get().pin_hash
