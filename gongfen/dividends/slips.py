"""What residents and staff read of a run: one's own slip, the calculator's range, and the what-if table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from gongfen.dividends import queries
from gongfen.dividends.models import Run, Share
from gongfen.dividends.queries_sets import earned
from gongfen.people.models import AgeBand, Resident
from gongfen.rules import dividend
from gongfen.rules.calculator import Guess, Range, guess
from gongfen.rules.dividend import Outcome, Plan, Sharer, share_out
from gongfen.rules.dividend_slip import Step, steps
from gongfen.rules.dividend_whatif import Row, row
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class NoDividendYet(Refusal):
    """No run was drafted yet: there is nothing to guess by."""

    code = "no_dividend_yet"


@dataclass(frozen=True)
class Slip:
    """One line of a run as its owner reads it: plain values, for screens and for paper."""

    run: int
    begins: str
    ends: str
    slip: int
    is_child: bool
    money: int
    payout: int
    is_paid: bool
    steps: list[Step]


def slips_of(town: Town, resident: Resident, run: Run | None = None) -> list[Slip]:
    """A resident's own slips and those of their children, newest first; of one run, or of all."""
    shares = queries.shares_paid_to(town, resident.subject)
    return [_slip(share, resident.subject) for share in shares if run is None or share.run_id == run.id]


def slips_of_run(town: Town, run: Run) -> list[tuple[int, Slip]]:
    """Every line of a run, each with the subject of who is paid for it."""
    shares = Share.of(town).filter(run=run).select_related("run").order_by("id")
    return [(share.payee, _slip(share, share.payee)) for share in shares]


def _slip(share: Share, payee: int) -> Slip:
    run = share.run
    sums = run.totals
    assert sums is not None, "a run that is shown was simulated"
    line = dividend.Share(
        share.slip, share.heads, share.points, share.advance, share.money, share.payout, share.forgiven
    )
    return Slip(
        run=run.id,
        begins=run.begins.isoformat(),
        ends=run.ends.isoformat(),
        slip=share.slip,
        is_child=share.resident != payee,
        money=share.money,
        payout=share.payout,
        is_paid=share.is_paid(run),
        steps=steps(run.plan, sums, line),
    )


def what_if(town: Town, run: Run, plans: Iterable[Plan]) -> list[Row]:
    """The run's own plan and these others, over the people and points of this moment. Nothing is written."""
    rows = [
        Sharer(number, line.heads, line.points, line.advance)
        for number, line in enumerate(queries.lines_of(town, run), 1)
    ]
    return [row(plan, share_out(plan, rows)) for plan in plans]


def other_plans(run: Run, head_percents: Iterable[int]) -> list[Plan]:
    """The run's plan with other parts by heads; its own comes first."""
    own = run.plan
    others = (replace(own, head_percent=percent) for percent in dict.fromkeys(head_percents))
    return [own, *(plan for plan in others if plan != own)]


def my_range(town: Town, resident: Resident, *, more_points: int, now: datetime) -> tuple[Run, Range]:
    """Between what and what the resident's share of the newest run may lie: a range, never a promise.

    `more_points` is what they think to earn till its end. All others are taken to earn between nothing more and as
    much again as the part of the period that is still to come suggests.
    """
    run = Run.of(town).filter(host__in=[resident.village.subject, town.subject]).order_by("-ends", "-id").first()
    if run is None:
        raise NoDividendYet()
    begins, ends = queries.period(run)
    points = earned(town, begins, ends)
    lines = queries.lines_of(town, run)
    mine = points.get(resident.subject, 0) + more_points
    others = sum(line.points for line in lines if line.resident != resident.subject)
    left = max(ends - now, ends - ends)
    gone = max(now - begins, ends - ends)
    more = others * (left.days + 1) // (gone.days + 1) if left else 0
    net = run.pool - sum(dividend.line_money(run.plan))
    asked = Guess(
        least_pool=net * 9 // 10 if left else net,
        most_pool=net,
        head_percent=run.head_percent,
        heads=sum(line.heads for line in lines if line.payee == resident.subject),
        all_heads=sum(line.heads for line in lines),
        points=mine,
        least_points=mine + others,
        most_points=mine + others + more,
    )
    return run, guess(asked)


def may_have_slips(resident: Resident) -> bool:
    """Those under 14 have no account and no slip: their guardian has it."""
    return resident.age_band != AgeBand.UNDER_14


def outcome_of(town: Town, run: Run) -> Outcome | None:
    """The kept outcome of the last simulation, as values."""
    sums = run.totals
    if sums is None:
        return None
    columns = ("slip", "heads", "points", "advance", "money", "payout", "forgiven")
    rows = Share.of(town).filter(run=run).order_by("slip").values_list(*columns)
    return Outcome(sums, [dividend.Share(*one) for one in rows.iterator(chunk_size=5000)])
