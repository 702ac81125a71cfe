"""Which moves an act makes when it moves points and money together. Pure: par never moves, backing always covers.

All amounts are whole hundredths: of a point, or of a fen. `worth` turns one into the other at the town's par, without
any rounding: a hundredth of a point is worth par hundredths of a fen.
"""

from gongfen.rules.posting import Address, Kind, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class FundShort(Refusal):
    """The fund, earmark or budget has not that much. `missing` is by how much, in hundredths of a fen."""

    code = "fund_short"


def issuance(town: Town) -> Address:
    """Where points come from and return to; minus it is what is outstanding."""
    return Address(Kind.ISSUANCE, town.subject)


def backing(town: Town) -> Address:
    """The money set aside for every point outstanding."""
    return Address(Kind.BACKING, town.subject)


def outside(town: Town) -> Address:
    """The other side of money that enters or leaves: the bank account."""
    return Address(Kind.OUTSIDE, town.subject)


def transit(town: Town) -> Address:
    """Payouts under way."""
    return Address(Kind.TRANSIT, town.subject)


def fund(host: int) -> Address:
    """The common money of a town or village (its subject)."""
    return Address(Kind.FUND, host)


def budget(activity: int) -> Address:
    """The money set aside for an activity (its subject)."""
    return Address(Kind.BUDGET, activity)


def points(resident: int) -> Address:
    """A resident's points (their subject)."""
    return Address(Kind.POINTS, resident)


def cash(resident: int) -> Address:
    """A resident's cash (their subject)."""
    return Address(Kind.CASH, resident)


def till(merchant: int) -> Address:
    """What lies in a merchant's tills (the merchant's subject)."""
    return Address(Kind.TILL, merchant)


def pool(run: int) -> Address:
    """What a dividend run shares (the run's subject)."""
    return Address(Kind.POOL, run)


def worth(town: Town, amount: int) -> int:
    """What points (hundredths) are worth in money (hundredths of a fen)."""
    return amount * town.par


def _some(*moves: Move) -> list[Move]:
    """Without the moves of nothing: where par is 0, money is left out."""
    return [move for move in moves if move.amount > 0]


def set_aside(source: Address, activity: int, money: int) -> list[Move]:
    """Publishing: from a fund or earmark into the activity's budget."""
    return _some(Move(source, budget(activity), money))


def give_back(activity: int, target: Address, money: int) -> list[Move]:
    """Closing: what is left of the budget returns to where it came from."""
    return _some(Move(budget(activity), target, money))


def award(town: Town, activity: int, resident: int, amount: int) -> list[Move]:
    """Points (hundredths) for a resident; their money goes from the activity's budget to the backing."""
    return _some(
        Move(issuance(town), points(resident), amount), Move(budget(activity), backing(town), worth(town, amount))
    )


def take_back(town: Town, money_to: Address, resident: int, amount: int) -> list[Move]:
    """A consented or ruled reversal of an award: points to issuance, their money from backing to budget or fund."""
    return _some(Move(points(resident), issuance(town), amount), Move(backing(town), money_to, worth(town, amount)))


def redeem(town: Town, resident: int, amount: int) -> list[Move]:
    """Points (hundredths) become cash at par."""
    return _some(
        Move(points(resident), issuance(town), amount), Move(backing(town), cash(resident), worth(town, amount))
    )


def points_for(town: Town, money: int) -> int:
    """How many hundredths of a point must be redeemed for this money: the next whole hundredth."""
    return -(-money // town.par) if town.par and money > 0 else 0


def pay(town: Town, resident: int, target: Address, money: int, *, has_cash: int) -> list[Move]:
    """A payment: redeems what the cash lacks, then pays. `has_cash` is the cash before it (hundredths of a fen).

    What redeeming rounds up stays in the resident's cash. Without enough points the book refuses.
    """
    redeemed = points_for(town, money - has_cash)
    return [*redeem(town, resident, redeemed), Move(cash(resident), target, money)]


def help_given(helped: int, helper: int, amount: int) -> list[Move]:
    """Neighbour's help: points of the helped go to the helper."""
    return _some(Move(points(helped), points(helper), amount))


def hand_back(town: Town, host: int, resident: int, amount: int) -> list[Move]:
    """A resident returns points of their own will; their money goes to the host's fund."""
    return take_back(town, fund(host), resident, amount)


def receive(town: Town, target: Address, money: int) -> list[Move]:
    """Money that came in on the bank account, to a fund or earmark."""
    return _some(Move(outside(town), target, money))


def send(town: Town, source: Address, money: int) -> list[Move]:
    """A payout under way."""
    return _some(Move(source, transit(town), money))


def sent(town: Town, money: int) -> list[Move]:
    """The bank paid it."""
    return _some(Move(transit(town), outside(town), money))


def bounced(town: Town, target: Address, money: int) -> list[Move]:
    """The bank sent it back: it lies where it came from."""
    return _some(Move(transit(town), target, money))
