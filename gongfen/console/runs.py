"""Dividends at the desk: every run of a host, a new draft, and one run on one page with the step that comes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.timezone import localdate

from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.scopes import MONEY_ROLES, Scope, key_of, may, money_page, scope_of
from gongfen.dividends import acts, queries
from gongfen.dividends.models import ObjectionState, Run, RunObjection, RunState
from gongfen.people.acts import NotYourRole
from gongfen.people.models import Resident
from gongfen.people.queries import residents_by_subject
from gongfen.rules.dividend import FEN, Line, Plan, Unit
from gongfen.rules.refusals import Refusal
from gongfen.words.sharing import STATES

ROOM = "/desk/runs"
READERS = (*MONEY_ROLES, "reviewer")
ORDER = [str(state) for state in RunState]
UNITS = ((str(int(Unit.FEN)), "到分", "to the fen"), (str(int(Unit.YUAN)), "到元", "to the yuan"))


class NoSuchRun(Refusal):
    """There is no such run, or it is of another village."""

    code = "no_such_run"


def state_words(run: Run) -> tuple[str, str]:
    """Where a run stands, zh and en."""
    return STATES[str(run.state)]


def _states(staff: Staff) -> list[tuple[str, str]]:
    return [(state, STATES[state][staff.lang == "en"]) for state in ORDER]


RUNS = Listing(
    "runs",
    "分红",
    "Dividends",
    (
        Column("ends", "到哪天", "Until", lambda run: run.ends, "day", order="ends",
               link=lambda run: f"{ROOM}/{run.id}"),
        Column("begins", "从哪天", "From", lambda run: run.begins, "day", order="begins"),
        Column("state", "到哪一步", "Where it stands", state_words, "words", order="state"),
        Column("heads", "按人几成 %", "By heads %", lambda run: run.head_percent, "number", order="head_percent"),
        Column("pool", "分红总额", "Pool", lambda run: run.pool, "money", order="pool"),
    ),
    order=("-ends", "-id"),
    texts=("digest",),
    numbers=("ends__year",),
    choices=(Choice("state", "状态", "State", "state", _states),),
)  # fmt: skip


def asks_of(lang: str) -> list[Ask]:
    """What a draft asks for."""
    units = [(value, en if lang == "en" else zh) for value, zh, en in UNITS]
    return [
        Ask("begins", "从哪天起的工分", "Points from", "day", required=True),
        Ask("ends", "到哪天", "until", "day", required=True),
        Ask("pool", "分红总额（元）", "Pool (yuan)", "yuan", required=True, longest=14),
        Ask("head_percent", "按人分几成（%）", "By heads (%)", "number", required=True, longest=3,
            hint=("70 就是人七劳三：七成按人，三成按工分", "70 means 70 % by heads, 30 % by points")),
        Ask("cost", "先减成本（元）", "Costs first (yuan)", "yuan", longest=14),
        Ask("cost_percent", "成本（%）", "Costs (%)", "number", longest=3),
        Ask("reserve_percent", "公积金（%）", "Reserve (%)", "number", longest=3),
        Ask("welfare_percent", "公益金（%）", "Welfare (%)", "number", longest=3),
        Ask("unit", "算到", "Down to", "choice", choices=units, required=True),
    ]  # fmt: skip


def read_plan(typed: Typed) -> Plan:
    """The plan that was typed; a field that cannot be read says so."""
    lines = [Line("cost", typed.number("cost_percent", empty=0) or 0, (typed.hundredths("cost", empty=0) or 0) * FEN)]
    lines += [Line(kind, typed.number(f"{kind}_percent", empty=0) or 0) for kind in ("reserve", "welfare")]
    return Plan(
        (typed.hundredths("pool") or 0) * FEN,
        typed.number("head_percent", empty=0) or 0,
        tuple(line for line in lines if line.percent or line.money),
        int(typed.choice("unit") or Unit.FEN),
    )


def _first(today: date) -> dict[str, str]:
    return {
        "begins": f"{today.year - 1}-12-01", "ends": f"{today.year}-11-30", "head_percent": "70",
        "reserve_percent": "5", "welfare_percent": "3", "unit": str(int(Unit.FEN)),
    }  # fmt: skip


def _as_typed(run: Run) -> dict[str, str]:
    lines = {line.kind: line for line in run.plan.lines}
    cost = lines.get("cost", Line("cost"))
    return {
        "begins": run.begins.isoformat(), "ends": run.ends.isoformat(), "pool": _yuan(run.pool),
        "head_percent": str(run.head_percent), "unit": str(run.unit), "cost": _yuan(cost.money) if cost.money else "",
        "cost_percent": str(cost.percent or ""),
        **{f"{kind}_percent": str(lines[kind].percent) for kind in ("reserve", "welfare") if kind in lines},
    }  # fmt: skip


def _yuan(money: int) -> str:
    return f"{money // 10_000}.{money // FEN % 100:02d}"


@desk(*READERS)
def runs(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Every run of the village (or the town), and a new draft."""
    scope = scope_of(request, staff)
    shown = listed(request, staff, RUNS, Run.of(staff.town).filter(host=scope.host))
    if isinstance(shown, HttpResponse):
        return shown
    typed: Mapping[str, str] = request.POST if request.method == "POST" else _first(localdate(staff.now))
    fields = drawn(asks_of(staff.lang), typed, staff.lang, no=no, now=staff.now)
    drafts = may(staff, scope, "treasurer")
    return money_page(
        request, staff, scope, "runs.html", refusal=no, shown=shown, fields=fields if drafts else [],
        first=not Run.of(staff.town).filter(host=scope.host).exists() or no is not None,
    )  # fmt: skip


