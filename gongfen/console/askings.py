"""What one asks and another approves about shops and their money: a payment by hand, a take-back, a bank account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk
from gongfen.console.run_steps import resident_named
from gongfen.console.scopes import Scope, may, money_page, scope_of
from gongfen.people.looks import looked
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings
from gongfen.shops.models import Asking, Merchant, Payout, What
from gongfen.shops.queries import shop_list

ROOM = "/desk/money/asks"
STAFF = ("clerk", "treasurer", "supervisor")
FEN = 100
TOLD = {
    What.LIST_MERCHANT: ("新店挂牌", "a new shop for the list"),
    What.UNLIST_MERCHANT: ("店家摘牌", "take a shop off the list"),
    What.CLEAR_PIN: ("清掉店主密码", "clear the owner's PIN"),
    What.PAY_BY_HAND: ("补记手写的付款", "pay a slip written by hand"),
    What.TAKE_BACK_PAYOUT: ("收回一笔打款", "take a payout back"),
    What.CHANGE_ACCOUNT: ("换收款账号", "another bank account"),
}


def hand_asks(staff: Staff, scope: Scope) -> list[Ask]:
    """What is typed from a slip that a shop wrote while nothing was online."""
    shops = [(str(shop.id), shop.name) for shop in shop_list(staff.town) if scope.village in (None, shop.village_id)]
    return [
        Ask("shop", "哪家店", "Shop", "choice", choices=shops, required=True),
        Ask("slip", "手写单上印的号码", "The slip's printed number", "number", required=True, longest=12),
        Ask("household", "付款人户号", "The payer's household", required=True, longest=20),
        Ask("name", "付款人姓名", "The payer's name", required=True, longest=60),
        Ask("yuan", "多少钱（元）", "How much (yuan)", "yuan", required=True, longest=14),
    ]


@desk(*STAFF, "auditor")
def asks(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """What waits for a second person; who asked, and what exactly takes effect."""
    scope = scope_of(request, staff)
    rows: list[Asking] = []
    if may(staff, scope, *STAFF):
        rows = [row for row in askings.open_askings(staff.resident, scope.village) if row.what in TOLD]
    fields = hand_asks(staff, scope) if may(staff, scope, "clerk", "treasurer") else []
    context: dict[str, Any] = {
        "waiting": [_told(staff, row) for row in rows],
        "fields": drawn(fields, request.POST.dict(), staff.lang, no=no, now=staff.now),
    }
    return money_page(request, staff, scope, "asks.html", refusal=no, **context)


def _told(staff: Staff, row: Asking) -> dict[str, Any]:
    """One asking in words: which shop, how much, for whom. Whose payment it is, is written down as looked at."""
    merchant = Merchant.of(staff.town).filter(id=row.row).first()
    found: dict[str, Any] = {
        "id": row.id, "what": TOLD[What(row.what)][staff.lang == "en"], "asked_by": row.asked_by.name,
        "asked_at": row.asked_at, "shop": merchant.name if merchant else row.wish.get("name", ""),
    }  # fmt: skip
    if row.what == What.TAKE_BACK_PAYOUT:
        payout = Payout.of(staff.town).select_related("merchant").get(id=row.row)
        found |= {"shop": payout.merchant.name, "money": payout.money, "more": payout.reference}
    if row.what == What.PAY_BY_HAND:
        payer = Resident.of(staff.town).select_related("household").get(id=int(row.wish["resident"]))
        looked(staff.resident, [payer], "settlement", now=staff.now)
        found |= {"money": row.wish["money"], "more": f"{payer.name} ({payer.household.number}) · {row.wish['slip']}"}
    if row.what == What.CHANGE_ACCOUNT:
        found["more"] = f"{row.wish['payee']} · …{row.wish['end']}"
    return found


@desk("clerk", "treasurer", fresh=True)
def by_hand(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Ask for a handwritten slip to be paid. A slip's number is paid once."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    scope = scope_of(request, staff)
    typed = Typed(hand_asks(staff, scope), request.POST)
    try:
        shop, slip, money = int(typed.choice("shop") or 0), typed.number("slip"), typed.hundredths("yuan") or 0
        payer = resident_named(staff, typed.text("household"), typed.text("name"))
        askings.ask_payment_by_hand(
            staff.resident, merchant=shop, resident=payer.id, money=money * FEN, slip=str(slip),
            key=f"desk/hand/{shop}/{slip}", now=staff.now,
        )  # fmt: skip
    except Refusal as no:
        return asks(request, no=no)
    return HttpResponseRedirect(f"{ROOM}{scope.query}", status=303)


def answer(request: HttpRequest, staff: Staff, asking: int) -> None:
    """The second person's yes or no, as it was pressed."""
    decide_it = askings.turn_down if request.POST.get("answer") == "no" else askings.approve
    decide_it(staff.resident, asking, now=staff.now)


@desk(*STAFF, fresh=True)
def decide(request: HttpRequest, staff: Staff, asking: int) -> HttpResponse:
    """The second person says yes, and it takes effect; or no, and nothing does."""
    if request.method == "POST":
        try:
            answer(request, staff, asking)
        except Refusal as no:
            return asks(request, no=no)
    return HttpResponseRedirect(f"{ROOM}{scope_of(request, staff).query}", status=303)
