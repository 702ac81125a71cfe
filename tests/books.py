"""A small town with books and nothing else, for tests of the ledger, and the ledger in ten lines to compare with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from gongfen.fund import moves
from gongfen.journal.models import Act, TownHead
from gongfen.journal.written import Written
from gongfen.ledger import holds
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Answer, one_batch
from gongfen.ledger.models import Account
from gongfen.ledger.reversal import Reason, reverse
from gongfen.rules.posting import MOST, Address, Kind, Move, Unit
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

NOW = datetime.fromisoformat("2026-03-18T09:00:00+08:00")
LI, WANG, ZHAO, STRANGER, WEEDING = 101, 102, 103, 999, 77
YUAN, POINT = 10_000, 100
TOWNS_KINDS = (Kind.ISSUANCE, Kind.OUTSIDE, Kind.FUND, Kind.BACKING, Kind.ON_HOLD, Kind.TRANSIT)
_codes = count(1000)


@dataclass
class Books:
    """A town's accounts by short names."""

    town: Town
    people: tuple[int, ...] = (LI, WANG, ZHAO)

    def __post_init__(self) -> None:
        self.issuance, self.outside, self.fund, self.backing, self.on_hold, self.transit = (
            Address(kind, self.town.subject) for kind in TOWNS_KINDS
        )

    def points(self, who: int) -> Address:
        return Address(Kind.POINTS, self.subject(who))

    def cash(self, who: int) -> Address:
        return Address(Kind.CASH, self.subject(who))

    def subject(self, who: int) -> int:
        """A person of this town: the same short number is somebody else in another town."""
        return self.town.code << 20 | who

    def every(self) -> list[Address]:
        own = [Address(kind, self.town.subject) for kind in TOWNS_KINDS]
        return own + [has(who) for who in self.people for has in (self.points, self.cash)]

    def post(self, *acts: tuple[str, Sequence[Move]], now: datetime = NOW) -> list[Answer]:
        """Post these acts (key, moves) as one set."""
        with one_batch(self.town, now) as batch:
            for key, moves in acts:
                draft = batch.act(
                    key=key,
                    verb="test.move",
                    by=self.town.subject,
                    about=self.town.subject,
                    facts={"moves": [[move.source.account, move.target.account, str(move.amount)] for move in moves]},
                )
                draft.moves(*moves)
        return batch.answers

    def balances(self) -> dict[Address, int]:
        return {account.address: account.balance for account in Account.of(self.town)}

    def has(self, address: Address) -> int:
        return self.balances()[address]

    def sums(self) -> dict[Unit, int]:
        """What all accounts of a unit have together; always nothing."""
        found = dict.fromkeys(Unit, 0)
        for address, balance in self.balances().items():
            found[address.kind.unit] += balance
        return found

    def give(self, who: int, amount: int, key: str) -> Answer:
        """An award without anything around it."""
        return self.post((key, [Move(self.issuance, self.points(who), amount)]))[0]

    def fill_fund(self, amount: int, key: str = "fill") -> Answer:
        return self.post((key, [Move(self.outside, self.fund, amount)]))[0]


def new_books(par: int = 100, people: Iterable[int] = (LI, WANG, ZHAO)) -> Books:
    """A town of its own for each caller."""
    code = next(_codes)
    town = Town.objects.create(code=code, name="戴村镇", subject=code << 20, par=par, founded_at=NOW)
    TownHead.objects.create(town=town)
    books = Books(town, tuple(people))
    open_accounts(town, books.every())
    return books


def played_books() -> Books:
    """Money came in, an activity was published, Li and Wang earned and spent, a payment was held, one refunded."""
    books = new_books()
    open_accounts(books.town, [moves.budget(books.subject(WEEDING))])
    play(books, "first")
    return books


def play(books: Books, name: str) -> None:
    """Nine acts of sixteen transfers, by the rules: all points are backed, and more than one of everything moves."""
    town, weeding, li, wang = books.town, *map(books.subject, (WEEDING, LI, WANG))
    books.post(
        (f"{name}/in", moves.receive(town, books.fund, 900 * YUAN)),
        (f"{name}/publish", moves.set_aside(books.fund, weeding, 100 * YUAN)),
        (f"{name}/li", moves.award(town, weeding, li, 30 * POINT)),
        (f"{name}/wang", moves.award(town, weeding, wang, 20 * POINT)),
        (f"{name}/help", moves.help_given(li, wang, 5 * POINT)),
        (f"{name}/pay", moves.pay(town, li, books.fund, 12 * YUAN, has_cash=0)),
        (f"{name}/redeem", moves.redeem(town, wang, 10 * POINT)),
    )
    with one_batch(town, NOW) as batch:
        act = batch.act(key=f"{name}/hold", verb="test.hold", by=1, about=1)
        holds.hold(act, town, books.cash(WANG), 3 * YUAN, expires_at=NOW + timedelta(days=1))
        reverse(batch, Act.of(town).get(key=f"{name}/pay"), by=1, reason=Reason.REFUND, key=f"{name}/back")


def kind_of(answer: Answer) -> str:
    """`new`, `again`, or the refusal's code."""
    if isinstance(answer, Refusal):
        return answer.code
    return "new" if answer.is_new else "again"


def kinds(answers: Iterable[Answer]) -> list[str]:
    return [kind_of(answer) for answer in answers]


def written(answer: Answer) -> Written:
    """The act of an answer that must be one."""
    assert isinstance(answer, Written), answer
    return answer


def numbers(town: Town) -> list[int]:
    """The numbers in the town's journal, in their order."""
    return [act.number for act in Act.of(town).order_by("id")]


@dataclass
class Reference:
    """The ledger in ten lines: balances, and what each key asked for."""

    balances: dict[Address, int]
    asked: dict[str, object] = field(default_factory=dict)

    def post(self, key: str, moves: Sequence[Move]) -> str:
        if key in self.asked:
            return "again" if self.asked[key] == moves else "act_conflict"
        after = dict(self.balances)
        for source, target, amount in moves:
            if no := self.refused(source, target, amount):
                return no
            after[source] -= amount
            after[target] += amount
        if any(after[address] < 0 for address in after if address.kind.floor is not None):
            return "insufficient_balance"
        self.balances, self.asked[key] = after, moves
        return "new"

    def refused(self, source: Address, target: Address, amount: int) -> str | None:
        if not 0 < amount <= MOST:
            return "bad_amount"
        if source.kind.unit != target.kind.unit:
            return "wrong_unit"
        if source == target:
            return "same_account"
        return None if {source, target} <= self.balances.keys() else "unknown_account"
