"""Closing a month or a year at the desk: one prepares the state of all accounts, another signs it."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.timezone import localdate

from gongfen.console.asks import Ask, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Column, Listing, listed
from gongfen.console.scopes import MONEY_ROLES, money_page, scope_of
from gongfen.fund import closes as acts
from gongfen.ledger.models import Close
from gongfen.people.queries import residents_by_subject
from gongfen.prints.closes import CloseSheet, close_sheet
from gongfen.rules.places import number_of
from gongfen.rules.posting import Kind, Unit
from gongfen.rules.refusals import Refusal
from gongfen.statements.accounts import called
from gongfen.words import money, points

ROOM = "/desk/money/closes"


def _state(close: Close) -> tuple[str, str]:
    return ("已签字", "signed") if close.act_id else ("等签字", "waits for a signature")


CLOSES = Listing(
    "closes",
    "结账",
    "Closes",
    (
        Column("period", "哪段时间", "Period", lambda one: one.period, order="period",
               link=lambda one: f"{ROOM}/{one.id}"),
        Column("state", "状态", "State", _state, "words"),
        Column("number", "到第几号", "Up to number", lambda one: one.number, "number", order="number"),
        Column("prepared", "准备", "Prepared", lambda one: one.prepared_at, "moment", order="prepared_at"),
    ),
    order=("-period",),
    texts=("period",),
    numbers=("number",),
)  # fmt: skip


@desk(*MONEY_ROLES)
def closes(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Every close there was, and the next one to prepare: by default last month."""
    shown = listed(request, staff, CLOSES, Close.of(staff.town))
    if isinstance(shown, HttpResponse):
        return shown
    last_month = localdate(staff.now).replace(day=1) - timedelta(days=1)
    ask = Ask(
        "period", "月份或年份", "Month or year", required=True, longest=7, hint=("2026-11 或 2026", "2026-11 or 2026")
    )
    typed = request.POST if request.method == "POST" else {"period": f"{last_month:%Y-%m}"}
    may_prepare = acts.may_close(staff.resident, "treasurer")
    return money_page(
        request, staff, scope_of(request, staff), "closes.html", refusal=no, shown=shown,
        fields=drawn([ask], typed, staff.lang, no=no, now=staff.now) if may_prepare else [],
    )  # fmt: skip


@desk("treasurer", fresh=True)
def prepare(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The state of all accounts at the end of the period. Nothing moves; again it is the same state."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    try:
        close = acts.prepare_close(staff.resident, request.POST.get("period", "").strip()[:20], now=staff.now)
    except Refusal as no:
        return closes(request, no=no)
    return HttpResponseRedirect(f"{ROOM}/{close.id}", status=303)


def state_rows(close: Close, lang: str) -> list[tuple[str, str]]:
    """What each kind of account had together, as people read it; kinds with nothing are left out."""
    found = []
    for name, balance in close.sums.items():
        kind = Kind[name.upper()]
        if not balance:
            continue
        found.append((called(kind, lang), money(balance) if kind.unit is Unit.MONEY else points(balance)))
    return found


def _names(staff: Staff, close: Close) -> dict[str, str]:
    people = residents_by_subject(staff.town, [one for one in (close.prepared_by, close.signed_by) if one])
    named = {subject: person.name for subject, person in people.items()}
    return {"prepared": named.get(close.prepared_by, ""), "signed": named.get(close.signed_by or 0, "")}


@desk(*MONEY_ROLES)
def one(request: HttpRequest, staff: Staff, close: int, *, no: Refusal | None = None) -> HttpResponse:
    """One close: the sums by kind of account, the hash of every balance, and who signed."""
    found = Close.of(staff.town).filter(id=close).first()
    if found is None:
        return page(request, staff, "not_for_you.html", refusal=acts.NoSuchClose(), status=404)
    context: dict[str, Any] = {
        "close": found,
        "rows": state_rows(found, staff.lang),
        "names": _names(staff, found),
        "act": number_of(found.act_id) if found.act_id else None,
        "may_sign": not found.act_id and acts.may_close(staff.resident, "supervisor")
        and staff.resident.subject != found.prepared_by,
    }  # fmt: skip
    return money_page(request, staff, scope_of(request, staff), "close.html", refusal=no, **context)


@desk("supervisor", fresh=True)
def sign(request: HttpRequest, staff: Staff, close: int) -> HttpResponse:
    """Sign what was prepared; it is computed anew first."""
    if request.method == "POST":
        try:
            acts.sign_close(staff.resident, close, now=staff.now)
        except Refusal as no:
            return one(request, close, no=no)
    return HttpResponseRedirect(f"{ROOM}/{close}", status=303)


@desk(*MONEY_ROLES)
def paper(request: HttpRequest, staff: Staff, close: int) -> HttpResponse:
    """The close on A4, with two lines to sign."""
    found = Close.of(staff.town).filter(id=close).first()
    if found is None:
        return page(request, staff, "not_for_you.html", refusal=acts.NoSuchClose(), status=404)
    names = _names(staff, found)
    sheet = CloseSheet(
        staff.town.name, found.period, found.number, found.digest, state_rows(found, staff.lang), names["prepared"],
        names["signed"], staff.now, staff.lang,
    )  # fmt: skip
    answer = HttpResponse(close_sheet(sheet), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="close-{found.period}.pdf"'
    return answer
