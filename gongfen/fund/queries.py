"""The money page: every in and out of the common money, and the cover of points. Readable by everyone."""

from dataclasses import dataclass
from datetime import datetime

from gongfen.fund import moves
from gongfen.fund.models import Earmark, Slip
from gongfen.journal.models import Act
from gongfen.ledger.queries import LAST, balance_of, balances_of, outstanding, statement
from gongfen.people.models import Village
from gongfen.rules.posting import Address, Kind, address
from gongfen.town.models import Town


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether every point outstanding has its money. Points and money in hundredths."""

    outstanding: int
    backing: int
    par: int

    @property
    def needed(self) -> int:
        return self.outstanding * self.par

    @property
    def is_whole(self) -> bool:
        return self.backing == self.needed

    @property
    def percent(self) -> int:
        """Whole percent, rounded down; 100 where nothing is outstanding."""
        return self.backing * 100 // self.needed if self.needed else 100


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One in or out of an account of the common money, with what it was for."""

    number: int  # of the act
    happened_at: datetime
    verb: str
    money: int  # hundredths of a fen; `+` in, `-` out
    balance: int
    other: Address
    donor: str = ""
    slip: str = ""
    place: int = 0


def cover(town: Town) -> Cover:
    """The town's cover: 100 % or an alarm."""
    return Cover(outstanding(town), balance_of(town, moves.backing(town)), town.par)


def hosts(town: Town) -> list[tuple[int, str]]:
    """Who has a fund: the town, then its villages; subject and name."""
    return [(town.subject, town.name), *Village.of(town).order_by("id").values_list("subject", "name")]


def common_accounts(town: Town, host: int) -> list[Address]:
    """The accounts of a host's common money: fund, reserve, welfare, and every earmark."""
    earmarks = Earmark.of(town).filter(host=host).order_by("id")
    own = [Address(kind, host) for kind in (Kind.FUND, Kind.RESERVE, Kind.WELFARE)]
    return [*own, *(earmark.address for earmark in earmarks)]


def common_money(town: Town, host: int) -> dict[Address, int]:
    """What a host's common accounts have."""
    return balances_of(town, common_accounts(town, host))


def money_lines(town: Town, account: Address, *, before: int = LAST, limit: int = 50) -> list[MoneyLine]:
    """The ins and outs of one common account, newest first, with donor and slip where money came in."""
    entries = statement(town, account.account, before=before, limit=limit)
    acts = Act.of(town).in_bulk([entry.act for entry in entries])
    slips = {slip.act_id: slip for slip in Slip.of(town).filter(act_id__in=list(acts))}
    found = []
    for entry in entries:
        act, slip = acts[entry.act], slips.get(entry.act)
        found.append(
            MoneyLine(
                act.number, act.happened_at, act.verb, entry.amount, entry.balance, address(entry.other),
                donor=slip.donor if slip else "", slip=slip.number if slip else "", place=entry.place,
            )
        )  # fmt: skip
    return found


def months_left(balance: int, spent_in_90_days: int) -> int | None:
    """For how many whole months a fund lasts if spending goes on like the last 90 days; None when nothing was spent."""
    return balance * 3 // spent_in_90_days if spent_in_90_days > 0 else None
