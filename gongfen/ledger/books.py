"""The books as other bookkeepers read them: Beancount and hledger, line by line, without a name of anybody.

An account is its kind and its owner's subject. Seen from the town: what lies at the bank is an asset, what belongs to
residents, shops and hosts is owed to them; so every sign is the opposite of the ledger's. Points are the commodity
GONGFEN with two decimals, money is CNY with four (a hundredth of a fen). The last lines assert every balance, so that
another program proves our books.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from django.utils import timezone

from gongfen.ledger import storage
from gongfen.ledger.models import Account, Transfer
from gongfen.rules.places import number_of
from gongfen.rules.posting import Kind, Unit, address
from gongfen.town.models import Town

ROWS = 5_000
Line = tuple[int, int, int]  # source, target, amount
ROOT = {
    Kind.ISSUANCE: "Equity:{town}:Issuance",
    Kind.POINTS: "Liabilities:{town}:Points",
    Kind.OUTSIDE: "Assets:{town}:Bank",
    Kind.FUND: "Equity:{town}:Fund",
    Kind.EARMARK: "Equity:{town}:Earmark",
    Kind.RESERVE: "Equity:{town}:Reserve",
    Kind.WELFARE: "Equity:{town}:Welfare",
    Kind.BUDGET: "Liabilities:{town}:Budget",
    Kind.BACKING: "Liabilities:{town}:Backing",
    Kind.POOL: "Liabilities:{town}:Pool",
    Kind.CASH: "Liabilities:{town}:Cash",
    Kind.TILL: "Liabilities:{town}:Till",
    Kind.ON_HOLD: "Liabilities:{town}:OnHold",
    Kind.TRANSIT: "Liabilities:{town}:Transit",
}


class Format(StrEnum):
    """Who reads it."""

    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


def books(town: Town, form: Format) -> Iterator[str]:
    """The books of a town, line by line, as they stood at one moment."""
    begin, opened, act, end = {
        Format.BEANCOUNT: (_begin_beancount, _open_beancount, _act_beancount, _end_beancount),
        Format.HLEDGER: (_begin_hledger, _open_hledger, _act_hledger, _end_hledger),
    }[form]
    with storage.one_moment():
        first = timezone.localdate(town.founded_at)
        yield from begin(town, first)
        accounts = Account.of(town).order_by("id").values_list("id", "balance")
        for account, _ in accounts.iterator(chunk_size=ROWS):
            yield opened(first, name(town, account))
        last = first
        for number, day, verb, lines in _acts(town):
            last = max(last, day)
            yield from act(town, number, max(first, day), verb, lines)
        yield from end(town, last, accounts.iterator(chunk_size=ROWS))


def name(town: Town, account: int) -> str:
    """An account's name in the exported books."""
    at = address(account)
    return f"{ROOT[at.kind].format(town=f'T{town.code}')}:S{at.owner}"


def amount(account: int, hundredths: int) -> str:
    """An amount of the account's unit, exact: 30.00 GONGFEN, 12.5000 CNY."""
    whole, sign = abs(hundredths), "-" if hundredths < 0 else ""
    if address(account).kind.unit is Unit.POINTS:
        return f"{sign}{whole // 100}.{whole % 100:02d} GONGFEN"
    return f"{sign}{whole // 10_000}.{whole % 10_000:04d} CNY"


def _acts(town: Town) -> Iterator[tuple[int, date, str, list[Line]]]:
    """Every act that moved something, in order, with its day."""
    rows = Transfer.of(town).order_by("id")
    wanted = ("act_id", "act__written_at", "act__verb", "source_id", "target_id", "amount")
    for act, lines in groupby(rows.values_list(*wanted).iterator(chunk_size=ROWS), key=lambda row: row[0]):
        every = list(lines)
        yield number_of(act), timezone.localdate(every[0][1]), every[0][2], [row[3:] for row in every]


def _postings(town: Town, lines: list[Line]) -> Iterator[str]:
    for source, target, moved in lines:
        yield f"  {name(town, source)}  {amount(source, moved)}"
        yield f"  {name(town, target)}  {amount(target, -moved)}"


def _price(town: Town) -> str:
    return f"{town.par // 100}.{town.par % 100:02d} CNY"


def _begin_beancount(town: Town, first: date) -> Iterator[str]:
    yield f'option "title" "Gongfen {town.code}"'
    yield 'option "operating_currency" "CNY"'
    yield f"{first} commodity CNY"
    yield f"{first} commodity GONGFEN"
    if town.par:
        yield f"{first} price GONGFEN {_price(town)}"


def _open_beancount(first: date, account: str) -> str:
    return f"{first} open {account}"


def _act_beancount(town: Town, number: int, day: date, verb: str, lines: list[Line]) -> Iterator[str]:
    yield f'{day} * "{town.code}/{number}" "{verb}"'
    yield from _postings(town, lines)


def _end_beancount(town: Town, last: date, accounts: Iterator[tuple[int, int]]) -> Iterator[str]:
    # A balance is asserted for the beginning of a day.
    after = last + timedelta(days=1)
    for account, balance in accounts:
        yield f"{after} balance {name(town, account)}  {amount(account, -balance)}"


def _begin_hledger(town: Town, first: date) -> Iterator[str]:
    yield f"; Gongfen {town.code}"
    yield "commodity 1000.0000 CNY"
    yield "commodity 1000.00 GONGFEN"
    if town.par:
        yield f"P {first} GONGFEN {_price(town)}"


def _open_hledger(first: date, account: str) -> str:
    return f"account {account}"


def _act_hledger(town: Town, number: int, day: date, verb: str, lines: list[Line]) -> Iterator[str]:
    yield f"{day} * ({town.code}/{number}) {verb}"
    yield from _postings(town, lines)
    yield ""


def _end_hledger(town: Town, last: date, accounts: Iterator[tuple[int, int]]) -> Iterator[str]:
    yield f"{last} * ({town.code}/balances) books.assert"
    for account, balance in accounts:
        yield f"  {name(town, account)}  {amount(account, 0)} = {amount(account, -balance)}"
    yield ""
