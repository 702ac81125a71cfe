"""A year's end in the small village of `tests.village`: awards without the activities' room, and a run step by step."""

from datetime import date, datetime, timedelta

from gongfen.dividends import acts, paying
from gongfen.dividends.models import Run
from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.rules.dividend import Line
from gongfen.rules.posting import Address, Kind
from gongfen.town.ids import new_subject
from tests.village import NOW, YUAN, Daicun

LATER = NOW + timedelta(days=60)  # the period of the run is over
BEGINS, ENDS = date(2026, 1, 1), date(2026, 4, 30)


def award(
    daicun: Daicun,
    name: str,
    points: int,
    *,
    kind: str = "volunteering",
    minutes: int = 60,
    grade: str = "machine",
    now: datetime = NOW,
) -> Written:
    """Somebody is awarded points (hundredths), as the activities' room writes it."""
    town, activity, claim = daicun.town, new_subject(), new_subject()
    open_accounts(town, [Address(Kind.BUDGET, activity)])
    with one_batch(town, now) as batch:
        act = batch.act(
            key=f"award/{claim}",
            verb="claim.award",
            by=daicun["吴审核"].subject,
            about=daicun[name].subject,
            facts={"claim": str(claim), "kind": kind, "points": points, "minutes": minutes, "grade": grade},
        )
        act.moves(*moves.set_aside(moves.fund(daicun.village.subject), activity, moves.worth(town, points)))
        act.moves(*moves.award(town, activity, daicun[name].subject, points))
    return one(batch.answers)


def drafted(
    daicun: Daicun, pool: int = 1_000 * YUAN, head_percent: int = 70, lines: tuple[Line, ...] = (), key: str = "draft/1"
) -> Run:
    """The treasurer drafts a run of the village."""
    return acts.draft(
        daicun.town,
        by=daicun["周会计"],
        host=daicun.village.subject,
        begins=BEGINS,
        ends=ENDS,
        pool=pool,
        head_percent=head_percent,
        lines=lines,
        key=key,
        now=NOW,
    )


def again(run: Run) -> Run:
    """The run as it is now."""
    return Run.of(run.town_id).get(id=run.id)


def confirmed(daicun: Daicun, run: Run) -> Run:
    """Simulated, and confirmed by the treasurer and the supervisor."""
    acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
    digest = again(run).digest
    for who in ("周会计", "韩监督"):
        acts.confirm(daicun.town, run, by=daicun[who], digest=digest, now=LATER)
    return again(run)


def on_notice(daicun: Daicun, run: Run) -> Run:
    """Confirmed, and shown to everyone."""
    acts.begin_notice(daicun.town, confirmed(daicun, run), by=daicun["周会计"], now=LATER)
    return again(run)


def paying_begun(daicun: Daicun, run: Run) -> Run:
    """The notice ended without an objection."""
    shown = on_notice(daicun, run)
    assert shown.notice_until is not None
    paying.begin(daicun.town, shown, by=daicun["周会计"], now=shown.notice_until)
    return again(run)
