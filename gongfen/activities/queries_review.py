"""What can be asked about the review desk's work: what waits of one activity or state, and what it rests on."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from gongfen.activities.models import Appeal, Claim, Objection, Presence, Reversal
from gongfen.people.models import Resident
from gongfen.rules.claim_states import WAITS_FOR_REVIEW, ClaimState
from gongfen.town.models import Town


@dataclass(frozen=True, slots=True)
class WaitingOf:
    """How many claims of one activity wait in one state."""

    activity: int
    title: str
    title_en: str
    state: str
    claims: int


def may_decide(by: Resident, hosts: Sequence[int]) -> QuerySet[Claim]:
    """What waits at these hosts, without the reviewer's own household, own records and own earlier decisions."""
    mine = Q(resident__household_id=by.household_id) | Q(recorded_by=by.subject)
    decided = Q(decided_by__isnull=False, decided_by=by.subject) | Q(second_by__isnull=False, second_by=by.subject)
    waiting = Claim.of(by.town).filter(host__in=list(hosts), state__in=sorted(WAITS_FOR_REVIEW))
    return waiting.exclude(mine).exclude(decided)


def waiting_by_activity(by: Resident, hosts: Sequence[int]) -> list[WaitingOf]:
    """Each activity and state with what waits there, the largest first."""
    rows = may_decide(by, hosts).order_by().values_list(
        "activity_id", "activity__title", "activity__title_en", "state"
    )  # fmt: skip
    found = [WaitingOf(*row) for row in rows.annotate(claims=Count("id"))]
    return sorted(found, key=lambda one: (-one.claims, one.activity, one.state))


def waiting_claims(
    by: Resident, hosts: Sequence[int], *, activity: int | None = None, states: Collection[str] = (), limit: int = 100
) -> list[Claim]:
    """What waits of one activity or in some states, oldest first."""
    found = may_decide(by, hosts)
    if activity is not None:
        found = found.filter(activity_id=activity)
    if states:
        found = found.filter(state__in=list(states))
    return list(found.select_related("activity", "terms", "resident__household").order_by("id")[:limit])


@dataclass(frozen=True, slots=True)
class Times:
    """When a resident was there, and what that rests on."""

    in_at: datetime
    out_at: datetime | None
    grade: str


def times_of(town: Town, claims: Collection[Claim]) -> dict[int, list[Times]]:
    """When the owners of these claims came and went, by claim; empty where the kind has no check-in."""
    by_owner = {(claim.activity_id, claim.resident_id): claim.id for claim in claims}
    rows = Presence.of(town).filter(
        activity_id__in={claim.activity_id for claim in claims}, resident_id__in={claim.resident_id for claim in claims}
    )
    found: dict[int, list[Times]] = defaultdict(list)
    for row in rows.order_by("in_at", "id"):
        claim = by_owner.get((row.activity_id, row.resident_id))
        if claim is not None:
            found[claim].append(Times(row.in_at, row.out_at, row.grade))
    return found


def answer_days(town: Town, claims: Collection[Claim]) -> dict[int, date]:
    """Until when the open appeals of these claims can be refused, by claim."""
    appealed = [claim.id for claim in claims if claim.state == ClaimState.APPEALED]
    if not appealed:
        return {}
    rows = Appeal.of(town).filter(claim_id__in=appealed, state="open")
    return dict(rows.values_list("claim_id", "answer_until"))


def late_objections(by: Resident, hosts: Sequence[int]) -> list[tuple[Objection, Reversal | None]]:
    """Open objections to what was awarded already, oldest first, with the request to put it right, where one is."""
    town = by.town
    rows = Objection.of(town).filter(claim__host__in=list(hosts), is_late=True, state="open")
    found = list(rows.select_related("claim__activity", "claim__resident__household").order_by("made_at", "id")[:200])
    asked = Reversal.of(town).filter(claim_id__in=[one.claim_id for one in found]).order_by("id")
    by_claim = {one.claim_id: one for one in asked}
    return [(one, by_claim.get(one.claim_id)) for one in found if one.claim.state == ClaimState.AWARDED]
