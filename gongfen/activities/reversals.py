"""Reversals: a wrong award is put right once, with its owner's consent or after a ruling on an objection."""

from datetime import datetime

from gongfen.activities.models import Activity, Claim, Objection, Reversal
from gongfen.activities.objections import said_text
from gongfen.activities.publishing import source_of
from gongfen.activities.reviews import UnknownClaim, deciders
from gongfen.activities.who import REVIEWER, SUPERVISOR, check_role, person
from gongfen.fund import moves
from gongfen.journal.models import Act
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.ledger.reversal import Reason, reverse
from gongfen.people.models import Resident
from gongfen.rules.claim_states import CLAIM, ActivityState, ClaimState, step
from gongfen.rules.posting import InsufficientBalance
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import Person, conflict


class UnknownReversal(Refusal):
    """There is no such request to put an award right, or it was answered."""

    code = "unknown_reversal"


class NoObjection(Refusal):
    """Without its owner's consent an award is reversed only after a ruling on an objection."""

    code = "reversal_needs_objection"


class PointsSpent(Refusal):
    """The points were spent already. Nobody is ever put below nothing: the award stands."""

    code = "points_spent"


def ask_reversal(by: Resident, claim_id: int, why: str, *, now: datetime) -> Reversal:
    """Staff asks the owner to put an award right. Nothing moves. Asking again is asking once."""
    town, text = by.town, said_text(why)
    with one_batch(town, now) as batch:
        claim = _awarded(by, claim_id)
        check_role(by, claim.host, REVIEWER, SUPERVISOR)
        before = Reversal.of(town).filter(claim=claim).exclude(state="declined").first()
        if before is not None:
            return before
        objection = Objection.of(town).filter(claim=claim, is_late=True, state="open").order_by("made_at").first()
        asked = Reversal(town=town, claim=claim, why=text, asked_by=by.subject, asked_at=batch.now, objection=objection)
        act = batch.act(
            key=f"ask_reversal/{asked.id}",
            verb="reversal.ask",
            by=by.subject,
            about=claim.resident.subject,
            facts={"claim": str(claim.id), "points": claim.points},
        )
        act.creates(asked)
    one(batch.answers)
    return asked


def consent_to_reversal(by: Resident, reversal_id: int, *, now: datetime) -> Written:
    """The owner says yes: the points go back, and their money to where it came from."""
    with one_batch(by.town, now) as batch:
        asked = _find(by, reversal_id)
        if asked.claim.resident_id != by.id:
            raise UnknownReversal()
        _reverse(batch, asked, by.subject, Reason.CONSENT, "agreed")
    return _clear(batch)


def decline_reversal(by: Resident, reversal_id: int, *, now: datetime) -> None:
    """The owner says no: the award stands."""
    asked = _find(by, reversal_id)
    if asked.claim.resident_id != by.id:
        raise UnknownReversal()
    changed = Reversal.of(by.town).filter(id=asked.id, state="asked").update(state="declined")
    if not changed:
        raise UnknownReversal()


def rule_reversal(by: Resident, reversal_id: int, *, now: datetime) -> Written:
    """A supervisor who had no part in it upholds the objection behind a reversal."""
    town = by.town
    with one_batch(town, now) as batch:
        asked = _find(by, reversal_id)
        claim = asked.claim
        check_role(by, claim.host, SUPERVISOR)
        objection = asked.objection
        if objection is None:
            raise NoObjection()
        no = _conflict(batch, by, claim, objection, asked.asked_by)
        if no:
            raise no
        _reverse(batch, asked, by.subject, Reason.RULING, "ruled")
    return _clear(batch)


def rule_objection(by: Resident, objection: Objection, *, now: datetime) -> Written:
    """Rule on the request to put right what this objection is about."""
    asked = Reversal.of(by.town).filter(claim=objection.claim_id, state="asked").first()
    if asked is None:
        raise UnknownReversal()
    return rule_reversal(by, asked.id, now=now)


def dismiss_objection(by: Resident, objection_id: int, *, now: datetime) -> Written:
    """A late objection was looked into by somebody without a part in it, and the award stands."""
    town = by.town
    with one_batch(town, now) as batch:
        found = Objection.of(town).filter(id=objection_id, is_late=True).select_related("claim__resident", "resident")
        objection = found.first()
        if objection is None:
            raise NoObjection()
        claim = objection.claim
        check_role(by, claim.host, REVIEWER, SUPERVISOR)
        act = batch.act(
            key=f"dismiss/{objection.id}",
            verb="objection.dismiss",
            by=by.subject,
            about=claim.resident.subject,
            facts={"claim": str(claim.id)},
        )
        act.asks(lambda: _conflict(batch, by, claim, objection))
        act.changes(objection, was={"state": "open"}, state="dismissed", decided_by=by.subject, act=THIS_ACT)
    return one(batch.answers)


def _conflict(
    batch: Batch, by: Resident, claim: Claim, objection: Objection, asked_by: int | None = None
) -> Refusal | None:
    """Why this person may not rule on the objection; None when they may."""
    owner = Person(claim.resident.subject, claim.resident.household_id)
    before = {claim.decided_by, claim.second_by, asked_by, objection.resident.subject}
    before |= deciders(batch, [claim]).get(claim.id, set())
    return conflict(person(by), owner, recorded_by=claim.recorded_by, decided_by=before)


def _reverse(batch: Batch, asked: Reversal, by: int, reason: Reason, to: str) -> None:
    town, claim = batch.town, asked.claim
    award = Act.of(town).get(id=claim.awarded_act)
    act = reverse(
        batch,
        award,
        by=by,
        reason=reason,
        key=f"reverse/award/{claim.id}",
        verb="claim.reverse",
        facts={"claim": str(claim.id), "points": claim.points},
    )
    activity = Activity.of(town).get(id=claim.activity_id)
    if activity.state == ActivityState.CLOSED:
        # A closed budget stays empty: what comes back to it goes home in the same act.
        money = moves.worth(town, claim.points)
        act.moves(*moves.give_back(activity.subject, source_of(activity), money))
    state = step(CLAIM, ClaimState.AWARDED, "reverse")
    act.changes(claim, was={"state": ClaimState.AWARDED}, state=state, reversed_act=THIS_ACT)
    act.changes(asked, was={"state": "asked"}, state=to, act=THIS_ACT)
    if asked.objection is not None and to == "ruled":
        act.changes(asked.objection, was={"state": "open"}, state="upheld", decided_by=by, act=THIS_ACT)


def _clear(batch: Batch) -> Written:
    (answer,) = batch.answers
    if isinstance(answer, InsufficientBalance):
        raise PointsSpent()
    return one(batch.answers)


def _find(by: Resident, reversal_id: int) -> Reversal:
    rows = Reversal.of(by.town).select_related("claim__resident", "objection__resident")
    found = rows.filter(id=reversal_id).first()
    if found is None:
        raise UnknownReversal()
    return found


def _awarded(by: Resident, claim_id: int) -> Claim:
    claim = Claim.of(by.town).filter(id=claim_id).select_related("resident").first()
    if claim is None:
        raise UnknownClaim()
    step(CLAIM, ClaimState(claim.state), "reverse")
    return claim
