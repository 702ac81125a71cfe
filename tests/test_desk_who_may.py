"""Who may open and press what in the rooms of people, money and the village: every address, every role.

The rooms for work have their own table (`test_desk_work_who_may`); things of others are tried by `test_desk_whole`.
"""

import re

import pytest

from gongfen.console import money_urls, people_urls, urls, village_urls
from tests import desk_pages_money, desk_pages_people, desk_pages_village
from tests.busy_desk import ROLES, BusyDesk

pytestmark = pytest.mark.django_db
C, T, S, R, A, G = ({role} for role in ROLES)
MONEY, BOTH, EVERYBODY = T | S | A, T | S, set(ROLES)
IMPORTS, ASKS = C | T | G | S, C | T | S  # who brings tables in, who asks for a second person
MAY: dict[str, set[str]] = {
    "": EVERYBODY, "phone": EVERYBODY, "phone/know": EVERYBODY, "phone/codes": EVERYBODY,
    "phone/authenticator": EVERYBODY, "phone/password": EVERYBODY, "glance": EVERYBODY, "first-steps": EVERYBODY,
    "people": C, "people/codes": C, "people/requests/<int:asked>": C, "people/<int:number>": C,
    "people/<int:number>/describe": C, "people/<int:number>/move": C, "people/<int:number>/guardian": C,
    "people/<int:number>/lost-phone": C, "people/<int:number>/code": C, "people/<int:number>/session": C,
    "households": C, "households/<int:number>": C, "households/<int:number>/split": C,
    "households/<int:number>/merge": C, "households/<int:number>/head": C,
    "session": C, "session/<int:number>": C, "session/<int:number>/end": C, "session/<int:number>/receipt.pdf": C,
    "session/<int:number>/claim/<int:activity>": C, "session/<int:number>/<str:what>": C,
    "cards": EVERYBODY - A, "cards/ask": C, "cards/decide": EVERYBODY - A,
    "roles": C | S | A, "roles/propose": C | S | A, "roles/<int:wish>": C | S | A,
    "leaving": ASKS, "leaving/<int:number>/<str:step>": BOTH, "looks": S | A,
    "imports": IMPORTS, "imports/red": IMPORTS, "imports/<str:kind>.<str:ending>": C,
    "imports/<str:kind>": C, "imports/<str:kind>/write": C,
    "money": MONEY, "money/slips": T, "money/slips/<int:slip>": S,
    "money/settlements": MONEY, "money/settlements/prepare": T, "money/settlements/<int:row>": MONEY,
    "money/settlements/<int:row>/approve": S, "money/settlements/<int:row>/send": T,
    "money/settlements/<int:row>/files/<int:file>": BOTH, "money/payouts/<int:payout>/take-back": T,
    "money/statement": T, "money/statement/apply": T,
    "money/asks": ASKS | A, "money/asks/by-hand": C | T, "money/asks/<int:asking>": ASKS,
    "money/closes": MONEY, "money/closes/prepare": T, "money/closes/<int:close>": MONEY,
    "money/closes/<int:close>/sign": S, "money/closes/<int:close>.pdf": MONEY,
    "runs": MONEY | R, "runs/draft": T, "runs/<int:run>": MONEY | R, "runs/<int:run>/change": T,
    "runs/<int:run>/simulate": BOTH, "runs/<int:run>/confirm": BOTH, "runs/<int:run>/notice": BOTH,
    "runs/<int:run>/begin": T, "runs/<int:run>/pay": T, "runs/<int:run>/close": T, "runs/<int:run>/advances": T,
    "runs/<int:run>/what-if": MONEY, "runs/<int:run>/heads": BOTH, "runs/<int:run>/public.csv": MONEY | R,
    "runs/<int:run>/check": MONEY | R, "runs/<int:run>/slips.pdf": BOTH | C,
    "run-objections/<int:objection>": S | R, "run-advances/<int:advance>": S, "run-shares/<int:share>": BOTH,
    "books": MONEY, "books/acts": MONEY, "books/audit": S | A, "books/bundle": S | A, "books/<int:account>": MONEY,
    "shop/<int:shop>": MONEY | C, "shop/<int:shop>/account": ASKS, "shop/<int:shop>/unlist": ASKS,
    "shops": MONEY | C, "shops/new": ASKS, "shops/<int:asking>": S,
}  # fmt: skip
# Before anybody signed in: no role is asked for.
OUTSIDE = {"sign-in", "sign-out", "begin", "second-factor"}


def test_the_table_holds_every_route() -> None:
    own = [one for one in urls.urlpatterns if not hasattr(one, "url_patterns")]
    every = [*own, *people_urls.urlpatterns, *money_urls.urlpatterns, *village_urls.urlpatterns]
    routes = {str(one.pattern) for one in every}
    assert {route for route in routes if not route.startswith("set-up")} == MAY.keys() | OUTSIDE


def address_of(route: str) -> str:
    """An address of the route, about things that are nowhere: the role is asked for first."""
    words = {"kind": "residents", "ending": "csv", "what": "book", "step": "pay"}
    return "/desk/" + re.sub(r"<(int|str):(\w+)>", lambda found: words.get(found[2], "12"), route)


def test_every_role_opens_its_pages_and_no_others(busy: BusyDesk) -> None:
    pressed = {*desk_pages_money.PRESSED, *desk_pages_people.PRESSED, *desk_pages_village.PRESSED}
    pressed |= {"money/slips", "money/slips/<int:slip>"}
    wrong = []
    for role in ROLES:
        for route, may in MAY.items():
            desk = busy.clients[role]
            status = (desk.post if route in pressed else desk.get)(address_of(route)).status_code
            if (status == 403) != (role not in may) or status >= 500:
                wrong.append((role, route, status))
    assert not wrong, wrong
