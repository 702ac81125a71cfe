"""What a set of payments must know: read in a handful of statements, and kept true while the set is decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gongfen.ledger.queries_told import aware
from gongfen.ledger.storage import ask_together
from gongfen.people.models import AgeBand
from gongfen.rules.allowances import Allowance, Spent
from gongfen.rules.days import DayState
from gongfen.rules.pay_code import slowed_seconds
from gongfen.shops import queries_known
from gongfen.shops.models import Helper, Merchant, MerchantDay, Spending, Till
from gongfen.shops.queries_known import LIMITS, SPENDING
from gongfen.shops.queries_set import write_sums
from gongfen.town.models import Town


@dataclass(slots=True)
class MerchantNow:
    """A merchant while a set is decided."""

    id: int
    subject: int
    listed: bool
    household: int | None  # of its owner


@dataclass(slots=True)
class TillNow:
    """A till while a set is decided: wrong codes earlier in the set slow it for the rest of the set."""

    id: int
    merchant: MerchantNow
    limit: int | None
    tries: int  # before this set
    slow_until: datetime | None
    counted: bool = False
    right: bool = False
    wrong: int = 0

    def slowed(self, now: datetime) -> int:
        """Seconds until the next code may be tried here; 0 when it may."""
        until = now + timedelta(seconds=slowed_seconds(self.tries + self.wrong)) if self.wrong else self.slow_until
        return 0 if until is None or until <= now else max(1, int((until - now).total_seconds()))


@dataclass(slots=True)
class PayerNow:
    """Who pays, with what was spent, while a set is decided."""

    id: int
    subject: int
    household: int
    has_account: bool
    allowance: Allowance = field(default_factory=Allowance)
    spent: Spent | None = None
    row: int | None = None  # of its Spending

    def spent_at(self, today: date) -> Spent:
        """What counts today of what was spent."""
        return self.spent.at(today) if self.spent else Spent(today)


@dataclass(slots=True)
class HandleNow:
    """A handle with what its one-time number is checked by."""

    resident: int
    device: int
    sealed: bytes
    ended: bool
    helps: int | None


_TOWNS = Allowance()


def limits_of(own: Sequence[int | None]) -> Allowance:
    """The town's limits, or the narrower ones that the resident chose."""
    if own.count(None) == len(LIMITS):
        return _TOWNS
    most = (_TOWNS.payment, _TOWNS.day, _TOWNS.week, _TOWNS.month, _TOWNS.confirm_above)
    return Allowance(*(limit if mine is None else min(mine, limit) for mine, limit in zip(own, most, strict=True)))


def spending_of(town: Town, resident: int) -> tuple[Allowance, Spent | None]:
    """A resident's limits and sums."""
    row = Spending.of(town).filter(resident_id=resident).values_list(*SPENDING).first()
    return (limits_of(row[2:7]), Spent(*row[7:])) if row else (Allowance(), None)


def read_sent(
    town: Town, hashes: Collection[bytes], counted: Collection[bytes], digits: Collection[int]
) -> tuple[dict[bytes, TillNow], dict[int, HandleNow]]:
    """The tills that have these tokens and were not revoked, and these handles with their secrets.

    Where this set `counted` a till's try, it is taken off again.
    """
    tills, handles = ask_together(queries_known.tills(town, hashes), queries_known.handles(town, digits))
    merchants: dict[int, MerchantNow] = {}
    found = {}
    for token, till, limit, tries, slow, merchant, subject, listed, household in tills:
        place = merchants.setdefault(merchant, MerchantNow(merchant, subject, listed, household))
        own = bytes(token) in counted
        until = aware(slow) if slow else None
        found[bytes(token)] = TillNow(till, place, limit, max(tries - own, 0), until, counted=own)
    return found, {
        number: HandleNow(resident, device, bytes(sealed), alive is None, helps)
        for number, resident, helps, device, sealed, alive in handles
        if device is not None
    }


def read_merchants(town: Town, merchants: Collection[int]) -> dict[int, MerchantNow]:
    """These merchants, by id."""
    if not merchants:
        return {}
    found = Merchant.of(town).filter(id__in=list(merchants))
    return {row[0]: MerchantNow(*row) for row in found.values_list("id", "subject", "listed", "owner__household_id")}


def read_found(
    town: Town, residents: Collection[int], merchants: Collection[int], today: date
) -> tuple[dict[int, PayerNow], dict[int, MerchantDay]]:
    """These residents with their limits and what they spent, and today of these merchants, where it has begun."""
    payers, spending, days = ask_together(
        queries_known.payers(town, residents),
        queries_known.spending(town, residents),
        queries_known.days(town, merchants, today),
    )
    found = {
        who: PayerNow(who, subject, household, band != AgeBand.UNDER_14 and bool(is_here))
        for who, subject, household, band, is_here in payers
    }
    for row in spending:
        payer = found[row[1]]
        payer.row, payer.allowance, payer.spent = row[0], limits_of(row[2:7]), Spent(*row[7:])
    return found, {
        merchant: MerchantDay(id=row, town=town, merchant_id=merchant, day=today, state=state)
        for row, merchant, state in days
    }


def read_helps(town: Town, helps: Collection[int]) -> dict[int, Helper]:
    """These helpers, with who they are."""
    if not helps:
        return {}
    return {row.id: row for row in Helper.of(town).filter(id__in=list(helps)).select_related("helper")}


def write_spending(town: Town, payers: Collection[PayerNow]) -> None:
    """Keep what these payers have spent now: one statement for all, one more for who never paid before."""
    first: list[Spending] = []
    others: dict[int, tuple[date, int, int, int]] = {}
    for payer in payers:
        assert payer.spent is not None
        spent = payer.spent
        if payer.row is None:
            first.append(
                Spending(
                    town=town, resident_id=payer.id, on=spent.on, day=spent.day, week=spent.week, month=spent.month
                )
            )
        else:
            others[payer.row] = (spent.on, spent.day, spent.week, spent.month)
    if first:
        Spending.objects.bulk_create(first)
    write_sums(town, others)


def write_tills(town: Town, tills: Collection[TillNow], now: datetime) -> None:
    """A right code clears a till's tries; a wrong one keeps them and slows it; what was not looked at is no try."""
    right = [till.id for till in tills if till.right and not till.wrong]
    if right:
        Till.of(town).filter(id__in=right).update(tries=0, slow_until=None)
    for till in tills:
        if till.wrong:
            tries = till.tries + till.wrong
            until = now + timedelta(seconds=slowed_seconds(tries))
            Till.of(town).filter(id=till.id).update(tries=tries, slow_until=until)
        elif till.counted and not till.right:
            Till.of(town).filter(id=till.id).update(tries=till.tries)


def write_helps(town: Town, helps: Collection[Helper]) -> None:
    """Keep what helpers have spent today."""
    for row in helps:
        Helper.of(town).filter(id=row.id).update(spent_on=row.spent_on, day_spent=row.day_spent)


def day_state(row: MerchantDay | None) -> DayState:
    """Where a merchant's day is; a day without a row is open."""
    return DayState.OPEN if row is None else DayState(row.state)
