"""Appeals: please look again. A third person answers within 14 days, or the clock says yes."""

from datetime import datetime

from gongfen.activities.models import Appeal, Claim
from gongfen.activities.objections import said_text
from gongfen.activities.reviews import UnknownClaim
from gongfen.activities.who import notice_days
from gongfen.journal.written import Written
from gongfen.ledger.batch import ActConflict, Answer, one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.people.models import Resident
from gongfen.rules.claim_states import CLAIM, ClaimState, step
from gongfen.rules.notice import answer_until, check_appeal, notice_until, village_day
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MOST_AT_ONCE = 1_000


class AppealedBefore(Refusal):
    """The claim was appealed already; the answer stands."""

    code = "appealed_before"


def appeal(by: Resident, claim_id: int, said: str, *, now: datetime) -> Written:
    """The owner asks again after a no. Nobody else sees or sends it."""
    town, text = by.town, said_text(said)
    with one_batch(town, now) as batch:
        claim = Claim.of(town).filter(id=claim_id, resident=by).first()
        if claim is None:
            raise UnknownClaim()  # of somebody else, or of nobody: the same answer
        today = village_day(batch.now)
        act = batch.act(
            key=f"appeal/{claim.id}",
            verb="claim.appeal",
            by=by.subject,
            about=by.subject,
            facts={"claim": str(claim.id), "answer_until": answer_until(today).isoformat()},
            asked=text,
        )
        refused = _refusal(claim, now)
        if refused:
            act.refuse(refused)
            to = ClaimState(claim.state)
        else:
            to = step(CLAIM, ClaimState(claim.state), "appeal")
        act.changes(claim, was={"state": ClaimState.REFUSED}, state=to)
        act.creates(Appeal(town=town, claim=claim, said=text, made_at=batch.now, answer_until=answer_until(today)))
    (answer,) = batch.answers
    if isinstance(answer, ActConflict):
        raise AppealedBefore()
    return one(batch.answers)


def _refusal(claim: Claim, now: datetime) -> Refusal | None:
    try:
        step(CLAIM, ClaimState(claim.state), "appeal")
        if claim.decided_at is not None:
            check_appeal(village_day(claim.decided_at), village_day(now))
    except Refusal as no:
        return no
    return None


def grant_overdue(town: Town, *, now: datetime) -> list[Answer]:
    """Appeals that nobody answered in time are granted, as the terms say. By the clock."""
    with one_batch(town, now) as batch:
        today = village_day(batch.now)
        overdue = Appeal.of(town).filter(state="open", answer_until__lt=today).select_related("claim__resident")
        rows = list(overdue.order_by("answer_until", "id")[:MOST_AT_ONCE])
        days = notice_days(town, {row.claim.host for row in rows})
        for row in rows:
            claim = row.claim
            act = batch.act(
                key=f"overdue/{row.id}",
                verb="appeal.overdue",
                by=town.subject,
                about=claim.resident.subject,
                facts={"claim": str(claim.id), "activity": str(claim.activity_id), "points": claim.points},
            )
            act.changes(row, was={"state": "open"}, state="overdue", act=THIS_ACT)
            act.changes(
                claim,
                was={"state": ClaimState.APPEALED},
                state=step(CLAIM, ClaimState.APPEALED, "approve"),
                notice_until=notice_until(today, days[claim.host]),
                reason="",
            )
    return batch.answers
