"""Leaving: asked for at any time, taken back while there is time, paid out by two people, and erased by the clock.

What is left of points becomes cash at par, and cash is on its way out from the moment it is paid out or the person is
erased. From then on it belongs to whoever holds the slip with the leaving's number: no name is needed to be paid.
"""

from datetime import datetime, timedelta

from gongfen.activities import forgetting as activities
from gongfen.dividends import forgetting as dividends
from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.ledger.queries import balances_of
from gongfen.notices import inbox
from gongfen.people import forgetting as people
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.at_the_office import Leaving, LeavingState
from gongfen.people.models import Resident
from gongfen.people.queries import has_role, resident_by_subject, same_household
from gongfen.rules.posting import Move
from gongfen.rules.refusals import Refusal
from gongfen.shops import forgetting as shops
from gongfen.standing import proofs
from gongfen.town.ids import next_id
from gongfen.town.models import Town

TAKES = timedelta(days=29)  # within thirty days, whatever the hour
LATE_MONEY = timedelta(days=400)  # so long something may still come in for who left


class LeftAlready(Refusal):
    """This person left, or was erased."""

    code = "left_already"


class GuardianLeaves(Refusal):
    """Somebody under 14 needs another guardian first. `name` is who."""

    code = "guardian_leaves"


class NoSuchLeaving(Refusal):
    """Nobody asked to leave, or it was taken back."""

    code = "no_such_leaving"


class NothingOwed(Refusal):
    """There is nothing to pay out."""

    code = "nothing_owed"


class PaidOutAlready(Refusal):
    """Somebody paid it out and waits for the second person."""

    code = "payout_prepared"


def leaving_of(resident: Resident) -> Leaving | None:
    """How far somebody's leaving is; None for who stays."""
    return Leaving.of(resident.town_id).filter(resident=resident).exclude(state=LeavingState.STAYED).first()


def ask_to_leave(resident: Resident, *, by: int, now: datetime) -> Leaving:
    """Somebody wants to leave. `by` is themselves, their guardian, or a clerk in a session. Asking again asks once."""
    town = resident.town
    with one_batch(town, now) as batch:
        before = Leaving.of(town).filter(resident=resident, state=LeavingState.ASKED).first()
        if before is not None:
            return before
        if Resident.of(town).filter(id=resident.id, left_at__isnull=False).exists():
            raise LeftAlready()
        ward = Resident.of(town).filter(guardian=resident, left_at=None).first()
        if ward is not None:
            raise GuardianLeaves(name=ward.called)
        shops.check_no_shop(resident)
        leaving = Leaving(town=town, resident=resident, asked_by=by, asked_at=now, erase_at=now + TAKES)
        act = batch.act(
            key=f"leaving/{leaving.id}/ask",
            verb="leaving.ask",
            by=by,
            about=resident.subject,
            facts={"leaving": str(leaving.id), "until": leaving.erase_at.date().isoformat()},
        )
        act.creates(leaving)
    one(batch.answers)
    return leaving


def stay(resident: Resident, *, by: int, now: datetime) -> Written:
    """Taken back: what was on its way out is cash again."""
    town = resident.town
    with one_batch(town, now) as batch:
        leaving = Leaving.of(town).filter(resident=resident, state=LeavingState.ASKED).first()
        if leaving is None:
            raise NoSuchLeaving()
        act = batch.act(
            key=f"leaving/{leaving.id}/stay",
            verb="leaving.stay",
            by=by,
            about=resident.subject,
            facts={"leaving": str(leaving.id), "money": leaving.owed},
        )
        if leaving.owed:
            act.moves(Move(moves.transit(town), resident.cash, leaving.owed))
        act.changes(leaving, was=_as_it_is(leaving), state=LeavingState.STAYED, owed=0, prepared_by=None)
    return one(batch.answers)


def pay_out(treasurer: Resident, leaving: int, *, now: datetime) -> Written:
    """The treasurer hands the money over, in cash or by the bank; the books wait for the second person."""
    town = treasurer.town
    with one_batch(town, now) as batch:
        row = _found(town, leaving)
        _check_role(treasurer, row, "treasurer")
        if row.prepared_by is not None:
            raise PaidOutAlready()
        act = _out(batch, row, f"pay_out/{next_id()}", "leaving.pay_out", treasurer.subject)
        if not row.owed + act.facts["money"]:
            raise NothingOwed()
        act.changes(row, was=_as_it_is(row), owed=row.owed + act.facts["money"], prepared_by=treasurer.subject)
    return one(batch.answers)


