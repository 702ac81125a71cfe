"""The dividend: what is public, one's own, and who prepares and approves."""

from datetime import timedelta

from gongfen.dividends import acts, advances, objections, paying
from gongfen.dividends.models import Advance, Run, RunObjection, Share
from gongfen.people.acts import give_roles
from gongfen.people.models import Resident, RoleName
from gongfen.rules.dividend import Plan
from tests.doors import GUEST, RESIDENT, Call, Door
from tests.sharing import LATER, again, award, confirmed, drafted, on_notice, paying_begun
from tests.village import NOW, POINT, YUAN, Daicun

TREASURER, BOTH, DECIDE = "treasurer", "treasurer|supervisor", "supervisor|reviewer"


def a_draft(daicun: Daicun) -> Run:
    award(daicun, "王芳", 30 * POINT)
    return drafted(daicun)


def of(run: Run, body: object = None, **query: object) -> Call:
    return Call({"run": run.id}, body, query)


def of_village(daicun: Daicun) -> Call:
    on_notice(daicun, a_draft(daicun))
    return Call({"village": daicun.village.id})


def with_a_share(daicun: Daicun) -> Call:
    of_village(daicun)
    return Call()


def its_file(daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id, "run": on_notice(daicun, a_draft(daicun)).id})


def its_range(daicun: Daicun) -> Call:
    a_draft(daicun)
    return Call(query={"more_points": 500})


def an_objection_to_make(daicun: Daicun) -> Call:
    run = on_notice(daicun, a_draft(daicun))
    Run.of(daicun.town).filter(id=run.id).update(notice_until=LATER + timedelta(days=4_000))
    return of(run, {"text": "少算了"})


def a_run_to_draft(daicun: Daicun) -> Call:
    body = {"pool": 100 * YUAN, "head_percent": 70, "lines": [{"kind": "reserve", "percent": 5}]}
    return Call(body={**body, "village": str(daicun.village.id), "begins": "2026-01-01", "ends": "2026-04-30"})


def to_confirm(daicun: Daicun) -> Call:
    run = a_draft(daicun)
    acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
    return of(run, {"digest": again(run).digest})


def an_objection_to_decide(daicun: Daicun) -> tuple[Run, RunObjection]:
    """Confirmed by the treasurer and a second supervisor, so that the first one may decide."""
    wanted = [(daicun["钱文书"], RoleName.SUPERVISOR, daicun.village)]
    give_roles(daicun.town, wanted, by=daicun.town.subject, approved_by=daicun.town.subject, now=NOW)
    town, run = daicun.town, a_draft(daicun)
    acts.simulate(town, run, by=daicun["周会计"], now=LATER)
    for name in ("周会计", "钱文书"):
        acts.confirm(town, run, by=daicun[name], digest=again(run).digest, now=LATER)
    acts.begin_notice(town, again(run), by=daicun["周会计"], now=LATER)
    objections.object_to(town, again(run), by=daicun["李大伯"], text="少了", key="object/1", now=LATER)
    return run, RunObjection.of(town).get(run=run)


def to_decide(daicun: Daicun) -> Call:
    _, objection = an_objection_to_decide(daicun)
    return Call({"objection": objection.id}, {"upheld": True, "answer": "对"})


def paid_up(daicun: Daicun) -> Call:
    run = paying_begun(daicun, a_draft(daicun))
    paying.pay_all(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=8))
    return of(run)


def an_advance(daicun: Daicun) -> Call:
    run, li = a_draft(daicun), daicun["李大伯"]
    advances.ask(daicun.town, run, li, money=60 * YUAN, by=daicun["周会计"], key="early", now=NOW)
    return Call({"advance": Advance.of(daicun.town).get().id}, query={"approve": "true"})


def a_leavers_share(daicun: Daicun) -> Share:
    run = paying_begun(daicun, a_draft(daicun))
    Resident.of(daicun.town).filter(name="赵二").update(left_at=LATER)
    paying.pay_all(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=8))
    return Share.of(daicun.town).get(run=run, resident=daicun["赵二"].subject)


def to_hand_over(daicun: Daicun) -> Call:
    share = a_leavers_share(daicun)
    paying.ask_hand_over(daicun.town, share, by=daicun["周会计"], now=LATER)
    return Call({"share": share.id})


def plan_of(plan: Plan) -> dict[str, object]:
    return {"pool": plan.pool, "head_percent": plan.head_percent, "lines": []}


DOORS = (
    Door("GET", "/villages/{village}/runs", GUEST, of_village),
    Door("GET", "/villages/{village}/runs/{run}/file", GUEST, its_file),
    Door("GET", "/me/shares", RESIDENT, with_a_share),
    Door("GET", "/me/dividend-range", RESIDENT, its_range),
    Door("GET", "/me/run-objections", RESIDENT),
    Door("POST", "/runs/{run}/objections", RESIDENT, an_objection_to_make),
    Door("GET", "/runs", BOTH, lambda daicun: Call(query={"village": daicun.village.id})),
    Door("POST", "/runs", TREASURER, a_run_to_draft),
    Door("GET", "/runs/{run}", BOTH, lambda daicun: of(a_draft(daicun))),
    Door("PUT", "/runs/{run}/plan", TREASURER, lambda daicun: of(a_draft(daicun), plan_of(Plan(90 * YUAN, 50)))),
    Door("POST", "/runs/{run}/simulation", BOTH, lambda daicun: of(a_draft(daicun))),
    Door("GET", "/runs/{run}/what-if", BOTH, lambda daicun: of(a_draft(daicun), head_percent=30)),
    Door("POST", "/runs/{run}/confirmation", BOTH, to_confirm),
    Door("POST", "/runs/{run}/notice", BOTH, lambda daicun: of(confirmed(daicun, a_draft(daicun)))),
    Door("GET", "/run-objections", DECIDE, lambda d: Call(query={"run": an_objection_to_decide(d)[0].id})),
    Door("POST", "/run-objections/{objection}/decision", DECIDE, to_decide),
    Door("POST", "/runs/{run}/paying", TREASURER, lambda daicun: of(on_notice(daicun, a_draft(daicun)))),
    Door("POST", "/runs/{run}/payments", TREASURER, lambda daicun: of(paying_begun(daicun, a_draft(daicun)))),
    Door("POST", "/runs/{run}/closing", TREASURER, paid_up),
    Door("GET", "/runs/{run}/advances", BOTH, lambda daicun: of(a_draft(daicun))),
    Door(
        "POST",
        "/runs/{run}/advances",
        TREASURER,
        lambda daicun: of(a_draft(daicun), {"resident": str(daicun["李大伯"].id), "money": 60 * YUAN}),
    ),
    Door("POST", "/advances/{advance}/decision", "supervisor", an_advance),
    Door("GET", "/runs/{run}/unpaid", BOTH, lambda daicun: of(paying_begun(daicun, a_draft(daicun)))),
    Door("POST", "/shares/{share}/hand-over", TREASURER, lambda d: Call({"share": a_leavers_share(d).id})),
    Door("POST", "/shares/{share}/hand-over-approval", "supervisor", to_hand_over),
)
