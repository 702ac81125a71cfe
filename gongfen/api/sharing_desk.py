"""The desk of the dividend: the treasurer prepares, the supervisor approves, both see the same sums."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router

from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, answers, client_key, resident_only, told
from gongfen.api.sharing import ObjectionOut, RunActDone, RunOut, objection_values, run_at, run_values
from gongfen.api.sharing_shapes import (
    AdvanceIn,
    AdvanceOut,
    Decision,
    Digest,
    PlanIn,
    Progress,
    RunIn,
    UnpaidOut,
    WhatIfRow,
)
from gongfen.dividends import acts, advances, objections, paying, queries, slips
from gongfen.dividends.models import Advance, Run, RunObjection, Share
from gongfen.journal.written import Written
from gongfen.people.models import Resident, RoleName, Village
from gongfen.rules.dividend import Line, Plan
from gongfen.town import clock

router = Router(tags=["dividend desk"], auth=resident_only)
BOTH = (RoleName.TREASURER, RoleName.SUPERVISOR)
DECIDE = (RoleName.SUPERVISOR, RoleName.REVIEWER)


def _plan(body: PlanIn) -> Plan:
    lines = tuple(Line(line.kind, line.percent, line.money) for line in body.lines)
    return Plan(body.pool, body.head_percent, lines, body.unit)


def _run(request: CallerRequest, run: int, roles: Sequence[str]) -> Run:
    """The run, for whoever has one of these roles."""
    found = run_at(request.auth.town, run)
    acts.check_role(found, request.auth.resident, *roles)
    return found


def _number(response: HttpResponse, written: Written) -> dict[str, int]:
    return {"number": told(response, written).number}


@router.get("/runs", response=answers(list[RunOut]))
def runs(request: CallerRequest, village: Id) -> list[dict[str, Any]]:
    """All runs of a village, drafts included, for its treasurer and supervisor."""
    town = request.auth.town
    host = Village.of(town).filter(id=village).values_list("subject", flat=True).first()
    if host is None:
        raise NoSuch(what="village")
    acts.check_role(Run(town=town, host=host), request.auth.resident, *BOTH)
    return [run_values(run) for run in queries.runs_of(town, host, public=False)]


@router.post("/runs", response=answers(RunOut, 201))
def draft(request: CallerRequest, body: RunIn, key: ActKey) -> tuple[int, dict[str, Any]]:
    """Draft a run. Nothing moves before two people have confirmed it."""
    caller, plan = request.auth, _plan(body)
    host = caller.town.subject
    if body.village is not None:
        host = Village.of(caller.town).filter(id=body.village).values_list("subject", flat=True).first() or 0
    run = acts.draft(
        caller.town, by=caller.resident, host=host, begins=body.begins, ends=body.ends, pool=plan.pool,
        head_percent=plan.head_percent, lines=plan.lines, unit=plan.unit, key=client_key(caller, key), now=clock.now(),
    )  # fmt: skip
    return 201, run_values(run)


@router.get("/runs/{run}", response=answers(RunOut))
def one_run(request: CallerRequest, run: Id) -> dict[str, Any]:
    """A run with its sums and digest, as it is now."""
    return run_values(_run(request, run, BOTH))


@router.put("/runs/{run}/plan", response=answers(RunActDone))
def change(request: CallerRequest, response: HttpResponse, run: Id, body: PlanIn, key: ActKey) -> dict[str, int]:
    """Give a draft other numbers; what was simulated is void."""
    caller = request.auth
    found = run_at(caller.town, run)
    plan = _plan(body)
    written = acts.change(
        caller.town, found, by=caller.resident, plan=plan, key=client_key(caller, key), now=clock.now()
    )
    return _number(response, written)


@router.post("/runs/{run}/simulation", response=answers(RunActDone))
def simulate(request: CallerRequest, response: HttpResponse, run: Id, key: ActKey) -> dict[str, int]:
    """Compute every share anew. Nothing moves."""
    found = _run(request, run, BOTH)
    return _number(response, acts.simulate(request.auth.town, found, by=request.auth.resident, now=clock.now()))


@router.get("/runs/{run}/what-if", response=answers(list[WhatIfRow]))
def what_if(
    request: CallerRequest, run: Id, head_percent: Annotated[list[int], Query(max_length=11)]
) -> list[dict[str, Any]]:
    """The run under other parts by heads: a table, and the bars of a chart. Nothing is written."""
    found = _run(request, run, BOTH)
    plans = slips.other_plans(found, head_percent)
    rows = slips.what_if(request.auth.town, found, plans)
    return [
        {**vars(row), "head_percent": row.plan.head_percent, "bars": [vars(bar) for bar in row.bars]} for row in rows
    ]


@router.post("/runs/{run}/confirmation", response=answers(RunActDone))
def confirm(request: CallerRequest, response: HttpResponse, run: Id, body: Digest, key: ActKey) -> dict[str, int]:
    """Confirm these very sums. The second person sets the pool aside from the fund."""
    found = _run(request, run, BOTH)
    written = acts.confirm(request.auth.town, found, by=request.auth.resident, digest=body.digest, now=clock.now())
    return _number(response, written)


@router.post("/runs/{run}/notice", response=answers(RunActDone))
def begin_notice(request: CallerRequest, response: HttpResponse, run: Id, key: ActKey) -> dict[str, int]:
    """Put the run on notice: its public file is there for everyone."""
    found = _run(request, run, BOTH)
    return _number(response, acts.begin_notice(request.auth.town, found, by=request.auth.resident, now=clock.now()))


@router.get("/run-objections", response=answers(list[ObjectionOut]))
def run_objections(request: CallerRequest, run: Id) -> list[dict[str, Any]]:
    """The objections to a run, oldest first."""
    found = _run(request, run, DECIDE)
    return [objection_values(one) for one in RunObjection.of(request.auth.town).filter(run=found).order_by("id")]


@router.post("/run-objections/{objection}/decision", response=answers(RunActDone))
def decide(
    request: CallerRequest, response: HttpResponse, objection: Id, body: Decision, key: ActKey
) -> dict[str, int]:
    """Answer an objection; one that is upheld sends the run back to draft."""
    town = request.auth.town
    found = RunObjection.of(town).filter(id=objection).first()
    if found is None:
        raise NoSuch(what="objection")
    written = objections.decide(
        town, found, by=request.auth.resident, upheld=body.upheld, answer=body.answer, now=clock.now()
    )
    return _number(response, written)


@router.post("/runs/{run}/paying", response=answers(RunActDone))
def begin_paying(request: CallerRequest, response: HttpResponse, run: Id, key: ActKey) -> dict[str, int]:
    """The notice is over: begin to pay."""
    found = run_at(request.auth.town, run)
    return _number(response, paying.begin(request.auth.town, found, by=request.auth.resident, now=clock.now()))


@router.post("/runs/{run}/payments", response=answers(Progress))
def pay_some(request: CallerRequest, run: Id, key: ActKey) -> dict[str, int]:
    """Pay the next shares, at most ten thousand; safe to call again."""
    town = request.auth.town
    found = run_at(town, run)
    paid = paying.pay_some(town, found, by=request.auth.resident, now=clock.now())
    return {"paid_now": sum(written.is_new for written in paid), **queries.progress(town, found)}


@router.post("/runs/{run}/closing", response=answers(RunActDone))
def close(request: CallerRequest, response: HttpResponse, run: Id, key: ActKey) -> dict[str, int]:
    """Every share is paid: close the run."""
    found = run_at(request.auth.town, run)
    return _number(response, paying.close(request.auth.town, found, by=request.auth.resident, now=clock.now()))


@router.get("/runs/{run}/advances", response=answers(list[AdvanceOut]))
def run_advances(request: CallerRequest, run: Id) -> list[dict[str, Any]]:
    """What was asked for early, for those who decide it."""
    found = _run(request, run, BOTH)
    return queries.advances_to_decide(found, by=request.auth.resident, now=clock.now())


@router.post("/runs/{run}/advances", response=answers(RunActDone, 201))
def ask_advance(
    request: CallerRequest, response: HttpResponse, run: Id, body: AdvanceIn, key: ActKey
) -> tuple[int, dict[str, int]]:
    """Ask that a resident is paid early out of this pool; another person decides."""
    caller, found = request.auth, _run(request, run, (RoleName.TREASURER,))
    resident = Resident.of(caller.town).filter(id=body.resident).first()
    if resident is None:
        raise NoSuch(what="resident")
    written = advances.ask(
        caller.town, found, resident, money=body.money, by=caller.resident, key=client_key(caller, key), now=clock.now()
    )
    return 201, _number(response, written)


@router.post("/advances/{advance}/decision", response=answers(RunActDone))
def decide_advance(
    request: CallerRequest, response: HttpResponse, advance: Id, approve: bool, key: ActKey
) -> dict[str, int]:
    """Pay an advance, or say no to it."""
    town = request.auth.town
    found = Advance.of(town).filter(id=advance).first()
    if found is None:
        raise NoSuch(what="advance")
    return _number(response, advances.decide(town, found, by=request.auth.resident, approve=approve, now=clock.now()))


@router.get("/runs/{run}/unpaid", response=answers(list[UnpaidOut]))
def unpaid(request: CallerRequest, run: Id) -> list[dict[str, Any]]:
    """Shares whose payees have left: two people pay them outside."""
    return queries.unpaid_of_leavers(request.auth.town, _run(request, run, BOTH))


def _share(request: CallerRequest, share: int) -> Share:
    found = Share.of(request.auth.town).filter(id=share).first()
    if found is None:
        raise NoSuch(what="share")
    return found


@router.post("/shares/{share}/hand-over", response=answers(RunActDone))
def ask_hand_over(request: CallerRequest, response: HttpResponse, share: Id, key: ActKey) -> dict[str, int]:
    """Ask to pay the share of somebody who left to that person's own bank account."""
    found = _share(request, share)
    return _number(response, paying.ask_hand_over(request.auth.town, found, by=request.auth.resident, now=clock.now()))


@router.post("/shares/{share}/hand-over-approval", response=answers(RunActDone))
def hand_over(request: CallerRequest, response: HttpResponse, share: Id, key: ActKey) -> dict[str, int]:
    """Another person approves, and the share leaves."""
    found = _share(request, share)
    return _number(response, paying.hand_over(request.auth.town, found, by=request.auth.resident, now=clock.now()))
