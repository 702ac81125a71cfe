"""Settlements: the treasurer prepares, the supervisor approves, a file goes to the bank, its statement comes in."""

import base64
import binascii
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.timezone import localdate

from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.scopes import MONEY_ROLES, Scope, key_of, may, money_page, scope_of
from gongfen.files.bank_statement import plain_statement
from gongfen.people.acts import NotYourRole
from gongfen.rules.bank_file import BankFileBroken, Difference
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings, queries, settlement
from gongfen.shops.models import Payout, PayoutState, Settlement, SettlementState
from gongfen.shops.refusals import UnknownSettlement
from gongfen.words.bank import DIFFERENCES, FAULTS, told

MOST_BYTES = 2_000_000  # of a bank's statement
ROOM = "/desk/money/settlements"
STATES = {
    SettlementState.PREPARED: ("等监督员同意", "waits for the supervisor"),
    SettlementState.APPROVED: ("同意了，等送银行", "approved, not at the bank yet"),
    SettlementState.OUT: ("在银行", "at the bank"),
    SettlementState.DONE: ("办完了", "done"),
}
PAYOUTS = {
    PayoutState.WAITING: ("等同意", "waits"),
    PayoutState.APPROVED: ("已同意", "approved"),
    PayoutState.IN_TRANSIT: ("在路上", "under way"),
    PayoutState.PAID: ("已到账", "paid"),
    PayoutState.BOUNCED: ("退回了", "bounced"),
    PayoutState.TAKEN_BACK: ("收回了", "taken back"),
}


class NoFile(Refusal):
    """A file was expected, and none came, or one that is too large."""

    code = "no_file"


def _states(staff: Staff) -> list[tuple[str, str]]:
    return [(str(state), en if staff.lang == "en" else zh) for state, (zh, en) in STATES.items()]


SETTLEMENTS = Listing(
    "settlements",
    "结算",
    "Settlements",
    (
        Column("day", "哪天", "Day", lambda row: row.day, "day", order="day", link=lambda row: f"{ROOM}/{row.id}"),
        Column("number", "序号", "Number", lambda row: row.number, "number", order="act_id"),
        Column("state", "到哪一步", "Where it stands", lambda row: STATES[SettlementState(row.state)], "words",
               order="state"),
        Column("shops", "几家店", "Shops", lambda row: row.shops, "number", order="shops"),
        Column("money", "一共", "Together", lambda row: row.money, "money", order="money"),
        Column("prepared", "谁准备的", "Prepared by", lambda row: row.prepared_by.name),
        Column("approved", "谁同意的", "Approved by", lambda row: row.approved_by.name if row.approved_by else ""),
    ),
    order=("-act_id",),
    texts=("prepared_by__name", "approved_by__name", "payouts__merchant__name"),
    choices=(Choice("state", "状态", "State", "state", _states),),
)  # fmt: skip


