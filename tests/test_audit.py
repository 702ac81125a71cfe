"""The audit passes whatever the book wrote, and names whatever somebody else did to it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from gongfen.ledger import guards
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.audit import Report, audit, last_audit
from gongfen.ledger.models import Checkpoint, Transfer
from gongfen.rules.posting import Address, Kind, Move
from tests.books import LI, NOW, WANG, Books, new_books, play, played_books
from tests.damage import damaged

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def books(db: None) -> Books:
    return played_books()


def codes(report: Report) -> set[str]:
    return {difference.code for difference in report.differences}


def test_what_the_book_wrote_passes(books):
    report = audit(books.town, full=True, now=NOW)
    assert report.differences == [] and report.passed
    assert (report.acts, report.transfers, report.last) == (9, Transfer.of(books.town).count(), 9)


def test_a_nightly_audit_looks_at_what_moved_since_and_at_every_balance(books):
    first = audit(books.town, now=NOW)
    assert first.since == 0, "without one that passed it is a full one"
    nothing = audit(books.town, now=NOW)
    assert (nothing.since, nothing.acts, nothing.transfers, nothing.found) == (9, 9, first.transfers, 0)
    play(books, "second")
    nightly = audit(books.town, now=NOW + DAY)
    assert (nightly.since, nightly.last, nightly.acts, nightly.differences) == (9, 18, 18, [])
    assert nightly.transfers == Transfer.of(books.town).count()
    kept = list(Checkpoint.of(books.town).order_by("id").values_list("number", "is_full", "differences"))
    assert kept == [(9, True, 0), (9, False, 0), (18, False, 0)]
    last = last_audit(books.town)
    assert last is not None and last.passed and last.audited_at == NOW + DAY


def test_a_town_without_anything_passes(db):
    assert audit(new_books().town, full=True, now=NOW).differences == []


def test_the_books_of_another_town_are_their_own(books):
    other = new_books()
    with damaged(f"UPDATE ledger_account SET balance = balance + 1 WHERE town_id = {books.town.id} AND kind = 16"):
        assert audit(other.town, full=True, now=NOW).differences == []
        assert not audit(books.town, full=True, now=NOW).passed


# Somebody was at the books. In the SQL: {t} the town's id, {c} its code, {li} Li's subject, act(n) and transfer(n, l)
# are places. Beside it: what a full audit and a nightly one (begun after number 5) must call it.
DAMAGE = {
    "an amount is raised": ("UPDATE ledger_transfer SET amount = amount + 1 WHERE id = transfer(7, 0)", "chain_broken"),
    "a balance in the middle": (
        "UPDATE ledger_transfer SET target_balance = target_balance + 5 WHERE id = transfer(6, 0)",
        "chain_broken",
    ),
    "a last balance": (
        "UPDATE ledger_transfer SET source_balance = source_balance + 5 WHERE id = transfer(9, 2)",
        "balance_differs",
    ),
    "somebody made richer": (
        "UPDATE ledger_account SET balance = balance + 100 WHERE town_id = {t} AND kind = 16 AND owner = {li}",
        "balance_differs",
    ),
    "somebody made richer and another poorer": (
        "UPDATE ledger_account SET balance = balance + CASE WHEN owner = {li} THEN 100 ELSE -100 END"
        " WHERE town_id = {t} AND kind = 2 AND owner IN ({li}, {wang})",
        "balance_differs",
    ),
    "a transfer in the middle is gone": ("DELETE FROM ledger_transfer WHERE id = transfer(6, 0)", "line_missing"),
    "a last transfer is gone": ("DELETE FROM ledger_transfer WHERE id = transfer(8, 0)", "balance_differs"),
    "a transfer is sent elsewhere": (
        "UPDATE ledger_transfer SET target_id = CAST({wang} AS bigint) * 32 + 16 WHERE id = transfer(6, 1)",
        "chain_broken",
    ),
    "a transfer belongs to another town": (
        "UPDATE ledger_transfer SET town_id = {t} + 1 WHERE id = transfer(7, 0)",
        "chain_broken",
    ),
    "a transfer is slipped in": (
        "INSERT INTO ledger_transfer (id, town_id, act_id, source_id, target_id, amount, source_balance,"
        " target_balance) SELECT id + 1, town_id, act_id, source_id, target_id, 5, source_balance - 5,"
        " target_balance + 5 FROM ledger_transfer WHERE id = transfer(8, 0)",
        "balance_differs",
    ),
    "an act is gone": ("DELETE FROM journal_act WHERE id = act(7)", "numbers_gap"),
    "an act is gone under its transfers": ("DELETE FROM journal_act WHERE id = act(8)", "transfer_without_act"),
    "the last act is gone": ("DELETE FROM journal_act WHERE id = act(9)", "acts_missing"),
    "the head runs ahead": ("UPDATE journal_townhead SET last = 11 WHERE town_id = {t}", "acts_missing"),
    "the head is turned back": ("UPDATE journal_townhead SET last = 8 WHERE town_id = {t}", "act_beyond_head"),
    "the head is gone": ("DELETE FROM journal_townhead WHERE town_id = {t}", "head_missing"),
    "a transfer of an act that never was": (
        "UPDATE ledger_transfer SET act_id = act(30), id = transfer(30, 0) WHERE id = transfer(8, 0)",
        "transfer_without_act",
    ),
    "a transfer out of its place": (
        "UPDATE ledger_transfer SET act_id = act(6) WHERE id = transfer(8, 0)",
        "transfer_out_of_place",
    ),
    "less than nothing moves": (
        "UPDATE ledger_transfer SET amount = -amount WHERE id = transfer(7, 1)",
        "transfer_amount",
    ),
    "more than can be moves": (
        "UPDATE ledger_transfer SET amount = 9007199254740993 WHERE id = transfer(7, 1)",
        "transfer_amount",
    ),
    "points become money": (
        "UPDATE ledger_transfer SET target_id = CAST({li} AS bigint) * 32 + 16 WHERE id = transfer(7, 0)",
        "transfer_units",
    ),
    "from an account to itself": (
        "UPDATE ledger_transfer SET target_id = source_id WHERE id = transfer(7, 0)",
        "transfer_one_account",
    ),
    "a floor is taken away": ("UPDATE ledger_account SET floor = NULL WHERE town_id = {t} AND kind = 9", "floor_wrong"),
    "a floor is lowered": (
        "UPDATE ledger_account SET floor = -500 WHERE town_id = {t} AND kind = 16 AND owner = {li}",
        "floor_wrong",
    ),
    "below the floor": (
        "UPDATE ledger_account SET balance = -1 WHERE town_id = {t} AND kind = 2 AND owner = {li}",
        "floor_broken",
    ),
    "a budget overspent": (
        "UPDATE ledger_account SET balance = -1 WHERE town_id = {t} AND kind = 13",
        "budget_below_zero",
    ),
    "an account changes its owner": (
        "UPDATE ledger_account SET owner = {wang} WHERE town_id = {t} AND kind = 16 AND owner = {li}",
        "account_misnamed",
    ),
    "an account changes its kind": (
        "UPDATE ledger_account SET kind = 11 WHERE town_id = {t} AND kind = 16 AND owner = {li}",
        "account_misnamed",
    ),
    "an account is gone": (
        "DELETE FROM ledger_account WHERE town_id = {t} AND kind = 16 AND owner = {li}",
        "account_unknown",
    ),
    "money from nowhere": (
        "UPDATE ledger_account SET balance = balance + 7 WHERE town_id = {t} AND kind = 9",
        "unit_uneven",
    ),
    "the backing is touched": (
        "UPDATE ledger_account SET balance = balance - 7 WHERE town_id = {t} AND kind = 14",
        "backing_differs",
    ),
    "a promise is forgotten": ("UPDATE ledger_hold SET state = 'released' WHERE town_id = {t}", "holds_differ"),
    "a promise is invented": ("UPDATE ledger_hold SET amount = amount * 2 WHERE town_id = {t}", "holds_differ"),
    "a reversal of what was less": (
        "UPDATE ledger_transfer SET amount = 1 WHERE id = transfer(6, 1)",
        "reversed_too_far",
    ),
}


@pytest.mark.parametrize("nightly", [False, True], ids=["full", "nightly"])
@pytest.mark.parametrize(("statement", "code"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found_and_named(books, statement, code, nightly):
    passed_at_number_5(books)
    with damaged(spelled(books, statement)):
        report = audit(books.town, full=not nightly, now=NOW)
        assert code in codes(report), report.differences
        assert report.since == (5 if nightly and code != "head_missing" else 0)
        kept = last_audit(books.town)
        assert kept is not None and not kept.passed
    assert audit(books.town, full=not nightly, now=NOW).differences == []


def passed_at_number_5(books: Books) -> None:
    Checkpoint.objects.create(
        town=books.town, number=5, acts=5, transfers=7, accounts=13, differences=0, is_full=True, audited_at=NOW
    )


def test_the_first_transfer_of_an_account_begins_with_nothing(books):
    with damaged(spelled(books, "DELETE FROM ledger_transfer WHERE id = transfer(1, 0)")):
        found = audit(books.town, full=True, now=NOW).differences
    assert [(each.code, each.facts["found"]) for each in found] == [
        ("chain_begins", 9_000_000),
        ("balance_differs", -9_000_000),
    ], "the fund goes on from what it never got, and nothing tells of the bank's money"


def test_by_night_what_moved_must_join_on_to_what_was_there(books):
    passed_at_number_5(books)
    with damaged(
        spelled(books, "UPDATE ledger_transfer SET source_balance = source_balance + 5 WHERE id = transfer(5, 0)")
    ):
        assert codes(audit(books.town, now=NOW)) == {"chain_begins"}


def test_a_head_behind_the_last_audit_is_a_difference(books):
    audit(books.town, now=NOW)
    with damaged(
        f"UPDATE journal_townhead SET last = 7 WHERE town_id = {books.town.id}",
        spelled(books, "DELETE FROM ledger_transfer WHERE id >= transfer(8, 0)"),
        spelled(books, "DELETE FROM journal_act WHERE id >= act(8)"),
    ):
        assert "head_went_back" in codes(audit(books.town, now=NOW))


@pytest.mark.parametrize("full", [True, False])
def test_an_account_that_vanished_is_missed_although_nothing_moved_on_it(books, full):
    audit(books.town, full=True, now=NOW)
    with damaged(f"DELETE FROM ledger_account WHERE town_id = {books.town.id} AND kind = 19"):
        assert codes(audit(books.town, full=full, now=NOW)) == {"accounts_vanished"}


def spelled(books: Books, statement: str) -> str:
    """The statement with this town's places in it."""
    code = books.town.code << 34
    for number in range(1, 31):
        statement = statement.replace(f"act({number})", str(code | number))
        for line in range(3):
            statement = statement.replace(f"transfer({number}, {line})", str((code | number) << 9 | line))
    return statement.format(t=books.town.id, c=books.town.code, li=books.subject(LI), wang=books.subject(WANG))


