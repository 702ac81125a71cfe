"""Every page of the desk in a real browser, and each role's day.

Each page is opened wide and narrow, in both languages: axe-core finds nothing, the browser complains of nothing, the
HTML is valid, and nothing is wider than the screen. `PAGES` is the list: a page that is not in it fails.
"""

import json
import re
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, resolve
from playwright.sync_api import Browser

from gongfen.console.urls import urlpatterns
from tests import (
    desk_days_of_money,
    desk_days_of_work,
    desk_pages_money,
    desk_pages_people,
    desk_pages_village,
    desk_pages_work,
)
from tests.desk_days_of_work import Day
from tests.desk_walking import DeskWalk, complaints_of_axe, invalid
from tests.walking import DESK, PHONE, served, started

pytestmark = pytest.mark.browser

# Each page and who opens it; "" is somebody who is not signed in.
PAGES = {
    "": "clerk",
    "sign-in": "",
    "begin": "",
    "money": "treasurer",
    **desk_pages_money.PAGES,
    **desk_pages_people.PAGES,
    **desk_pages_village.PAGES,
    **desk_pages_work.PAGES,
}
# What is only pressed, what is a file, and what comes only while an account is begun.
PRESSED = {
    "sign-out",
    "second-factor",
    "money/slips",
    "money/slips/<int:slip>",
    *desk_pages_money.PRESSED,
    *desk_pages_people.PRESSED,
    *desk_pages_village.PRESSED,
    *desk_pages_work.PRESSED,
}
A_FEW = 4  # addresses of one route that are followed: things in different states lead to different pages
LINK = re.compile(r'href="(/desk/[^"#]*)"')


@dataclass
class Village:
    """A served village: where it is, each role's cookie, and an address for each page that its staff can reach."""

    address: str
    cookies: dict[str, str]
    reached: dict[str, str] = field(default_factory=dict)  # role and route → address
    broken: list[str] = field(default_factory=list)  # links that lead nowhere

    def signed_in(self, browser: Browser, role: str, size: dict[str, int], lang: str) -> DeskWalk:
        return DeskWalk(browser, self.address, size, lang, self.cookies[role] if role else "")

    def read(self, role: str, path: str) -> tuple[str, str]:
        """What an address answers somebody: its kind and its text; files are not read."""
        asked = urllib.request.Request(self.address + path, headers={"Cookie": f"gongfen_desk={self.cookies[role]}"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            kind = answer.headers.get_content_type()
            return kind, answer.read().decode() if kind == "text/html" else ""

    def follow(self, role: str) -> None:
        """Follow every link from somebody's start page, one address for each route."""
        known, waiting = Counter[str](), ["/desk/"]
        asked = set(waiting)
        while waiting:
            path = waiting.pop(0)
            route = route_of(path)
            if known[route] >= A_FEW or route in PRESSED:
                continue
            known[route] += 1
            try:
                kind, text = self.read(role, path)
            except urllib.error.HTTPError as no:
                self.broken.append(f"{role}: {path} answers {no.code}")
                continue
            if kind == "text/html":
                self.reached.setdefault(f"{role} {route}", path)
                found = [unquote(link.replace("&amp;", "&")) for link in LINK.findall(text)]
                waiting += [link for link in dict.fromkeys(found) if link not in asked]
                asked |= set(found)


def route_of(path: str) -> str:
    """The pattern in console/urls.py that answers a path; the path itself where none does."""
    try:
        return resolve(urlsplit(path).path).route.removeprefix("desk/")
    except Resolver404:
        return path


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with served(tmp_path_factory.mktemp("desk"), "tests.desk_village") as (address, (cookies,)):
        served_village = Village(address, json.loads(cookies))
        for role in sorted({role for role in PAGES.values() if role}):
            served_village.follow(role)
        yield served_village


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


def routes(patterns: Sequence[URLPattern | URLResolver]) -> set[str]:
    """Every route, those of the rooms' own lists among them."""
    inside = [routes(one.url_patterns) if isinstance(one, URLResolver) else {str(one.pattern)} for one in patterns]
    return set().union(*inside)


def test_the_list_holds_every_page_of_the_desk():
    assert routes(urlpatterns) == PAGES.keys() | PRESSED


def test_every_page_is_found_by_its_links(village: Village):
    linked = PAGES.keys() - desk_pages_village.ONLY_WHILE_YOUNG
    unseen = [route for route in linked if PAGES[route] and f"{PAGES[route]} {route}" not in village.reached]
    assert unseen == []
    assert village.broken == []


@pytest.mark.parametrize(("lang", "size", "other"), [("zh", PHONE, DESK), ("en", DESK, PHONE)], ids=["zh", "en"])
def test_every_page_is_sound(
    browser: Browser, village: Village, lang: str, size: dict[str, int], other: dict[str, int]
):
    walks = {role: village.signed_in(browser, role, size, lang) for role in dict.fromkeys(PAGES.values())}
    wrong: list[str] = []
    for route, role in PAGES.items():
        walk, path = walks[role], village.reached.get(f"{role} {route}", f"/desk/{route}")
        walk.page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict
        wrong += [f"{path}: {what}" for what in (*invalid(walk.answer(path)), *complaints_of_axe(walk))]
        for width in (size, other):
            walk.page.set_viewport_size(width)  # type: ignore[arg-type]  # a plain dict
            if not walk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                wrong.append(f"{path}: wider than {width['width']}")
        wrong += [f"{path}: says {what}" for what in walk.complaints]
        walk.complaints.clear()
    assert wrong == []


def test_what_is_wrong_with_a_page_is_found(browser: Browser, village: Village):
    assert invalid('<!doctype html><title>a</title><p id="a"><div id="a"></p></div><input>') != []
    walk = village.signed_in(browser, "", DESK, "zh")
    walk.open("/desk/sign-in")
    walk.page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any(what.startswith("html-has-lang") for what in complaints_of_axe(walk))


@pytest.mark.parametrize("day", [*desk_days_of_work.DAYS, *desk_days_of_money.DAYS], ids=lambda day: day.__name__)
def test_a_day_at_the_desk(browser: Browser, village: Village, day: Day):
    walks: list[DeskWalk] = []

    def sits(role: str, size: dict[str, int], lang: str) -> DeskWalk:
        walks.append(village.signed_in(browser, role, size, lang))
        return walks[-1]

    day(sits)
    for walk in walks:
        walk.check()
        walk.context.close()
