"""Shops of the demo's year: payments day by day, market mornings, refunds, and the weekly settlement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongfen.demo.world import YUAN, World, accepted
from gongfen.fund import moves
from gongfen.ledger.queries import balances_of
from gongfen.people.models import Resident
from gongfen.people.tokens import hash_of
from gongfen.rules.bank_file import StatementLine, make_statement
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.shops import settlement
from gongfen.shops.models import Merchant, Offer, Payout, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.refunds import refund
from gongfen.shops.sealed import seal
from gongfen.shops.tills import make_till
from gongfen.shops.wanted import CardPayment, SignPayment, Wanted

REFUND_LIMIT = 50 * YUAN
BOUNCED = "账户已注销"


class Shops:
    """The shops, their tills and prices, and who still has something to spend."""

    def __init__(self, world: World, now: datetime) -> None:
        self.world, self.town = world, world.town
        self.shops = list(Merchant.of(self.town).filter(village=world.village, listed=True).order_by("id"))
        self.tills: dict[int, bytes] = {}
        self.rows: dict[int, Till] = {}
        for shop in self.shops:
            shop.town = self.town
            by = shop.owner.subject if shop.owner else self.town.subject
            new = make_till(shop, "柜台", by=by, key=f"demo/till/{shop.id}", now=now, refund_limit=REFUND_LIMIT)
            self.tills[shop.id], self.rows[shop.id] = hash_of(new.token), new.till
            account = seal(f"6228{shop.id % 10**12:012d}".encode(), about=shop.id)
            Merchant.of(self.town).filter(id=shop.id).update(sealed_account=account)
        self.prices: dict[int, list[int]] = {}
        for offer in Offer.of(self.town).filter(ended_at=None):
            self.prices.setdefault(offer.merchant_id, []).append(offer.price)
        self.has: dict[int, int] = {}
        self.people = {resident.id: resident for resident in world.grown}

    def count(self) -> None:
        """Look into everybody's account, once a week: points and cash, in money."""
        residents = self.world.grown
        wanted = [address(one.subject) for one in residents for address in (moves.points, moves.cash)]
        found = balances_of(self.town, wanted)
        for one in residents:
            worth = moves.worth(self.town, found.get(moves.points(one.subject), 0))
            self.has[one.id] = worth + found.get(moves.cash(one.subject), 0)

    def sell(self, many: int, now: datetime, *, at: Merchant | None = None) -> int:
        """So many residents buy something, in the order in which they come."""
        able = [who for who, money in self.has.items() if money >= 5 * YUAN]
        wanted: list[Wanted] = []
        for number, who in enumerate(self.world.drawn(many, able)):
            one = self._wanted(self.people[who], at or self._shop(), f"{now:%Y%m%d%H%M}/{number}")
            if one is not None:
                wanted.append(one)
        return len(accepted(pay_many(self.town, wanted, now)))

    def _shop(self) -> Merchant:
        """The two food shops are visited most."""
        return self.world.pick([*self.shops, *self.shops[:3], *self.shops[:2]])

    def _wanted(self, who: Resident, shop: Merchant, number: str) -> Wanted | None:
        prices = [price for price in self.prices.get(shop.id, []) if price <= self.has[who.id]]
        if not prices or shop.owner_id == who.id:
            return None
        money = min(self.world.pick(prices), self.world.pick(prices))  # small things are bought more often
        self.has[who.id] -= money
        key = f"demo/pay/{who.id}/{number}"
        if who.has_phone:
            return SignPayment(resident=who.id, device=who.id, merchant=shop.id, money=money, key=key)
        return CardPayment(till=self.tills[shop.id], payers=((who.id, money),), key=key)

    def give_back(self, shop: Merchant, number: int, money: int, now: datetime) -> None:
        """The wrong thing was sold: the till gives the money back."""
        till = self.rows[shop.id]
        till.town, till.merchant = self.town, shop
        refund(till, number, money, key=f"demo/refund/{number}", now=now)

    def settle(self, day: int, *, bounce: bool) -> None:
        """The treasurer prepares, the supervisor approves, the file leaves, the bank answers."""
        world = self.world
        try:
            row = settlement.prepare(
                world.treasurer, village=world.village.id, key=f"demo/settle/{day}", now=world.at(day, 16)
            )
        except Refusal:
            return  # nothing in the tills this time
        settlement.approve(world.supervisor, row.id, now=world.at(day, 16, 10))
        settlement.send_out(world.treasurer, row.id, now=world.at(day, 16, 20))
        payouts = list(Payout.of(self.town).filter(settlement=row).order_by("id"))
        lines = _answers(payouts, bounce=bounce)
        now = world.at(day, 16, 30)
        statement = make_statement(village_day(now), lines)
        settlement.apply_statement(world.treasurer, statement, village=world.village.id, now=now)


def _answers(payouts: Sequence[Payout], *, bounce: bool) -> list[StatementLine]:
    return [
        StatementLine(payout.reference, payout.money, "bounced", BOUNCED)
        if bounce and place == 0
        else StatementLine(payout.reference, payout.money, "paid")
        for place, payout in enumerate(payouts)
    ]
