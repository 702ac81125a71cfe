"""Paying a run, share by share. Every share is an act of its own, so that paying can stop anywhere and go on."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongfen.dividends.acts import check_role, check_state, open_objections
from gongfen.dividends.models import Run, RunState, Share, ShareState
from gongfen.dividends.queries_sets import Next, next_shares
from gongfen.dividends.refusals import (
    NoticeOpen,
    ObjectionsOpen,
    ShareNotHeld,
    SharePaidAlready,
    SharesUnpaid,
)
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.ledger.queries import balance_of
from gongfen.people.acts import NeedsTwoPeople
from gongfen.people.models import Resident, RoleName
from gongfen.people.queries import households_of
from gongfen.rules.posting import Address, Kind, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

AT_ONCE = 10_000


def begin(town: Town, run: Run, *, by: Resident, now: datetime) -> Written:
    """The notice is over and nobody's objection waits: reserve and welfare get theirs, costs return to the fund."""
    check_role(run, by, RoleName.TREASURER)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=f"run/{run.id}/pay/{run.round}",
            verb="run.pay",
            by=by.subject,
            about=run.host,
            facts={"run": str(run.id)},
            asked="",
        )
        act.asks(lambda: _cannot_begin(town, run, now))
        act.changes(run, was={"state": RunState.IN_NOTICE}, state=RunState.PAYING)
        act.moves(*_line_moves(run))
    return one(batch.answers)


def _cannot_begin(town: Town, run: Run, now: datetime) -> Refusal | None:
    if no := check_state(run, RunState.IN_NOTICE):
        return no
    if run.notice_until is None or now < run.notice_until:
        return NoticeOpen(until=run.notice_until.isoformat() if run.notice_until else "")
    if waiting := open_objections(town, run):
        return ObjectionsOpen(waiting=waiting)
    return None


def _line_moves(run: Run) -> list[Move]:
    """Where the lines of the pool go. Costs and the rest stay in the fund; what is left then is exactly the payouts."""
    sums = run.totals
    assert sums is not None
    kinds = {"reserve": Kind.RESERVE, "welfare": Kind.WELFARE, "cost": Kind.FUND}
    by_kind: dict[Kind, int] = {Kind.FUND: sums.rest}
    for line, money in zip(run.plan.lines, sums.lines, strict=True):
        kind = kinds[line.kind]
        by_kind[kind] = by_kind.get(kind, 0) + money
    return [Move(run.pool_account, Address(kind, run.host), money) for kind, money in by_kind.items() if money]


def pay_some(town: Town, run: Run, *, by: Resident, now: datetime, at_once: int = AT_ONCE) -> list[Written]:
    """Pay the next shares, in one set; an empty list when none is left. Safe to call again, by anyone, at any time.

    Whoever starts it, a share is paid by whose confirmation set the pool aside. The share of a payee who has left is
    held, and stops no other.
    """
    check_role(run, by, RoleName.TREASURER)
    with transaction.atomic():
        with one_batch(town, now) as batch:
            run = Run.of(town).get(id=run.id)
            if no := check_state(run, RunState.PAYING):
                raise no
            some = next_shares(town, run, at_once)
            held = [share.id for share in some if share.payout and not share.is_there]
            due = [share for share in some if share.is_there or not share.payout]
            open_accounts(town, [Address(Kind.CASH, share.payee) for share in due if not share.has_cash])
            for share in due:
                act = _share_act(batch, run, share, run.second_confirmer or run.drafted_by)
                if share.payout:
                    act.moves(Move(run.pool_account, Address(Kind.CASH, share.payee), share.payout))
        for answer in batch.answers:
            if isinstance(answer, Refusal):
                raise answer
        if some:
            Run.of(town).filter(id=run.id, paid_slip=run.paid_slip).update(paid_slip=some[-1].slip)
            Share.of(town).filter(id__in=held, state=ShareState.IN_TURN).update(state=ShareState.HELD)
    return [answer for answer in batch.answers if isinstance(answer, Written)]


