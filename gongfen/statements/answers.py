"""How long people waited for an answer: one row a month and host, written when the month is over, and never again.

A claim counts in the month of its first answer; what an objection or an appeal changes later counts nowhere.
"""

from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.db.models import Q

from gongfen.activities.models import Claim
from gongfen.journal.models import Act
from gongfen.ledger.models import DaySum
from gongfen.people.models import Village
from gongfen.rules.day_sums import What
from gongfen.rules.notice import HOME, village_day
from gongfen.town.models import Town

MONTHS = 12
SOME = 500
A_HUNDREDTH = timedelta(days=1) / 100


def count_due(town: Town, *, now: datetime) -> dict[str, int]:
    """What the clock does: the months that are over and not counted yet, at most a year of them."""
    this = village_day(now).replace(day=1)
    months = [_months_before(this, n) for n in range(MONTHS, 0, -1)]
    known = set(DaySum.of(town).filter(what=What.ANSWER, day__gte=months[0]).values_list("host", "day"))
    hosts = [town.subject, *Village.of(town).order_by("id").values_list("subject", flat=True)]
    due = [(host, month) for host in hosts for month in months if (host, month) not in known]
    DaySum.objects.bulk_create([_counted(town, host, month) for host, month in due], ignore_conflicts=True)
    return {"answered": len(due)}


def _counted(town: Town, host: int, month: date) -> DaySum:
    """`amount` is the median in hundredths of a day."""
    waits = _waits(town, host, _midnight(month), _midnight(_months_before(month, -1)))
    return DaySum(
        town=town,
        day=month,
        host=host,
        what=What.ANSWER,
        count=len(waits),
        amount=int(median(waited for waited, _ in waits)) if waits else 0,
        residents=len({resident for _, resident in waits}),
    )


def _waits(town: Town, host: int, begins: datetime, ends: datetime) -> list[tuple[int, int]]:
    """Each first answer of these days: how long it took in hundredths of a day, and the resident it is about."""
    rows = Claim.of(town).filter(host=host, rounds__gte=1, made_at__lt=ends, decided_at__gte=begins)
    rows = rows.filter(Q(decided_at__lt=ends) | Q(rounds__gt=1))
    found = list(rows.values_list("id", "resident_id", "made_at", "rounds", "decided_at"))
    firsts = _first_answers(town, [claim for claim, _, _, rounds, _ in found if rounds > 1])
    waits: list[tuple[int, int]] = []
    for claim, resident, made_at, rounds, decided_at in found:
        at = firsts.get(claim, decided_at) if rounds > 1 else decided_at
        if at is not None and begins <= at < ends:
            waits.append(((at - made_at) // A_HUNDREDTH, resident))
    return waits


def _first_answers(town: Town, claims: list[int]) -> dict[int, datetime]:
    """When claims that were decided more than once were decided first."""
    found: dict[int, datetime] = {}
    for some in _parts(claims):
        keys = {f"decide/{claim}/0": claim for claim in some}
        acts = Act.of(town).filter(key__in=list(keys)).values_list("key", "written_at")
        found |= {keys[key]: written_at for key, written_at in acts}
    return found


def _parts(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + SOME] for start in range(0, len(ids), SOME)]


def _months_before(first: date, how_many: int) -> date:
    months = first.year * 12 + first.month - 1 - how_many
    return date(months // 12, months % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME).astimezone(UTC)
