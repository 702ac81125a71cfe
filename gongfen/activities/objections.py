"""Objections: "that is not right", by any resident while it is on notice. One line stops, nothing else."""

from datetime import datetime, timedelta

from gongfen.activities.kinds.form import FieldMissing, called, plain_text
from gongfen.activities.models import Claim, Objection
from gongfen.activities.reviews import UnknownClaim
from gongfen.journal.written import Written
from gongfen.ledger.batch import ActConflict, one, one_batch
from gongfen.people.models import Resident
from gongfen.rules.claim_states import CLAIM, ClaimState, step
from gongfen.rules.notice import notice_ended, village_day
from gongfen.rules.refusals import Refusal

LATE = timedelta(days=30)  # after its notice, a line may still be objected to; it stops nothing, a ruling may reverse


class NoticeOver(Refusal):
    """The days for an objection are over."""

    code = "notice_over"


class ObjectedBefore(Refusal):
    """The same resident objected to this line already."""

    code = "objected_before"


def said_text(said: str) -> str:
    """What somebody said, in a line or two; it must say something."""
    text = plain_text("said", said, longest=200)
    if not text:
        raise FieldMissing(**called("said"))
    return text


def object_to(by: Resident, claim_id: int, said: str, *, now: datetime) -> Written:
    """Object to a line on notice: it waits for another reviewer. After its award it may be reversed by a ruling."""
    town, text = by.town, said_text(said)
    with one_batch(town, now) as batch:
        claim = Claim.of(town).filter(id=claim_id).select_related("resident").first()
        if claim is None:
            raise UnknownClaim()
        act = batch.act(
            key=f"object/{claim.id}/{by.id}",
            verb="claim.object",
            by=by.subject,
            about=claim.resident.subject,
            facts={"claim": str(claim.id), "activity": str(claim.activity_id)},
            asked=text,
        )
        refused = _refusal(claim, batch.now)
        if refused:
            act.refuse(refused)
        act.creates(
            lambda number: Objection(
                town=town, claim=claim, resident=by, said=text, made_at=batch.now, is_late=_is_awarded(claim)
            )
        )
        if claim.state == ClaimState.IN_NOTICE:
            to = step(CLAIM, ClaimState.IN_NOTICE, "object")
            act.changes(claim, was={"state": ClaimState.IN_NOTICE}, state=to)
    (answer,) = batch.answers
    if isinstance(answer, ActConflict):
        raise ObjectedBefore()
    return one(batch.answers)


def _is_awarded(claim: Claim) -> bool:
    return claim.state == ClaimState.AWARDED


def _refusal(claim: Claim, now: datetime) -> Refusal | None:
    today = village_day(now)
    if claim.state == ClaimState.OBJECTED:
        return None  # it waits already; one more voice for the reviewer
    if claim.state == ClaimState.AWARDED and claim.notice_until is not None:
        until = claim.notice_until + LATE
        return NoticeOver(until=until.isoformat()) if today > until else None
    try:
        step(CLAIM, ClaimState(claim.state), "object")
    except Refusal as no:
        return no
    if claim.notice_until is not None and notice_ended(claim.notice_until, today):
        return NoticeOver(until=claim.notice_until.isoformat())
    return None
