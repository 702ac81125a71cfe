"""A resident pays: with a phone that may be offline, and what can be wrong with it."""

import pytest

from gongfen.journal.written import Written
from gongfen.rules.posting import Kind
from gongfen.shops.models import Payment
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Shops:
    shops = found_shops()
    shops.lives("李大妈")
    shops.earned("李大妈", 30 * POINT)
    shops.phone("李大妈")
    return shops


def code_of(answer: object) -> str:
    return getattr(answer, "code", "paid")


def test_points_become_cash_in_the_act_that_pays(village):
    answer = village.scan("小芳", village.code("李大妈"), 125_000)
    assert isinstance(answer, Written)
    assert answer.verb == "payment.pay"
    assert village.points("李大妈") == 1_750
    assert (village.cash("李大妈"), village.in_till("小芳"), village.has(Kind.BACKING)) == (0, 125_000, 175_000)
    (paid,) = Payment.of(village.town)
    assert (paid.number, paid.money, paid.redeemed, paid.own_household) == (answer.number, 125_000, 1_250, False)
