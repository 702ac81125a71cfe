"""One shop at the desk: its tills, its days, its prices; what is changed about it needs two people."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.askings import STAFF
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.scopes import MONEY_ROLES, Scope, key_of, may, money_page
from gongfen.people.acts import NotYourRole
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings, queries
from gongfen.shops.models import Asking, AskingState, Merchant, Till, What
from gongfen.shops.refusals import UnknownShop

DAYS = {
    "open": ("开着", "open"),
    "closed": ("已日结", "closed"),
    "in_settlement": ("在结算", "in settlement"),
    "approved": ("同意打款", "approved"),
    "in_transit": ("在路上", "under way"),
    "paid": ("已到账", "paid"),
}
ACCOUNT = (
    Ask("payee", "收款户名", "Name of the account", required=True, longest=60),
    Ask("account", "新的收款账号", "Number of the new account", required=True, longest=40),
)


def _shop(staff: Staff, shop: int, *names: str) -> tuple[Merchant, Scope]:
    found = Merchant.of(staff.town).filter(id=shop).select_related("owner__household").first()
    if found is None:
        raise UnknownShop()
    scope = Scope(staff.village.subject, found.village_id, found.name)
    if not may(staff, scope, *names):
        raise NotYourRole(role=names[0])
    return found, scope


@desk(*MONEY_ROLES, "clerk")
def shop(request: HttpRequest, staff: Staff, shop: int, *, no: Refusal | None = None) -> HttpResponse:
    """A shop: no bank number is shown, only that there is one; no payer is named."""
    try:
        found, scope = _shop(staff, shop, *MONEY_ROLES, "clerk")
    except Refusal as not_there:
        return page(request, staff, "not_for_you.html", refusal=not_there, status=404)
    open_asks = Asking.of(staff.town).filter(row=found.id, state=AskingState.OPEN, what__startswith="merchant.")
    context: dict[str, Any] = {
        "shop": found,
        "tills": Till.of(staff.town).filter(merchant=found).order_by("revoked_at", "made_at"),
        "days": [(day, DAYS.get(day.state, (day.state,) * 2)[staff.lang == "en"])
                 for day in queries.latest_takings(found)],
        "offers": queries.offers_of(staff.town, [found.id]),
        "has_account": bool(found.sealed_account),
        "waits": open_asks.exists(),
        "may_ask": found.listed and may(staff, scope, *STAFF),
        "fields": drawn(ACCOUNT, request.POST.dict(), staff.lang, no=no, now=staff.now),
    }  # fmt: skip
    return money_page(request, staff, scope, "shop.html", refusal=no, **context)


def _ask(request: HttpRequest, staff: Staff, shop: int, ask: Callable[[Merchant], object]) -> HttpResponse:
    # Named apart from the page's function: the address hands the id over as `shop`.
    if request.method == "POST":
        try:
            found, _ = _shop(staff, shop, *STAFF)
            ask(found)
        except Refusal as no:
            return _page(request, shop, no=no)
    return HttpResponseRedirect(f"/desk/shop/{shop}", status=303)


_page = shop


@desk(*STAFF, fresh=True)
def change_account(request: HttpRequest, staff: Staff, shop: int) -> HttpResponse:
    """Ask for another bank account; a supervisor of another household approves."""

    def ask(found: Merchant) -> None:
        typed = Typed(ACCOUNT, request.POST)
        account = typed.text("account").replace(" ", "")
        key = key_of(request, staff, f"account-{found.id}")
        askings.ask_account(
            staff.resident, found.id, payee=typed.text("payee"), account=account, key=key, now=staff.now
        )

    return _ask(request, staff, shop, ask)


@desk(*STAFF, fresh=True)
def unlist(request: HttpRequest, staff: Staff, shop: int) -> HttpResponse:
    """Ask for the shop to be taken off the list, or for its owner's PIN to be cleared."""
    what = What.CLEAR_PIN if request.POST.get("what") == "pin" else What.UNLIST_MERCHANT
    key = key_of(request, staff, f"{what}-{shop}")
    return _ask(
        request, staff, shop,
        lambda found: askings.ask_unlisting(staff.resident, found.id, key=key, now=staff.now, what=what),
    )  # fmt: skip