def approve(supervisor: Resident, leaving: int, *, now: datetime) -> Written:
    """The second person has seen the receipt: the money has left."""
    town = supervisor.town
    with one_batch(town, now) as batch:
        row = _found(town, leaving)
        _check_second(supervisor, row)
        act = batch.act(
            key=f"leaving/{row.id}/paid/{next_id()}",
            verb="leaving.paid",
            by=supervisor.subject,
            about=row.resident.subject,
            facts={"leaving": str(row.id), "money": row.owed, "recorded_by": str(row.prepared_by)},
        )
        act.moves(*moves.sent(town, row.owed))
        act.changes(row, was=_as_it_is(row), owed=0, prepared_by=None)
    return one(batch.answers)


def turn_down(supervisor: Resident, leaving: int, *, now: datetime) -> Written:
    """The second person finds no receipt: it is owed as before, and may be paid out again."""
    town = supervisor.town
    with one_batch(town, now) as batch:
        row = _found(town, leaving)
        _check_second(supervisor, row)
        act = batch.act(
            key=f"leaving/{row.id}/not_paid/{next_id()}",
            verb="leaving.not_paid",
            by=supervisor.subject,
            about=row.resident.subject,
            facts={"leaving": str(row.id), "money": row.owed},
        )
        act.changes(row, was=_as_it_is(row), prepared_by=None)
    return one(batch.answers)


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Erase who asked thirty days ago; send on what came in late for who is gone. By the clock."""
    due = Leaving.of(town).filter(state=LeavingState.ASKED, erase_at__lte=now).values_list("id", flat=True)
    erased = sum(_erase(town, leaving, now) for leaving in list(due))
    gone = Leaving.of(town).filter(state=LeavingState.GONE, erase_at__gt=now - LATE_MONEY).select_related("resident")
    late = sum(_send_on(town, row, now) for row in _with_money(town, list(gone)))
    return {"erased": erased, "late_money": late}


def _erase(town: Town, leaving: int, now: datetime) -> bool:
    with one_batch(town, now) as batch:
        row = Leaving.of(town).filter(id=leaving, state=LeavingState.ASKED).select_related("resident__village").first()
        if row is None:
            return False
        resident = row.resident
        resident.town = resident.village.town = town
        act = _out(batch, row, "leave", "resident.leave", resident.subject)
        act.changes(row, was=_as_it_is(row), state=LeavingState.GONE, owed=row.owed + act.facts["money"])
        act.then(lambda: _forget(resident, now))
    one(batch.answers)
    return True


def _forget(resident: Resident, now: datetime) -> None:
    """Room by room. The numbers of phones die before the phones; people come last, since the others ask them."""
    shops.forget(resident, now=now)
    activities.forget(resident)
    dividends.forget(resident)
    proofs.forget(resident.town, subject=resident.subject)
    inbox.forget(resident.town, subject=resident.subject)
    people.forget(resident, now=now)


def _with_money(town: Town, gone: list[Leaving]) -> list[Leaving]:
    found = balances_of(town, [account for row in gone for account in (row.resident.points, row.resident.cash)])
    return [row for row in gone if found[row.resident.points] or found[row.resident.cash]]


def _send_on(town: Town, row: Leaving, now: datetime) -> bool:
    with one_batch(town, now) as batch:
        fresh = _found(town, row.id)
        act = _out(batch, fresh, f"late/{next_id()}", "leaving.late", fresh.resident.subject)
        act.changes(fresh, was=_as_it_is(fresh), owed=fresh.owed + act.facts["money"])
    one(batch.answers)
    return True


def _out(batch: Batch, row: Leaving, step: str, verb: str, by: int) -> Draft:
    """An act that sends all that a resident has on its way. The town's head is locked: what is read here is true."""
    town, resident = batch.town, row.resident
    has = balances_of(town, [resident.points, resident.cash])
    points = has[resident.points]
    money = has[resident.cash] + moves.worth(town, points)
    act = batch.act(
        key=f"leaving/{row.id}/{step}",
        verb=verb,
        by=by,
        about=resident.subject,
        facts={"leaving": str(row.id), "points": points, "money": money},
    )
    act.moves(*moves.redeem(town, resident.subject, points), *moves.send(town, resident.cash, money))
    return act


def _found(town: Town, leaving: int) -> Leaving:
    row = Leaving.of(town).filter(id=leaving).exclude(state=LeavingState.STAYED).select_related("resident").first()
    if row is None:
        raise NoSuchLeaving()
    row.resident.town = town
    return row


def _as_it_is(row: Leaving) -> dict[str, object]:
    return {"state": row.state, "owed": row.owed, "prepared_by": row.prepared_by}


def _check_role(by: Resident, row: Leaving, role: str) -> None:
    if not has_role(by, role, row.resident.village_id):
        raise NotYourRole(role=role)
    if same_household(by, row.resident):
        raise NeedsTwoPeople()


def _check_second(by: Resident, row: Leaving) -> None:
    _check_role(by, row, "supervisor")
    if row.prepared_by is None:
        raise NoSuchLeaving()
    first = resident_by_subject(by.town, row.prepared_by)
    if first is None or same_household(first, by):
        raise NeedsTwoPeople()
