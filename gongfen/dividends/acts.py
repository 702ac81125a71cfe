"""What can be done with a run before money is paid: draft, simulate, confirm by two, put on notice."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from gongfen.dividends import queries
from gongfen.dividends.models import ObjectionState, Run, RunObjection, RunState
from gongfen.dividends.queries_sets import forget_shares, write_shares
from gongfen.dividends.refusals import (
    PoolOverFund,
    RunChanged,
    RunConfirmedAlready,
    RunNotThere,
    RunPeriodOpen,
)
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import Reader
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident, RoleName
from gongfen.people.queries import has_role, households_of
from gongfen.rules.dividend import Line, Outcome, Plan, check_plan, share_out
from gongfen.rules.posting import Move
from gongfen.rules.refusals import Refusal
from gongfen.town.ids import next_ids
from gongfen.town.models import Town

NOTICE_DAYS = 7  # of a town's run; a village names its own


def check_role(run: Run, by: Resident, *roles: str) -> None:
    """Refuse a caller who has none of these roles for the run's village (or for the town)."""
    village = queries.village_of(run)
    if not any(has_role(by, role, village.id if village else None) for role in roles):
        raise NotYourRole(role=str(roles[0]))


def check_state(run: Run, *states: RunState) -> Refusal | None:
    """A refusal when the run is somewhere else."""
    return None if run.state in states else RunNotThere(state=str(run.state))


def draft(
    town: Town,
    *,
    by: Resident,
    host: int,
    begins: date,
    ends: date,
    pool: int,
    head_percent: int,
    lines: Sequence[Line] = (),
    unit: int = 100,
    key: str,
    now: datetime,
) -> Run:
    """Draft a run of a host. The same key with the same wishes is the same run."""
    turn = Run.of(town).filter(host=host).count()
    kept = [asdict(line) for line in lines]
    run = Run(
        town=town, host=host, begins=begins, ends=ends, pool=pool, head_percent=head_percent, lines=kept,
        unit=unit, turn=turn, drafted_by=by.subject,
    )  # fmt: skip
    check_role(run, by, RoleName.TREASURER)
    check_plan(run.plan)
    asked = {"begins": begins.isoformat(), "ends": ends.isoformat(), "pool": pool, "head_percent": head_percent,
             "lines": kept, "unit": unit, "host": str(host)}  # fmt: skip
    with one_batch(town, now) as batch:
        act = batch.act(
            key=key,
            verb="run.draft",
            by=by.subject,
            about=host,
            facts={"run": str(run.id), "pool": pool, "head_percent": head_percent, "unit": unit, "turn": turn},
            asked=str(sorted(asked.items())),
        )
        act.creates(run)
        open_accounts(town, [run.pool_account])
    written = one(batch.answers)
    return run if written.is_new else Run.of(town).get(id=int(written.facts["run"]))


def change(town: Town, run: Run, *, by: Resident, plan: Plan, key: str, now: datetime) -> Written:
    """Give a draft other numbers: pool, lines, head percent, unit. What was simulated is void."""
    check_role(run, by, RoleName.TREASURER)
    check_plan(plan)
    new: dict[str, Any] = {"pool": plan.pool, "head_percent": plan.head_percent, "unit": plan.unit}
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(key=key, verb="run.change", by=by.subject, about=run.host, facts={"run": str(run.id), **new})
        act.asks(lambda: check_state(run, RunState.DRAFT, RunState.SIMULATED))
        act.changes(
            run, was={"state": run.state}, state=RunState.DRAFT, digest="", sums=None, first_confirmer=None,
            lines=[asdict(line) for line in plan.lines], **new,
        )  # fmt: skip
    return one(batch.answers)


