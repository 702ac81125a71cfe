"""Money at the desk: slips recorded by one and approved by another, and what every fund has."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities.models import Activity
from gongfen.console.ground import Staff, desk
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.scopes import Scope, may, money_page, scope_of
from gongfen.fund import acts, moves, queries
from gongfen.fund.models import Earmark, Slip, SlipState
from gongfen.ledger.queries import balances_of
from gongfen.rules.posting import Kind
from gongfen.rules.refusals import Refusal
from gongfen.statements.accounts import names_of

FEN = 100
MOST_BUDGETS = 60


class NotASum(Refusal):
    """What was typed is no sum of money."""

    code = "not_a_sum"


class NotADay(Refusal):
    """What was typed is no day."""

    code = "not_a_day"


STATES = {
    SlipState.RECORDED: ("等核对", "waiting"),
    SlipState.APPROVED: ("已到账", "in the fund"),
    SlipState.REFUSED: ("没有这笔", "not there"),
}


def _states(staff: Staff) -> list[tuple[str, str]]:
    return [(str(state), en if staff.lang == "en" else zh) for state, (zh, en) in STATES.items()]


SLIPS = Listing(
    "slips",
    "收到的钱",
    "Money received",
    (
        Column("day", "日期", "Day", lambda slip: slip.received_on, "day", order="received_on"),
        Column("donor", "谁给的", "From", lambda slip: slip.donor, order="donor"),
        Column("number", "单号", "Slip", lambda slip: slip.number, order="number"),
        Column("for", "用途", "For", lambda slip: slip.earmark.name if slip.earmark else "", order="earmark__name"),
        Column("state", "状态", "State", lambda slip: STATES[SlipState(slip.state)], "words", order="state"),
        Column("money", "多少", "How much", lambda slip: slip.money, "money", order="money"),
    ),
    texts=("number", "donor", "earmark__name"),
    choices=(Choice("state", "状态", "State", "state", _states),),
)


def read_yuan(typed: str) -> int:
    """A sum as typed (1,200 or 12.50) in hundredths of a fen, whole fen."""
    whole, _, rest = typed.replace(",", "").replace("¥", "").strip().partition(".")
    if not whole.isdecimal() or len(whole) > 9 or len(rest) > 2 or (rest and not rest.isdecimal()):
        raise NotASum(typed=typed[:40])
    return (int(whole) * 100 + int((rest + "00")[:2])) * FEN


def read_day(typed: str) -> date:
    """A day as the browser sends it."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotADay(typed=typed[:40]) from None


@desk("treasurer", "supervisor", "auditor")
def money(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """The village's common money: what each account has, slips that wait, slips there were."""
    scope = scope_of(request, staff)
    pots = queries.common_money(staff.town, scope.host)
    names = names_of(staff.town, pots, staff.lang)
    slips = Slip.of(staff.town).filter(host=scope.host).select_related("earmark")
    shown = listed(request, staff, SLIPS, slips)
    if isinstance(shown, HttpResponse):
        return shown
    context: dict[str, Any] = {
        "pots": [(names[address], have, address.kind == Kind.FUND) for address, have in pots.items()],
        "cover": queries.cover(staff.town),
        "orders": _orders(staff, scope),
        "budgets": _budgets(staff, scope),
        "waiting": slips.filter(state=SlipState.RECORDED).order_by("-id"),
        "shown": shown,
        "may_record": may(staff, scope, "treasurer"),
        "may_approve": may(staff, scope, "supervisor"),
    }
    return money_page(request, staff, scope, "money.html", refusal=no, **context)


def _orders(staff: Staff, scope: Scope) -> list[dict[str, Any]]:
    """Every order or programme: who pays, what came in, what was used, what is left."""
    earmarks = list(Earmark.of(staff.town).filter(host=scope.host).order_by("-id"))
    left = balances_of(staff.town, [one.address for one in earmarks])
    came = Slip.of(staff.town).filter(earmark__in=earmarks, state=SlipState.APPROVED).values("earmark_id")
    money = {row["earmark_id"]: row["sum"] for row in came.annotate(sum=Sum("money"))}
    return [
        {"name": one.name, "payer": one.donor, "money": money.get(one.id, 0), "left": left[one.address],
         "used": money.get(one.id, 0) - left[one.address], "account": one.address.account}
        for one in earmarks
    ]  # fmt: skip


def _budgets(staff: Staff, scope: Scope) -> list[dict[str, Any]]:
    """What is set aside for activities that are not closed."""
    rows = Activity.of(staff.town).filter(
        host=scope.host, budget_money__gt=0, closed_at=None, published_at__isnull=False
    )
    some = list(rows.order_by("-starts_at")[:MOST_BUDGETS])
    left = balances_of(staff.town, [moves.budget(one.subject) for one in some])
    return [
        {"id": one.id, "title": (one.title_en if staff.lang == "en" else "") or one.title, "money": one.budget_money,
         "left": left[moves.budget(one.subject)], "starts_at": one.starts_at}
        for one in some
    ]  # fmt: skip


@desk("treasurer", fresh=True)
def record(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The treasurer records a slip; nothing moves before the supervisor approves."""
    if request.method != "POST":
        return HttpResponseRedirect("/desk/money")
    scope = scope_of(request, staff)
    try:
        slip = acts.MoneyIn(
            number=_text(request, "number", 40),
            donor=_text(request, "donor", 80),
            money=read_yuan(request.POST.get("yuan", "")),
            received_on=read_day(request.POST.get("received_on", "")),
            purpose=request.POST.get("purpose", "").strip()[:80],
        )
        acts.record_slip(staff.resident, scope.host, slip, now=staff.now)
    except Refusal as no:
        return money(request, no=no)
    return HttpResponseRedirect(f"/desk/money{scope.query}", status=303)


@desk("supervisor", fresh=True)
def decide(request: HttpRequest, staff: Staff, slip: int) -> HttpResponse:
    """The supervisor has seen this money at the bank, or has not."""
    if request.method != "POST":
        return HttpResponseRedirect("/desk/money")
    try:
        if request.POST.get("answer") == "no":
            acts.refuse_slip(staff.resident, slip, now=staff.now)
        else:
            acts.approve_slip(staff.resident, slip, now=staff.now)
    except Refusal as no:
        return money(request, no=no)
    return HttpResponseRedirect(f"/desk/money{scope_of(request, staff).query}", status=303)


class NothingTyped(Refusal):
    """A field that must be filled in is empty. `field` is which."""

    code = "nothing_typed"


def _text(request: HttpRequest, name: str, longest: int) -> str:
    typed = request.POST.get(name, "").strip()
    if not typed:
        raise NothingTyped(field=name)
    return typed[:longest]
