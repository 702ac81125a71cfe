"""What can be asked about activities, claims and terms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from gongfen.activities.models import Activity, Appeal, Claim, Evidence, Objection, Reversal, TermsVersion
from gongfen.activities.reviews import UnknownClaim
from gongfen.people.models import Resident
from gongfen.people.queries import residents_by_subject
from gongfen.rules.claim_states import UNDECIDED, WAITS_FOR_REVIEW, ActivityState, ClaimState, TermsState
from gongfen.rules.notice import HOME, appeal_until, village_day
from gongfen.rules.places import number_of
from gongfen.town.models import Town

PUBLIC = (ActivityState.PUBLISHED, ActivityState.OPEN, ActivityState.CLOSED)
LAST = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for among the activities; what is not given does not matter."""

    host: int | None = None
    village: int | None = None  # id; the town's own activities are for every village
    kind: str = ""
    day: date | None = None
    words: str = ""
    running: bool = False  # published or open, not closed


def activities(town: Town, search: Search, *, before: int = LAST, limit: int = 50) -> list[Activity]:
    """Announced activities, newest first."""
    found = Activity.of(town).filter(state__in=PUBLIC[:2] if search.running else PUBLIC, id__lt=before)
    if search.host is not None:
        found = found.filter(host=search.host)
    if search.village is not None:
        found = found.filter(Q(village_id=search.village) | Q(village=None))
    if search.kind:
        found = found.filter(kind=search.kind)
    if search.day is not None:
        midnight = datetime.combine(search.day, time(), HOME)
        found = found.filter(starts_at__lt=midnight + timedelta(days=1), ends_at__gte=midnight)
    for word in search.words.split()[:5]:
        said = Q(title__icontains=word) | Q(text__icontains=word) | Q(place__icontains=word)
        found = found.filter(said | Q(title_en__icontains=word))
    return list(found.select_related("terms", "village").order_by("-id")[:limit])


def drafts(town: Town, host: int, *, before: int = LAST, limit: int = 50) -> list[Activity]:
    """What a host's staff have drafted or approved and nobody has published yet, newest first."""
    waiting = (ActivityState.DRAFT, ActivityState.APPROVED)
    found = Activity.of(town).filter(host=host, state__in=waiting, id__lt=before)
    return list(found.select_related("terms", "village").order_by("-id")[:limit])


