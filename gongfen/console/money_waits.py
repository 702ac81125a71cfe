"""What waits in the rooms of money, for the start page: never what only somebody else may press."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from gongfen.console.askings import TOLD
from gongfen.console.ground import Staff
from gongfen.console.scopes import MONEY_ROLES
from gongfen.dividends.models import Advance, AdvanceState, ObjectionState, Run, RunObjection, RunState
from gongfen.fund import moves
from gongfen.fund.closes import may_close
from gongfen.fund.models import Slip, SlipState
from gongfen.fund.queries import months_left
from gongfen.ledger.audit import last_audit
from gongfen.ledger.models import Close
from gongfen.ledger.queries import balance_of
from gongfen.people.queries import resident_by_subject, same_household
from gongfen.shops import askings, queries
from gongfen.shops.models import Payout, PayoutState, Settlement, SettlementState
from gongfen.statements.money import A_SEASON, WARN_BELOW
from gongfen.statements.queries import went_out

Counted = int | tuple[int, dict[str, Any]]
HEAVY = 2  # an audit older than so many days is told to the auditor


def _foreign(staff: Staff, subject: int | None) -> bool:
    """Did somebody of another household do the step before?"""
    person = resident_by_subject(staff.town, subject) if subject else None
    return person is None or not same_household(person, staff.resident)


def _slips(staff: Staff) -> Counted:
    waiting = Slip.of(staff.town).filter(host=staff.village.subject, state=SlipState.RECORDED)
    return sum(1 for slip in waiting[:200] if _foreign(staff, slip.recorded_by))


def _due(staff: Staff) -> Counted:
    """Shops with money in past days; who prepared last waits with the bank, not here."""
    due = queries.money_due(staff.town, staff.village.id, before=localdate(staff.now))
    return sum(1 for one in due if one.household != staff.resident.household_id)


def _to_approve(staff: Staff) -> Counted:
    waiting = Settlement.of(staff.town).filter(state=SettlementState.PREPARED).select_related("prepared_by")
    waiting = waiting.filter(Q(village_id=staff.village.id) | Q(village_id=None))
    return sum(1 for one in waiting if not same_household(one.prepared_by, staff.resident))


def _to_send(staff: Staff) -> Counted:
    waiting = Payout.of(staff.town).filter(state=PayoutState.APPROVED, settlement__village_id=staff.village.id)
    return waiting.values("settlement_id").distinct().count()


def _at_bank(staff: Staff) -> Counted:
    out = Settlement.of(staff.town).filter(state=SettlementState.OUT, village_id=staff.village.id)
    return out.count()


def _asks(staff: Staff) -> Counted:
    rows = askings.open_askings(staff.resident, staff.village.id)
    return sum(1 for row in rows if row.what in TOLD and not same_household(row.asked_by, staff.resident))


def _runs(*states: RunState) -> Any:
    def counted(staff: Staff) -> Counted:
        return Run.of(staff.town).filter(host=staff.village.subject, state__in=states).count()

    return counted


def _to_confirm(staff: Staff) -> Counted:
    simulated = Run.of(staff.town).filter(host=staff.village.subject, state=RunState.SIMULATED)
    return sum(1 for run in simulated if not run.first_confirmer or _foreign(staff, run.first_confirmer))


def _notice_over(staff: Staff) -> Counted:
    over = Run.of(staff.town).filter(host=staff.village.subject, state=RunState.IN_NOTICE, notice_until__lte=staff.now)
    return over.count()


def _run_objections(staff: Staff) -> Counted:
    rows = RunObjection.of(staff.town).filter(run__host=staff.village.subject, state=ObjectionState.OPEN)
    rows = rows.select_related("run")
    mine = staff.resident.subject
    own = [(row.run.drafted_by, row.run.first_confirmer, row.run.second_confirmer) for row in rows]
    return sum(1 for people in own if mine not in people)


def _advances(staff: Staff) -> Counted:
    waiting = Advance.of(staff.town).filter(run__host=staff.village.subject, state=AdvanceState.ASKED)
    return sum(1 for one in waiting if _foreign(staff, one.asked_by))


def _to_sign(staff: Staff) -> Counted:
    if not may_close(staff.resident, "supervisor"):
        return 0
    return sum(1 for close in Close.of(staff.town).filter(act_id=None) if _foreign(staff, close.prepared_by))


def _to_close(staff: Staff) -> Counted:
    """Last month is not closed yet; told once somebody began to close months at all."""
    last_month = localdate(staff.now).replace(day=1) - timedelta(days=1)
    closes = Close.of(staff.town)
    if not may_close(staff.resident, "treasurer") or not closes.exists():
        return 0
    return 0 if closes.filter(period=f"{last_month:%Y-%m}").exists() else 1


def _low_fund(staff: Staff) -> Counted:
    fund = moves.fund(staff.village.subject)
    left = months_left(balance_of(staff.town, fund), went_out(staff.town, fund, staff.now - A_SEASON))
    return (1, {"months": left}) if left is not None and left < WARN_BELOW else 0


def _audit(staff: Staff) -> Counted:
    last = last_audit(staff.town)
    if last is None or last.audited_at < staff.now - timedelta(days=HEAVY):
        return 1
    return last.differences


SETTLED = "/desk/money/settlements"
MONEY_WAITS = (
    ("supervisor", _slips, "/desk/money", "张银行单等您核对", "bank slip(|s) wait(s|) for you"),
    ("treasurer", _due, SETTLED, "家店可以结算了", "shop(|s) may be settled"),
    ("supervisor", _to_approve, f"{SETTLED}?state=prepared", "次结算等您同意", "settlement(|s) to approve"),
    ("treasurer", _to_send, SETTLED, "次结算同意了，等出银行文件", "settlement(|s) to send to the bank"),
    (
        "treasurer",
        _at_bank,
        "/desk/money/statement",
        "次结算等银行回单",
        "settlement(|s) wait(s|) for the bank's statement",
    ),
    (
        ("clerk", "treasurer", "supervisor"),
        _asks,
        "/desk/money/asks",
        "件事要您做第二个人",
        "thing(|s) need(s|) your second look",
    ),
    (
        ("treasurer", "supervisor"),
        _to_confirm,
        "/desk/runs?state=simulated",
        "次分红等您确认",
        "dividend(|s) to confirm",
    ),
    (
        ("treasurer", "supervisor"),
        _runs(RunState.CONFIRMED),
        "/desk/runs?state=confirmed",
        "次分红可以公示了",
        "dividend(|s) may be put on notice",
    ),
    ("treasurer", _notice_over, "/desk/runs?state=in_notice", "次分红公示期满", "dividend(|s) whose notice is over"),
    ("treasurer", _runs(RunState.PAYING), "/desk/runs?state=paying", "次分红正在发", "dividend(|s) being paid"),
    (
        ("supervisor", "reviewer"),
        _run_objections,
        "/desk/runs?state=in_notice",
        "条对分红的异议等答复",
        "objection(|s) to a dividend",
    ),
    ("supervisor", _advances, "/desk/runs?state=draft", "笔预支等您同意", "advance(|s) to decide"),
    ("supervisor", _to_sign, "/desk/money/closes", "次结账等您签字", "close(|s) to sign"),
    ("treasurer", _to_close, "/desk/money/closes", "个月还没结账：上个月", "month to close: the last one"),
    (
        MONEY_ROLES,
        _low_fund,
        "/desk/money",
        "个基金快用完了：照这样还能用 {months} 个月",
        "fund runs low: {months} months left at this rate",
    ),
    (
        "auditor",
        _audit,
        "/desk/books",
        "处查账要看：有差错，或两天没查了",
        "audit(|s) to look at: a difference, or two days old",
    ),
)
