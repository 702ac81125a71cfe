"""What can be asked about runs, and who has which line of one."""

import secrets
from array import array
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.utils import timezone

from gongfen.dividends.models import Advance, AdvanceState, Run, RunState, Share, ShareState
from gongfen.dividends.queries_sets import earned
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Resident, Village
from gongfen.people.queries import residents_by_subject
from gongfen.rules import dividend, dividend_file
from gongfen.rules.dividend import Sharer, Sums
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

SLIP_DIGITS = 12
PUBLIC_STATES = (RunState.IN_NOTICE, RunState.PAYING, RunState.CLOSED)


class NoGuardian(Refusal):
    """Children on the list of heads have nobody grown in their household who could receive their line."""

    code = "run_no_guardian"


class SharingLine(NamedTuple):
    """Whose line it is, who is paid for it, and what goes into the sum."""

    resident: int
    payee: int
    heads: int
    points: int
    advance: int


def village_of(run: Run) -> Village | None:
    """The village whose fund gives the pool; None for a run of the town."""
    return Village.of(run.town_id).filter(subject=run.host).first()


def period(run: Run) -> tuple[datetime, datetime]:
    """From the first moment of the period to the first moment after it, by the village's clock."""
    here = timezone.get_default_timezone()
    begins = datetime.combine(run.begins, time(), here)
    return begins, datetime.combine(run.ends + timedelta(days=1), time(), here)


def lines_of(town: Town, run: Run) -> list[SharingLine]:
    """Every line of a run: who is there, what they earned in the period, and what was paid early.

    Somebody who left has no line but for an advance, so that the sums stay whole.
    """
    points = earned(town, *period(run))
    advances = advances_of(town, run)
    found = []
    for resident, payee, heads in _residents(town, run):
        line = SharingLine(resident, payee, heads, points.get(resident, 0), advances.pop(resident, 0))
        if line.heads or line.points or line.advance:
            found.append(line)
    found.extend(SharingLine(gone, gone, 0, 0, advance) for gone, advance in advances.items())
    return found


def advances_of(town: Town, run: Run) -> dict[int, int]:
    """What each resident was paid early out of this run's pool."""
    paid = Advance.of(town).filter(run=run, state=AdvanceState.PAID).values("resident").annotate(sum=Sum("money"))
    return {row["resident"]: row["sum"] for row in paid}


def _residents(town: Town, run: Run) -> Iterator[tuple[int, int, int]]:
    """Subject, payee's subject and heads of everyone who is there."""
    there = Resident.of(town).filter(left_at=None)
    if village := village_of(run):
        there = there.filter(village=village)
    guardians = _guardians(town, run, village)
    orphans = 0
    rows = there.values_list("id", "subject", "age_band", "counts_as_head")
    for resident, subject, age_band, counts in rows.iterator(chunk_size=5000):
        if age_band != AgeBand.UNDER_14:
            yield subject, subject, int(counts)
        elif counts:
            if resident in guardians:
                yield subject, guardians[resident], 1
            else:
                orphans += 1
    if orphans:
        raise NoGuardian(children=orphans)


def _guardians(town: Town, run: Run, village: Village | None) -> dict[int, int]:
    """The subject of who is paid for each child: the guardian, or the head of the household where there is none."""
    grown = Resident.of(town).filter(left_at=None, age_band__in=(AgeBand.ADULT, AgeBand.ELDER))
    children = Resident.of(town).filter(left_at=None, age_band=AgeBand.UNDER_14, counts_as_head=True)
    if village:
        children = children.filter(village=village)
    kids = list(children.values_list("id", "household_id", "guardian_id"))
    named = {guardian for _, _, guardian in kids if guardian}
    guardians = dict(grown.filter(id__in=named).values_list("id", "subject"))
    homeless = {household for _, household, guardian in kids if guardian not in guardians}
    heads: dict[int, int] = {}
    for household, subject in (
        grown.filter(household_id__in=homeless).order_by("is_head", "-id").values_list("household_id", "subject")
    ):
        heads[household] = subject  # the last one wins: the head of the household, else its oldest row
    found = {child: guardians.get(guardian) or heads.get(household) for child, household, guardian in kids}
    return {child: subject for child, subject in found.items() if subject}


