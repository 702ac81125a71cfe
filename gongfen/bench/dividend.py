"""A dividend from its draft to the last share: computed, confirmed and posted, with what each step costs."""

import resource
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter, process_time
from typing import Any

from django.db import transaction

from gongfen.bench.ledger import tell
from gongfen.bench.storage_size import analyze
from gongfen.dividends import acts, paying, queries
from gongfen.dividends.models import Run
from gongfen.fund import moves
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import Resident, RoleName, Village
from gongfen.rules.dividend_file import verify
from gongfen.rules.posting import Move
from gongfen.town.models import Town

THEN = datetime.fromisoformat("2026-03-18T09:00:00+08:00")
LATER = THEN + timedelta(days=60)
AT_ONCE = 10_000
A_SHARE = 300_000  # 30 yuan a resident
Leaf = dict[str, Any]


def measure(*, quick: bool, residents: int) -> dict[str, dict[str, Leaf]]:
    """A village of that many residents, each with an award, and its dividend."""
    town = found_town(code=3, name="量一量镇", par=0, now=THEN)
    village = found_village(town, name="量一量村", now=THEN)
    village.town = town
    staff = join_many(village, [Joining(str(n), "一组", f"干部{n}") for n in (1, 2)], by=town.subject, now=THEN)
    for member in staff:
        member.town = town
    roles = [(staff[0], RoleName.TREASURER, village), (staff[1], RoleName.SUPERVISOR, village)]
    give_roles(town, roles, by=town.subject, approved_by=town.subject, now=THEN)
    _people(town, village, staff[0], residents - len(staff))
    analyze()
    return {"dividend": {str(residents): _run(town, village, staff, residents)}}


def _people(town: Town, village: Village, like: Resident, how_many: int) -> None:
    """Residents with accounts and an award each, and a fund that can pay them all."""
    chance = Random(1958)
    where = {"village": village, "group": like.group, "household": like.household, "joined_at": THEN}
    for start in range(0, how_many, AT_ONCE):
        some = [Resident(town=town, name="人", **where) for _ in range(min(AT_ONCE, how_many - start))]
        with transaction.atomic():
            Resident.objects.bulk_create(some, batch_size=500)
            open_accounts(town, [account for one_of in some for account in (one_of.points, one_of.cash)])
        with one_batch(town, THEN) as batch:
            for who in some:
                points = chance.randrange(100, 80_000)
                act = batch.act(key=f"award/{who.id}", verb="claim.award", by=town.subject, about=who.subject)
                act.moves(Move(moves.issuance(town), moves.points(who.subject), points))
        tell(f"  {start + len(some)} residents")
    with one_batch(town, THEN) as batch:
        money = batch.act(key="money", verb="money.receive", by=town.subject, about=village.subject)
        money.moves(Move(moves.outside(town), moves.fund(village.subject), (how_many + 2) * A_SHARE))
    one(batch.answers)


def _run(town: Town, village: Village, staff: Sequence[Resident], residents: int) -> Leaf:
    before, cpu = _memory(), process_time()
    run = acts.draft(
        town, by=staff[0], host=village.subject, begins=date(2026, 1, 1), ends=date(2026, 4, 30),
        pool=residents * A_SHARE, head_percent=70, key="draft", now=THEN,
    )  # fmt: skip
    compute = _seconds(lambda: acts.simulate(town, run, by=staff[0], now=LATER))
    digest = Run.of(town).get(id=run.id).digest
    for member in staff:
        acts.confirm(town, run, by=member, digest=digest, now=LATER)
    acts.begin_notice(town, run, by=staff[0], now=LATER)
    until = LATER + timedelta(days=village.notice_days)
    paying.begin(town, run, by=staff[0], now=until)
    post = _seconds(lambda: paying.pay_all(town, run, by=staff[0], now=until))
    more, cpu = max(_memory() - before, 0), process_time() - cpu
    paying.close(town, run, by=staff[0], now=until)
    if verify("".join(queries.public_file(town, Run.of(town).get(id=run.id)))):
        raise AssertionError("the public file does not recompute")
    tell(f"  {residents} residents: computed in {compute:.1f} s, posted in {post:.1f} s")
    return {
        "transfers_per_s": round(residents / post),
        "computed_s": f"{compute:.2f}",
        "posted_s": f"{post:.2f}",
        "whole_s": f"{compute + post:.2f}",
        "own_cpu_s": f"{cpu:.2f}",
        "bytes_a_resident": more // residents,
    }


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _memory() -> int:
    """The most memory so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
