"""A process of its own for the tests of spending: kills itself in settlements, or lets 64 threads pay at once.

Works on the database of its environment and tells what it found as one line of JSON.
"""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")

import django  # the settings come first

django.setup()

from django.core.management import call_command  # noqa: E402  the settings come first
from django.db import connections, transaction  # noqa: E402  as above

from gongfen.journal.models import Act  # noqa: E402  as above
from gongfen.ledger.audit import audit  # noqa: E402  as above
from gongfen.ledger.writer import Writer  # noqa: E402  as above
from gongfen.rules.bank_file import StatementLine, make_statement  # noqa: E402  as above
from gongfen.rules.posting import Kind  # noqa: E402  as above
from gongfen.rules.refusals import Refusal  # noqa: E402  as above
from gongfen.shops import settlement  # noqa: E402  as above
from gongfen.shops.models import Merchant, MerchantDay, Payout, Settlement  # noqa: E402  as above
from gongfen.shops.payments import pay_many  # noqa: E402  as above
from gongfen.shops.sealed import seal  # noqa: E402  as above
from gongfen.shops.wanted import CodePayment  # noqa: E402  as above
from gongfen.town.models import Town  # noqa: E402  as above
from tests.shops_village import POINT, YUAN, Shops, found_shops  # noqa: E402  as above


def killed(step: Callable[[], object], *, committed: bool) -> None:
    """Fork, let the child take the step, and kill it with -9 just before or just after its commit."""
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):  # a pool's sockets would outlive the child in its parent
            connection.close_pool()
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        if committed:
            step()
            os.write(tell, b"committed\n")
        else:
            with transaction.atomic():
                step()
                os.write(tell, b"written\n")
                signal.pause()
        signal.pause()
    os.close(tell)
    with os.fdopen(hear) as lines:
        said = lines.readline()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert said == ("committed\n" if committed else "written\n"), said


def books(village: Shops) -> list[object]:
    """Where the money is, and how far everything has come."""
    town = village.town
    return [
        village.in_till("小芳"), village.in_till("老王"), village.has(Kind.TRANSIT), village.has(Kind.OUTSIDE),
        sorted(MerchantDay.of(town).values_list("state", flat=True)),
        sorted(Payout.of(town).values_list("state", flat=True)),
        Act.of(town).count(),
    ]  # fmt: skip


def market() -> Shops:
    """Two shops with money in their tills, and staff for Friday."""
    village = found_shops()
    village.shop("老王")
    for place, shop in enumerate(village.shops.values()):
        Merchant.of(village.town).filter(id=shop.id).update(sealed_account=seal(b"62220000", about=shop.id))
        village.lives(f"居民{place}")
        village.earned(f"居民{place}", 40 * POINT)
        village.phone(f"居民{place}")
        assert not isinstance(village.scan(shop.name, village.code(f"居民{place}"), (place + 1) * 10 * YUAN), Refusal)
    village.has_role("会计", "treasurer")
    village.has_role("监督", "supervisor")
    village.later(days=3)
    return village


def settlements() -> dict[str, object]:
    """Each step of a settlement is killed before and after its commit, and taken again."""
    village = market()
    treasurer, supervisor, now = village.people["会计"], village.people["监督"], village.now

    def row() -> Settlement:
        return Settlement.of(village.town).get()

    def answered() -> object:
        paid, bounced = f"{row().number}-1", f"{row().number}-2"
        lines = [StatementLine(paid, 10 * YUAN, "paid"), StatementLine(bounced, 20 * YUAN, "bounced")]
        content = make_statement(now.date(), lines)
        return settlement.apply_statement(treasurer, content, village=None, now=now)

    steps: dict[str, Callable[[], object]] = {
        "prepare": lambda: settlement.prepare(treasurer, village=None, key="friday", now=now),
        "approve": lambda: settlement.approve(supervisor, row().id, now=now),
        "send": lambda: settlement.send_out(treasurer, row().id, now=now),
        "answer": answered,
    }
    found: dict[str, object] = {}
    for name, step in steps.items():
        before = books(village)
        killed(step, committed=False)
        untouched = books(village) == before
        killed(step, committed=True)
        after = books(village)
        step()
        found[name] = {"untouched": untouched, "taken": after != before, "once": books(village) == after}
    verbs = Counter(Act.of(village.town).filter(verb__startswith="payout.").values_list("verb", flat=True))
    return found | {"verbs": dict(sorted(verbs.items())), "books": books(village)[:6]}


def last_yuan() -> dict[str, object]:
    """64 threads pay one resident's last yuan at once, each with a handle of its own."""
    village = found_shops(code=8)
    village.lives("李大妈")
    village.earned("李大妈", POINT)
    village.phone("李大妈")
    codes = [village.code("李大妈") for _ in range(60)]
    village.phone("李大妈", "the other")
    codes += [village.code("李大妈") for _ in range(4)]
    for place in range(64):
        village.till(f"台{place}", "小芳")
    wanted = [CodePayment(village.tills[f"台{place}"], code, YUAN) for place, code in enumerate(codes)]
    answers, writer, start = [], Writer(), threading.Barrier(len(wanted))

    def decided(town, requests):
        return pay_many(town, requests, village.now)

    def pay(request: CodePayment) -> None:
        start.wait()
        try:
            writer.submit(decided, village.town, request)
            answers.append("paid")
        except Refusal as refusal:
            answers.append(refusal.code)

    threads = [threading.Thread(target=pay, args=(request,)) for request in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.drain()
    return {
        "answers": dict(Counter(answers)),
        "books": [village.points("李大妈"), village.cash("李大妈"), village.in_till("小芳"), village.has(Kind.BACKING)],
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    told: dict[str, object] = {"settlements": settlements(), "last_yuan": last_yuan()}
    told["differences"] = [len(audit(town).differences) for town in Town.objects.order_by("code")]
    print(json.dumps(told, ensure_ascii=False), flush=True)
