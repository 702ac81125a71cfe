"""Every button of the desk is pressed twice: the second press changes nothing, and a no keeps what was typed.

The buttons are those that stand on the pages, so that a new one cannot be forgotten.
"""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from gongfen.people.models import Look
from gongfen.town.models import TownModel
from tests.busy_desk import BusyDesk, Button, buttons_of

pytestmark = pytest.mark.django_db
ROLES = ("clerk", "reviewer", "treasurer", "supervisor", "auditor", "organiser")
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
    """Fields whose words are no longer on the page that says no."""
    typed = [name for name, kind in button.types.items() if kind != "file"]
    return [name for name in typed if not all(escape(str(one)) in html for one in sends[name])]


def faults_of(desk: Client, button: Button) -> tuple[list[str], bool]:
    """What is wrong with a button that is pressed twice; and whether it changed anything at all."""
    with transaction.atomic():
        before, sends = rows(), filled(button)
        first, once = desk.post(button.path, sends), rows()
        second, twice = desk.post(button.path, filled(button)), rows()
        transaction.set_rollback(True)
    found = [f"answers {one.status_code}" for one in (first, second) if one.status_code not in (200, 303, 422)]
    if button.key[:2] not in EACH_TIME:
        found += [f"{name} twice" for name in once if twice[name] != once[name]]
    if first.status_code == 422:
        found += [f"{name} is lost" for name in lost(sends, button, first.content.decode())]
    return found, once != before


def test_pressed_twice_is_pressed_once(busy: BusyDesk) -> None:
    buttons: dict[tuple[str, str, str], tuple[str, Button]] = {}
    for role in ROLES:
        for path, html in busy.follow(role).items():
            for button in buttons_of(path, html):
                buttons.setdefault(button.key, (role, button))
    wrong, changed = [], set()
    for key, (role, button) in buttons.items():
        if key[0] != "sign-out":
            found, changes = faults_of(busy.clients[role], button)
            wrong += [f"{role} presses {key}: {what}" for what in found]
            changed |= {key} if changes else set()
    assert wrong == []
    assert len(changed) >= MANY, sorted(buttons.keys() - changed)
