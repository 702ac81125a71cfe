"""What a payment would do: asked before, changes nothing, promises nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from gongfen.fund import moves
from gongfen.ledger.queries import balances_of
from gongfen.people.models import Resident
from gongfen.rules import allowances
from gongfen.rules.allowances import LittleLeft, Spent
from gongfen.rules.days import check_payment, settles_on
from gongfen.rules.refusals import Refusal
from gongfen.shops import refusals
from gongfen.shops.known import day_state, spending_of
from gongfen.shops.models import Merchant, MerchantDay, Till


@dataclass(frozen=True)
class Preview:
    """What would happen: money in hundredths of a fen, points in hundredths of a point."""

    money: int
    from_cash: int
    redeemed: int
    cash_after: int
    points_after: int
    must_confirm: bool
    warnings: Sequence[LittleLeft]
    refusal: Refusal | None


def preview(resident: Resident, merchant: Merchant, money: int, *, now: datetime) -> Preview:
    """What paying this at this shop would do to the resident. Told to nobody but the resident."""
    town, today = resident.town, localdate(now)
    found = balances_of(town, [resident.cash, resident.points])
    cash, points = found[resident.cash], found[resident.points]
    allowance, before = spending_of(town, resident.id)
    spent = before.at(today) if before else Spent(today)
    refusal = refusal_of_shop(merchant, now=now) or allowances.check(allowance, spent, money)
    redeemed = moves.points_for(town, money - cash)
    if refusal is None and (redeemed > points or (not town.par and money > cash)):
        refusal = refusals.TooLittle() if town.par else refusals.PointsNotSpendable()
    return Preview(
        money=money,
        from_cash=max(min(cash, money), 0),
        redeemed=redeemed,
        cash_after=cash + moves.worth(town, redeemed) - money,
        points_after=points - redeemed,
        must_confirm=allowances.must_confirm(allowance, money),
        warnings=allowances.warnings(allowance, spent.plus(money)),
        refusal=refusal,
    )


def refusal_of_shop(merchant: Merchant, *, now: datetime) -> Refusal | None:
    """Why this shop would take nothing now, if it would not."""
    if not merchant.listed:
        return refusals.ShopNotListed()
    day = MerchantDay.of(merchant.town_id).filter(merchant=merchant, day=localdate(now)).first()
    return check_payment(day_state(day))


def refusal_at_till(till: Till, money: int, *, now: datetime) -> Refusal | None:
    """Why this till would refuse the sum, whoever pays. Asks about no code and no person."""
    if refusal := allowances.check_sum(money) or refusal_of_shop(till.merchant, now=now):
        return refusal
    if till.payment_limit is not None and money > till.payment_limit:
        return refusals.TillLimit(limit=till.payment_limit)
    return None


def settled_on(now: datetime) -> str:
    """The day on which what is paid now is settled, as ISO text."""
    return settles_on(localdate(now)).isoformat()
