"""What stood where, at any number and any moment, and statements page by page in both directions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.journal.written import Written
from gongfen.ledger.queries import (
    balance_at,
    balance_of,
    balances_of,
    entries_of_acts,
    number_at,
    outstanding,
    statement,
    statement_forwards,
)
from gongfen.rules.posting import Address, Kind, Move
from tests.books import LI, NOW, WANG, ZHAO, Books, new_books, written

pytestmark = pytest.mark.django_db
PEOPLE = (LI, WANG, ZHAO)


def season(books: Books, steps: list[tuple[int, int, int]]) -> list[dict[Address, int]]:
    """Play these steps (from, to, amount; 3 is issuance), an hour each; all balances after each act."""
    after = []
    for i, (source, target, amount) in enumerate(steps):
        ends = [books.issuance if who == 3 else books.points(PEOPLE[who]) for who in (source, target)]
        (answer,) = books.post((f"k{i}", [Move(ends[0], ends[1], amount)]), now=NOW + timedelta(hours=i))
        if isinstance(answer, Written):
            after.append(books.balances())
    return after


steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 40)), max_size=10)


@given(steps, st.integers(1, 4))
def test_any_past_balance_and_every_page_agree_with_what_was(steps, page):
    books = new_books()
    books.post(*((f"first/{who}", [Move(books.issuance, books.points(who), 50)]) for who in PEOPLE))
    after = season(books, steps)
    for number, balances in enumerate(after, len(PEOPLE) + 1):
        for address in (books.issuance, *map(books.points, PEOPLE)):
            assert balance_at(books.town, address, number) == balances[address]
    for address in (books.issuance, *map(books.points, PEOPLE)):
        newest_first = pages(books, address, page)
        assert newest_first == pages_forwards(books, address, page)[::-1]
        assert sum(entry.amount for entry in newest_first) == balance_of(books.town, address)
        for older, entry in zip([*newest_first[1:], None], newest_first, strict=True):
            assert entry.balance == (older.balance if older else 0) + entry.amount


def pages(books: Books, address: Address, limit: int) -> list:
    found, page = [], statement(books.town, address.account, limit=limit)
    while page:
        found += page
        page = statement(books.town, address.account, before=page[-1].place, limit=limit)
    return found


def pages_forwards(books: Books, address: Address, limit: int) -> list:
    found, page = [], statement_forwards(books.town, address.account, limit=limit)
    while page:
        found += page
        page = statement_forwards(books.town, address.account, after=page[-1].place, limit=limit)
    return found


def test_before_the_first_and_after_the_last_number(db):
    books = new_books()
    books.give(LI, 500, "a")
    at = [balance_at(books.town, books.points(LI), number) for number in (0, 1, 2, 1 << 30)]
    assert at == [0, 500, 500, 500]
    assert balance_at(books.town, books.points(WANG), 1) == 0


def test_an_act_of_several_lines_on_one_account_has_the_balance_after_its_last(db):
    books = new_books()
    books.post(("a", [Move(books.issuance, books.points(LI), 10), Move(books.points(LI), books.points(WANG), 4)]))
    assert balance_at(books.town, books.points(LI), 1) == 6
    assert [entry.amount for entry in statement(books.town, books.points(LI).account)] == [-4, 10]


def test_the_number_of_a_moment(db):
    books = new_books()
    for hour in range(3):
        books.post((f"a{hour}", []), now=NOW + timedelta(hours=hour))
    moments = [NOW - timedelta(seconds=1), NOW, NOW + timedelta(minutes=90), NOW + timedelta(days=9)]
    assert [number_at(books.town, moment) for moment in moments] == [0, 1, 2, 3]


def test_the_number_of_a_moment_takes_few_looks(db, django_assert_max_num_queries):
    books = new_books()
    for hour in range(4):
        books.post(*((f"a{hour}/{i}", []) for i in range(250)), now=NOW + timedelta(hours=hour))
    with django_assert_max_num_queries(12):
        assert number_at(books.town, NOW + timedelta(hours=1, minutes=30)) == 500


def test_statements_of_two_towns_never_mix(db):
    here, there = new_books(), new_books()
    here.give(LI, 5, "a")
    there.give(LI, 7, "a")
    assert [entry.amount for entry in statement(here.town, here.points(LI).account)] == [5]
    assert statement(here.town, there.points(LI).account) == []
    assert balance_of(here.town, there.points(LI)) == 0


def test_many_balances_and_what_is_outstanding(db):
    books = new_books()
    books.give(LI, 300, "a")
    books.give(WANG, 50, "b")
    nowhere = Address(Kind.POINTS, 12345)
    asked = [books.points(LI), books.points(WANG), nowhere]
    assert balances_of(books.town, asked) == {books.points(LI): 300, books.points(WANG): 50, nowhere: 0}
    assert outstanding(books.town) == 350


def test_the_lines_of_acts(db):
    books = new_books()
    act = written(books.give(LI, 300, "a")).id
    empty = written(books.post(("b", []))[0]).id
    assert entries_of_acts(books.town, [act, empty]) == {
        act: [(books.issuance.account, books.points(LI).account, 300)],
        empty: [],
    }
