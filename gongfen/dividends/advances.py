"""Advances: money paid early out of a run's pool. One person asks, another approves; never a debt."""

from datetime import datetime

from gongfen.dividends import queries
from gongfen.dividends.acts import check_role, check_state
from gongfen.dividends.models import Advance, AdvanceState, Run, RunState
from gongfen.dividends.refusals import (
    AdvanceDecided,
    AdvanceOverPool,
    NotOfThisRun,
    PoolOverFund,
)
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import Reader
from gongfen.people.acts import NeedsTwoPeople
from gongfen.people.models import Resident, RoleName
from gongfen.rules.dividend import FEN
from gongfen.rules.posting import BadAmount, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


def ask(town: Town, run: Run, resident: Resident, *, money: int, by: Resident, key: str, now: datetime) -> Written:
    """Ask that a resident is paid early; whole fen, while the run is a draft."""
    check_role(run, by, RoleName.TREASURER)
    advance = Advance(town=town, run=run, resident=resident.subject, money=money, asked_by=by.subject)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=key,
            verb="advance.ask",
            by=by.subject,
            about=resident.subject,
            facts={"run": str(run.id), "advance": str(advance.id), "money": money},
            asked=f"{run.id} {money}",
        )
        act.asks(lambda: _cannot_ask(town, run, resident, money))
        act.creates(advance)
    return one(batch.answers)


def _cannot_ask(town: Town, run: Run, resident: Resident, money: int) -> Refusal | None:
    if money <= 0 or money % FEN:
        return BadAmount(amount=str(money))
    if no := check_state(run, RunState.DRAFT):
        return no
    village = queries.village_of(run)
    if not resident.has_account or (village and resident.village_id != village.id):
        return NotOfThisRun()
    early = sum(queries.advances_of(town, run).values())
    return AdvanceOverPool(pool=run.pool, left=run.pool - early) if early + money > run.pool else None


def decide(town: Town, advance: Advance, *, by: Resident, approve: bool, now: datetime) -> Written:
    """Another person of another household approves (and the money goes fund → pool → cash), or says no."""
    run = Run.of(town).get(id=advance.run_id)
    check_role(run, by, RoleName.SUPERVISOR)
    with one_batch(town, now) as batch:
        advance = Advance.of(town).get(id=advance.id)
        run = Run.of(town).get(id=advance.run_id)
        resident = Resident.of(town).filter(subject=advance.resident).first()
        act = batch.act(
            key=f"advance/{advance.id}/{'pay' if approve else 'refuse'}",
            verb="advance.pay" if approve else "advance.refuse",
            by=by.subject,
            about=advance.resident,
            facts={"run": str(run.id), "advance": str(advance.id), "money": advance.money},
        )
        act.asks(lambda: _cannot_decide(town, run, advance, resident, by))
        act.changes(
            advance, was={"state": AdvanceState.ASKED}, decided_by=by.subject,
            state=AdvanceState.PAID if approve else AdvanceState.REFUSED,
        )  # fmt: skip
        if approve and resident is not None:
            cash = resident.cash

            def pay_early(read: Reader) -> list[Move]:
                there = read(run.fund)
                if there < advance.money:
                    raise PoolOverFund(pool=advance.money, fund=there, missing=advance.money - there)
                return [Move(run.fund, run.pool_account, advance.money), Move(run.pool_account, cash, advance.money)]

            act.moves_from(pay_early, touching=[run.fund, run.pool_account, cash])
    return one(batch.answers)


def _cannot_decide(town: Town, run: Run, advance: Advance, resident: Resident | None, by: Resident) -> Refusal | None:
    if advance.state != AdvanceState.ASKED:
        return AdvanceDecided()
    if no := check_state(run, RunState.DRAFT):
        return no
    if resident is None or not resident.has_account:
        return NotOfThisRun()
    asker = Resident.of(town).filter(subject=advance.asked_by).first()
    doors = {asker.household_id if asker else None, resident.household_id}
    if by.subject == advance.asked_by or by.household_id in doors:
        return NeedsTwoPeople()
    early = sum(queries.advances_of(town, run).values())
    if early + advance.money > run.pool:
        return AdvanceOverPool(pool=run.pool, left=run.pool - early)
    return None
