"""What anybody may type stays text: in every page, table, workbook, archive and paper that the village has.

Each text column of each table is either typed by people or made by the system; a new one is put into one of the lists.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.busy_desk import BusyDesk, buttons_of, text_of

pytestmark = pytest.mark.django_db
SIGNS = "=+-@\t\r"
TAG = "<i id=x'\">"
NUMBER = re.compile(r"[+-]?[\d.,]+%?")
TYPED = {
    "town.Town": "name name_en", "people.Village": "name name_en", "people.Group": "name", "people.Household": "number",
    "people.Resident": "name nickname", "people.Device": "label", "people.JoinRequest": "name household_number",
    "people.RosterObjection": "said answer", "fund.Earmark": "name donor", "fund.Slip": "number donor",
    "activities.HelpNote": "words", "activities.Activity": "title title_en text place paper_path payer",
    "activities.Claim": "reason evidence", "activities.Objection": "said", "activities.Appeal": "said",
    "activities.Reversal": "why", "activities.Survey": "title title_en questions", "activities.BoxSlip": "answer",
    "shops.Merchant": "name name_en place payee", "shops.Offer": "name name_en", "shops.Till": "label",
    "shops.Asking": "wish", "shops.Payout": "payee reason", "dividends.RunObjection": "text answer",
    "standing.Proof": "purpose",
}  # fmt: skip
MADE = {
    "town.NodeLease": "holder", "journal.Act": "key verb facts", "ledger.Reversal": "reason", "ledger.DaySum": "kind",
    "ledger.Close": "period digest sums", "people.HelperSession": "how", "people.Deed": "what",
    "people.RoleWish": "role state", "people.KnownPhone": "pin_hash", "people.DeskQuestion": "code state what",
    "people.RosterObjection": "quarter state", "people.Look": "why", "activities.BoxSlip": "question",
    "activities.TermsVersion": "caps decided_how kind state unit what", "activities.Activity": "kind state what",
    "activities.Claim": "grade kind state turn", "activities.Sheet": "slip", "activities.Objection": "state",
    "activities.Appeal": "state", "activities.Reversal": "state", "activities.ReviewRules": "second_look_kinds",
    "activities.ReviewRulesWish": "second_look_kinds state", "shops.Confirmation": "key",
    "shops.Merchant": "hours pin_hash", "shops.Card": "pin_hash", "shops.Payout": "reference",
    "dividends.Run": "digest lines sums", "standing.Proof": "key lines", "notices.Notice": "code facts topic",
    "notices.Wish": "how topic", "wechat.WeChatLink": "yeses", "wechat.WeChatMessage": "code facts",
}  # fmt: skip
SAID = ("name", "name_en", "place", "payee", "note", "zh", "en", "told")  # what of a JSON column is typed


def columns() -> dict[str, set[str]]:
    """Every column that holds text, by table; what is chosen from a list is none."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("gongfen"):
            names = {one.name for one in model._meta.fields if isinstance(one, kinds) and not one.choices}
            found[model._meta.label] = names
    return {label: names for label, names in found.items() if names}


def test_each_text_column_is_typed_or_made() -> None:
    known = {label: {*TYPED.get(label, "").split(), *MADE.get(label, "").split()} for label in {*TYPED, *MADE}}
    assert columns() == known


def evil() -> Iterator[str]:
    """Texts that would run if somebody let them; each is another, since some must be."""
    for number, sign in zip(count(), cycle(SIGNS), strict=False):
        yield f"{sign}{TAG}{number}"


def hostile(value: Any, texts: Iterator[str]) -> Any:
    """The same with an evil text in each place where people type."""
    if isinstance(value, dict):
        return {name: next(texts) if name in SAID else hostile(one, texts) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, texts) for one in value]
    return value


def write_evil() -> int:
    """Into every row of every column that people type into; how many cells."""
    texts, cells = evil(), 0
    for label, names in TYPED.items():
        model = apps.get_model(label)
        for row in model._default_manager.all():
            changed = {}
            for name in names.split():
                was = getattr(row, name)
                changed[name] = hostile(was, texts) if isinstance(was, dict | list) else next(texts)
            model._default_manager.filter(pk=row.pk).update(**changed)
            cells += len(changed)
    return cells


def runs(cell: str) -> bool:
    return cell.startswith(tuple(SIGNS)) and not NUMBER.fullmatch(cell)


def faults_of(name: str, content: bytes) -> list[str]:
    """What would run in a file: markup in a page, a formula in a table."""
    if content.startswith(b"%PDF"):
        return []
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                return [one for part in packed.namelist() for one in faults_of(f"{name}/{part}", packed.read(part))]
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        return [f"{name}: {cell.coordinate} is a formula" for cell in cells if cell.data_type == "f"]
    text = content.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] == "<":
        return [f"{name}: {text[at - 80 : at + 20]}" for at in [text.find("<i id=x")] if at >= 0]
    if name.endswith((".csv", "as=csv")):
        return [f"{name}: {cell!r}" for row in csv.reader(io.StringIO(text)) for cell in row if runs(cell)]
    return []


PRINTS = {"people/codes", "people/<int:number>/code", "session/<int:number>/<str:what>", "cards/decide"}


def papers(desk: Client, pages: dict[str, Any]) -> dict[str, bytes]:
    """What comes of the buttons that print."""
    html = {path: page for path, page in pages.items() if isinstance(page, str)}
    buttons = {one.key: one for path, page in html.items() for one in buttons_of(path, page) if one.key[0] in PRINTS}
    prints = [one for key, one in buttons.items() if key[1] in ("", "statement", "book", "code", "record")]
    return {one.path: text_of(desk.post(one.path, one.sends)) for one in prints if one.name != "no"}


def test_what_people_type_runs_nowhere(busy: BusyDesk) -> None:
    assert write_evil() > 250
    wrong, seen, files = [], 0, 0
    for place, role in enumerate(("clerk", "reviewer", "treasurer", "supervisor", "auditor", "organiser")):
        pages = busy.follow(role, lang=("zh", "en")[place % 2], few=1, files=True)
        found = pages | papers(busy.clients[role], pages)
        contents = {name: one.encode() if isinstance(one, str) else one for name, one in found.items()}
        seen += sum(one.count(b"&lt;i id=x") for one in contents.values())
        files += sum(not isinstance(one, str) for one in found.values())
        wrong += [f"{role}: {fault}" for name, one in contents.items() for fault in faults_of(name, one)]
    assert not wrong, wrong[:9]
    assert (seen > 500, files > 80) == (True, True), (seen, files)
