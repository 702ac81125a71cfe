"""What walks through the desk share: a page's soundness, the password that is asked again, a colleague's cookie."""

import re
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect
from tinyhtml5.parser import HTMLParser

from tests.desk import PASSWORD
from tests.test_pages_house import faults
from tests.walking import PATIENCE, Walk

# Every rule runs; what is left out is only what nobody reads: what passed, and each style sheet fetched again.
AXE = "axe.run({resultTypes: ['violations'], preload: false, elementRef: false}).then(found => found.violations)"


class DeskWalk(Walk):
    """Somebody at the desk; the pages bring axe along, so that it is sent to the browser once."""

    saw_a_file = False

    def __init__(self, browser: Browser, server: str, size: dict[str, int], lang: str, cookie: str = "") -> None:
        super().__init__(browser, server, size, lang)
        self.context.add_init_script(AXE_SCRIPT)
        if cookie:
            kept: Any = {"name": "gongfen_desk", "value": cookie, "url": f"{server}/desk"}
            self.context.add_cookies([kept])

    def answer(self, path: str) -> str:
        """Open a page: what the server answered."""
        answer = self.page.goto(self.server + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        return answer.text()

    def check(self) -> None:
        """As for everybody; whoever saw a file has the browser's own viewer, which asks for an icon."""
        if self.saw_a_file:
            self.asked[:] = [url for url in self.asked if not url.startswith("chrome-extension:")]
            self.forgive(404)
        super().check()

    def sound(self) -> None:
        """The page as it stands is valid, fits, axe finds nothing in it, and the browser complained of nothing."""
        self.page.wait_for_load_state()
        self.check()
        html = self.page.content()
        assert invalid(html) == [], invalid(html)
        assert complaints_of_axe(self) == [], complaints_of_axe(self)

    def type_in(self, **fields: str) -> None:
        """Fields by their name."""
        self.page.wait_for_load_state()
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def follow(self, zh: str, en: str) -> None:
        """The first link of the page's own part that says so."""
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.locator("main").get_by_role("link", name=re.compile(self.say(zh, en))).first.click()

    def press(self, zh: str, en: str, *, first: bool = False) -> None:
        """A button that leads to a page, and the page."""
        with self.page.expect_navigation(timeout=PATIENCE):
            super().press(zh, en, first=first)

    def sure(self) -> None:
        """Where the desk asks for the password again, it is typed; everything else was kept."""
        again = self.page.locator('input[name="desk_password"]')
        if again.count():
            again.fill(PASSWORD)
            with self.page.expect_navigation(timeout=PATIENCE):
                self.page.locator("main button").click()
        self.forgive(401)

    def forgive(self, status: int) -> None:
        """An answer with this status was expected; the browser's console names it."""
        self.complaints[:] = [what for what in self.complaints if str(status) not in what]

    def says_no(self, zh: str, en: str, status: int = 422) -> None:
        """The page says why not, beside what was typed."""
        expect(self.page.locator("main")).to_contain_text(self.say(zh, en), timeout=PATIENCE)
        self.forgive(status)


def file_of(walk: DeskWalk, zh: str, en: str, kind: str) -> None:
    """Press what answers with a file; where the desk asks for the password first, it comes after that."""
    main, named = walk.page.locator("main"), re.compile(walk.say(zh, en))
    with walk.page.expect_response(lambda one: one.request.is_navigation_request(), timeout=PATIENCE) as coming:
        main.get_by_role("button", name=named).first.click()
    answer = coming.value
    if answer.status == 401:
        walk.page.locator('input[name="desk_password"]').fill(PASSWORD)
        with walk.page.expect_response(lambda one: one.request.is_navigation_request(), timeout=PATIENCE) as coming:
            main.get_by_role("button").click()
        answer = coming.value
        walk.forgive(401)
    assert answer.ok and kind in answer.headers["content-type"], answer.url
    walk.saw_a_file = True


def saved(walk: DeskWalk, zh: str, en: str, ending: str) -> None:
    """A link to what is kept: the browser saves it and shows nothing."""
    with walk.page.expect_download(timeout=PATIENCE) as coming:
        walk.page.locator("main").get_by_role("link", name=re.compile(walk.say(zh, en))).first.click()
    assert coming.value.suggested_filename.endswith(ending)
    walk.saw_a_file = True


def paper(walk: DeskWalk, link: str) -> None:
    """A link to a PDF answers with one."""
    address = walk.page.locator(f'main a[href*="{link}"]').first.get_attribute("href")
    answer = walk.context.request.get(walk.server + str(address))
    assert answer.ok and answer.body().startswith(b"%PDF"), address


def complaints_of_axe(walk: Walk) -> list[str]:
    """What axe finds on the page as it stands."""
    if not walk.page.evaluate("'axe' in window"):
        walk.page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = walk.page.evaluate(AXE)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def invalid(html: str) -> list[str]:
    """What an HTML parser stumbles over, ids that are there twice, fields without a label."""
    parser = HTMLParser()
    parser.parse(html)
    return [f"{code} {facts} at {place}" for place, code, facts in parser.errors] + faults(html)
