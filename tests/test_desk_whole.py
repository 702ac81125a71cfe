"""The whole desk at once: every button pressed twice, every page tried by strangers, every list taken apart.

Pages, buttons and lists are those that the links lead to, so that a new one cannot be forgotten.
"""

import csv
import io
import pkgutil
import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from gongfen import console
from gongfen.console.listing import Listing
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Look, RoleName
from gongfen.town.models import TownModel
from tests.busy_desk import NOON, ROLES, BusyDesk, Button, WholeDesk, buttons_of, only_tried, route_of
from tests.desk import signed_in
from tests.village import STAFF, founded

pytestmark = pytest.mark.django_db
TYPED = {"numeric": "3", "decimal": "12.50", "date": "2026-11-03", "text": "试一试", "lines": "试一试", "search": "试"}
KNOWN = {
    "household": "9", "name": "li", "owner": "9", "opens": "8:00", "closes": "20:00", "until": "21:00",
    "begins": "8:00", "ends": "11:00", "period": "2026-09", "in_force_from": "2026-12-24", "account": "622200001111",
}  # fmt: skip
# Printed again, the paper before is dead or is a paper of its own; computed again, sums are the same.
EACH_TIME = {
    ("people/codes", ""),
    ("people/<int:number>/code", ""),
    ("session/<int:number>/<str:what>", "statement"),
    ("session/<int:number>/<str:what>", "book"),
    ("session/<int:number>/<str:what>", "code"),
    ("session/<int:number>/<str:what>", "record"),
    ("activities/<int:activity>/sheets", ""),
    ("runs/<int:run>/simulate", ""),
    ("books/audit", ""),
}
MANY = 45  # buttons that change something, pressed as they stand


def filled(button: Button) -> dict[str, list[object]]:
    """What a person sends who leaves no field empty."""
    sends: dict[str, list[object]] = {name: list(values) for name, values in button.sends.items()}
    for name, kind in button.types.items():
        if kind == "file":
            sends[name] = [SimpleUploadedFile("表.csv", "没有,这个\n一,二\n".encode())]
        elif sends[name] in ([""], []):
            sends[name] = [TYPED["date"] if kind == "date" else KNOWN.get(name, TYPED.get(kind, "试一试"))]
    return sends


def rows() -> dict[str, int]:
    """How many rows each table of the towns has; who looked at whom is written at each look."""
    tables = [model for model in apps.get_models() if issubclass(model, TownModel) and model is not Look]
    return {model.__name__: model.objects.count() for model in tables}


def lost(sends: dict[str, list[object]], button: Button, html: str) -> list[str]:
    """Fields whose words are no longer on the page that says no; what is secret never comes back."""
    typed = [name for name, kind in button.types.items() if kind not in ("file", "password")]
    return [name for name in typed if not all(escape(str(one)) in html for one in sends[name])]


def pressed_twice(desk: Client, button: Button) -> tuple[list[str], bool]:
    """What is wrong with a button that is pressed twice; and whether it changed anything at all."""
    with only_tried():
        before, sends = rows(), filled(button)
        first, once = desk.post(button.path, sends), rows()
        second, twice = desk.post(button.path, filled(button)), rows()
    found = [f"answers {one.status_code}" for one in (first, second) if one.status_code not in (200, 303, 422)]
    if button.key[:2] not in EACH_TIME:
        found += [f"{name} twice" for name in once if twice[name] != once[name]]
    if first.status_code == 422:
        found += [f"{name} is lost" for name in lost(sends, button, first.content.decode())]
    return found, once != before


def test_pressed_twice_is_pressed_once(whole: WholeDesk) -> None:
    buttons: dict[tuple[str, str, str], tuple[str, Button]] = {}
    for role, pages in whole.pages.items():
        for path, html in pages.items():
            for button in buttons_of(path, html):
                buttons.setdefault(button.key, (role, button))
    wrong, changed = [], set()
    for key, (role, button) in buttons.items():
        if key[0] != "sign-out":
            found, changes = pressed_twice(whole.busy.clients[role], button)
            wrong += [f"{role} presses {key}: {what}" for what in found]
            changed |= {key} if changes else set()
    assert not wrong, wrong
    assert len(changed) >= MANY, sorted(buttons.keys() - changed)


# --- staff of elsewhere ----------------------------------------------------------------------------------------------

# What the whole town closed, by kind of account: its villages' money staff read it.
OF_THE_TOWN = {"money/closes/<int:close>"}
ID = re.compile(r"\d{15,}")


