"""Awards: what nobody objected to becomes points, each with the money that was set aside for it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from gongfen.activities.lines import Line, Row, in_one_breath, read_lines
from gongfen.activities.models import Activity, Claim
from gongfen.activities.reviews import UnknownClaim
from gongfen.fund import moves
from gongfen.ledger.batch import Answer, Batch, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.rules.claim_states import CLAIM, ClaimState, step
from gongfen.rules.notice import notice_ended, village_day
from gongfen.rules.posting import InsufficientBalance
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MOST_AT_ONCE = 10_000
IN_NOTICE = {"state": ClaimState.IN_NOTICE.value}


class BudgetShort(Refusal):
    """The activity's budget is used up: its host adds to it, and the points come then. Nobody loses any."""

    code = "budget_short"


class InNotice(Refusal):
    """The notice is not over."""

    code = "claim_in_notice"


def award_claims(town: Town, claims: Sequence[int], *, now: datetime | None = None) -> list[Answer]:
    """Award claims (ids) whose notice has ended. Awarding twice awards once."""
    with in_one_breath(len(claims)), one_batch(town, now) as batch:
        rows, row = read_lines(town, claims), Row()
        subjects = _subjects(town, {claim.activity_id for claim in rows.values()})
        today = village_day(batch.now)
        for claim_id in claims:
            _award(batch, claim_id, rows.get(claim_id), subjects, row, today)
    return [_clear(answer, rows.get(claim)) for answer, claim in zip(batch.answers, claims, strict=True)]


def award_due(town: Town, *, now: datetime) -> list[Answer]:
    """Award what was on notice until yesterday, ten thousand in a set. By the clock.

    What a short budget holds back is tried again each night and never keeps the others waiting.
    """
    due = Claim.of(town).filter(state=ClaimState.IN_NOTICE, notice_until__lt=village_day(now))
    ids = list(due.order_by("notice_until", "id").values_list("id", flat=True))
    answers: list[Answer] = []
    for start in range(0, len(ids), MOST_AT_ONCE):
        answers += award_claims(town, ids[start : start + MOST_AT_ONCE], now=now)
    return answers


def _award(batch: Batch, claim_id: int, claim: Line | None, subjects: dict[int, int], row: Row, today: date) -> None:
    town = batch.town
    if claim is None:
        batch.act(key=f"award/{claim_id}", verb="claim.award", by=town.subject, about=0).refuse(UnknownClaim())
        return
    act = batch.act(
        key=f"award/{claim.id}",
        verb="claim.award",
        by=town.subject,
        about=claim.owner,
        facts={
            "claim": str(claim.id), "activity": str(claim.activity_id), "kind": claim.kind,
            "terms": str(claim.terms_id), "day": claim.happened_on.isoformat(), "points": claim.points,
            "minutes": claim.minutes, "grade": claim.grade,
        },
    )  # fmt: skip
    try:
        step(CLAIM, ClaimState(claim.state), "award")
    except Refusal as no:
        act.refuse(no)
        return
    if claim.notice_until is None or not notice_ended(claim.notice_until, today):
        act.refuse(InNotice(until=claim.notice_until.isoformat() if claim.notice_until else None))
        return
    act.moves(*moves.award(town, subjects[claim.activity_id], claim.owner, claim.points))
    act.changes(row.of(claim), was=IN_NOTICE, state=ClaimState.AWARDED.value, awarded_act=THIS_ACT)


def _clear(answer: Answer, claim: Line | None) -> Answer:
    """The book knows accounts, the host knows activities."""
    if isinstance(answer, InsufficientBalance) and claim is not None:
        return BudgetShort(activity=str(claim.activity_id), missing=answer.facts["missing"])
    return answer


def _subjects(town: Town, activities: Collection[int]) -> dict[int, int]:
    return dict(Activity.of(town).filter(id__in=list(activities)).values_list("id", "subject"))
