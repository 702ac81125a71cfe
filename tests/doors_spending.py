"""Spending: one's own payments, a shop and its tills, and the desk that settles."""

from collections.abc import Callable
from datetime import timedelta

from gongfen.fund import moves
from gongfen.ledger.batch import one, one_batch
from gongfen.people.acts import sign_in
from gongfen.people.queries import Caller
from gongfen.people.tokens import hash_of
from gongfen.rules.bank_file import make_statement
from gongfen.rules.pay_code import make_pay_code
from gongfen.rules.posting import Move
from gongfen.shops import askings, helping, settlement, tills
from gongfen.shops.handles import fill_handles
from gongfen.shops.merchants import MerchantToList, list_merchants
from gongfen.shops.models import Confirmation, Helper, Merchant, MerchantDay, Payout, Settlement
from gongfen.shops.payments import pay_many
from gongfen.shops.wanted import CodePayment, SignPayment
from tests.doors import GUEST, OWNER, RESIDENT, TILL, Call, Door
from tests.village import NOW, POINT, YUAN, Daicun

TREASURER, SUPERVISOR, BOOKS = "treasurer", "supervisor", "treasurer|supervisor|auditor"
ASKS, APPROVES = "clerk|treasurer|supervisor", "clerk|treasurer|supervisor|reviewer|organiser"


def a_shop(daicun: Daicun, owner: str = "陈小芳") -> Merchant:
    listing = MerchantToList("小芳百货", account="62220001", owner=daicun[owner].id, village=daicun.village.id)
    (shop,) = list_merchants(daicun.town, [listing], daicun.town.subject, NOW)
    shop.town = daicun.town
    return shop


def earned(daicun: Daicun, name: str, points: int = 600 * POINT) -> None:
    person, town = daicun[name], daicun.town
    with one_batch(town, NOW) as batch:
        act = batch.act(key=f"earned {name}", verb="story.award", by=person.subject, about=person.subject)
        act.moves(*moves.receive(town, moves.backing(town), moves.worth(town, points)))
        act.moves(Move(moves.issuance(town), person.points, points))
    one(batch.answers)


def paid(daicun: Daicun, name: str = "王芳") -> int:
    """Somebody has paid ten yuan at the sign; the payment's number."""
    shop = a_shop(daicun)
    earned(daicun, name)
    wanted = SignPayment(daicun[name].id, 1, shop.id, 10 * YUAN, "client/1/paid")
    return one(pay_many(daicun.town, [wanted], NOW)).number


def of_shop(body: object = None) -> Callable[[Daicun], Call]:
    def call(daicun: Daicun) -> Call:
        shop = a_shop(daicun)
        made = tills.make_till(shop, "柜台", by=shop.subject, key="a-till-of-the-shop", now=NOW)
        return Call({"shop": shop.id, "till": made.till.id}, body, owner="陈小芳")

    return call


def to_pay(daicun: Daicun) -> Call:
    shop = a_shop(daicun)
    earned(daicun, "王芳")
    return Call(body={"shop": str(shop.id), "money": YUAN})


def a_receipt(daicun: Daicun) -> Call:
    return Call({"number": paid(daicun)})


def to_confirm(daicun: Daicun) -> Call:
    shop = a_shop(daicun)
    earned(daicun, "王芳")
    device = sign_in(daicun["王芳"], "phone-of-wang-fang-that-pays", label="", now=NOW)
    filled = fill_handles(Caller(daicun["王芳"], device.id), now=NOW)
    token = tills.make_till(shop, "柜台", by=shop.subject, key="a-till-of-the-shop", now=NOW).token
    code = make_pay_code(daicun.town.code, filled.handles[0], filled.secret, int(NOW.timestamp()))
    one(pay_many(daicun.town, [CodePayment(hash_of(token), code, 300 * YUAN)], NOW))
    return Call({"waiting": Confirmation.of(daicun.town).get().id})


def a_helper(daicun: Daicun) -> Call:
    helping.name_helper(
        daicun["王芳"], daicun["赵二"].id, day_limit=YUAN, until=NOW.date() + timedelta(days=9), key="name-a-helper",
        by=daicun["王芳"].subject, now=NOW,
    )  # fmt: skip
    return Call({"helper": Helper.of(daicun.town).get().id})


def to_help(daicun: Daicun) -> Call:
    until = (NOW.date() + timedelta(days=9)).isoformat()
    return Call(body={"resident": str(daicun["赵二"].id), "day_limit": YUAN, "until": until})


def of_village(daicun: Daicun) -> Call:
    return Call(query={"village": daicun.village.id})


def to_prepare(daicun: Daicun) -> Call:
    paid(daicun)
    MerchantDay.of(daicun.town).update(state="closed")
    return Call(body={"village": str(daicun.village.id)})


def prepared(daicun: Daicun) -> Settlement:
    to_prepare(daicun)
    return settlement.prepare(daicun["周会计"], village=daicun.village.id, key="a-settlement", now=NOW)


def a_settlement(daicun: Daicun) -> Call:
    return Call({"row": prepared(daicun).id})


def approved(daicun: Daicun) -> Call:
    row = prepared(daicun)
    settlement.approve(daicun["韩监督"], row.id, now=NOW)
    return Call({"row": row.id, "file": 1})


def sent(daicun: Daicun) -> Call:
    call = approved(daicun)
    settlement.send_out(daicun["周会计"], int(str(call.path["row"])), now=NOW)
    return call


