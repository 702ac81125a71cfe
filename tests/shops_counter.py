"""A counter with its people, for the tests of cards, helpers, confirmations and refunds."""

import pytest

from gongfen.rules.refusals import Refusal
from gongfen.shops import askings, cards, tills
from gongfen.shops.cards import Shown
from gongfen.shops.models import Till
from gongfen.shops.payments import pay_many
from tests.shops_village import POINT, Shops, found_shops

PIN = "482913"


def found_counter() -> Shops:
    """A household of two with points, a clerk and a supervisor."""
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


def unlocked_till(village: Shops) -> Till:
    till = Till.of(village.town).select_related("town", "merchant", "merchant__owner").get(label="小芳")
    tills.unlock(till, PIN, now=village.now)
    till.refresh_from_db()
    return till
