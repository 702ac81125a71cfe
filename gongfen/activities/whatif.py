"""Before terms are decided: what the last quarter would have brought under them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.models import Claim
from gongfen.rules.caps import Earned, taken, trim
from gongfen.rules.claim_states import COUNTS
from gongfen.rules.notice import month_of
from gongfen.town.models import Town

QUARTER = timedelta(days=91)
FEWEST = 10  # people that a published number covers


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Sums in hundredths of a point. Numbers of people are None where they would tell of fewer than ten."""

    since: date
    until: date
    claims: int
    before: int
    after: int
    residents: int | None
    get_more: int | None
    get_less: int | None
    months: tuple[tuple[str, int, int], ...] = ()  # 2026-10, what it brought, what it would have brought


def what_if(town: Town, host: int, kind: str, terms: Terms, *, today: date) -> WhatIf:
    """The last quarter's work of this kind under these terms, in order, caps included."""
    since = today - QUARTER
    of_kind = kind_of(kind)
    of_kind.check_terms(terms)
    claims = (
        Claim.of(town)
        .filter(host=host, kind=kind, state__in=sorted(COUNTS), happened_on__gte=date(since.year, 1, 1))
        .filter(happened_on__lte=today)
        .order_by("happened_on", "id")
        .values_list("resident_id", "happened_on", "points", "evidence", "terms__what")
    )
    so_far: dict[int, list[Earned]] = defaultdict(list)
    change: dict[int, int] = defaultdict(int)
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    count = before = after = 0
    for resident, day, points, evidence, what in claims.iterator(chunk_size=5_000):
        worth = points
        if what == terms.what and day > since:
            worth = trim(of_kind.points(terms, evidence), terms.caps, taken(so_far[resident], day))
            count, before, after = count + 1, before + points, after + worth
            change[resident] += worth - points
            month = months[month_of(day)]
            month[0], month[1] = month[0] + points, month[1] + worth
        so_far[resident].append(Earned(day, worth))
    more = sum(1 for one in change.values() if one > 0)
    less = sum(1 for one in change.values() if one < 0)
    people = len(change)
    told = (shown(people), shown(more, of=people), shown(less, of=people))
    by_month = tuple((month, was, would) for month, (was, would) in sorted(months.items()))
    return WhatIf(since, today, count, before, after, *told, by_month)


def shown(people: int, *, of: int | None = None) -> int | None:
    """The number if it, and what is left of the whole, is nobody or at least ten people."""
    rest = 0 if of is None else of - people
    return None if 0 < people < FEWEST or 0 < rest < FEWEST else people
