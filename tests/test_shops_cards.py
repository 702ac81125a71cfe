"""Cards for people without a phone: a PIN that the holder alone knows, five tries, two cards together."""

import pytest

from gongfen.journal.written import Written
from gongfen.people.tokens import hash_of
from gongfen.shops import askings, cards, refunds
from gongfen.shops.cards import Shown
from gongfen.shops.models import Card, Payment
from tests.shops_counter import PIN, found_counter, gets_card, pays_by_card, refusal, unlocked_till
from tests.shops_village import POINT, YUAN, Shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Shops:
    return found_counter()


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
    assert askings.ask_unlock(village.town, card, key="once more", now=village.now).id == asking.id
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


def test_a_token_is_kept_as_a_hash_and_a_card_as_well(village):
    card = gets_card(village, "赵奶奶")
    assert bytes(Card.of(village.town).get().id_hash) == hash_of(card)
    assert PIN not in Card.of(village.town).get().pin_hash
    assert "m=19456" in Card.of(village.town).get().pin_hash