def a_payout(daicun: Daicun) -> Call:
    sent(daicun)
    return Call({"payout": Payout.of(daicun.town).get().id})


def a_statement(daicun: Daicun) -> Call:
    content = make_statement(NOW.date(), []).decode()
    return Call(body={"content": content}, query={"village": daicun.village.id})


def a_listing(daicun: Daicun) -> Call:
    return Call(body={"name": "老王五金", "village": str(daicun.village.id)})


def a_slip(daicun: Daicun) -> Call:
    body = {"shop": str(a_shop(daicun).id), "resident": str(daicun["王芳"].id), "money": YUAN, "slip": "17"}
    return Call(body=body)


def for_resident(daicun: Daicun) -> Call:
    return Call(body={"resident": str(daicun["王芳"].id)})


def an_asking(daicun: Daicun) -> Call:
    listing = MerchantToList("老王五金", village=daicun.village.id)
    return Call({"asking": askings.ask_listing(daicun["钱文书"], listing, key="list-a-shop", now=NOW).id})


HELPED = (
    Door("POST", "/me/handles", RESIDENT, lambda _: Call(body={})),
    Door("POST", "/me/payments", RESIDENT, to_pay),
    Door("POST", "/me/payments/preview", RESIDENT, to_pay),
    Door("GET", "/me/payments", RESIDENT),
    Door("GET", "/me/payments/{number}", OWNER, a_receipt),
    Door("GET", "/me/confirmations", RESIDENT),
    Door("POST", "/me/confirmations/{waiting}/yes", OWNER, to_confirm),
    Door("POST", "/me/confirmations/{waiting}/no", OWNER, to_confirm),
    Door("GET", "/me/helpers", RESIDENT),
    Door("POST", "/me/helpers", RESIDENT, to_help),
    Door("DELETE", "/me/helpers/{helper}", RESIDENT, a_helper),
    Door("GET", "/me/limits", RESIDENT),
    Door("PUT", "/me/limits", RESIDENT, lambda _: Call(body={"day_limit": YUAN})),
    Door("GET", "/villages/{village}/shops", GUEST, lambda daicun: Call({"village": daicun.village.id})),
    Door("GET", "/shops", RESIDENT),
)
OWNED = (
    Door("GET", "/me/shops", RESIDENT),
    Door("GET", "/me/shops/{shop}/days", OWNER, of_shop()),
    Door("GET", "/me/shops/{shop}/tills", OWNER, of_shop()),
    Door("POST", "/me/shops/{shop}/tills", OWNER, of_shop({"label": "二号"})),
    Door("DELETE", "/me/shops/{shop}/tills/{till}", OWNER, of_shop()),
    Door("PUT", "/me/shops/{shop}/pin", OWNER, of_shop({"pin": "482913"})),
)
AT_THE_TILL = tuple(
    Door(method, path, TILL, lambda _: Call({"number": 1, "offer": 1}, {}))
    for method, path in (
        ("GET", "/till"),
        ("POST", "/till/payments"),
        ("POST", "/till/card-payments"),
        ("POST", "/till/preview"),
        ("GET", "/till/payments"),
        ("GET", "/till/payments/{number}"),
        ("POST", "/till/payments/{number}/refunds"),
        ("GET", "/till/today"),
        ("GET", "/till/days"),
        ("POST", "/till/day/close"),
        ("POST", "/till/day/open"),
        ("POST", "/till/unlock"),
        ("POST", "/till/lock"),
        ("POST", "/till/cards/pin"),
        ("POST", "/till/cards/balance"),
        ("POST", "/till/cards/unlock"),
        ("GET", "/till/offers"),
        ("POST", "/till/offers"),
        ("DELETE", "/till/offers/{offer}"),
        ("PUT", "/till/place"),
    )
)
DESK = (
    Door("POST", "/desk/settlements", TREASURER, to_prepare),
    Door("GET", "/desk/settlements", BOOKS, of_village),
    Door("GET", "/desk/settlements/{row}", BOOKS, a_settlement),
    Door("POST", "/desk/settlements/{row}/approve", SUPERVISOR, a_settlement),
    Door("POST", "/desk/settlements/{row}/file", TREASURER, approved),
    Door("GET", "/desk/settlements/{row}/files/{file}", BOOKS, sent),
    Door("POST", "/desk/statements", TREASURER, a_statement),
    Door("GET", "/desk/own-household-payments", SUPERVISOR, of_village),
    Door("POST", "/desk/shops", ASKS, a_listing),
    Door("POST", "/desk/shops/{shop}/unlist", ASKS, of_shop()),
    Door("POST", "/desk/shops/{shop}/clear-pin", ASKS, of_shop()),
    Door("POST", "/desk/hand-payments", "clerk|treasurer", a_slip),
    Door("POST", "/desk/cards", "clerk|supervisor", for_resident),
    Door("POST", "/desk/payouts/{payout}/take-back", TREASURER, a_payout),
    Door("GET", "/desk/askings", APPROVES, of_village),
    Door("POST", "/desk/askings/{asking}/approve", SUPERVISOR, an_asking),
    Door("POST", "/desk/askings/{asking}/turn-down", SUPERVISOR, an_asking),
)
DOORS = (*HELPED, *OWNED, *AT_THE_TILL, *DESK)
