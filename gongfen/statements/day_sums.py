"""The sums by day follow the journal by number, one small step at a time; stopping anywhere loses and doubles nothing.

For whom something was the first time in a month is counted as it passes by: so a month's different residents and
households can be told later without keeping anywhere who they were.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from gongfen.activities.models import Activity
from gongfen.journal.models import Act, TownHead, act_at
from gongfen.ledger.models import DaySum, SumMark, Transfer
from gongfen.ledger.queries import number_at
from gongfen.people.models import Resident
from gongfen.rules.day_sums import What, what_of
from gongfen.rules.notice import HOME, village_day
from gongfen.rules.places import transfer_place
from gongfen.shops.models import Merchant
from gongfen.statements.queries_figures import awards_among, payments_among
from gongfen.town.models import Town

A_STEP = 2_000  # acts in one write
A_TURN = 40_000  # acts in one turn of the clock
SOME = 500
A_MOMENT = timedelta(microseconds=1)
COUNTED = ("count", "amount", "minutes", "residents", "households")


class Cell(NamedTuple):
    """Which sum: a day, a host, what, and of which kind of activity."""

    day: date
    host: int
    what: What
    kind: str


class Moved(NamedTuple):
    """One act that counts: its first place in the sums, who it is about, and what moved."""

    act: Act
    what: What
    amount: int
    transfers: int


def follow(town: Town, *, a_step: int = A_STEP) -> int:
    """Read the next acts and add them up; how many acts were read. 0 when there are no more."""
    with transaction.atomic():
        SumMark.objects.get_or_create(town=town)
        mark = SumMark.objects.select_for_update().get(town=town)
        last = TownHead.objects.filter(town=town).values_list("last", flat=True).get()
        until = min(mark.number + a_step, last)
        if until == mark.number:
            return 0
        sums = _summed(town, mark.number, until)
        for cell, found in sums.items():
            _add(town, cell, found)
        SumMark.objects.filter(town=town, number=mark.number).update(number=until)
    return until - mark.number


def follow_all(town: Town, *, most: int | None = None) -> int:
    """Step by step to the journal's end, or so many acts; how many were read."""
    read = 0
    while (most is None or read < most) and (step := follow(town)):
        read += step
    return read


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """What the clock does: the sums go on where they stopped."""
    return {"summed": follow_all(town, most=A_TURN)}


def begin_anew(town: Town) -> None:
    """Throw the sums away: the clock makes them again from the first act."""
    with transaction.atomic():
        DaySum.of(town).delete()
        SumMark.objects.filter(town=town).delete()


def _add(town: Town, cell: Cell, found: Counter[str]) -> None:
    more = {name: F(name) + found[name] for name in COUNTED}
    if not DaySum.of(town).filter(**cell._asdict()).update(**more):
        DaySum.objects.bulk_create([DaySum(town=town, **cell._asdict(), **{name: found[name] for name in COUNTED})])


def _summed(town: Town, after: int, until: int) -> dict[Cell, Counter[str]]:
    moved = _moved(town, after, until)
    hosts = _hosts(town, moved)
    sums: dict[Cell, Counter[str]] = defaultdict(Counter)
    for one in moved:
        facts = one.act.facts
        cell = Cell(village_day(one.act.written_at), hosts(one.act), one.what, str(facts.get("kind", ""))[:20])
        minutes = facts.get("minutes", 0) if one.what is What.AWARD else 0
        sums[cell].update(count=one.transfers, amount=one.amount, minutes=minutes)
    for what in (What.AWARD, What.TAKE):
        for cell, first in _first_times(town, [one.act for one in moved if one.what is what], what, until).items():
            sums[cell].update(first)
    return sums