def my_claims(resident: Resident, *, before: int = LAST, limit: int = 50) -> list[Claim]:
    """What one took part in, newest first."""
    own = Claim.of(resident.town).filter(resident=resident, id__lt=before)
    return list(own.select_related("activity", "terms").order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one has earned and not received yet. Points in hundredths, money in hundredths of a fen."""

    points: int
    money: int
    next_on: date | None  # the day after the first notice that ends


def waiting_of(resident: Resident) -> Waiting:
    """≈ ¥30, 公示到周六: what is under way for one resident."""
    own = Claim.of(resident.town).filter(resident=resident, state__in=sorted(UNDECIDED))
    rows = list(own.values_list("points", "notice_until"))
    points = sum(points for points, _ in rows)
    days = [until + timedelta(days=1) for _, until in rows if until is not None]
    return Waiting(points, points * resident.town.par, min(days, default=None))


def what_next(claim: Claim, appeals: Collection[int] = ()) -> tuple[str, date | None]:
    """What happens next to a claim, and by when; `appeals` are the ids of claims that were appealed."""
    state = ClaimState(claim.state)
    if state in (ClaimState.MADE, ClaimState.SECOND_LOOK, ClaimState.OBJECTED):
        return "review", None
    if state is ClaimState.IN_NOTICE:
        return "notice", claim.notice_until
    if state is ClaimState.APPEALED:
        return "answer", None
    if state is ClaimState.REFUSED and claim.id not in appeals and claim.decided_at is not None:
        return "may_appeal", appeal_until(village_day(claim.decided_at))
    return "nothing", None


def appealed(town: Town, claims: Collection[Claim]) -> dict[int, Appeal]:
    """The appeals of these claims, by claim."""
    return {row.claim_id: row for row in Appeal.of(town).filter(claim_id__in=[claim.id for claim in claims])}


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind one's points: the rule, the evidence, who recorded and approved it, and what was said."""

    claim: Claim
    people: dict[int, Resident]  # by subject
    photos: list[int]
    appeal: Appeal | None
    objections: list[Objection]
    reversal: Reversal | None


def explain(resident: Resident, claim_id: int) -> Explained:
    """One's own claim with all that it rests on."""
    town = resident.town
    own = Claim.of(town).filter(id=claim_id, resident=resident).select_related("activity", "terms")
    claim = own.first()
    if claim is None:
        raise UnknownClaim()
    activity = claim.activity
    subjects = {
        claim.recorded_by, claim.decided_by, claim.second_by,
        activity.drafted_by, activity.approved_by, activity.published_by,
    }  # fmt: skip
    return Explained(
        claim,
        residents_by_subject(town, [subject for subject in subjects if subject is not None]),
        list(Evidence.of(town).filter(claim=claim).order_by("id").values_list("id", flat=True)),
        Appeal.of(town).filter(claim=claim).first(),
        list(Objection.of(town).filter(claim=claim).order_by("id")),
        Reversal.of(town).filter(claim=claim).order_by("-id").first(),
    )


def act_numbers(claim: Claim) -> dict[str, int]:
    """Where a claim stands in the public record."""
    acts = {
        "made": claim.made_act, "decided": claim.decided_act,
        "awarded": claim.awarded_act, "reversed": claim.reversed_act,
    }  # fmt: skip
    return {name: number_of(act) for name, act in acts.items() if act is not None}


def on_notice(town: Town, hosts: Sequence[int], *, after: int = 0, limit: int = 50) -> list[Claim]:
    """What hosts show before it becomes points, oldest first; to be printed by household number, never by name."""
    shown = Claim.of(town).filter(state=ClaimState.IN_NOTICE, id__gt=after)
    # Host by host, because each is in order in its index.
    oldest = [shown.filter(host=host).order_by("id").values_list("id", flat=True)[:limit] for host in hosts]
    ids = sorted(claim for each in oldest for claim in each)[:limit]
    found = Claim.of(town).filter(id__in=ids).order_by("id")
    return list(found.select_related("activity", "resident__household__village"))


def to_review(by: Resident, host: int, *, after: int = 0, limit: int = 50) -> list[Claim]:
    """What waits for a yes or a no at a host, oldest first, without what this reviewer may not decide."""
    mine = Q(resident__household_id=by.household_id) | Q(recorded_by=by.subject)
    decided = Q(decided_by__isnull=False, decided_by=by.subject) | Q(second_by__isnull=False, second_by=by.subject)
    waiting = Claim.of(by.town).filter(host=host, id__gt=after).exclude(mine).exclude(decided)
    # State by state, because each is in order in its index: all of them together would be read whole and sorted.
    oldest = [
        waiting.filter(state=state).order_by("id").values_list("id", flat=True)[:limit]
        for state in sorted(WAITS_FOR_REVIEW)
    ]
    ids = sorted(claim for each in oldest for claim in each)[:limit]
    found = Claim.of(by.town).filter(id__in=ids).order_by("id")
    return list(found.select_related("activity", "terms", "resident__household"))


def waiting_at(town: Town, host: int) -> tuple[int, int]:
    """How many claims wait for review at a host, and their points (hundredths)."""
    waiting = Claim.of(town).filter(host=host, state__in=sorted(WAITS_FOR_REVIEW))
    total = waiting.aggregate(claims=Count("id"), points=Sum("points"))
    return total["claims"], total["points"] or 0


def said_about(town: Town, claims: Collection[Claim]) -> dict[int, list[str]]:
    """What objections and appeals say about these claims, for who decides them."""
    ids = [claim.id for claim in claims]
    found: dict[int, list[str]] = {}
    rows: list[QuerySet[Objection] | QuerySet[Appeal]] = [
        Objection.of(town).filter(claim_id__in=ids, state="open"),
        Appeal.of(town).filter(claim_id__in=ids, state="open"),
    ]
    for each in rows:
        for claim, said in each.order_by("id").values_list("claim_id", "said"):
            found.setdefault(claim, []).append(said)
    return found


def photos_of(town: Town, claims: Collection[Claim]) -> dict[int, list[int]]:
    """The ids of the photos of these claims, by claim."""
    found: dict[int, list[int]] = {}
    rows = Evidence.of(town).filter(claim_id__in=[claim.id for claim in claims]).order_by("id")
    for claim, photo in rows.values_list("claim_id", "id"):
        found.setdefault(claim, []).append(photo)
    return found


def terms_history(town: Town, host: int, *, kind: str = "") -> list[TermsVersion]:
    """Every version that was ever decided or is proposed, newest first: what it gave, since when, who decided."""
    found = TermsVersion.of(town).filter(host=host).exclude(state=TermsState.DROPPED)
    if kind:
        found = found.filter(kind=kind)
    return list(found.order_by("-in_force_from", "-id")[:500])


def reversals_asked(resident: Resident) -> list[Reversal]:
    """Corrections that wait for one's own yes or no."""
    asked = Reversal.of(resident.town).filter(claim__resident=resident, state="asked")
    return list(asked.select_related("claim__activity").order_by("id")[:50])
