"""The money page: every in and out of the village's common money, told so that everyone can follow it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongfen import words
from gongfen.fund.queries import Cover, MoneyLine, common_money, cover, money_lines, months_left
from gongfen.ledger.queries import LAST
from gongfen.people.models import Village
from gongfen.rules.posting import Address, Kind
from gongfen.statements.accounts import names_of
from gongfen.statements.queries import went_out
from gongfen.words.statements import MONEY

A_SEASON = timedelta(days=90)
WARN_BELOW = 2  # months that the fund still lasts


@dataclass(frozen=True)
class ToldMoney:
    """One in or out of the common money (hundredths of a fen, with its sign)."""

    number: int
    at: datetime
    told: str
    money: int
    balance: int
    place: int


@dataclass(frozen=True)
class Pot:
    """One account of the common money."""

    name: str
    kind: str
    balance: int
    account: int
    lines: list[ToldMoney]


@dataclass(frozen=True)
class CommonMoney:
    """All pots of a village, the cover of the town's points, and for how long the fund lasts."""

    pots: list[Pot]
    cover: Cover
    fund: int
    months: int | None

    @property
    def runs_dry(self) -> bool:
        return self.months is not None and self.months < WARN_BELOW


def common(village: Village, lang: str, now: datetime, *, limit: int = 20) -> CommonMoney:
    """The village's money page."""
    town = village.town
    balances = common_money(town, village.subject)
    fund = balances[Address(Kind.FUND, village.subject)]
    names = names_of(town, balances, lang)
    pots = [
        Pot(names[each], each.kind.name.lower(), balance, each.account, pot_lines(village, each, lang, limit=limit))
        for each, balance in balances.items()
    ]
    spent = went_out(town, Address(Kind.FUND, village.subject), now - A_SEASON)
    return CommonMoney(pots, cover(town), fund, months_left(fund, spent))


def pot_lines(village: Village, pot: Address, lang: str, *, before: int = LAST, limit: int = 20) -> list[ToldMoney]:
    """The ins and outs of one pot, newest first."""
    lines = money_lines(village.town, pot, before=before, limit=limit)
    names = names_of(village.town, {line.other for line in lines}, lang)
    return [
        ToldMoney(
            line.number, line.happened_at, _told(line, names[line.other], lang), line.money, line.balance, line.place
        )
        for line in lines
    ]


def _told(line: MoneyLine, other: str, lang: str) -> str:
    name = "received" if line.donor else "from" if line.money > 0 else "to"
    return words.fill(MONEY[name][words.LANGUAGES.index(lang)], lang, donor=line.donor, slip=line.slip, other=other)
