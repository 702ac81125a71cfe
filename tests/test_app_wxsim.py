"""The simulator is believed only because it finds what is wrong: each planted fault must be named."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.app_phone import SIM
from tests.walking import HOME

pytestmark = pytest.mark.browser

PAGE = "Page({ data: { n: 1 }, onLoad() { this.setData({ n: 2 }) }, tap() { this.setData({ n: this.data.n + 1 }) } })"
GOOD = {
    "app.json": json.dumps(
        {"pages": ["pages/a", "pages/b"], "subPackages": [{"root": "pages/shop", "pages": ["till"]}]}
    ),
    "app.js": "App({})",
    "app.wxss": "page { color: #1f2a24 } .wide { width: 750rpx }",
    "part.json": '{"component":true}',
    "part.js": "Component({ properties: { words: String } })",
    "part.wxml": "<text>{{words}}</text>",
    **{f"pages/{name}.json": '{"usingComponents":{"part":"/part"}}' for name in ("a", "b", "shop/till")},
    **{f"pages/{name}.js": PAGE for name in ("a", "b", "shop/till")},
    **{
        f"pages/{name}.wxml": '<view bindtap="tap"><part words="工分 {{n}}"/></view>'
        for name in ("a", "b", "shop/till")
    },
}
SHOP_SUM = "pages/shop/sum.js"
# What is planted, and the words in which it must be found before anything runs.
BUILT_FAULTS: dict[str, tuple[dict[str, str | None], str]] = {
    "a page that is not there": ({"pages/b.json": None}, "page pages/b is in app.json but not in the package"),
    "a page without its script": ({"pages/b.js": None}, "pages/b.js is missing"),
    "a component that is not there": ({"part.json": None}, "no component part"),
    "a template with a fault": ({"pages/a.wxml": "<view><text></view>"}, "pages/a.wxml"),
    "a style from elsewhere": ({"app.wxss": "page{background:url(https://cdn.example/a.png)}"}, "loads from elsewhere"),
    "an import of no style": ({"app.wxss": "@import './gone.wxss';"}, "style gone.wxss is missing"),
    "code made from text": ({"pages/a.js": "new Function('1')();Page({})"}, "makes code from text"),
    "an interface nobody has": ({"pages/a.js": "wx.flyToTheMoon();Page({})"}, "WeChat has no wx.flyToTheMoon"),
    "an interface too new": ({"pages/a.js": "wx.onBackgroundFetchData2();Page({})"}, "wx.onBackgroundFetchData2"),
    "a subpackage's code in the main one": (
        {SHOP_SUM: "module.exports=1", "pages/a.js": "require('./shop/sum.js');Page({})"},
        "which lies in another subpackage",
    ),
    "a package too heavy": ({"heavy.js": "/* " + "heavy" * 130_000 + " */"}, "the main package has"),
}
# What is planted, and the words in which it must be found while it runs.
RUN_FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "a page that throws": ({"pages/a.js": "Page({ onLoad() { throw new Error('broken') } })"}, "errors", "broken"),
    "a tap that throws": ({"pages/a.js": "Page({ tap() { this.gone.n } })"}, "errors", "reading"),
    "the browser's own": ({"pages/a.js": "Page({ onLoad() { document.title = '1' } })"}, "errors", "title"),
    "an address of no page": (
        {"pages/a.js": "Page({ onLoad() { wx.navigateTo({ url: '/x' }) } })"},
        "errors",
        "not found",
    ),
    "no page at all": ({"pages/a.js": "1"}, "errors", "neither Page"),
    "what wx has not": ({"pages/a.js": "Page({ onLoad() { wx['startBeacon' + 'Discovery'] } })"}, "missing", "Beacon"),
    "a promise nobody caught": (
        {"pages/a.js": "Page({ onLoad() { Promise.reject(new Error('lost')) } })"},
        "errors",
        "lost",
    ),
}


def compiled(folder: Path, planted: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
    """A small package with this planted in it, through the simulator's compiler: where it lies and what it says."""
    files = {name: text for name, text in (GOOD | planted).items() if text is not None}
    for name, text in files.items():
        (folder / "mp" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mp" / name).write_text(text, encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-c", "import build; print(build.node()[0])"],
        cwd=HOME / "client", capture_output=True, text=True, check=True,
    )  # fmt: skip
    command = [found.stdout.strip(), "wxsim/compile.mjs", str(folder / "mp"), str(folder / "out")]
    done = subprocess.run(command, cwd=HOME / "client", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "out", json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))


def opened(browser: Browser, out: Path) -> Any:
    page = browser.new_page()
    page.route(
        f"{SIM}/**", lambda route: route.fulfill(path=out / (urlsplit(route.request.url).path[1:] or "index.html"))
    )
    page.goto(f"{SIM}/")
    page.wait_for_function("window.__wxsim && (__wxsim.ready || __wxsim.errors.length)")
    return page


def test_a_good_package_has_no_problems_and_answers_taps(app_browser, tmp_path):
    out, report = compiled(tmp_path, {})
    assert report["problems"] == []
    assert report["pages"] == ["pages/a", "pages/b", "pages/shop/till"]
    page = opened(app_browser, out)
    page.get_by_text("工分 2").click()
    page.get_by_text("工分 3").wait_for()
    assert page.evaluate("[__wxsim.errors, __wxsim.missing]") == [[], []]


@pytest.mark.parametrize("fault", BUILT_FAULTS, ids=lambda fault: fault.replace(" ", "-"))
def test_a_fault_of_the_package_is_named(tmp_path, fault):
    planted, words = BUILT_FAULTS[fault]
    _, report = compiled(tmp_path, planted)
    assert any(words in one for one in report["problems"]), report["problems"]


@pytest.mark.parametrize("fault", RUN_FAULTS, ids=lambda fault: fault.replace(" ", "-"))
def test_a_fault_while_it_runs_is_named(app_browser, tmp_path, fault):
    planted, where, words = RUN_FAULTS[fault]
    out, _ = compiled(tmp_path, planted)
    page = opened(app_browser, out)
    if fault == "a tap that throws":
        page.get_by_text("工分").first.click()
    page.wait_for_function(f"__wxsim.{where}.some(one => one.includes('{words}'))")
