"""R25: under 14 no account and no device; from 14 to 17 no standing."""

import pytest

from gongfen.ledger.models import Account
from gongfen.people.joining import TooYoung, ask_to_join, make_codes
from gongfen.people.models import Resident
from tests.doors import RESIDENT, Call, Door, knock, token_of
from tests.village import NOW, Daicun


def test_a_child_has_neither_account_nor_code(daicun: Daicun) -> None:
    child = Resident.of(daicun.town).get(name="王小明")
    assert not Account.of(daicun.town).filter(owner=child.subject).exists()
    with pytest.raises(TooYoung):
        make_codes(daicun["钱文书"], [child], now=NOW)
    with pytest.raises(TooYoung):
        ask_to_join(daicun.village, name="小", household_number="1", age_band="under_14", secret="s", now=NOW)


def test_the_young_have_points_but_no_standing(daicun: Daicun) -> None:
    token = token_of(daicun["王小刘"])
    assert knock(Door("GET", "/me/accounts", RESIDENT), Call(), token).status_code == 200
    answer = knock(Door("GET", "/me/standing", RESIDENT), Call(), token)
    assert answer.status_code in (403, 409)
