"""A real server and a real browser for tests that walk: whatever the browser's console complains about fails them."""

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.migrated import env_of, migrated_into
from tests.provide import chromium

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
HOME = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(folder: Path, *prepared_by: str, demo: bool = False) -> Iterator[tuple[str, list[str]]]:
    """The real server on loopback, with a database of its own that these modules filled: its address, and what each
    of them printed. The server's own words are in `server.log`."""
    port = free_port()
    env = env_of(folder) | ({"GONGFEN_DEMO": "1"} if demo else {})
    migrated_into(folder)
    told = []
    for module in prepared_by:
        done = subprocess.run([sys.executable, "-m", module], env=env, cwd=HOME, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        told.append(done.stdout)
    serve = [sys.executable, "-m", "gongfen.cli", "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(serve, env=env, cwd=HOME, stdout=log, stderr=log)
    try:
        yield answering(f"http://127.0.0.1:{port}", running, folder / "server.log"), told
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


@contextmanager
def started() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CALM)
        yield browser
        browser.close()


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
        assert self.complaints == [], self.complaints
        elsewhere = [url for url in self.asked if not url.startswith((self.server, "data:"))]
        assert elsewhere == [], elsewhere
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