def simulate(town: Town, run: Run, *, by: Resident, now: datetime) -> Written:
    """Compute every share, under new slip numbers. Nothing moves; the confirmers see what they confirm."""
    check_role(run, by, RoleName.TREASURER, RoleName.SUPERVISOR)
    if timezone.localtime(now).date() <= run.ends:
        raise RunPeriodOpen(ends=run.ends.isoformat())
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        if no := check_state(run, RunState.DRAFT, RunState.SIMULATED):
            raise no
        lines = queries.lines_of(town, run)
        rows, mixed = queries.sharers(lines, queries.draw_slips(len(lines)))
        outcome = share_out(run.plan, rows)
        digest = digest_of(run, outcome)
        sums = outcome.sums
        act = batch.act(
            key=f"run/{run.id}/simulate/{run.round + 1}",
            verb="run.simulate",
            by=by.subject,
            about=run.host,
            facts={"run": str(run.id), "shares": sums.shares, "heads": sums.heads, "points": sums.points,
                   "shared": sums.shared, "advances": sums.advances, "forgiven": sums.forgiven,
                   "digest": digest},
        )  # fmt: skip
        act.changes(
            run, was={"round": run.round, "state": run.state}, state=RunState.SIMULATED, round=run.round + 1,
            sums={**asdict(sums), "border": str(sums.border)}, digest=digest, first_confirmer=None,
        )  # fmt: skip
        forget_shares(town, run)
        write_shares(
            (row, town.id, run.id, share.slip, line.resident, line.payee, *share[1:], "in_turn")
            for row, share, line in zip(next_ids(len(mixed)), outcome.shares, mixed, strict=True)
        )
    return one(batch.answers)


def digest_of(run: Run, outcome: Outcome) -> str:
    """The hash of the public file: two people confirm these very sums."""
    found = sha256()
    for line in queries.written(run, outcome.sums, outcome.shares):
        found.update(line.encode())
    return found.hexdigest()


def confirm(town: Town, run: Run, *, by: Resident, digest: str, now: datetime) -> Written:
    """Confirm what was simulated. The second person, of another household, sets the pool aside from the fund."""
    check_role(run, by, RoleName.TREASURER, RoleName.SUPERVISOR)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=f"run/{run.id}/confirm/{run.round}/{by.subject}",
            verb="run.confirm",
            by=by.subject,
            about=run.host,
            facts={"run": str(run.id), "digest": digest},
        )
        act.asks(lambda: _cannot_confirm(town, run, by, digest))
        if run.first_confirmer is None:
            act.changes(run, was={"state": RunState.SIMULATED, "digest": digest}, first_confirmer=by.subject)
        else:
            act.changes(
                run, was={"state": RunState.SIMULATED, "digest": digest, "second_confirmer": None},
                state=RunState.CONFIRMED, second_confirmer=by.subject,
            )  # fmt: skip
            act.moves_from(lambda read: _set_aside(run, read), touching=[run.fund, run.pool_account])
    return one(batch.answers)


def _cannot_confirm(town: Town, run: Run, by: Resident, digest: str) -> Refusal | None:
    if run.second_confirmer is not None:
        return RunConfirmedAlready()
    if no := check_state(run, RunState.SIMULATED):
        return no
    if run.digest != digest:
        return RunChanged()
    if run.first_confirmer is not None:
        homes = households_of(town, [run.first_confirmer, by.subject])
        if by.subject == run.first_confirmer or homes.get(run.first_confirmer) == homes.get(by.subject):
            return NeedsTwoPeople()
    return None


def needed(run: Run) -> int:
    """What the fund must still give: the pool and what is forgiven, less what was paid early out of it."""
    sums = run.totals
    return run.pool + sums.forgiven - sums.advances if sums else run.pool


def _set_aside(run: Run, read: Reader) -> list[Move]:
    wanted, there = needed(run), read(run.fund)
    if there < wanted:
        raise PoolOverFund(pool=run.pool, fund=there, missing=wanted - there)
    return [Move(run.fund, run.pool_account, wanted)] if wanted > 0 else []


def begin_notice(town: Town, run: Run, *, by: Resident, now: datetime) -> Written:
    """Put a confirmed run on notice: the public file is there for everyone, and anyone may object."""
    check_role(run, by, RoleName.TREASURER, RoleName.SUPERVISOR)
    village = queries.village_of(run)
    until = now + timedelta(days=village.notice_days if village else NOTICE_DAYS)
    with one_batch(town, now) as batch:
        run = Run.of(town).get(id=run.id)
        act = batch.act(
            key=f"run/{run.id}/notice/{run.round}",
            verb="run.notice",
            by=by.subject,
            about=run.host,
            facts={"run": str(run.id), "until": until.isoformat(), "digest": run.digest},
            asked="",
        )
        act.asks(lambda: check_state(run, RunState.CONFIRMED))
        act.changes(run, was={"state": RunState.CONFIRMED}, state=RunState.IN_NOTICE, notice_until=until)
    return one(batch.answers)


def open_objections(town: Town, run: Run) -> int:
    """How many objections wait for their answer."""
    return RunObjection.of(town).filter(run=run, state=ObjectionState.OPEN).count()