def draw_slips(how_many: int) -> list[int]:
    """So many random slip numbers, all different, in the random order in which they were drawn."""
    first = 10 ** (SLIP_DIGITS - 1)
    drawn: dict[int, None] = {}  # keeps the order of drawing: that of a set would tell who stood where in the list
    while len(drawn) < how_many:
        chance = array("Q", secrets.token_bytes(8 * (how_many - len(drawn))))
        drawn.update(dict.fromkeys(first + one % (9 * first) for one in chance))
    return list(drawn)


def sharers(lines: list[SharingLine], slips: list[int]) -> tuple[list[Sharer], list[SharingLine]]:
    """Lines as the rule sees them, under random slip numbers; both in the order of the slips."""
    order = sorted(range(len(slips)), key=slips.__getitem__)
    mixed = [lines[place] for place in order]
    rows = [
        Sharer(slips[place], line.heads, line.points, line.advance) for place, line in zip(order, mixed, strict=True)
    ]
    return rows, mixed


def public_file(town: Town, run: Run) -> Iterator[str]:
    """The public file of a simulated run, line by line."""
    if run.totals is None:
        return iter(())
    columns = ("slip", "heads", "points", "advance", "money", "payout", "forgiven")
    rows = Share.of(town).filter(run=run).order_by("slip").values_list(*columns)
    return written(run, run.totals, (dividend.Share(*row) for row in rows.iterator(chunk_size=5000)))


def written(run: Run, sums: Sums, shares: Iterable[dividend.Share]) -> Iterator[str]:
    """The text of the public file."""
    names = {"run": str(run.id), "from": run.begins.isoformat(), "until": run.ends.isoformat()}
    return dividend_file.make(names, run.plan, sums, shares)


def shares_paid_to(town: Town, payee: int) -> list[Share]:
    """A resident's own lines, and those of children they are guardian of, newest run first."""
    found = Share.of(town).filter(payee=payee, run__state__in=PUBLIC_STATES).select_related("run")
    return list(found.order_by("-run_id", "id"))


def runs_of(town: Town, host: int, *, public: bool) -> list[Run]:
    """The runs of a host, newest first; `public` leaves out what is not on notice yet."""
    found = Run.of(town).filter(host=host)
    if public:
        found = found.filter(state__in=PUBLIC_STATES)
    return list(found.order_by("-ends", "-id"))


def progress(town: Town, run: Run) -> dict[str, int]:
    """How many shares a run has, how many of them are paid, and what was paid."""
    run = Run.of(town).get(id=run.id)
    every = Share.of(town).filter(run=run)
    paid = every.filter(Q(state=ShareState.IN_TURN, slip__lte=run.paid_slip) | Q(state=ShareState.HANDED))
    all_of, done = (rows.aggregate(count=Count("id"), sum=Sum("payout")) for rows in (every, paid))
    return {
        "shares": all_of["count"],
        "paid_shares": done["count"],
        "paid": done["sum"] or 0,
        "unpaid": (all_of["sum"] or 0) - (done["sum"] or 0),
    }


def advances_to_decide(run: Run, *, by: Resident, now: datetime) -> list[dict[str, Any]]:
    """The advances of a run with the names of whom they are for: only for those who decide them, and written down."""
    rows = list(Advance.of(by.town_id).filter(run=run).order_by("id"))
    people = residents_by_subject(by.town, [row.resident for row in rows])
    looked(by, people.values(), "settlement", now=now)
    found = []
    for row in rows:
        resident = people.get(row.resident)
        found.append(
            {
                "id": row.id,
                "resident": resident.id if resident else 0,
                "name": resident.name if resident else "",
                "money": row.money,
                "state": row.state,
            }
        )
    return found


def unpaid_of_leavers(town: Town, run: Run) -> list[dict[str, Any]]:
    """Shares that are held, because their payees had left when their turn came."""
    rows = Share.of(town).filter(run=run, state=ShareState.HELD).order_by("id")
    return [{"id": row.id, "payout": row.payout, "is_asked": row.hand_over_asked_by is not None} for row in rows[:200]]
