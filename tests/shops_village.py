"""A small village with a shop, for the tests of spending: everything a market morning needs."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from gongfen.fund import moves
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.queries import balance_of
from gongfen.people.founding import found_town, found_village
from gongfen.people.models import Device, Group, Household, Resident, Role, Village
from gongfen.people.queries import Caller
from gongfen.people.tokens import hash_of
from gongfen.rules.pay_code import make_pay_code
from gongfen.rules.posting import Address, Kind, Move
from gongfen.shops.handles import fill_handles
from gongfen.shops.models import Merchant, Secret, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.sealed import seal
from gongfen.shops.wanted import CodePayment
from gongfen.town.models import Town

MARKET_MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday, nine in the morning there
YUAN = 10_000
POINT = 100


@dataclass
class Shops:
    """A town with one village, one shop and the people that a test names."""

    town: Town
    village: Village
    now: datetime = MARKET_MORNING
    people: dict[str, Resident] = field(default_factory=dict)
    phones: dict[str, Caller] = field(default_factory=dict)
    handles: dict[str, list[str]] = field(default_factory=dict)
    secrets: dict[str, bytes] = field(default_factory=dict)
    shops: dict[str, Merchant] = field(default_factory=dict)
    tills: dict[str, bytes] = field(default_factory=dict)
    acts: int = 0

    def lives(self, name: str, *, household: str | None = None, group: str = "一组", **more: Any) -> Resident:
        """Somebody lives here, in a household of their own if none is named."""
        where = Group.of(self.town).get_or_create(name=group, village=self.village, defaults={"town": self.town})[0]
        home = Household.of(self.town).get_or_create(
            number=household or f"户-{name}", village=self.village, defaults={"town": self.town, "group": where}
        )[0]
        person = Resident.objects.create(
            town=self.town, village=self.village, group=where, household=home, name=name,
            joined_at=self.now, **more,
        )  # fmt: skip
        open_accounts(self.town, [person.points, person.cash])
        self.people[name] = person
        return person

    def has_role(self, name: str, *roles: str, village: Village | None = None) -> Resident:
        """Somebody works at the desk, by default of the town."""
        person = self.people.get(name) or self.lives(name)
        for role in roles:
            Role.objects.create(town=self.town, resident=person, role=role, village=village, given_at=self.now)
        return person

    def earned(self, name: str, points: int) -> None:
        """Points with their money behind them, as an award leaves them."""
        person = self.people[name]
        with one_batch(self.town, self.now) as batch:
            self.acts += 1
            act = batch.act(key=f"story/{self.acts}", verb="story.award", by=person.subject, about=person.subject)
            act.moves(
                Move(moves.issuance(self.town), person.points, points),
                Move(moves.outside(self.town), moves.backing(self.town), moves.worth(self.town, points) or 1),
            )
        one(batch.answers)

    def phone(self, name: str, label: str = "") -> Caller:
        """Somebody has a phone that was online a moment ago."""
        token = f"phone {self.town.code} of {name} {label}"
        device = Device.objects.create(
            town=self.town, resident=self.people[name], token_hash=hash_of(token), made_at=self.now
        )
        caller = Caller(self.people[name], device.id)
        fill_handles(caller, now=self.now)
        always = seal(hash_of(token), about=device.id)  # so that no test depends on a random number
        Secret.of(self.town).filter(device_id=device.id).update(sealed=always)
        filled = fill_handles(caller, now=self.now)
        self.phones[name], self.handles[name], self.secrets[name] = caller, filled.handles, filled.secret
        return caller

    def shop(self, name: str, *, owner: str | None = None, listed: bool = True) -> Merchant:
        """A shop with one till."""
        merchant = Merchant.objects.create(
            town=self.town, village=self.village, name=name, owner=self.people.get(owner or ""), listed=listed,
            payee=name,
        )  # fmt: skip
        open_accounts(self.town, [moves.till(merchant.subject)])
        self.shops[name] = merchant
        self.till(name, name)
        return merchant

    def till(self, name: str, shop: str, **more: Any) -> Till:
        """Another till of a shop."""
        self.tills[name] = hash_of(f"till {self.town.code} {name}")
        return Till.objects.create(
            town=self.town, merchant=self.shops[shop], token_hash=self.tills[name], label=name,
            made_at=self.now, **more,
        )  # fmt: skip

    def code(self, name: str, *, handle: str | None = None, minutes: int = 0) -> str:
        """What somebody's phone shows now (its clock may be some minutes off)."""
        digits = handle or self.handles[name].pop()
        seconds = int(self.now.timestamp()) + 60 * minutes
        return make_pay_code(self.town.code, digits, self.secrets[name], seconds)

    def scan(self, shop: str, code: str, money: int) -> Any:
        """A till scans a code: the act, or the refusal."""
        (answer,) = pay_many(self.town, [CodePayment(self.tills[shop], code, money)], self.now)
        return answer

    def later(self, **time: int) -> None:
        """Time passes."""
        self.now += timedelta(**time)

    def points(self, name: str) -> int:
        return balance_of(self.town, self.people[name].points)

    def cash(self, name: str) -> int:
        return balance_of(self.town, self.people[name].cash)

    def in_till(self, shop: str) -> int:
        return balance_of(self.town, moves.till(self.shops[shop].subject))

    def has(self, kind: Kind) -> int:
        """What one of the town's own accounts has."""
        return balance_of(self.town, Address(kind, self.town.subject))


def found_shops(code: int = 7, par: int = 100) -> Shops:
    """An empty village with one empty shop, 小芳."""
    town = found_town(code=code, name="清河镇", par=par, now=MARKET_MORNING)
    shops = Shops(town, found_village(town, name="柳树村", now=MARKET_MORNING))
    shops.shop("小芳")
    return shops
