"""A resident's own claims, told: where each one is, what it is worth, and what one may say to it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongfen import words
from gongfen.activities.models import Activity, Claim
from gongfen.fund.moves import worth
from gongfen.people.models import Resident
from gongfen.rules.claim_states import UNDECIDED, ClaimState
from gongfen.rules.notice import appeal_until, village_day
from gongfen.statements.residents import in_words, title
from gongfen.words.statements import GRADES, STATES

AS_NEWS = timedelta(days=30)


@dataclass(frozen=True)
class ToldClaim:
    """One claim as its owner reads it."""

    id: int
    title: str
    day: date
    state: str
    told: str
    points: int
    money: int
    proof: str
    may_appeal: bool
    is_waiting: bool


def my_claims(resident: Resident, lang: str, now: datetime, *, most: int = 30) -> list[ToldClaim]:
    """What waits, what is on notice, and what was decided lately; newest first."""
    found = (
        Claim.of(resident.town)
        .filter(resident=resident)
        .exclude(state=ClaimState.AWARDED)
        .filter(made_at__gte=now - timedelta(days=120))
        .select_related("activity")
        .order_by("-id")[:most]
    )
    return [tell(claim, resident, lang, now) for claim in found if claim.state in UNDECIDED or _is_news(claim, now)]


def claims_for(activity: Activity, resident: Resident, lang: str, now: datetime) -> list[ToldClaim]:
    """The resident's claims of one activity."""
    found = Claim.of(resident.town).filter(activity=activity, resident=resident).select_related("activity")
    return [tell(claim, resident, lang, now) for claim in found.order_by("-id")[:10]]


def tell(claim: Claim, resident: Resident, lang: str, now: datetime) -> ToldClaim:
    """One claim in words."""
    state = ClaimState(claim.state)
    told = words.fill(
        in_words(STATES, state, lang), lang, now=now, until=claim.notice_until, reason=claim.reason or words.NOT_SAID
    )
    may_appeal = state is ClaimState.REFUSED and claim.decided_at is not None
    if may_appeal and claim.decided_at is not None:
        may_appeal = village_day(now) <= appeal_until(village_day(claim.decided_at))
    return ToldClaim(
        id=claim.id,
        title=title(claim.activity, lang),
        day=claim.happened_on,
        state=str(state),
        told=told,
        points=claim.points,
        money=worth(resident.town, claim.points),
        proof=in_words(GRADES, claim.grade, lang),
        may_appeal=may_appeal,
        is_waiting=state in UNDECIDED,
    )


def on_its_way(claims: list[ToldClaim]) -> int:
    """The points that wait for a review or for the end of a notice."""
    return sum(claim.points for claim in claims if claim.is_waiting)


def _is_news(claim: Claim, now: datetime) -> bool:
    return claim.decided_at is not None and claim.decided_at >= now - AS_NEWS
