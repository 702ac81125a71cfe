"""What child processes of tests do: each says `ready`, waits for a line, works, and tells the end as JSON."""

import json
import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from gongfen.journal.models import Act, TownHead
from gongfen.ledger import writer as writing
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.audit import audit
from gongfen.ledger.batch import Answer, one_batch
from gongfen.ledger.models import Transfer
from gongfen.rules.posting import Move
from gongfen.town import clock, leases
from gongfen.town.models import Town
from tests.books import NOW, Books, Reference, kind_of, kinds, written
from tests.test_writer import Seen

PEOPLE = tuple(range(1, 21))
LONG = 300


def begin(work: str, words: Sequence[str]) -> None:
    """Run one of the works below."""
    WORKS[work](*words)
    connections.close_all()


def ready() -> None:
    """Everything stands; the test may go on, and says when this child may."""
    print("ready", flush=True)
    sys.stdin.readline()


def tell(**found: Any) -> None:
    print(json.dumps(found), flush=True)


def books() -> Books:
    return Books(Town.objects.get(code=1), PEOPLE)


def migrate() -> None:
    """A database with one town, in which everybody has some money and some points."""
    ready()
    call_command("migrate", "ledger", verbosity=0)
    town = Town.objects.create(code=1, name="戴村镇", subject=1 << 20, par=0, founded_at=NOW)
    TownHead.objects.create(town=town)
    here = books()
    open_accounts(town, here.every())
    here.post(*((f"first/{who}", [Move(here.outside, here.cash(who), 100)]) for who in PEOPLE))


def wish(here: Books, key: int) -> list[Move]:
    """What a key asks for: the same in every process."""
    chance = random.Random(key)
    source, target = chance.sample(PEOPLE, 2)
    return [Move(here.cash(source), here.cash(target), chance.randint(1, 60))]


def post(seed: str, rounds: str) -> None:
    """Post sets of keys that other processes post as well, some of them with another request."""
    here, chance, answered = books(), random.Random(int(seed)), Counter[str]()
    ready()
    for _ in range(int(rounds)):
        with one_batch(here.town, NOW) as batch:
            for key in chance.choices(range(400), k=25):
                other = chance.random() < 0.1
                act = batch.act(key=f"k/{key}", verb="test.pay", by=1, about=1, facts={"key": key, "other": other})
                act.moves(*([] if other else wish(here, key)))
        answered.update(kinds(batch.answers))
    tell(**answered)


def check() -> None:
    """What stands: the audit, and whether playing the journal again in ten lines comes to the same."""
    ready()
    here = books()
    report = audit(here.town, full=True, now=NOW)
    alone = Reference(dict.fromkeys(here.every(), 0))
    refused = []
    for act in Act.of(here.town).order_by("id"):
        lines = Transfer.of(here.town).filter(act=act).order_by("id")
        moves = [Move(line.source.address, line.target.address, line.amount) for line in lines]
        if alone.post(act.key, moves) != "new":
            refused.append(act.key)
    tell(
        differences=[str(difference) for difference in report.differences],
        acts=report.acts,
        transfers=report.transfers,
        refused=refused,
        same=alone.balances == here.balances(),
        keys=sorted(alone.asked),
    )


def load() -> None:
    """Post without end, saying each number that is written: for being killed in the middle."""
    here, chance = books(), random.Random(7)
    ready()
    number = 0
    while True:
        with one_batch(here.town, NOW) as batch:
            for _ in range(200):
                number += 1
                act = batch.act(key=f"load/{number}", verb="test.pay", by=1, about=1)
                act.moves(Move(here.outside, here.cash(chance.choice(PEOPLE)), 1))
        print(written(batch.answers[-1]).key, flush=True)


def again(last: str) -> None:
    """Send what the killed one sent, up to a number."""
    here = books()
    ready()
    with one_batch(here.town, NOW) as batch:
        for number in range(1, int(last) + 1):
            batch.act(key=f"load/{number}", verb="test.pay", by=1, about=1)
    tell(**Counter(kinds(batch.answers)))


def lease(name: str) -> None:
    """Lease a node and make ids with it."""
    connection.ensure_connection()
    ready()
    held = leases.lease(name)
    ids = held.take(1000)
    leases.beat(held, name)
    tell(node=held.node, ids=ids)


def drain(how_many: str) -> None:
    """As a server does: many threads wait for the writer, SIGTERM comes, and each of them is answered."""
    here, stop, gate = books(), threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    answered: dict[str, str] = {}
    writer, queue = writing.Writer(), Seen()
    writer._queue = queue

    def give(town: Town, keys: Sequence[str]) -> list[Answer]:
        assert gate.wait(LONG)
        with one_batch(town, clock.now()) as batch:
            for key in keys:
                act = batch.act(key=key, verb="test.pay", by=1, about=1)
                act.moves(Move(here.outside, here.cash(1), 1))
        return batch.answers

    def caller(key: str) -> None:
        try:
            answered[key] = kind_of(writer.submit(give, here.town, key))
        except Exception as wrong:
            answered[key] = str(wrong)

    threads = [threading.Thread(target=caller, args=(f"drain/{i}",)) for i in range(int(how_many))]
    for thread in threads:
        thread.start()
        assert queue.came.acquire(timeout=LONG)
    print("ready", flush=True)
    assert stop.wait(LONG)
    gate.set()
    writer.drain()
    for thread in threads:
        thread.join(LONG)
    caller("late")
    tell(**Counter(answered.values()))


def fill() -> None:
    """Write until the disk is full, alone and through the writer; then make room and go on."""
    here = books()
    size = pragma("page_count") + 40
    ready()
    before: list[str] = []
    while "disk_full" not in before:
        before.append(written_or_code(here, len(before), size))
    number, writer = len(before) - 1, writing.Writer()
    try:
        waited = kind_of(writer.submit(lambda town, keys: post_keys(here, keys, size), here.town, f"fill/{number}"))
    except Exception as wrong:
        waited = getattr(wrong, "code", repr(wrong))
    writer.drain()
    after = [written_or_code(here, number, 1 << 30) for _ in "ab"]
    tell(before=sorted(set(before)), written=number, waited=waited, after=after)


def written_or_code(here: Books, number: int, size: int) -> str:
    try:
        return kind_of(post_keys(here, [f"fill/{number}"], size)[0])
    except Exception as wrong:
        return getattr(wrong, "code", repr(wrong))


def post_keys(here: Books, keys: Sequence[str], size: int) -> list[Answer]:
    """Post acts of some length to a file that may have so many pages."""
    pragma(f"max_page_count = {size}")
    with one_batch(here.town, NOW) as batch:
        for key in keys:
            act = batch.act(key=key, verb="test.pay", by=1, about=1, facts={"much": ["x" * 100] * 100})
            act.moves(*[Move(here.outside, here.cash(1), 1)] * 20)
    return batch.answers


def pragma(text: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        return int(cursor.fetchone()[0])


WORKS: dict[str, Any] = {work.__name__: work for work in (migrate, post, check, load, again, lease, drain, fill)}