@dataclass
class Strangers:
    """Staff of elsewhere, one for each role, and what they try: each address, and each button once."""

    desks: dict[str, Client]
    may_read: set[str]
    tried: set[tuple[str, ...]] = field(default_factory=set)
    before: dict[str, int] = field(default_factory=rows)

    def faults(self, role: str, path: str, html: str) -> list[str]:
        """What this address and its buttons tell or give them."""
        desk, wrong = self.desks[role], list[str]()
        route = route_of(path)
        if ID.search(path) and route not in self.may_read and (role, route) not in self.tried:
            self.tried.add((role, route))
            answer = desk.get(path)
            if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
                wrong.append(f"{role} opens {path}")
        for button in buttons_of(path, html):
            about = [button.path, *(str(one) for sent in button.sends.values() for one in sent)]
            if button.key not in self.tried and any(ID.search(one) for one in about):
                self.tried.add(button.key)
                status = desk.post(button.path, filled(button)).status_code
                after, was = rows(), self.before
                self.before = after
                if after != was or status >= 500:
                    wrong.append(f"{role} presses {button.key}: {status}")
        return wrong


def elsewhere(busy: BusyDesk) -> list[Strangers]:
    """The staff of another village of the town, and of another town."""
    life = busy.visit.life
    village = found_village(life.town, name="东山村", now=life.now)
    village.town = life.town
    joining = [Joining(str(number), "东组", f"东山{role}", is_head=True) for number, role in enumerate(ROLES)]
    people = join_many(village, joining, by=life.town.subject, now=life.now)
    for one in people:
        one.town = life.town
    given = [(one, RoleName(role), village) for one, role in zip(people, ROLES, strict=True)]
    give_roles(life.town, given, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    other, by_role = founded(code=28, name="浦阳"), {role: name for name, role in STAFF.items()}
    near = {role: signed_in(one, NOON) for role, one in zip(ROLES, people, strict=True)}
    far = {role: signed_in(other[by_role[RoleName(role)]], NOON) for role in ROLES}
    return [Strangers(near, OF_THE_TOWN), Strangers(far, set())]


def test_staff_of_elsewhere_reach_nothing_of_this_village(whole: WholeDesk) -> None:
    with only_tried():
        found = [
            f"{place}: {fault}"
            for place, strangers in enumerate(elsewhere(whole.busy))
            for role, pages in whole.pages.items()
            for path, html in pages.items()
            for fault in strangers.faults(role, path, html)
        ]
    assert not found, found


# --- every list there is ---------------------------------------------------------------------------------------------

COUNT = re.compile(r"共 (\d+) 条")
NOTHING = "没有这样的东西"


def all_listings() -> dict[str, Listing]:
    """Every list that a module of the desk describes, by its key."""
    modules = [import_module(f"{console.__name__}.{one.name}") for one in pkgutil.iter_modules(console.__path__)]
    return {one.key: one for module in modules for one in vars(module).values() if isinstance(one, Listing)}


def lists_of(whole: WholeDesk) -> dict[str, tuple[Any, str]]:
    """Where each list stands: the name of its file → who reads it and at which address."""
    found: dict[str, tuple[Any, str]] = {}
    for role, pages in whole.pages.items():
        desk = whole.busy.clients[role]
        for path in {route_of(path): path for path, html in pages.items() if "as=csv" in html}.values():
            answer = desk.get(path.split("?")[0] + "?as=csv")
            found.setdefault(answer.headers["Content-Disposition"].split('"')[1], (desk, path.split("?")[0]))
    return found


def faults_of_list(desk: Any, path: str) -> list[str]:
    """What is wrong with one list: searching, sorting both ways, filters, pages, files."""
    html = desk.get(path).content.decode()
    (told,) = COUNT.findall(html)
    wrong = [] if 'type="search"' in html else [f"{path} cannot be searched"]
    wrong += [] if "共 0 条" in desk.get(f"{path}?q={NOTHING}").content.decode() else [f"{path} finds everything"]
    names = dict.fromkeys(re.findall(r"[?&;]sort=(\w+)", html))
    wrong += [] if names else [f"{path} cannot be sorted"]
    filters = re.findall(r'<select id="f-\w+" name="(\w+)">(.*?)</select>', html, re.S)
    asked = [f"sort={way}{name}" for name in names for way in ("", "-")] + ["page=2"]
    asked += [f"{name}={value}" for name, options in filters for value in re.findall(r'value="([^"]+)"', options)[:3]]
    for query in asked:
        answer = desk.get(f"{path}?{query}&q=")
        wrong += [] if answer.status_code == 200 else [f"{path}?{query} answers {answer.status_code}"]
    rows = list(csv.reader(io.StringIO(desk.get(f"{path}?as=csv").content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get(f"{path}?as=xlsx").content)).worksheets[0]
    wrong += [] if len(rows) - 1 == int(told) == sheet.max_row - 1 else [f"{path}: {told} told, {len(rows) - 1} filed"]
    wrong += [] if int(told) else [f"{path} is empty: nothing is tried"]
    return wrong


def test_every_list_is_searched_sorted_filtered_and_taken_away(whole: WholeDesk) -> None:
    found = lists_of(whole)
    assert {name.removesuffix(".csv") for name in found} >= all_listings().keys(), "a list that no page shows"
    faults = [fault for desk, path in found.values() for fault in faults_of_list(desk, path)]
    assert not faults, faults
