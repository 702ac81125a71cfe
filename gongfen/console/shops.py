"""The village's shops: one member of staff writes a shop down, the supervisor of another home agrees."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.askings import answer
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Column, Listing, listed
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings
from gongfen.shops.merchants import MerchantToList
from gongfen.shops.models import Asking, AskingState, Merchant, What

HERE = "/desk/shops"
WRITES = ("clerk", "treasurer", "supervisor")


class UnknownOwner(Refusal):
    """The owner is a resident of the village, written 户号-姓名; or nobody is named."""

    code = "unknown_owner"


ASKS = (
    Ask("name", "店名", "The shop's name", required=True, longest=60, first=True),
    Ask("place", "在哪", "Where", longest=120),
    Ask(
        "owner",
        "店主（户号-姓名）",
        "Owner (household-name)",
        longest=80,
        hint=(
            "店主用自己的手机当收款台。外村的店可以空着。",
            "The owner's phone is the till. Empty for a shop from elsewhere.",
        ),
    ),
    Ask("opens", "几点开门", "Opens at", asks="clock", hint=("如 8:00", "8:00, say")),
    Ask("closes", "几点关门", "Closes at", asks="clock", hint=("如 20:00", "20:00, say")),
    Ask("payee", "收款户名", "Name of the bank account", longest=60),
    Ask(
        "account",
        "收款账号",
        "Number of the bank account",
        longest=40,
        hint=("加密保存，只用来结算。", "Kept encrypted, used for settlements alone."),
    ),
)

SHOPS = Listing(
    "shops",
    "挂牌的店",
    "Shops on the list",
    (
        Column("name", "店名", "Shop", lambda shop: shop.name, order="name", link=lambda shop: f"/desk/shop/{shop.id}"),
        Column("owner", "店主", "Owner", lambda shop: shop.owner.name if shop.owner else "", order="owner__name"),
        Column("place", "在哪", "Where", lambda shop: shop.place, order="place"),
        Column("hours", "周一的时间", "Hours on Monday", lambda shop: shop.hours[0] if shop.hours else ""),
    ),
    texts=("name", "name_en", "place", "owner__name"),
)


@desk(*WRITES, "auditor")
def shops(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """The shops on the list, what waits for a yes, and a form for one more."""
    found = Merchant.of(staff.town).filter(village=staff.village, listed=True).select_related("owner")
    shown = listed(request, staff, SHOPS, found)
    if isinstance(shown, HttpResponse):
        return shown
    context: dict[str, Any] = {
        "shown": shown,
        "waiting": _waiting(staff),
        "may_write": staff.has(*WRITES),
        "may_approve": staff.has("supervisor"),
        "fields": drawn(ASKS, request.POST.dict(), staff.lang, now=staff.now, no=no),
    }
    return page(request, staff, "shops.html", refusal=no, **context)


def _waiting(staff: Staff) -> list[Asking]:
    rows = Asking.of(staff.town).filter(what=What.LIST_MERCHANT, state=AskingState.OPEN).select_related("asked_by")
    return [row for row in rows.order_by("id") if row.wish.get("village") == staff.resident.village_id]


@desk(*WRITES, fresh=True)
def write_down(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Ask for a shop to be put on the list. The same name again while it waits is the same asking."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    typed = Typed(ASKS, request.POST)
    try:
        told = _read(staff, typed)
        if not any(row.wish["name"] == told.name for row in _waiting(staff)):
            key = f"desk/shop/{staff.resident.id}/{staff.now.isoformat()}"
            askings.ask_listing(staff.resident, told, key=key, now=staff.now)
    except Refusal as no:
        return shops(request, no=no)
    return HttpResponseRedirect(HERE, status=303)


def _read(staff: Staff, typed: Typed) -> MerchantToList:
    hours: tuple[str, ...] = ()
    if typed.text("opens") or typed.text("closes"):
        hours = (f"{typed.clock('opens'):%H:%M}-{typed.clock('closes'):%H:%M}",) * 7
    return MerchantToList(
        name=typed.text("name"),
        place=typed.text("place"),
        hours=hours,
        payee=typed.text("payee"),
        account=typed.text("account"),
        owner=_owner(staff, typed.text("owner")),
        village=staff.resident.village_id,
    )


def _owner(staff: Staff, said: str) -> int | None:
    if not said:
        return None
    household, dash, name = said.rpartition("-")
    people = Resident.of(staff.town).filter(village=staff.village, left_at=None, name=name.strip())
    found = list(
        (people.filter(household__number=household.strip()) if dash else people).values_list("id", flat=True)[:2]
    )
    if len(found) != 1:
        raise UnknownOwner(field="owner", said=said)
    return int(found[0])


@desk("supervisor", fresh=True)
def decide(request: HttpRequest, staff: Staff, asking: int) -> HttpResponse:
    """The supervisor knows this shop and agrees, or does not."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    try:
        answer(request, staff, asking)
    except Refusal as no:
        return shops(request, no=no)
    return HttpResponseRedirect(HERE, status=303)
