"""Objections to a run on notice: one that is upheld sends the run back to draft, and its pool to the fund."""

from datetime import datetime

from gongfen.dividends import queries
from gongfen.dividends.acts import check_role
from gongfen.dividends.models import ObjectionState, Run, RunObjection, RunState
from gongfen.dividends.refusals import NoticeOver, NotOfThisRun, ObjectedAlready
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import Draft, Reader
from gongfen.people.acts import NeedsTwoPeople
from gongfen.people.models import Resident, RoleName
from gongfen.people.queries import households_of
from gongfen.rules.posting import Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


def object_to(town: Town, run: Run, *, by: Resident, text: str, key: str, now: datetime) -> Written:
    """A resident says what is not right. One open objection each; the words stay in its row, not in the journal."""
    objection = RunObjection(town=town, run=run, by=by.subject, text=text, made_at=now)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=key,
            verb="run.object",
            by=by.subject,
            about=run.host,
            facts={"run": str(run.id), "objection": str(objection.id)},
            asked=f"{run.id} {text}",
        )
        act.asks(lambda: _cannot_object(town, run, by, now))
        act.creates(objection)
    return one(batch.answers)


def _cannot_object(town: Town, run: Run, by: Resident, now: datetime) -> Refusal | None:
    if run.state != RunState.IN_NOTICE or run.notice_until is None or now >= run.notice_until:
        return NoticeOver()
    village = queries.village_of(run)
    if by.left_at or (village and by.village_id != village.id):
        return NotOfThisRun()
    if RunObjection.of(town).filter(run=run, by=by.subject, state=ObjectionState.OPEN).exists():
        return ObjectedAlready()
    return None


def decide(town: Town, objection: RunObjection, *, by: Resident, upheld: bool, answer: str, now: datetime) -> Written:
    """Somebody else decides, with a reason: a supervisor or reviewer who neither drafted nor confirmed the run,
    and does not live with who objects."""
    run = Run.of(town).get(id=objection.run_id)
    check_role(run, by, RoleName.SUPERVISOR, RoleName.REVIEWER)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=objection.run_id)
        act = batch.act(
            key=f"run/{run.id}/objection/{objection.id}/{'upheld' if upheld else 'dismissed'}",
            verb="run.decide",
            by=by.subject,
            about=objection.by,
            facts={"run": str(run.id), "objection": str(objection.id), "upheld": int(upheld)},
        )
        homes = households_of(town, [objection.by])
        theirs = (run.drafted_by, run.first_confirmer, run.second_confirmer)
        if by.subject in theirs or by.household_id == homes.get(objection.by):
            act.refuse(NeedsTwoPeople())
        act.changes(
            objection, was={"state": ObjectionState.OPEN},
            state=ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED, answer=answer, decided_by=by.subject,
        )  # fmt: skip
        if upheld and run.state == RunState.IN_NOTICE:
            _back_to_draft(act, run)
    return one(batch.answers)


def _back_to_draft(act: Draft, run: Run) -> None:
    act.changes(
        run, was={"state": RunState.IN_NOTICE}, state=RunState.DRAFT, digest="", sums=None,
        first_confirmer=None, second_confirmer=None, notice_until=None,
    )  # fmt: skip

    def give_back(read: Reader) -> list[Move]:
        there = read(run.pool_account)
        return [Move(run.pool_account, run.fund, there)] if there else []

    act.moves_from(give_back, touching=[run.pool_account, run.fund])
