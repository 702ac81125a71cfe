"""The whole desk in one process: the village of `desk_village`, its staff at their desks, every page that links lead
to, and every form that stands on one."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from tinyhtml5.parser import HTMLParser

from gongfen.town import clock
from tests.desk import signed_in
from tests.desk_village import SIGNED_IN, village

LINK = re.compile(r'href="((?:/desk)?[^"#]*)"')
FILE = re.compile("as=(?:csv|xlsx)")
ROLES = ("clerk", "treasurer", "supervisor", "reviewer", "auditor", "organiser")
A_FEW = 2  # addresses of one route that are followed for one role
H = "{http://www.w3.org/1999/xhtml}"
NOON = datetime.fromisoformat("2026-11-04T12:00:00+08:00")


def route_of(path: str) -> str:
    """The pattern that answers a path, without `desk/`; the path itself where none does."""
    try:
        return resolve(urlsplit(path).path).route.removeprefix("desk/")
    except Resolver404:
        return path


def text_of(answer: HttpResponseBase) -> bytes:
    """What came, whole: files are sent in pieces."""
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined,arg-type]  # by kind


@dataclass(frozen=True)
class Button:
    """One button of one form, with everything that a person who types nothing would send."""

    path: str
    name: str
    sends: dict[str, list[str]]
    types: dict[str, str]  # fields to type into: name → kind of input

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it a button of its own: the route, the verb in its address, its value where that is a word."""
        route, name = route_of(self.path), "" if self.name.isdecimal() else self.name
        last = urlsplit(self.path).path.rsplit("/", 1)[-1]
        return route, last if "<str:" in route and not last.isdecimal() else "", name


@dataclass
class BusyDesk:
    """Who sits at the desk, and what they see."""

    visit: Any
    clients: dict[str, Client]

    def follow(
        self, role: str, *, start: str = "/desk/", lang: str = "zh", few: int = A_FEW, files: bool = False
    ) -> dict[str, Any]:
        """Every page that links lead to from a start page, a few of each route: address → text (files: → bytes)."""
        known, waiting = Counter[str](), [start]
        asked, found = set(waiting), dict[str, Any]()
        while waiting:
            path = waiting.pop(0)
            route = route_of(path) + "".join(FILE.findall(path))
            if known[route] >= few or (not files and route.endswith((".pdf", "bundle", ".csv"))):
                continue
            known[route] += 1
            answer = self.clients[role].get(path, headers={"Accept-Language": lang})
            assert answer.status_code in (200, 302), (role, path, answer.status_code)
            if not answer.headers["Content-Type"].startswith("text/html"):
                if files:
                    found[path] = text_of(answer)
                continue
            found[path] = answer.content.decode()
            links = [unquote(link.replace("&amp;", "&")) for link in LINK.findall(found[path])]
            links = [link for link in dict.fromkeys(links) if link.startswith(("/desk/", "?"))]
            links = [link if link[0] == "/" else urlsplit(path).path + link for link in links]
            links = [link for link in links if link not in asked and (files or "as=" not in link)]
            waiting += [link for link in links if "lang=" not in link and "sort=" not in link]
            asked |= set(links)
        return found


def buttons_of(path: str, html: str) -> Iterator[Button]:
    """Every button that sends something by POST."""
    tree = HTMLParser().parse(html)
    forms = {form.get("id", str(at)): form for at, form in enumerate(tree.iter(f"{H}form"))}
    for key, form in forms.items():
        if form.get("method", "").lower() != "post":
            continue
        inside = [*form.iter(), *(one for one in tree.iter() if one.get("form") == key)]
        sends, types = _fields(inside)
        for one in inside:
            if one.tag == f"{H}button":
                also = {one.get("name", ""): [one.get("value", "")]} if one.get("name") else {}
                action = one.get("formaction") or form.get("action") or urlsplit(path).path
                yield Button(action, one.get("value", ""), sends | also, types)


def _fields(inside: list[Element]) -> tuple[dict[str, list[str]], dict[str, str]]:
    sends, types = dict[str, list[str]](), dict[str, str]()
    for one in inside:
        name, kind = one.get("name", ""), one.get("type", "text")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if one.tag == f"{H}select":
            options = list(one.iter(f"{H}option"))
            chosen = [each for each in options if each.get("selected") is not None] or options[:1]
            sends[name] = [each.get("value", "") for each in chosen]
        elif one.tag == f"{H}textarea":
            sends[name], types[name] = ["".join(one.itertext())], "lines"
        elif one.tag == f"{H}input" and kind in ("checkbox", "radio"):
            if one.get("checked") is not None or name not in sends:
                sends[name] = [*(sends.get(name, []) if kind == "checkbox" else []), one.get("value", "on")]
        elif one.tag == f"{H}input":
            sends[name] = [one.get("value", "")]
            if kind != "hidden":
                types[name] = one.get("inputmode") or kind
    return sends, types


def busy_desk() -> BusyDesk:
    """Something waits in every room."""
    cache.clear()
    visit = village()
    people = visit.life.people
    return BusyDesk(visit, {name: signed_in(people[name], NOON) for name in SIGNED_IN})


@pytest.fixture
def busy(db: None, monkeypatch: pytest.MonkeyPatch) -> BusyDesk:
    """The desk for one test; the clock stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return busy_desk()


@dataclass
class WholeDesk:
    """The desk, and all that the links of each role lead to: role → address → HTML."""

    busy: BusyDesk
    pages: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[WholeDesk]:
    """The desk for a module whose tests leave it as it was: walked through once, gone after."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, transaction.atomic():
        patched.setattr(clock, "now", lambda: NOON)
        busy = busy_desk()
        yield WholeDesk(busy, {role: busy.follow(role) for role in ROLES})
        transaction.set_rollback(True)


@contextmanager
def only_tried() -> Iterator[None]:
    """What is done inside is undone after."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