def _share_act(batch: Batch, run: Run, share: Next | Share, by: int) -> Draft:
    facts = {"run": str(run.id), "money": share.money, "payout": share.payout}
    if share.payee != share.resident:
        facts["payee"] = str(share.payee)
    return batch.act(
        key=f"dividend/{run.id}/{share.resident}",
        verb="dividend.share",
        by=by,
        about=share.resident,
        facts=facts,
        asked="",
    )


def pay_all(town: Town, run: Run, *, by: Resident, now: datetime, at_once: int = AT_ONCE) -> int:
    """Pay every share whose payee is there, set by set; how many there were now."""
    paid, before = 0, -1
    while before != run.paid_slip:
        before = run.paid_slip
        paid += sum(written.is_new for written in pay_some(town, run, by=by, now=now, at_once=at_once))
        run = Run.of(town).get(id=run.id)
    return paid


def ask_hand_over(town: Town, share: Share, *, by: Resident, now: datetime) -> Written:
    """The payee has left: one person asks to pay the share outside."""
    run = Run.of(town).get(id=share.run_id)
    check_role(run, by, RoleName.TREASURER)
    with one_batch(town, now) as batch:
        act = batch.act(
            key=f"dividend/{run.id}/{share.resident}/ask",
            verb="dividend.ask",
            by=by.subject,
            about=share.resident,
            facts={"run": str(run.id), "payout": share.payout},
        )
        act.asks(lambda: check_state(run, RunState.PAYING))
        act.asks(lambda: _not_held(town, run, share))
        act.changes(share, was={"state": ShareState.HELD}, hand_over_asked_by=by.subject)
    return one(batch.answers)


def hand_over(town: Town, share: Share, *, by: Resident, now: datetime) -> Written:
    """Another person, of another household, approves: the share leaves for the payee's own bank account."""
    run = Run.of(town).get(id=share.run_id)
    check_role(run, by, RoleName.SUPERVISOR)
    with one_batch(town, now) as batch:
        share = Share.of(town).get(id=share.id)
        act = _share_act(batch, run, share, by.subject)
        key = act.key
        if key in (known := batch.written([key])) and known[key].by != by.subject:
            raise SharePaidAlready()
        act.asks(lambda: _not_held(town, run, share))
        act.changes(share, was={"state": ShareState.HELD}, state=ShareState.HANDED)
        asker = share.hand_over_asked_by
        homes = households_of(town, [asker or 0, by.subject])
        if asker is None or asker == by.subject or homes.get(asker) == homes.get(by.subject):
            act.refuse(NeedsTwoPeople())
        act.asks(lambda: check_state(run, RunState.PAYING))
        if share.payout:
            act.moves(Move(run.pool_account, Address(Kind.OUTSIDE, town.subject), share.payout))
    return one(batch.answers)


def close(town: Town, run: Run, *, by: Resident, now: datetime) -> Written:
    """Every share is paid and the pool is empty: the run is closed."""
    check_role(run, by, RoleName.TREASURER)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=f"run/{run.id}/close", verb="run.close", by=by.subject, about=run.host, facts={"run": str(run.id)},
            asked="",
        )  # fmt: skip
        act.asks(lambda: check_state(run, RunState.PAYING))
        act.asks(lambda: _left_over(town, run))
        act.changes(run, was={"state": RunState.PAYING}, state=RunState.CLOSED)
    return one(batch.answers)


def _not_held(town: Town, run: Run, share: Share) -> Refusal | None:
    """Only a share whose payee had left when its turn came is handed over."""
    if share.is_paid(Run.of(town).get(id=run.id)):
        return SharePaidAlready()
    return None if share.state == ShareState.HELD else ShareNotHeld()


def _left_over(town: Town, run: Run) -> Refusal | None:
    unpaid = Share.of(town).filter(run=run).filter(Q(slip__gt=run.paid_slip) | Q(state=ShareState.HELD)).count()
    if unpaid or balance_of(town, run.pool_account):
        return SharesUnpaid(unpaid=unpaid)
    return None
