"""A visitor's walk through the pages in a real browser: earn, be reviewed, let days pass, spend at the till."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.provide import chromium

pytestmark = pytest.mark.browser

CALM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds; a loaded machine is slow, not wrong
STARTS = 120  # seconds in which a server answers
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
NOTICE = 5  # days


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server on loopback, with a database of its own."""
    folder = tmp_path_factory.mktemp("walk")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith("GONGFEN_")}
    env |= {"GONGFEN_DIR": str(folder), "GONGFEN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "gongfen.settings"}
    home = Path(__file__).resolve().parent.parent
    for words in (["-m", "gongfen.cli", "migrate"], ["-m", "tests.browser_village"]):
        subprocess.run([sys.executable, *words], env=env, cwd=home, check=True, capture_output=True)
    served = [sys.executable, "-m", "gongfen.cli", "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(served, env=env, cwd=home, stdout=log, stderr=log)
    try:
        yield answering(f"http://127.0.0.1:{port}", running, folder / "server.log")
    finally:
        running.terminate()
        running.wait(30)


def answering(address: str, running: "subprocess.Popen[bytes]", log: Path) -> str:
    """The server's address, once it answers."""
    for _ in range(STARTS * 5):
        try:
            with urllib.request.urlopen(f"{address}/api/v1/health", timeout=5):
                return address
        except (urllib.error.URLError, OSError):
            try:
                running.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"the server does not answer:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=CALM)
        yield started
        started.close()


class Walk:
    """One visitor's browser; whatever its console complains about fails the walk."""

    def __init__(self, browser: Browser, server: str, size: dict[str, int], lang: str) -> None:
        self.server, self.lang = server, lang
        self.context = browser.new_context(viewport=size, locale="en-GB" if lang == "en" else "zh-CN")  # type: ignore[arg-type]  # a plain dict
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda wrong: self.complaints.append(str(wrong)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def open(self, path: str) -> Page:
        self.page.goto(self.server + path)
        return self.page

    def press(self, zh: str, en: str, *, first: bool = False) -> None:
        found = self.page.get_by_role("button", name=re.compile(self.say(zh, en)))
        (found.first if first else found).click()

    def be(self, name: str) -> None:
        """One tap on a person of the demo."""
        self.open("/demo")
        self.press(f"当{name}", f"Be {name}")
        expect(self.page.locator("header.head")).to_contain_text(name, timeout=PATIENCE)

    def sees(self, zh: str, en: str) -> None:
        expect(self.page.locator("main")).to_contain_text(self.say(zh, en), timeout=PATIENCE)

    def next_days(self, days: int) -> None:
        for _ in range(days):
            before = self.page.locator(".demo span").inner_text()
            self.press("到下一天", "Next day")
            expect(self.page.locator(".demo span")).not_to_have_text(before, timeout=PATIENCE)

    def check(self) -> None:
        """Nothing complained, nothing came from elsewhere, nothing is wider than the screen."""
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith((self.server, "data:"))] == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    ("lang", "size", "who"), [("zh", PHONE, "王秀英"), ("en", DESK, "陈晓燕")], ids=["zh-phone", "en-desk"]
)
def test_a_visitor_earns_and_spends(browser: Browser, server: str, lang: str, size: dict[str, int], who: str):
    walk = Walk(browser, server, size, lang)
    claims_a_day(walk, who)
    walk.be("吴国良")
    walk.sees(f"{who} · 修水渠", f"{who} · Mending the canal")
    walk.press("同意", "Approve", first=True)
    walk.sees("已同意", "Approved")
    walk.next_days(NOTICE + 2)
    walk.be(who)
    walk.sees("8 工分到账", "8 points")
    code = pay_code(walk)
    till = Walk(browser, server, DESK, lang)
    takes(till, code, "5.5")
    walk.sees("¥5.50", "¥5.50")  # the phone's page finds out by itself
    walk.open("/me")
    walk.sees("您付给 小芳超市 5.50 元", "You paid Xiaofang Shop ¥5.50")
    walk.check()
    till.check()


def claims_a_day(walk: Walk, who: str) -> None:
    """Somebody did a day of work and says so."""
    walk.be(who)
    walk.open("/")
    walk.page.get_by_role("link", name=walk.say("修水渠", "Mending the canal")).first.click()
    walk.page.get_by_label(walk.say("一天", "A whole day"), exact=True).check()
    walk.press("报上去", "Send the claim")
    walk.sees("报工收到了", "Your claim is in")


def pay_code(walk: Walk) -> str:
    """The twenty digits on the phone."""
    walk.open("/me/pay")
    expect(walk.page.locator("svg.qr")).to_be_visible(timeout=PATIENCE)
    return walk.page.locator("p.code").inner_text()


def takes(till: Walk, code: str, yuan: str) -> None:
    """The shop types the sum on its keypad and the customer's digits, and hears what came in."""
    till.be("赵小芳")
    for key in yuan:
        till.page.locator(f'[data-key="{key}"]').click()
    till.page.locator("#code").fill(code)
    till.press("收款", "Take payment")
    till.sees("收到5元5角", "Received 5.50 yuan")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_the_screen_in_every_size_of_text(
    browser: Browser, server: str, lang: str, size: dict[str, int]
):
    walk = Walk(browser, server, size, lang)
    walk.be("李建国")
    for path in (
        "/",
        "/week",
        "/money",
        "/me",
        "/me/statement",
        "/me/pay",
        "/me/shop",
        "/me/standing",
        "/join",
        "/demo",
    ):
        for text in ("normal", "large"):
            walk.open(f"{path}?size={text}")
            walk.check()


def test_elder_mode_is_large_by_measure(browser: Browser, server: str):
    walk = Walk(browser, server, PHONE, "zh")
    walk.be("李建国")
    page = walk.open("/me?size=large")
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main a.button, main input')]
            .filter(one => one.offsetParent && one.type !== 'hidden')
            .filter(one => one.getBoundingClientRect().height < 60).map(one => one.outerHTML)"""
    )
    assert small == []
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
    assert page.evaluate("parseFloat(getComputedStyle(document.body).lineHeight)") >= 24 * 1.3


def test_a_keyboard_alone_reaches_the_content_first(browser: Browser, server: str):
    walk = Walk(browser, server, DESK, "zh")
    page = walk.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
