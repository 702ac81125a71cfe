"""Paying a run, share by share. Every share is an act of its own, so that paying can stop anywhere and go on."""

from collections.abc import Sequence
from datetime import datetime

from gongfen.dividends.acts import check_role, check_state, open_objections
from gongfen.dividends.models import Run, RunState, Share
from gongfen.dividends.refusals import (
    NoticeOpen,
    ObjectionsOpen,
    PayeeLeft,
    SharePaidAlready,
    SharesUnpaid,
)
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Answer, Batch, one, one_batch
from gongfen.ledger.draft import THIS_ACT, Draft
from gongfen.ledger.models import Account
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


def pay_shares(town: Town, run: Run, shares: Sequence[Share], *, now: datetime) -> list[Answer]:
    """Pay these shares, in one set. Paying a share twice pays it once; a refusal stops no other share.

    Whoever starts it, a share is paid by whose confirmation set the pool aside.
    """
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        there = set(
            Resident.of(town)
            .filter(subject__in=[share.payee for share in shares], left_at=None)
            .values_list("subject", flat=True)
        )
        no = check_state(run, RunState.PAYING)
        for share in shares:
            act = _share_act(batch, run, share, run.second_confirmer or run.drafted_by)
            if no:
                act.refuse(no)
            elif share.payee not in there and share.payout:
                act.refuse(PayeeLeft(share=str(share.id)))
            if share.payout:
                act.moves(Move(run.pool_account, Address(Kind.CASH, share.payee), share.payout))
    return batch.answers


def _share_act(batch: Batch, run: Run, share: Share, by: int) -> Draft:
    facts = {"run": str(run.id), "money": share.money, "payout": share.payout}
    if share.payee != share.resident:
        facts["payee"] = str(share.payee)
    act = batch.act(
        key=f"dividend/{run.id}/{share.resident}",
        verb="dividend.share",
        by=by,
        about=share.resident,
        facts=facts,
        asked="",
    )
    act.changes(share, was={"paid_by_id": None}, paid_by_id=THIS_ACT)
    return act


def pay_some(town: Town, run: Run, *, by: Resident, now: datetime, at_once: int = AT_ONCE) -> list[Answer]:
    """Pay the next shares that are unpaid and can be; an empty list when none is left. Safe to call again."""
    check_role(run, by, RoleName.TREASURER)
    gone = Resident.of(town).filter(left_at__isnull=False).values("subject")
    unpaid = Share.of(town).filter(run=run, paid_by=None).order_by("id")
    some = list(unpaid.exclude(payout__gt=0, payee__in=gone)[:at_once])
    open_accounts(town, [Address(Kind.CASH, payee) for payee in _without_cash(town, some)])
    return pay_shares(town, run, some, now=now) if some else []


def _without_cash(town: Town, shares: Sequence[Share]) -> list[int]:
    """Payees whose cash account was never opened: accounts are opened at joining, so this is nearly nobody."""
    wanted = {Address(Kind.CASH, share.payee).account: share.payee for share in shares if share.payout}
    known = set(Account.of(town).filter(id__in=list(wanted)).values_list("id", flat=True))
    return [payee for account, payee in wanted.items() if account not in known]


def pay_all(town: Town, run: Run, *, by: Resident, now: datetime, at_once: int = AT_ONCE) -> int:
    """Pay every share that can be paid, set by set; how many there were now."""
    paid = 0
    while answers := pay_some(town, run, by=by, now=now, at_once=at_once):
        written = sum(1 for answer in answers if isinstance(answer, Written))
        if not written:
            raise next(answer for answer in answers if isinstance(answer, Refusal))
        paid += written
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
        act.changes(share, was={"paid_by_id": None}, hand_over_asked_by=by.subject)
    return one(batch.answers)


def hand_over(town: Town, share: Share, *, by: Resident, now: datetime) -> Written:
    """Another person, of another household, approves: the share leaves for the payee's own bank account."""
    run = Run.of(town).get(id=share.run_id)
    check_role(run, by, RoleName.SUPERVISOR)
    with one_batch(town, now) as batch:
        share = Share.of(town).select_related("paid_by").get(id=share.id)
        if share.paid_by is not None and share.paid_by.by != by.subject:
            raise SharePaidAlready()
        act = _share_act(batch, run, share, by.subject)
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


def _left_over(town: Town, run: Run) -> Refusal | None:
    unpaid = Share.of(town).filter(run=run, paid_by=None).count()
    if unpaid or balance_of(town, run.pool_account):
        return SharesUnpaid(unpaid=unpaid)
    return None
