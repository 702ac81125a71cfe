"""Acts in sets: each is answered exactly as if it came alone, whatever stands beside it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from gongfen.journal.models import Act, TownHead
from gongfen.ledger.audit import audit
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.ledger.models import Account, Hold, Transfer
from gongfen.rules.posting import MOST, Address, InsufficientBalance, Kind, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town
from tests.books import LI, NOW, STRANGER, WANG, ZHAO, Books, Reference, kinds, new_books, numbers, written

pytestmark = pytest.mark.django_db
ALL = -7  # in a wish: whatever the account has at its turn


@pytest.fixture
def books(db: None) -> Books:
    return new_books()


PLACES = ["issuance", "outside", "fund", *(f"{has} {who}" for has in ("points", "cash") for who in range(3))]


def place(books: Books, name: str) -> Address:
    if " " not in name:
        return getattr(books, name)
    has, who = name.split()
    return getattr(books, has)([LI, WANG, STRANGER][int(who)])


amounts = st.integers(0, 60) | st.sampled_from([ALL, ALL, -1, MOST + 1])
wishes = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), amounts), max_size=3)
sets = st.lists(st.lists(st.tuples(st.sampled_from("abcdefghijkl"), wishes), max_size=7), max_size=6)


@given(sets)
def test_a_set_is_answered_like_one_by_one(sets):
    books = new_books(people=(LI, WANG), par=0)
    alone = Reference(dict.fromkeys(books.every(), 0))
    for wanted in sets:
        expected = [post_alone(alone, books, key, wish) for key, wish in wanted]
        assert kinds(post_together(books, wanted)) == expected
        assert audit(books.town, now=NOW).differences == []
    assert books.balances() == alone.balances
    assert set(books.sums().values()) == {0}
    assert numbers(books.town) == list(range(1, len(alone.asked) + 1))
    assert TownHead.objects.get(town=books.town).last == len(alone.asked)
    moved = sum(len(dict_of[1]) for dict_of in alone.asked.values())
    assert Transfer.of(books.town).count() == moved
    assert audit(books.town, full=True, now=NOW).differences == []


def post_alone(alone: Reference, books: Books, key: str, wish: list) -> str:
    """The reference asks for the same; a wish for all reads what is there at its turn."""
    moves = [Move(place(books, source), place(books, target), amount) for source, target, amount in wish]
    if key in alone.asked:
        return "again" if alone.asked[key][0] == wish else "act_conflict"
    answer = alone.post(key, [fixed(move, lambda at: alone.balances.get(at, 0)) for move in moves])
    if key in alone.asked:
        alone.asked[key] = (wish, moves)
    return answer


def fixed(move: Move, read) -> Move:
    return move._replace(amount=read(move.source)) if move.amount == ALL else move


def post_together(books: Books, wanted: list) -> list:
    with one_batch(books.town, NOW) as batch:
        for key, wish in wanted:
            moves = [Move(place(books, source), place(books, target), amount) for source, target, amount in wish]
            act = batch.act(
                key=key, verb="test.move", by=1, about=2, facts={"wish": [list(map(str, each)) for each in wish]}
            )
            if any(move.amount == ALL for move in moves):
                touching = [at for move in moves for at in (move.source, move.target)]
                act.moves_from(
                    lambda read, moves=moves: [fixed(move, read) for move in moves], touching=touching
                )  # fmt: skip
            else:
                act.moves(*moves)
    return batch.answers


def test_a_key_acts_once_inside_a_set_and_across_sets(books):
    give = ("award/1", [Move(books.issuance, books.points(LI), 3000)])
    other = ("award/1", [Move(books.issuance, books.points(WANG), 3000)])
    first, again, conflict = books.post(give, give, other)
    assert kinds([first, again, conflict]) == ["new", "again", "act_conflict"]
    assert written(again).id == written(first).id and written(again).facts == written(first).facts
    later, late_conflict = books.post(give, other)
    assert kinds([later, late_conflict]) == ["again", "act_conflict"]
    assert written(later)._replace(is_new=True) == written(first), "a repeat tells the act that stands"
    assert books.has(books.points(LI)) == 3000 and books.has(books.points(WANG)) == 0


def test_a_refused_act_writes_nothing_and_its_key_may_be_used_again(books):
    pay = ("pay/7", [Move(books.points(LI), books.points(WANG), 500)])
    answers = books.post(
        ("a/1", [Move(books.issuance, books.points(LI), 400)]),
        pay,
        ("a/2", [Move(books.issuance, books.points(LI), 400)]),
        pay,
        pay,
    )
    assert kinds(answers) == ["new", "insufficient_balance", "new", "new", "again"]
    assert numbers(books.town) == [1, 2, 3], "a refusal leaves no gap in the numbers"
    assert (books.has(books.points(LI)), books.has(books.points(WANG))) == (300, 500)


def test_several_acts_on_one_account_see_each_other(books):
    acts = [(f"in/{i}", [Move(books.issuance, books.points(LI), 10)]) for i in range(5)]
    acts += [(f"out/{i}", [Move(books.points(LI), books.points(WANG), 20)]) for i in range(3)]
    assert kinds(books.post(*acts)) == ["new"] * 7 + ["insufficient_balance"]
    chain = list(Transfer.of(books.town).order_by("id").values_list("target_balance", "source_balance"))
    assert chain[:5] == [(10, -10), (20, -20), (30, -30), (40, -40), (50, -50)]
    assert chain[5:] == [(20, 30), (40, 10)]


def test_a_hot_account_pays_ten_thousand_residents_in_one_set(db):
    crowd = range(1, 10_001)
    books = new_books(people=())
    from gongfen.ledger.accounts import open_accounts

    people = [books.points(who) for who in crowd]
    open_accounts(books.town, people)
    with one_batch(books.town, NOW) as batch:
        for who, account in zip(crowd, people, strict=True):
            act = batch.act(key=f"a/{who}", verb="claim.award", by=1, about=who)
            act.moves(Move(books.issuance, account, who))
    assert Counter(kinds(batch.answers)) == {"new": 10_000}
    assert books.has(books.issuance) == -sum(crowd)
    assert set(books.sums().values()) == {0}
    last = Transfer.of(books.town).order_by("-id").first()
    assert last is not None and last.number == 10_000 and last.source_balance == -sum(crowd)


@pytest.mark.parametrize(("moves", "answer"), [(512, "new"), (513, "too_many_moves")])
def test_an_act_has_at_most_512_moves(books, moves, answer):
    wish = [Move(books.issuance, books.points(LI), 1)] * moves
    after = ("after", [Move(books.issuance, books.points(LI), 1)])
    assert kinds(books.post(("big", wish), after)) == [answer, "new"]
    assert Transfer.of(books.town).count() == (513 if answer == "new" else 1)


def test_an_account_of_another_town_is_unknown(books):
    elsewhere = new_books()
    move = Move(books.issuance, elsewhere.points(LI), 5)
    assert kinds(books.post(("a", [move]), ("b", [Move(elsewhere.issuance, books.points(LI), 5)]))) == [
        "unknown_account",
        "unknown_account",
    ]
    assert Account.of(elsewhere.town).exclude(balance=0).count() == 0


def test_a_town_that_was_never_founded_has_no_books(db):
    town = Town.objects.create(code=5, name="无账镇", founded_at=NOW)
    with pytest.raises(Refusal) as no, one_batch(town, NOW):
        pass
    assert no.value.code == "unknown_town"


@pytest.mark.parametrize("key", ["", "x" * 121, "nul\0", "line\nbreak", "\ud800"])
def test_a_key_that_cannot_be_kept_is_refused_amid_good_ones(books, key):
    with one_batch(books.town, NOW) as batch:
        for each in ("good", key, "x" * 120, "单号/1"):
            batch.act(key=each, verb="test", by=1, about=1)
    assert kinds(batch.answers) == ["new", "bad_key", "new", "new"]


def test_it_happened_before_it_was_written_and_never_after_now(books):
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(seconds=1)
    with one_batch(books.town, NOW) as batch:
        for key, moment in (("a", yesterday), ("b", tomorrow), ("c", NOW), ("d", None)):
            batch.act(key=key, verb="test", by=1, about=1, happened_at=moment)
    assert kinds(batch.answers) == ["new", "not_yet_happened", "new", "new"]
    stored = {act.key: (act.happened_at, act.written_at) for act in Act.of(books.town)}
    assert stored == {"a": (yesterday, NOW), "c": (NOW, NOW), "d": (NOW, NOW)}


def test_what_an_exception_interrupts_was_never_begun(books):
    with pytest.raises(ZeroDivisionError), one_batch(books.town, NOW) as batch:
        act = batch.act(key="a", verb="test", by=1, about=1)
        act.moves(Move(books.issuance, books.points(LI), 5))
        act.then(lambda: 1 // 0)
    assert numbers(books.town) == [] and books.has(books.points(LI)) == 0
    assert kinds([books.give(LI, 5, "a")]) == ["new"]


def test_reading_an_account_that_was_not_named_is_a_mistake_and_not_nothing(books):
    with pytest.raises(LookupError, match="touching"), one_batch(books.town, NOW) as batch:
        act = batch.act(key="a", verb="test", by=1, about=1)
        act.moves_from(lambda read: [Move(books.fund, books.backing, read(books.fund))], touching=[books.backing])


def test_a_maker_may_refuse(books):
    def refuse(read):
        raise InsufficientBalance(account="0", missing=read(books.fund) + 7)

    with one_batch(books.town, NOW) as batch:
        batch.act(key="a", verb="test", by=1, about=1).moves_from(refuse, touching=[books.fund])
        batch.act(key="b", verb="test", by=1, about=1)
    assert kinds(batch.answers) == ["insufficient_balance", "new"]
    with pytest.raises(InsufficientBalance):
        one(batch.answers[:1])


class TestRows:
    """Acts that change and create rows beside the journal."""

    @pytest.fixture
    def row(self, books: Books) -> Hold:
        act = written(books.fill_fund(1000))
        return Hold.objects.create(
            town=books.town, act_id=act.id, account=books.fund.account, amount=100, expires_at=NOW
        )  # fmt: skip

    def post(self, books: Books, *wanted) -> list:
        with one_batch(books.town, NOW) as batch:
            for key, change in wanted:
                change(batch.act(key=key, verb="test", by=1, about=1))
        return batch.answers

    def test_the_first_of_two_changes_wins(self, books, row):
        close = {state: lambda act, s=state: act.changes(row, was={"state": "open"}, state=s) for state in "xy"}
        answers = self.post(books, ("a", close["x"]), ("b", close["y"]), ("a", close["x"]))
        assert kinds(answers) == ["new", "changed_meanwhile", "again"]
        assert kinds(self.post(books, ("c", close["y"]))) == ["changed_meanwhile"]
        assert Hold.of(books.town).get().state == "x"

    def test_a_chain_of_changes_ends_where_it_ends(self, books, row):
        steps = [("open", "b"), ("b", "c"), ("x", "d"), ("c", "e")]
        answers = self.post(
            books,
            *((f"k{was}", lambda act, w=was, n=new: act.changes(row, was={"state": w}, state=n)) for was, new in steps),
        )
        assert kinds(answers) == ["new", "new", "changed_meanwhile", "new"]
        assert Hold.of(books.town).get().state == "e"

    def test_additions_add_up_in_the_order_of_the_acts(self, books, row):
        def add(amount, limit):
            return lambda act: act.changes(row, was={"captured": limit}, adds={"captured": amount})

        answers = self.post(books, ("a", add(10, 0)), ("b", add(20, 10)), ("c", add(5, 10)), ("d", add(1, 30)))
        assert kinds(answers) == ["new", "new", "changed_meanwhile", "new"]
        assert Hold.of(books.town).get().captured == 31

    def test_additions_without_a_condition_do_not_overtake_each_other(self, books, row):
        self.post(books, *((f"a{i}", lambda act, i=i: act.changes(row, adds={"captured": i})) for i in range(1, 8)))
        assert Hold.of(books.town).get().captured == 28

    def test_a_row_may_name_the_act_that_changed_it(self, books, row):
        (answer,) = self.post(books, ("a", lambda act: act.changes(row, account=THIS_ACT)))
        assert Hold.of(books.town).get().account == written(answer).id

    def test_a_row_of_another_town_cannot_be_changed(self, books, row):
        elsewhere = new_books()
        assert kinds(self.post(elsewhere, ("a", lambda act: act.changes(row, state="x")))) == ["changed_meanwhile"]
        assert Hold.of(books.town).get().state == "open"

    def test_an_act_that_is_refused_creates_nothing_and_calls_nobody(self, books, row):
        calls: list[str] = []

        def want(act, name, moves):
            act.moves(*moves)
            act.creates(lambda number: Hold(town=books.town, act_id=number, account=1, amount=1, expires_at=NOW))
            act.asks(lambda: calls.append(f"asked {name}"))
            act.then(lambda: calls.append(f"then {name}"))

        short = [Move(books.cash(ZHAO), books.fund, 1)]
        answers = self.post(
            books,
            ("a", lambda act: want(act, "a", [])),
            ("b", lambda act: want(act, "b", short)),
            ("a", lambda act: want(act, "a", [])),
        )
        assert kinds(answers) == ["new", "insufficient_balance", "again"]
        assert calls == ["asked a", "then a", "asked b"], "a repeat is not asked"
        assert Hold.of(books.town).filter(account=1).count() == 1

    def test_a_row_that_breaks_a_promise_breaks_the_whole_set(self, books, row):
        with pytest.raises(IntegrityError):
            self.post(books, ("a", lambda act: act.changes(row, adds={"captured": 101})))


def test_a_kind_knows_its_floor(books):
    floors = {account.kind: account.floor for account in Account.of(books.town)}
    assert floors == {kind: None if kind in (Kind.ISSUANCE, Kind.OUTSIDE) else 0 for kind in floors}
