"""What happens to balances, without a database: a villager with a pencil comes to the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.ledger.draft import Draft
from gongfen.rules.posting import MOST, Address, Kind, Move, Standing, address, decide, decide_one
from gongfen.rules.refusals import Refusal
from tests.books import Reference

ISSUANCE, LI, WANG = Address(Kind.ISSUANCE, 1), Address(Kind.POINTS, 2), Address(Kind.POINTS, 3)
OUTSIDE, FUND = Address(Kind.OUTSIDE, 1), Address(Kind.FUND, 1)
EVERY = [ISSUANCE, LI, WANG, OUTSIDE, FUND]


def standings(**balances: int) -> dict[int, Standing]:
    own = {"LI": LI, "WANG": WANG, "FUND": FUND, "ISSUANCE": ISSUANCE, "OUTSIDE": OUTSIDE}
    return {at.account: Standing(balances.get(name, 0), at.kind.floor) for name, at in own.items()}


def code(answer: object) -> str:
    return answer.code if isinstance(answer, Refusal) else "new"


def test_each_line_tells_both_balances_after_it():
    (lines,) = decide([[Move(ISSUANCE, LI, 3000), Move(LI, WANG, 1000)]], standings(WANG=5))
    assert lines == [
        (ISSUANCE.account, LI.account, 3000, -3000, 3000),
        (LI.account, WANG.account, 1000, 2000, 1005),
    ]


def test_a_refused_wish_changes_nothing_for_the_next():
    accounts = standings(LI=1000)
    first, second = decide([[Move(LI, WANG, 900), Move(LI, WANG, 200)], [Move(LI, WANG, 1000)]], accounts)
    assert code(first) == "insufficient_balance" and first.facts["missing"] == 100
    assert code(second) == "new" and accounts[LI.account].balance == 0


def test_floors_hold_at_the_end_of_a_wish_and_not_between_its_moves():
    (answer,) = decide([[Move(LI, WANG, 700), Move(ISSUANCE, LI, 700)]], standings())
    assert code(answer) == "new"


@pytest.mark.parametrize(
    ("move", "no"),
    [
        (Move(LI, WANG, 0), "bad_amount"),
        (Move(LI, WANG, -1), "bad_amount"),
        (Move(ISSUANCE, LI, MOST + 1), "bad_amount"),
        (Move(ISSUANCE, LI, True), "bad_amount"),
        (Move(ISSUANCE, LI, 2.0), "bad_amount"),
        (Move(ISSUANCE, LI, "5"), "bad_amount"),
        (Move(FUND, LI, 5), "wrong_unit"),
        (Move(ISSUANCE, FUND, 5), "wrong_unit"),
        (Move(LI, LI, 5), "same_account"),
        (Move(ISSUANCE, Address(Kind.POINTS, 77), 5), "unknown_account"),
        (Move(Address(Kind.POINTS, 77), LI, 5), "unknown_account"),
        (Move(LI, WANG, 5), "insufficient_balance"),
    ],
)
def test_what_cannot_be_is_refused_by_name(move, no):
    accounts = standings()
    assert code(decide_one([move], accounts)) == no
    assert all(standing.balance == 0 for standing in accounts.values())


def test_the_most_is_the_most_on_an_account_too():
    accounts = standings()
    assert code(decide_one([Move(ISSUANCE, LI, MOST)], accounts)) == "new"
    assert code(decide_one([Move(ISSUANCE, WANG, 1)], accounts)) == "bad_amount"
    assert accounts[LI.account].balance == MOST


@given(st.sampled_from(Kind), st.integers(1, (1 << 58) - 1))
def test_an_account_is_its_owner_and_its_kind(kind, owner):
    assert address(Address(kind, owner).account) == Address(kind, owner)
    assert 0 < Address(kind, owner).account < 1 << 63


moves = st.builds(Move, st.sampled_from(EVERY), st.sampled_from(EVERY), st.integers(-1, 50) | st.just(MOST + 1))


@given(st.lists(st.lists(moves, max_size=4), max_size=20))
@settings(max_examples=300)
def test_a_set_is_decided_like_one_by_one_and_units_stay_even(wishes):
    accounts, alone = standings(), Reference(dict.fromkeys(EVERY, 0))
    together = decide(wishes, accounts)
    assert [code(answer) for answer in together] == [alone.post(str(i), wish) for i, wish in enumerate(wishes)]
    assert {at: accounts[at.account].balance for at in EVERY} == alone.balances
    assert sum(alone.balances[at] for at in (ISSUANCE, LI, WANG)) == 0


plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
facts = st.dictionaries(st.text(max_size=5), st.recursive(plain, lambda x: st.lists(x) | st.dictionaries(st.text(), x)))


@given(facts)
def test_facts_are_written_in_one_way_only(facts):
    told = Draft("key", "verb", 1, 2, facts, None, None).facts_text
    assert told == json.dumps(facts, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def test_facts_that_cannot_be_written_are_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        Draft("key", "verb", 1, 2, {"when": object()}, None, None)
