"""A town to measure on: thousands of residents with cash, and a fund that pays them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from gongfen.journal.models import TownHead
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Answer, one_batch
from gongfen.ledger.models import Account
from gongfen.people.founding import found_town
from gongfen.rules.posting import Address, Kind, Move, address
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.ids import new_subject
from gongfen.town.models import Town

VERB = "bench.pay"
AT_ONCE = 10_000
CASH = 10_000_000_000  # a million yuan each, so that nobody runs out while we measure
MOST_OF_A_PAYMENT = 5_000_000  # 500 yuan

Wish = tuple[str, int, tuple[Move, ...]]
Maker = Callable[[], Wish]


@dataclass
class Bench:
    """The town, its residents' cash accounts, its fund, and a seeded source of wishes."""

    town: Town
    cash: list[Address]
    fund: Address
    random: Random = field(default_factory=lambda: Random(1958))
    made: int = 0

    def random_accounts(self) -> Wish:
        """Two payments among four of all the accounts."""
        a, b, c, d = self.random.sample(self.cash, 4)
        return self.wish(Move(a, b, self._amount()), Move(c, d, self._amount()))

    def one_hot_account(self) -> Wish:
        """The fund pays two residents: the same account in every act, twice."""
        a, b = self.random.sample(self.cash, 2)
        return self.wish(Move(self.fund, a, self._amount()), Move(self.fund, b, self._amount()))

    def _amount(self) -> int:
        return self.random.randint(1, MOST_OF_A_PAYMENT // 100) * 100

    def pay(self, acts: int) -> None:
        """That many acts of two random payments, at once."""
        post(self.town, [self.random_accounts() for _ in range(acts)])

    def wish(self, first: Move, second: Move) -> Wish:
        """An act that was never before."""
        self.made += 1
        return f"bench/{self.made}", first.source.owner, (first, second)


def post(town: Town, wishes: Sequence[Wish]) -> list[Answer]:
    """The way of every act, with everything that it checks."""
    with one_batch(town) as batch:
        for key, by, moves in wishes:
            act = batch.act(key=key, verb=VERB, by=by, about=by, facts={"money": moves[0].amount})
            act.moves(*moves)
    refused = next((answer for answer in batch.answers if isinstance(answer, Refusal)), None)
    if refused:
        raise refused
    return batch.answers


def found(accounts: int, *, code: int = 1) -> Bench:
    """A town whose residents and fund have money."""
    town = found_town(code=code, name="量一量镇", now=clock.now())
    cash = [Address(Kind.CASH, new_subject()) for _ in range(accounts)]
    fund = Address(Kind.FUND, town.subject)
    open_accounts(town, cash)
    bench = Bench(town, cash, fund)
    outside = Address(Kind.OUTSIDE, town.subject)
    fill = [bench.wish(Move(outside, fund, CASH * 100_000), Move(outside, cash[0], CASH))]
    fill += [
        bench.wish(Move(outside, a, CASH), Move(outside, b, CASH)) for a, b in zip(cash[::2], cash[1::2], strict=True)
    ]
    for start in range(0, len(fill), AT_ONCE):
        post(town, fill[start : start + AT_ONCE])
    return bench


def reopened(town: Town) -> Bench:
    """The same town in another process; its wishes begin after all that were made."""
    ids = Account.of(town).filter(kind=Kind.CASH).values_list("id", flat=True)
    made = TownHead.objects.get(town=town).last
    return Bench(town, [address(account) for account in ids], Address(Kind.FUND, town.subject), made=made)