@desk("treasurer", fresh=True)
def draft(request: HttpRequest, staff: Staff) -> HttpResponse:
    """A new draft. Nothing moves; pressed twice it is one draft."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    scope = scope_of(request, staff)
    typed = Typed(asks_of(staff.lang), request.POST)
    try:
        plan = read_plan(typed)
        begins, ends = typed.day("begins"), typed.day("ends")
        assert begins is not None and ends is not None, "both are required"
        run = acts.draft(
            staff.town, by=staff.resident, host=scope.host, begins=begins, ends=ends, pool=plan.pool,
            head_percent=plan.head_percent, lines=plan.lines, unit=plan.unit, key=key_of(request, staff, "run"),
            now=staff.now,
        )  # fmt: skip
    except Refusal as no:
        return runs(request, no=no)
    return HttpResponseRedirect(f"{ROOM}/{run.id}", status=303)


def run_for(staff: Staff, run: int, *names: str) -> tuple[Run, Scope]:
    """The run, for who has one of these roles at its host; to others it is not there."""
    found = Run.of(staff.town).filter(id=run).first()
    if found is None:
        raise NoSuchRun()
    found.town = staff.town
    village = queries.village_of(found)
    called = village or staff.town
    name = (called.name_en if staff.lang == "en" else "") or called.name
    scope = Scope(found.host, village.id if village else None, name)
    if not may(staff, scope, *names):
        raise NotYourRole(role=names[0])
    return found, scope


@desk(*READERS)
def one(request: HttpRequest, staff: Staff, run: int, *, no: Refusal | None = None) -> HttpResponse:
    """A run on one page: its plan, its sums, who did what, and the one step that comes next."""
    try:
        found, scope = run_for(staff, run, *READERS)
    except Refusal as not_there:
        return page(request, staff, "not_for_you.html", refusal=not_there, status=404)
    typed: Mapping[str, str] = request.POST if "pool" in request.POST else _as_typed(found)
    can_change = found.state in (RunState.DRAFT, RunState.SIMULATED) and may(staff, scope, "treasurer")
    context: dict[str, Any] = {
        "run": found,
        "points_percent": 100 - found.head_percent,
        "lines": _lines(found, staff.lang),
        "sums": found.totals,
        "state": state_words(found)[staff.lang == "en"],
        "stages": _stages(found, staff.lang),
        "names": _names(staff, found),
        "progress": queries.progress(staff.town, found),
        "fields": drawn(asks_of(staff.lang)[2:], typed, staff.lang, no=no, now=staff.now) if can_change else [],
        "is_treasurer": may(staff, scope, "treasurer"),
        "may_what_if": staff.has(*MONEY_ROLES),
        "is_supervisor": may(staff, scope, "supervisor"),
        "may_confirm": found.state == RunState.SIMULATED and may(staff, scope, "treasurer", "supervisor")
        and staff.resident.subject != found.first_confirmer,
        "period_over": localdate(staff.now) > found.ends,
        "notice_over": found.notice_until is not None and staff.now >= found.notice_until,
        "is_public": found.state in queries.PUBLIC_STATES,
        **_for_deciders(staff, scope, found),
    }  # fmt: skip
    return money_page(request, staff, scope, "run.html", refusal=no, **context)


def _for_deciders(staff: Staff, scope: Scope, run: Run) -> dict[str, Any]:
    """Objections for who answers them, advances and shares of leavers for treasurer and supervisor."""
    found: dict[str, Any] = {}
    if may(staff, scope, "supervisor", "reviewer"):
        found["objections"] = list(RunObjection.of(staff.town).filter(run=run).order_by("id"))
        found["open"] = ObjectionState.OPEN
    if may(staff, scope, "treasurer", "supervisor"):
        found["advances"] = queries.advances_to_decide(run, by=staff.resident, now=staff.now)
        found["leavers"] = queries.unpaid_of_leavers(staff.town, run)
    return found


def _lines(run: Run, lang: str) -> list[tuple[str, int]]:
    """Each line of the pool with its percentage and what it takes."""
    called = {"cost": ("成本", "costs"), "reserve": ("公积金", "reserve"), "welfare": ("公益金", "welfare")}
    taken = run.totals.lines if run.totals else [run.pool * line.percent // 100 + line.money for line in run.plan.lines]
    return [
        (called[line.kind][lang == "en"] + (f" {line.percent}%" if line.percent else ""), money)
        for line, money in zip(run.plan.lines, taken, strict=True)
    ]


def _stages(run: Run, lang: str) -> list[tuple[str, str]]:
    """Every state in its order, each gone, here or still to come."""
    here = ORDER.index(str(run.state))
    return [
        (STATES[state][lang == "en"], "gone" if at < here else "here" if at == here else "")
        for at, state in enumerate(ORDER)
    ]


def _names(staff: Staff, run: Run) -> dict[str, str]:
    """Who drafted and confirmed it: staff, by name."""
    who = {"drafted": run.drafted_by, "first": run.first_confirmer, "second": run.second_confirmer}
    people: dict[int, Resident] = residents_by_subject(staff.town, [one for one in who.values() if one])
    return {what: people[subject].name for what, subject in who.items() if subject in people}