def test_a_difference_tells_where_it_is(books):
    account = books.points(WANG).account
    with damaged(spelled(books, DAMAGE["a balance in the middle"][0])):
        first = audit(books.town, full=True, now=NOW).differences[0]
    assert first.code == "chain_broken" and first.facts["number"] == 6 and first.facts["line"] == 0
    with damaged(f"UPDATE ledger_account SET balance = balance + 1 WHERE id = {account}"):
        named = audit(books.town, full=True, now=NOW).differences[0]
    assert str(named) == f"balance_differs account={account} kind=points expected=1500 found=1501"


def test_a_missing_guard_is_a_difference(books):
    on = " ON journal_act" if connection.vendor == "postgresql" else ""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER journal_act_no_delete{on}")
        assert audit(books.town, now=NOW).differences[0].facts == {"guard": "journal_act_no_delete"}
        transaction.set_rollback(True)
    assert guards.missing() == []


def test_money_taken_from_the_backing_by_an_act_is_found_too(books):
    books.post(("oops", [Move(books.backing, books.fund, 100)]))
    assert codes(audit(books.town, now=NOW)) == {"backing_differs"}


def test_after_a_difference_the_next_nightly_begins_where_one_passed(books):
    audit(books.town, now=NOW)
    books.post(("oops", [Move(books.backing, books.fund, 100)]))
    assert not audit(books.town, now=NOW).passed
    assert audit(books.town, now=NOW).since == 9
    books.post(("mended", [Move(books.fund, books.backing, 100)]))
    assert audit(books.town, now=NOW).passed and audit(books.town, now=NOW).since == 11


def test_only_the_first_hundred_differences_are_named(db):
    books = new_books()
    people = [Address(Kind.POINTS, books.subject(who)) for who in range(200, 350)]
    open_accounts(books.town, people)
    with damaged(f"UPDATE ledger_account SET balance = 1 WHERE town_id = {books.town.id} AND kind = 2"):
        report = audit(books.town, full=True, now=NOW)
    assert len(report.differences) == 100 and report.found > 150
