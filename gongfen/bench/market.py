"""A market morning to measure: phones full of pay codes, tills that scan them, and people who read their statements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from random import Random

from gongfen.activities import codes
from gongfen.activities.models import Activity, TermsVersion
from gongfen.bench.ledger import tell
from gongfen.bench.town import AT_ONCE, MOST_OF_A_PAYMENT, VERB, post
from gongfen.fund import moves
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one_batch
from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import Device, Resident, Village
from gongfen.people.queries import Caller
from gongfen.people.tokens import hash_of, new_token
from gongfen.rules.claim_states import ActivityState
from gongfen.rules.pay_code import make_pay_code
from gongfen.rules.posting import Address, Kind, Move
from gongfen.shops.handles import Filled, fill_handles
from gongfen.shops.models import Merchant, Till
from gongfen.town import clock

TILLS = 20
POINTS = 100_000  # 1,000 points each
PRICE = 12_500  # ¥1.25, so that nobody's day is over before ours
CASH = 1_000_000_000


@dataclass
class Market:
    """Who is there, with what they hold in their hands."""

    village: Village
    phones: list[Filled]
    tills: list[str]
    readers: list[str]  # tokens
    comers: list[str]  # tokens: each of them comes once
    ditch: Activity
    random: Random = field(default_factory=lambda: Random(1958))

    def payments(self, port: int, connections: int) -> list[str]:
        """A third of the codes that are left, for one load: each pays once."""
        each = {1: 6, 16: 24, 64: 30}[connections]
        now = int(clock.now().timestamp())
        tills = cycle(self.tills)
        found = []
        for phone in self.phones:
            for _ in range(min(each, len(phone.handles))):
                code = make_pay_code(self.village.town.code, phone.handles.pop(), phone.secret, now)
                body = f'{{"pay_code":"{code}","money":{PRICE}}}'
                found.append(request("POST", "/api/v1/till/payments", port, next(tills), body))
        self.random.shuffle(found)
        return found

    def comings(self, port: int, connections: int) -> list[str]:
        """Phones that read the code of the place, each for the first time."""
        some = {1: 1, 16: 3, 64: 6}[connections] * len(self.comers) // 10
        code = codes.show(self.ditch, now=clock.now())[0].qr
        path, body = f"/api/v1/activities/{self.ditch.id}/in", f'{{"code":"{code}"}}'
        now, self.comers = self.comers[:some], self.comers[some:] or self.comers
        return [request("POST", path, port, token, body) for token in now]

    def statements(self, port: int, connections: int) -> list[str]:
        """First pages of readers' cash statements, again and again."""
        path = "/api/v1/me/statement?of=cash&limit=50"
        return [request("GET", path, port, token) for token in self.random.choices(self.readers, k=30_000)]


def request(verb: str, path: str, port: int, token: str, body: str = "") -> str:
    """A request as it goes over the wire."""
    head = [f"{verb} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Authorization: Bearer {token}"]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}", f"Idempotency-Key: {new_token()}"]
    return "\r\n".join(head) + "\r\n\r\n" + body


def found_market(*, payers: int, readers: int, transfers: int, comers: int = 0) -> Market:
    """A village with that many phones, readers and helpers at the ditch, and a past of that many transfers."""
    now = clock.now()
    town = found_town(code=1, name="量一量镇", now=now)
    village = found_village(town, name="量一量村", now=now)
    people = join_many(
        village,
        [Joining(str(i // 3), "一组", f"居民{i}") for i in range(payers + readers + comers)],
        by=town.subject,
        now=now,
    )
    phones = [phone_of(one) for one in people[:payers]]
    earned(village, people[:payers])
    tell(f"  {payers:,} phones with {sum(len(phone.handles) for phone in phones):,} pay codes")
    readers_at = slice(payers, payers + readers)
    tokens = [signed_in(one)[1] for one in people[readers_at]]
    past(village, people[readers_at], transfers)
    come = [signed_in(one)[1] for one in people[payers + readers :]]
    return Market(village, phones, opened_tills(village), tokens, come, a_ditch(village))


def a_ditch(village: Village) -> Activity:
    """Work that goes on now, with places for everyone. How it was announced is measured elsewhere."""
    now = clock.now()
    terms = TermsVersion.objects.create(
        town=village.town, host=village.subject, kind="volunteering", what="common", unit="hour", points=100,
        minutes=60, in_force_from=now.date(), proposed_by=village.subject, proposed_at=now,
    )  # fmt: skip
    return Activity.objects.create(
        town=village.town, host=village.subject, village=village, kind="volunteering", what="common", title="清渠",
        starts_at=now, ends_at=now + timedelta(hours=8), terms=terms, state=ActivityState.OPEN,
        drafted_by=village.subject, drafted_at=now, paper_path="签到表",
    )  # fmt: skip


def signed_in(resident: Resident) -> tuple[Caller, str]:
    """A device of theirs, and its token."""
    token = new_token()
    device = Device.objects.create(
        town=resident.town, resident=resident, token_hash=hash_of(token), made_at=clock.now()
    )
    return Caller(resident, device.id), token


def phone_of(resident: Resident) -> Filled:
    """A phone with sixty codes."""
    return fill_handles(signed_in(resident)[0], now=clock.now())


def opened_tills(village: Village) -> list[str]:
    """Shops with a till each; their tokens."""
    town, tokens = village.town, []
    for i in range(TILLS):
        merchant = Merchant.objects.create(town=town, village=village, name=f"店{i}", listed=True)
        open_accounts(town, [moves.till(merchant.subject)])
        token = f"{town.code}.{new_token()}"
        Till.objects.create(town=town, merchant=merchant, token_hash=hash_of(token), label="1", made_at=clock.now())
        tokens.append(token)
    return tokens


def earned(village: Village, people: list[Resident]) -> None:
    """Points with the money behind them."""
    town = village.town
    outside, behind = Address(Kind.OUTSIDE, town.subject), Address(Kind.BACKING, town.subject)
    with one_batch(town) as batch:
        for one in people:
            act = batch.act(key=f"bench/earn/{one.id}", verb="bench.earn", by=town.subject, about=one.subject)
            act.moves(
                Move(Address(Kind.ISSUANCE, town.subject), one.points, POINTS),
                Move(outside, behind, POINTS * town.par),
            )


def past(village: Village, people: list[Resident], transfers: int) -> None:
    """What readers read: payments among them."""
    town, random = village.town, Random(1958)
    outside = Address(Kind.OUTSIDE, town.subject)
    first = [(f"bench/fill/{one.id}", one.subject, (Move(outside, one.cash, CASH),)) for one in people]
    post(town, first)
    left, number = transfers, 0
    while left > 0:
        wishes = list(payments_among(people, random, number, min(AT_ONCE, left)))
        post(town, wishes)
        left, number = left - len(wishes) * 2, number + len(wishes)
    tell(f"  a past of {transfers:,} transfers ({VERB})")


def payments_among(
    people: list[Resident], random: Random, first: int, acts: int
) -> Iterator[tuple[str, int, tuple[Move, ...]]]:
    """Two payments an act."""
    for number in range(first, first + acts):
        a, b, c, d = random.sample(people, 4)
        amount = random.randint(1, MOST_OF_A_PAYMENT // 1000) * 100
        yield f"bench/{number}", a.subject, (Move(a.cash, b.cash, amount), Move(c.cash, d.cash, amount))
