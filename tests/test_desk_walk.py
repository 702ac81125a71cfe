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
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, URLPattern, URLResolver, resolve
from playwright.sync_api import Browser, expect
from tinyhtml5.parser import HTMLParser

from gongfen.console.urls import urlpatterns
from tests import desk_pages_money, desk_pages_people, desk_pages_village, desk_pages_work
from tests.desk import PASSWORD
from tests.test_pages_house import faults
from tests.walking import DESK, PATIENCE, PHONE, Walk, served, started

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

    def signed_in(self, browser: Browser, role: str, size: dict[str, int], lang: str) -> Walk:
        walk = Walk(browser, self.address, size, lang)
        if role:
            cookie = {"name": "gongfen_desk", "value": self.cookies[role], "url": f"{self.address}/desk"}
            walk.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict
        return walk

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


def complaints_of_axe(walk: Walk) -> list[str]:
    found = Axe().run(walk.page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def invalid(html: str) -> list[str]:
    """What an HTML parser stumbles over, ids that are there twice, fields without a label."""
    parser = HTMLParser()
    parser.parse(html)
    return [f"{code} {facts} at {place}" for place, code, facts in parser.errors] + faults(html)


@pytest.mark.parametrize(("lang", "size", "other"), [("zh", PHONE, DESK), ("en", DESK, PHONE)], ids=["zh", "en"])
def test_every_page_is_sound(
    browser: Browser, village: Village, lang: str, size: dict[str, int], other: dict[str, int]
):
    walks = {role: village.signed_in(browser, role, size, lang) for role in dict.fromkeys(PAGES.values())}
    wrong: list[str] = []
    for route, role in PAGES.items():
        walk, path = walks[role], village.reached.get(f"{role} {route}", f"/desk/{route}")
        walk.page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict
        answer = walk.page.goto(walk.server + path)
        assert answer is not None
        assert answer.status == 200, path
        wrong += [f"{path}: {what}" for what in (*invalid(answer.text()), *complaints_of_axe(walk))]
        for width in (size, other):
            walk.page.set_viewport_size(width)  # type: ignore[arg-type]  # a plain dict
            if not walk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                wrong.append(f"{path}: wider than {width['width']}")
        wrong += [f"{path}: says {what}" for what in walk.complaints]
        walk.complaints.clear()
    assert wrong == []


def test_what_is_wrong_with_a_page_is_found(browser: Browser, village: Village):
    assert invalid('<!doctype html><title>a</title><p id="a"><div id="a"></p></div><input>') != []
    walk = Walk(browser, village.address, DESK, "zh")
    walk.open("/desk/sign-in")
    walk.page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any(what.startswith("html-has-lang") for what in complaints_of_axe(walk))


# --- each role's day -------------------------------------------------------------------------------------------------


def sure(walk: Walk) -> None:
    """Where the desk asks for the password again, it is typed; everything else was kept."""
    again = walk.page.locator('input[name="desk_password"]')
    if again.count():
        again.fill(PASSWORD)
        walk.page.locator("main button").click()
        walk.complaints[:] = [what for what in walk.complaints if "401" not in what]


def test_a_visitor_is_asked_to_sign_in(browser: Browser, village: Village):
    walk = village.signed_in(browser, "", PHONE, "en")
    walk.open("/desk/money")
    assert "/desk/sign-in?next=%2Fdesk%2Fmoney" in walk.page.url
    walk.page.get_by_label("Password").fill("nonsense")
    walk.check()


def test_a_treasurers_money_is_approved_by_the_supervisor(browser: Browser, village: Village):
    treasurer = village.signed_in(browser, "treasurer", DESK, "zh")
    treasurer.open("/desk/money")
    for name, value in {"number": "银-2026-119", "donor": "浦阳农商行", "yuan": "1,200.50"}.items():
        treasurer.page.locator(f"#{name}").fill(value)
    treasurer.page.locator("#received_on").fill("2026-11-02")
    treasurer.press("记下，交监督员核对", "Record")
    sure(treasurer)
    treasurer.sees("浦阳农商行", "")
    supervisor = village.signed_in(browser, "supervisor", PHONE, "en")
    supervisor.open("/desk/")
    supervisor.page.get_by_role("link", name=re.compile("slips wait")).click()
    slip = supervisor.page.locator("section.card", has_text="浦阳农商行")
    slip.get_by_role("button", name=re.compile("I have seen")).click()
    sure(supervisor)
    expect(supervisor.page.locator("section.card", has_text="浦阳农商行")).to_have_count(0, timeout=PATIENCE)
    supervisor.check()
    treasurer.check()


def test_a_reviewer_decides_by_keyboard(browser: Browser, village: Village):
    walk = village.signed_in(browser, "second", DESK, "zh")
    page = walk.open("/desk/review")
    waiting = page.locator("tr.claim")
    before = waiting.count()
    assert before > 0
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(waiting).to_have_count(before - 1, timeout=PATIENCE)
    walk.check()


def test_a_clerk_finds_somebody(browser: Browser, village: Village):
    walk = village.signed_in(browser, "clerk", PHONE, "zh")
    walk.open("/desk/people?q=村民01")
    walk.sees("村民01", "")
    walk.check()


def test_an_auditor_reads_and_changes_nothing(browser: Browser, village: Village):
    walk = village.signed_in(browser, "auditor", DESK, "en")
    walk.open("/desk/money")
    walk.sees("", "Every point has its money")
    assert walk.page.locator('main form[method="post"]').count() == 0
    walk.check()


def test_a_clerk_types_a_sheet_and_four_keys_decide_what_waits(browser: Browser, village: Village):
    clerk = village.signed_in(browser, "clerk", DESK, "zh")
    clerk.open("/desk/sheets?state=photographed")
    clerk.page.locator("tbody a").first.click()
    clerk.page.wait_for_load_state()
    expect(clerk.page.locator("textarea")).to_be_focused(timeout=PATIENCE)  # the cursor stands where one types
    clerk.page.keyboard.type("村民13\n114\n村民1\n")
    expect(clerk.page.locator(".meant li.yes")).to_have_count(2, timeout=PATIENCE)
    clerk.sees("“村民1”有 10 个人", "")
    clerk.page.locator("textarea").fill("村民13\n114")
    clerk.press("录好了", "Typed")
    clerk.sees("等另一户的人核对", "")
    reviewer = village.signed_in(browser, "third", PHONE, "en")
    reviewer.open("/desk/sheets?state=typed")
    reviewer.page.locator("tbody a").first.click()
    reviewer.press("都对", "All right: 2 people")
    reviewer.sees("核对过了", "Checked")
    page = reviewer.open("/desk/review?state=made")
    before = page.locator("tr.claim").count()
    for key in ("j", "r", "2", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("tr.claim")).to_have_count(before - 1, timeout=PATIENCE)
    page.wait_for_load_state()  # the fresh page's keys work once its script has run
    for key in ("e", "a"):
        page.keyboard.press(key)
    expect(page.locator("tr.claim")).to_have_count(0, timeout=PATIENCE)
    clerk.check()
    reviewer.check()