def _moved(town: Town, after: int, until: int) -> list[Moved]:
    places = [transfer_place(act_at(town, number + 1), 0) for number in (after, until)]
    rows = Transfer.of(town).filter(id__gte=places[0], id__lt=places[1]).order_by("id")
    amounts: Counter[tuple[int, What]] = Counter()
    times: Counter[tuple[int, What]] = Counter()
    for act, source, target, amount in rows.values_list("act_id", "source_id", "target_id", "amount"):
        if what := what_of(source, target):
            amounts[act, what] += amount
            times[act, what] += 1
    acts = _acts(town, {act for act, _ in amounts})
    return [Moved(acts[act], what, amount, times[act, what]) for (act, what), amount in amounts.items()]


def _acts(town: Town, ids: Collection[int]) -> dict[int, Act]:
    found: dict[int, Act] = {}
    for some in _parts(sorted(ids)):
        found |= Act.of(town).in_bulk(some)
    return found


class _Hosts:
    """Of which village or town an act is: by its activity, or by its shop."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.activities: dict[int, int] = {}
        self.shops = {
            subject: village or town.subject
            for subject, village in Merchant.of(town).values_list("subject", "village__subject")
        }

    def learn(self, acts: Iterable[Act]) -> None:
        wanted = {int(act.facts["activity"]) for act in acts if "activity" in act.facts} - self.activities.keys()
        for some in _parts(sorted(wanted)):
            self.activities |= dict(Activity.of(self.town).filter(id__in=some).values_list("id", "host"))

    def __call__(self, act: Act) -> int:
        if "activity" in act.facts:
            return self.activities.get(int(act.facts["activity"]), 0)
        return self.shops.get(int(act.facts.get("merchant", 0)), 0)


def _hosts(town: Town, moved: Iterable[Moved]) -> _Hosts:
    hosts = _Hosts(town)
    hosts.learn(one.act for one in moved)
    return hosts


def _first_times(town: Town, acts: list[Act], what: What, until: int) -> dict[Cell, Counter[str]]:
    """Of these acts, which were the first of their resident, and of their household, in their month."""
    by_month: dict[date, list[Act]] = defaultdict(list)
    for act in acts:
        by_month[village_day(act.written_at).replace(day=1)].append(act)
    firsts: dict[Cell, Counter[str]] = defaultdict(Counter)
    for month, those in by_month.items():
        homes = _homes(town, {act.about for act in those})
        begins = number_at(town, datetime.combine(month, time(), HOME).astimezone(UTC) - A_MOMENT)
        _count(_this_month(town, homes, what, begins, until), homes, those, what, firsts, _Hosts(town))
    return firsts


def _homes(town: Town, subjects: Collection[int]) -> dict[int, int]:
    """The household of each of these residents and of whoever lives with them; one who is forgotten stands alone."""
    homes = {subject: -subject for subject in subjects}
    for some in _parts(sorted(subjects)):
        those = Resident.of(town).filter(subject__in=some).values_list("household_id", flat=True)
        there = Resident.of(town).filter(household_id__in=list(those))
        homes |= dict(there.values_list("subject", "household_id"))
    return homes


def _this_month(town: Town, homes: dict[int, int], what: What, begins: int, until: int) -> list[Act]:
    """What counts in the month up to now for these households, in order."""
    among = awards_among if what is What.AWARD else payments_among
    found = _acts(town, set(among(town, homes, act_at(town, begins + 1), act_at(town, until))))
    return [found[act] for act in sorted(found)]


def _count(
    passed: list[Act],
    homes: dict[int, int],
    acts: list[Act],
    what: What,
    firsts: dict[Cell, Counter[str]],
    hosts: _Hosts,
) -> None:
    hosts.learn(passed)
    new = {act.id for act in acts}
    seen: set[tuple[str, int, int, str]] = set()
    for act in passed:
        host = hosts(act)
        for kind in {"", str(act.facts.get("kind", ""))[:20]}:
            for name, who in (("residents", act.about), ("households", homes[act.about])):
                if (name, who, host, kind) in seen:
                    continue
                seen.add((name, who, host, kind))
                if act.id in new:
                    firsts[Cell(village_day(act.written_at), host, what, kind)][name] += 1


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + SOME] for start in range(0, len(ids), SOME))