@desk(*MONEY_ROLES)
def settlements(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """What is due now, and every settlement there was."""
    scope = scope_of(request, staff)
    rows = _of(staff, scope).select_related("prepared_by", "approved_by")
    rows = rows.annotate(shops=Count("payouts", distinct=True), money=Sum("payouts__money", default=0))
    shown = listed(request, staff, SETTLEMENTS, rows)
    if isinstance(shown, HttpResponse):
        return shown
    due = queries.money_due(staff.town, scope.village, before=localdate(staff.now))
    context: dict[str, Any] = {
        "shown": shown,
        "due": sum(one.money for one in due),
        "due_shops": len(due),
        "under_way": _of(staff, scope).filter(state=SettlementState.OUT).exists(),
        "may_prepare": may(staff, scope, "treasurer"),
    }
    return money_page(request, staff, scope, "settlements.html", refusal=no, **context)


def _of(staff: Staff, scope: Scope) -> Any:
    rows = Settlement.of(staff.town)
    return rows if scope.village is None else rows.filter(village_id=scope.village)


@desk("treasurer", fresh=True)
def prepare(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Collect what lies in the tills. Pressed twice it is one settlement."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    scope = scope_of(request, staff)
    try:
        key = key_of(request, staff, "settle")
        made = settlement.prepare(staff.resident, village=scope.village, key=key, now=staff.now)
    except Refusal as no:
        return settlements(request, no=no)
    return HttpResponseRedirect(f"{ROOM}/{made.id}{scope.query}", status=303)


def _row(staff: Staff, row: int) -> tuple[Settlement, Scope]:
    found = Settlement.of(staff.town).filter(id=row).select_related("town", "prepared_by", "approved_by").first()
    if found is None:
        raise UnknownSettlement()
    return found, Scope(0, found.village_id, "")


@desk(*MONEY_ROLES)
def one(request: HttpRequest, staff: Staff, row: int, *, no: Refusal | None = None) -> HttpResponse:
    """A settlement, step by step: who prepared it, who approved it, which files left, what the bank said."""
    scope = scope_of(request, staff)
    try:
        found, there = _row(staff, row)
        if not may(staff, there, *MONEY_ROLES):
            raise NotYourRole(role="treasurer")
    except Refusal as not_there:
        return page(request, staff, "not_for_you.html", refusal=not_there, status=404)
    payouts = queries.payouts_of(staff.town, found.id)
    files = sorted({payout.file for payout in payouts if payout.file})
    sees_accounts = may(staff, there, "treasurer", "supervisor")
    context: dict[str, Any] = {
        "row": found,
        "state": STATES[SettlementState(found.state)][staff.lang == "en"],
        "total": sum(payout.money for payout in payouts),
        "payouts": [(payout, PAYOUTS[PayoutState(payout.state)][staff.lang == "en"]) for payout in payouts],
        "files": [(file, checksum(settlement.file_again(found, file))) for file in files] if sees_accounts else [],
        "may_approve": may(staff, there, "supervisor") and any(p.state == PayoutState.WAITING for p in payouts),
        "may_send": may(staff, there, "treasurer") and any(p.state == PayoutState.APPROVED for p in payouts),
        "may_take_back": may(staff, there, "treasurer"),
        "open_states": (PayoutState.WAITING, PayoutState.APPROVED, PayoutState.IN_TRANSIT),
        "asked_back": request.GET.get("asked") == "1",
    }
    return money_page(request, staff, scope, "settlement.html", refusal=no, **context)


def checksum(content: bytes) -> str:
    """The file's own last word: the hash of everything before its last line."""
    return content.decode().rstrip("\r\n").rsplit(",", 1)[-1]


@desk("supervisor", fresh=True)
def approve(request: HttpRequest, staff: Staff, row: int) -> HttpResponse:
    """Another person, of another household, says yes."""
    return _step(request, staff, row, lambda: settlement.approve(staff.resident, row, now=staff.now))


@desk("treasurer", fresh=True)
def send_out(request: HttpRequest, staff: Staff, row: int) -> HttpResponse:
    """Make the file for the bank; what stands in it is under way from now on. It may be fetched again and again."""
    return _step(request, staff, row, lambda: settlement.send_out(staff.resident, row, now=staff.now))


def _step(request: HttpRequest, staff: Staff, row: int, step: Any) -> HttpResponse:
    back = f"{ROOM}/{row}{scope_of(request, staff).query}"
    if request.method == "POST":
        try:
            step()
        except Refusal as no:
            return one(request, row, no=no)
    return HttpResponseRedirect(back, status=303)


@desk("treasurer", "supervisor")
def file(request: HttpRequest, staff: Staff, row: int, file: int) -> HttpResponse:
    """A file that left, byte for byte. It holds bank accounts: for the two who sign it."""
    try:
        found, there = _row(staff, row)
        if not may(staff, there, "treasurer", "supervisor"):
            raise NotYourRole(role="treasurer")
        content = settlement.file_again(found, min(file, 32_000))
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    answer = HttpResponse(content, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="settlement-{found.number}-{file}.csv"'
    return answer


@desk("treasurer", fresh=True)
def take_back(request: HttpRequest, staff: Staff, payout: int) -> HttpResponse:
    """Ask for a payout to be taken back that never reached the bank; a supervisor decides."""
    found = Payout.of(staff.town).filter(id=payout).first()
    if request.method != "POST" or found is None:
        return HttpResponseRedirect(ROOM)
    try:
        askings.ask_take_back(staff.resident, payout, key=key_of(request, staff, f"back-{payout}"), now=staff.now)
    except Refusal as no:
        return one(request, found.settlement_id, no=no)
    return HttpResponseRedirect(f"{ROOM}/{found.settlement_id}?asked=1", status=303)


@desk("treasurer")
def statement(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """The bank's statement: chosen here, read and shown with every difference; nothing is applied before the yes."""
    scope = scope_of(request, staff)
    context: dict[str, Any] = {"faults": _faults(no, staff.lang)}
    given = request.FILES.get("file")
    if request.method == "POST" and no is None:
        try:
            if given is None or not given.name or (given.size or 0) > MOST_BYTES:
                raise NoFile()
            content = plain_statement(given.name, given.read())
            matched, known = settlement.preview_statement(staff.resident, content, village=scope.village)
        except Refusal as broken:
            return statement(request, no=broken)
        lines = [(known[ref], "") for ref in matched.paid]
        lines += [(known[ref], reason or "—") for ref, reason in matched.bounced.items()]
        context |= {
            "matched": matched, "lines": lines, "differences": _differences(matched.differences, staff.lang),
            "content": base64.b64encode(content).decode(), "name": given.name[:80],
        }  # fmt: skip
    return money_page(request, staff, scope, "settlement_statement.html", refusal=no, **context)


@desk("treasurer", fresh=True)
def apply_statement(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What was shown is applied, if it still agrees; a second press changes nothing more."""
    if request.method != "POST":
        return HttpResponseRedirect("/desk/money/statement")
    scope = scope_of(request, staff)
    try:
        content = base64.b64decode(request.POST.get("content", "").encode(), validate=True)
        applied = settlement.apply_statement(staff.resident, content, village=scope.village, now=staff.now)
    except (binascii.Error, UnicodeEncodeError):
        return statement(request, no=NoFile())
    except Refusal as no:
        return statement(request, no=no)
    context: dict[str, Any] = {"applied": applied, "differences": _differences(applied.differences, staff.lang)}
    return money_page(request, staff, scope, "settlement_statement.html", **context)


def _differences(found: list[Difference], lang: str) -> list[tuple[Difference, str]]:
    return [(one, told(DIFFERENCES, one.what, lang)) for one in found]


def _faults(no: Refusal | None, lang: str) -> list[tuple[int, str]]:
    if not isinstance(no, BankFileBroken):
        return []
    lines: Any = no.facts["lines"]
    return [(line, told(FAULTS, what, lang)) for line, what in lines][:200]
