"""Holds and reversals: promised money is kept once, and no act is reversed further than it went."""

from datetime import timedelta

import pytest

from gongfen.journal.models import Act
from gongfen.ledger import holds
from gongfen.ledger.batch import one_batch
from gongfen.ledger.models import Hold, Reversal, Transfer
from gongfen.ledger.reversal import Reason, left_of, reverse
from gongfen.rules.posting import Move
from tests.books import LI, NOW, WANG, Books, kinds, new_books, written

pytestmark = pytest.mark.django_db
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def books(db: None) -> Books:
    """Li has 1,000 in cash."""
    books = new_books()
    books.post(("in", [Move(books.outside, books.cash(LI), 1000)]))
    return books


def held(books: Books, amount: int = 600, key: str = "hold") -> Hold:
    with one_batch(books.town, NOW) as batch:
        act = batch.act(key=key, verb="test.hold", by=1, about=1)
        holds.hold(act, books.town, books.cash(LI), amount, expires_at=SOON)
    return Hold.of(books.town).get(act_id=written(batch.answers[0]).id)


def close(books: Books, *ways, now=NOW) -> list[str]:
    """Close holds in one set: each way is (key, what to do with the act)."""
    with one_batch(books.town, now) as batch:
        for key, way in ways:
            way(batch.act(key=key, verb="test.close", by=1, about=1))
    return kinds(batch.answers)


def capture(books: Books, hold: Hold, amount: int, now=NOW):
    return lambda act: holds.capture(act, books.town, hold, books.cash(WANG), amount, now=now)


def release(books: Books, hold: Hold):
    return lambda act: holds.release(act, books.town, hold)


def stands(books: Books) -> tuple[int, int, int]:
    return books.has(books.cash(LI)), books.has(books.on_hold), books.has(books.cash(WANG))


def test_held_money_is_neither_here_nor_there(books):
    hold = held(books)
    assert stands(books) == (400, 600, 0)
    assert (hold.state, hold.amount, hold.account) == ("open", 600, books.cash(LI).account)


def test_more_than_there_is_cannot_be_held(books):
    with one_batch(books.town, NOW) as batch:
        for key, amount in (("a", 700), ("b", 700), ("c", 300)):
            act = batch.act(key=key, verb="test.hold", by=1, about=1)
            holds.hold(act, books.town, books.cash(LI), amount, expires_at=SOON)
    assert kinds(batch.answers) == ["new", "insufficient_balance", "new"]
    assert sorted(Hold.of(books.town).values_list("amount", flat=True)) == [300, 700]


@pytest.mark.parametrize(("amount", "after"), [(600, (400, 0, 600)), (250, (750, 0, 250)), (1, (999, 0, 1))])
def test_a_hold_is_captured_whole_or_in_part_and_the_rest_goes_back(books, amount, after):
    hold = held(books)
    assert close(books, ("capture", capture(books, hold, amount))) == ["new"]
    assert stands(books) == after
    kept = Hold.of(books.town).get()
    assert (kept.state, kept.captured) == ("captured", amount)


@pytest.mark.parametrize(("amount", "no"), [(601, "hold_too_small"), (0, "bad_amount"), (-5, "bad_amount")])
def test_a_hold_keeps_no_other_promise(books, amount, no):
    hold = held(books)
    assert close(books, ("capture", capture(books, hold, amount))) == [no]
    assert stands(books) == (400, 600, 0) and Hold.of(books.town).get().state == "open"


def test_a_hold_is_closed_at_most_once_inside_a_set(books):
    hold, other = held(books), held(books, 100, "other")
    ways = [("a", capture(books, hold, 200)), ("b", release(books, hold)), ("c", capture(books, hold, 100))]
    assert close(books, *ways, ("d", release(books, other))) == ["new", "changed_meanwhile", "changed_meanwhile", "new"]
    assert stands(books) == (800, 0, 200)


def test_a_hold_is_closed_at_most_once_across_sets(books):
    seen_before = held(books)
    assert close(books, ("a", release(books, seen_before))) == ["new"]
    assert close(books, ("b", capture(books, seen_before, 10))) == ["changed_meanwhile"]
    seen_after = Hold.of(books.town).get()
    assert close(books, ("c", capture(books, seen_after, 10)), ("a", release(books, seen_after))) == [
        "hold_not_open",
        "again",
    ]
    assert stands(books) == (1000, 0, 0)


