"""A phone with the app on it, in the system's Chromium: the web app, or the mini program on glass-easel."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.walking import PATIENCE

BUILT = Path(__file__).resolve().parent.parent / "client" / "dist" / "build"
PHONE, SMALL = {"width": 390, "height": 844}, {"width": 360, "height": 640}
SIM = "https://wxsim.example"  # where the compiled package lies; nothing leaves this machine
BUILT_WITH = "http://127.0.0.1:8000"  # client/src/platform/request.ts, where VITE_API names no other


class Phone:
    """What both have in common: somebody holds it, reads and taps. Whatever it complains about fails the walk."""

    at = ""

    def __init__(
        self,
        browser: Browser,
        server: str,
        *,
        size: dict[str, int] = PHONE,
        lang: str = "zh",
        elder: bool = False,
        kept: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        self.server, self.lang, self.elder = server, lang, elder
        wide: Any = size
        self.context = browser.new_context(
            viewport=wide, has_touch=True, is_mobile=True, locale="en-GB" if lang == "en" else "zh-CN", **more
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.prepare()
        chosen = {"lang": lang} | ({"elder": True} if elder else {}) | (kept or {})
        self.context.add_init_script(self.keeping(chosen))
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self.complains(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda wrong: self.complains(str(wrong)))
        self.page.on("request", lambda asked: self.left(asked.url))

    def prepare(self) -> None:
        """Before the first page."""

    def keeping(self, chosen: dict[str, Any]) -> str:
        """A script that puts these into an empty store of the app's."""
        pairs = {self.named(name): self.stored(value) for name, value in chosen.items()}
        once = json.dumps(self.named("kept-by-walk"))
        return (
            f"if (location.protocol.startsWith('http') && localStorage.getItem({once}) === null) {{"
            f"localStorage.setItem({once}, '1');"
            + "".join(f"localStorage.setItem({json.dumps(k)}, {json.dumps(v)});" for k, v in pairs.items())
            + "}"
        )

    def named(self, name: str) -> str:
        return name

    def stored(self, value: Any) -> str:
        return json.dumps(value)

    def complains(self, words: str) -> None:
        if "net::ERR_INTERNET_DISCONNECTED" not in words and "Failed to load resource" not in words:
            self.complaints.append(words)

    def left(self, url: str) -> None:
        if not url.startswith((self.server, SIM, BUILT_WITH, "data:", "blob:")):
            self.elsewhere.append(url)

    @property
    def screen(self) -> Locator:
        """The page in front."""
        raise NotImplementedError

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.screen.get_by_text(re.compile(each)).first).to_be_visible(timeout=PATIENCE)

    def button(self, name: str) -> Locator:
        return self.screen.get_by_role("button", name=re.compile(name)).first

    def tap(self, name: str) -> None:
        self.button(name).tap()

    def check(self) -> None:
        """Nothing complained, nothing left our origin, nothing is wider than the screen."""
        assert self.complaints == [], self.complaints
        assert self.elsewhere == [], self.elsewhere
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def close(self) -> None:
        """Put the phone away; what it was still asking for is nobody's business any more."""
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()


class WebPhone(Phone):
    """The web app, as the server serves it."""

    def open(self, path: str) -> None:
        """A page by its name in pages.json; a fresh start, as from a link."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.server}/app/#/{path}")
        self.screen.wait_for()

    @property
    def screen(self) -> Locator:
        return self.page.locator(".g-page:visible").last


class WeChat(Phone):
    """The built WeChat package on glass-easel, with a simulated `wx` that asks the real server."""

    def prepare(self) -> None:
        self.is_down = False
        self.context.route(f"{SIM}/**", self.given)
        self.context.route(f"{BUILT_WITH}/**", self.asked)

    def given(self, route: Route) -> None:
        """A file of the compiled package."""
        file = BUILT / "wxsim" / (urlsplit(route.request.url).path.lstrip("/") or "index.html")
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404, body="")

    def asked(self, route: Route) -> None:
        """The server's answer; wx.request knows no other origin's rules, so neither does this browser."""
        allowed = {
            "access-control-allow-origin": "*",
            "access-control-allow-headers": "*",
            "access-control-allow-methods": "*",
        }
        if route.request.method == "OPTIONS":
            route.fulfill(status=204, headers=allowed)
        elif self.is_down:
            route.abort("connectionrefused")
        else:
            answer = route.fetch(url=route.request.url.replace(BUILT_WITH, self.server), max_redirects=0)
            route.fulfill(response=answer, headers={**answer.headers, **allowed})

    def named(self, name: str) -> str:
        return f"wx:{name}"

    def stored(self, value: Any) -> str:
        return json.dumps(json.dumps(value))  # the app keeps text, wx keeps what it is given as JSON

    def open(self, path: str) -> None:
        if self.page.url.startswith(SIM):
            self.page.evaluate("url => __wxsim.open(url)", f"/{path}")
        else:
            self.page.goto(f"{SIM}/#{path}")
            self.page.wait_for_function("window.__wxsim && (__wxsim.ready || __wxsim.errors.length)")
        self.screen.wait_for()

    def world(self, **changed: Any) -> None:
        self.page.evaluate("changed => Object.assign(__wxsim.world, changed)", changed)

    def said(self, what: str) -> list[str]:
        told: list[str] = self.page.evaluate(f"__wxsim.{what}")
        return told

    @property
    def screen(self) -> Locator:
        return self.page.locator(".wx-page:not([hidden])")

    def check(self) -> None:
        errors, missing = self.said("errors"), self.said("missing")
        assert errors == [], errors
        assert missing == [], missing
        harmless = "The for-list data is neither Array nor Object"  # not there yet: WeChat shows an empty list
        warned = [one for one in self.said("calls") if one.startswith("warning") and harmless not in one]
        assert warned == [], warned
        super().check()


Opening = Callable[..., Phone]