def test_a_hold_expires_when_its_time_is_over(books):
    hold = held(books)
    assert holds.overdue(books.town, NOW) == []
    assert [each.id for each in holds.overdue(books.town, SOON)] == [hold.id]
    assert close(books, ("late", capture(books, hold, 10, now=LATER)), now=LATER) == ["hold_not_open"]
    expire = [("x", lambda act: holds.expire(act, books.town, hold))]
    assert close(books, *expire, *expire, now=LATER) == ["new", "again"]
    assert stands(books) == (1000, 0, 0) and Hold.of(books.town).get().state == "expired"
    assert holds.overdue(books.town, LATER) == []


class TestReversal:
    """An act of two lines (700 out to Wang, 100 back) is reversed: linked, and never more than there was."""

    @pytest.fixture
    def act(self, books: Books) -> Act:
        lines = [Move(books.cash(LI), books.cash(WANG), 700), Move(books.cash(LI), books.fund, 100)]
        return Act.of(books.town).get(id=written(books.post(("pay", lines))[0]).id)

    def reversed(self, books: Books, act: Act, *wanted) -> list[str]:
        with one_batch(books.town, LATER) as batch:
            for key, lines in wanted:
                reverse(batch, act, by=1, reason=Reason.REFUND, key=key, lines=lines)
        return kinds(batch.answers)

    def left(self, books: Books, act: Act) -> dict[int, int]:
        with one_batch(books.town, LATER) as batch:
            return left_of(batch, act.id)

    def test_the_whole_act_goes_back_once(self, books, act):
        assert self.reversed(books, act, ("r", None)) == ["new"]
        assert (books.has(books.cash(LI)), books.has(books.cash(WANG)), books.has(books.fund)) == (1000, 0, 0)
        link = Reversal.of(books.town).select_related("act").get()
        assert (link.reversed_id, link.reason, link.act.facts["lines"]) == (act.id, "refund", {"0": 700, "1": 100})
        assert self.reversed(books, act, ("other", None)) == ["reversed_already"]

    def test_a_reversal_sent_again_is_the_same_reversal(self, books, act):
        assert self.reversed(books, act, ("r", None), ("r", None)) == ["new", "again"]
        assert self.reversed(books, act, ("r", None)) == ["again"]
        assert self.reversed(books, act, ("r", {0: 1})) == ["act_conflict"]
        assert Reversal.of(books.town).count() == 1

    def test_part_by_part_until_nothing_is_left(self, books, act):
        assert self.reversed(books, act, ("r1", {0: 300})) == ["new"]
        assert self.left(books, act) == {0: 400, 1: 100}
        assert self.reversed(books, act, ("r2", {0: 401})) == ["reversed_already"]
        assert self.reversed(books, act, ("r3", {0: 400}), ("r4", {1: 100})) == ["new", "new"]
        assert self.reversed(books, act, ("r5", {1: 1}), ("r1", {0: 300})) == ["reversed_already", "again"]
        assert books.has(books.cash(LI)) == 1000

    def test_two_reversals_in_one_set_see_each_other(self, books, act):
        wanted = [("r1", {0: 500}), ("r2", {0: 500}), ("r3", {0: 200}), ("r4", {0: 1})]
        assert self.reversed(books, act, *wanted) == ["new", "reversed_already", "new", "reversed_already"]
        assert books.has(books.cash(WANG)) == 0

    @pytest.mark.parametrize("lines", [{}, {0: 0}, {0: -5}, {0: 701}, {2: 1}, {0: 5, 1: 101}])
    def test_lines_that_were_not_there_cannot_be_reversed(self, books, act, lines):
        assert self.reversed(books, act, ("r", lines)) == ["reversed_already"]
        assert Reversal.of(books.town).count() == 0

    def test_a_reversal_is_not_reversed_nor_is_an_act_that_moved_nothing(self, books, act):
        self.reversed(books, act, ("r", None))
        reversal = Act.of(books.town).get(key="r")
        (empty,) = books.post(("empty", []))
        nothing = Act.of(books.town).get(id=written(empty).id)
        assert self.reversed(books, reversal, ("rr", None)) == ["nothing_to_reverse"]
        assert self.reversed(books, nothing, ("re", None)) == ["nothing_to_reverse"]

    def test_what_was_spent_since_cannot_be_taken(self, books, act):
        books.post(("spent", [Move(books.cash(WANG), books.fund, 650)]))
        assert self.reversed(books, act, ("r", None), ("part", {0: 50})) == ["insufficient_balance", "new"]
        assert Transfer.of(books.town).count() == 5

    def test_an_act_of_another_town_is_not_ours_to_reverse(self, books, act):
        elsewhere = new_books()
        assert self.reversed(elsewhere, act, ("r", None)) == ["nothing_to_reverse"]
