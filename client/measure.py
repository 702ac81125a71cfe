"""What the web app weighs and how soon it answers: `python client/measure.py [first] [pay] [taps]`

Opens the built app (client/dist/build/h5) in the system's Chromium against a real server with a village a month old,
and prints a table. Nothing here is a test: seconds belong to the machine that measured them, and to what else it did.
Bytes, requests, links of the chain and the processor's own milliseconds are the same everywhere: from them follows what
a first load takes on any phone.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright  # noqa: E402  # after the path

from tests.provide import chromium  # noqa: E402  # after the path
from tests.walking import CALM, served  # noqa: E402  # after the path

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # 1.6 Mbit/s
SLOW_PHONE = 4  # times slower than this machine's processor
TIMES = 5
HOME, PAY, WEEK = "pages/resident/home", "pages/resident/pay", "pages/guest/week"
TAPPED = (
    (HOME, ".home__eye"),
    (HOME, ".g-page__head uni-button"),
    (HOME, ".home__large--main"),
    ("pages/resident/activities", ".g-row"),
    ("pages/resident/statement", ".g-row"),
    ("pages/resident/mine", ".g-row"),
    ("pages/shop/till", ".g-keypad uni-button"),
)
WATCH = """
window.__seen = {};
const watch = (type, tell, more) =>
  new PerformanceObserver(all => all.getEntries().forEach(tell)).observe({type, buffered: true, ...more});
watch('largest-contentful-paint', one => {
  __seen.lcp = one.startTime;
  __seen.what = (one.element && one.element.textContent || one.url || '').trim().slice(0, 30);
});
watch('paint', one => { __seen[one.name] = one.startTime });
watch('event', one => { __seen.tap = Math.max(__seen.tap || 0, one.duration) }, {durationThreshold: 16});
const after = (then) => requestAnimationFrame(() => {
  const frame = new MessageChannel();
  frame.port1.onmessage = then;
  frame.port2.postMessage(0);
});
const look = () => {
  const code = document.querySelector('.pay__digits'), image = document.querySelector('.g-qr');
  if (code && image && code.getBoundingClientRect().height && !__seen.code)
    after(() => { __seen.code ??= performance.now() });
};
new MutationObserver(look).observe(document, {subtree: true, childList: true});
"""


def keeping(kept: dict[str, Any]) -> str:
    """A script that puts this into the store of an app that was never opened here."""
    lines = (
        f"localStorage.setItem({json.dumps(name)}, {json.dumps(json.dumps(value))});" for name, value in kept.items()
    )
    return f"if (location.protocol.startsWith('http') && !localStorage.length) {{ {''.join(lines)} }}"


def opened(playwright: Playwright, folder: Path, kept: dict[str, Any]) -> BrowserContext:
    """A browser of its own, that keeps what a browser keeps in this folder."""
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium(), args=CALM, viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.add_init_script(WATCH + keeping(kept))
    return context


def table(title: str, lines: list[tuple[str, str]]) -> None:
    print(f"\n{title}")
    for name, value in lines:
        print(f"  {name:<58}{value}")


def middle(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ms ({min(values):.0f}–{max(values):.0f})"


# --- the first load --------------------------------------------------------------------------------------------------


def first_load(playwright: Playwright, server: str, path: str, kept: dict[str, Any], slow: bool) -> dict[str, Any]:
    """Nothing is kept; as from a link. What was asked for, and when the largest thing stood."""
    with tempfile.TemporaryDirectory() as folder:
        context = opened(playwright, Path(folder), kept)
        page = context.pages[0]
        cdp = context.new_cdp_session(page)
        cdp.send("Network.enable")
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        if slow:
            cdp.send("Network.emulateNetworkConditions", SLOW)
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
        page.goto(f"{server}/app/#/{path}")
        page.wait_for_selector(".g-page .g-row")
        page.wait_for_function("!document.querySelector('.g-skeleton')")
        page.wait_for_timeout(300)
        seen: dict[str, Any] = page.evaluate("__seen")
        seen["asked"] = page.evaluate(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(one =>"
            " [one.name.replace(location.origin, ''), one.startTime, one.responseEnd, one.encodedBodySize])"
        )
        told = {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}
        seen |= {
            name: told[name] * 1000
            for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")
        }
        context.close()
    return seen


def before(seen: dict[str, Any]) -> list[list[Any]]:
    """What was asked for before the largest thing stood."""
    return [one for one in seen["asked"] if one[2] <= seen["lcp"] + 1]


def links(asked: list[list[Any]]) -> int:
    """How many answers had to be waited for one after another."""
    length, end = 0, -1.0
    for _, begun, ended, _ in sorted(asked, key=lambda one: one[2]):
        if begun >= end:
            length, end = length + 1, ended
    return length


def measure_first(playwright: Playwright, server: str, facts: dict[str, Any]) -> None:
    for name, path, kept in (("resident", HOME, {"token": facts["tokens"]["li"]}), ("guest", WEEK, {})):
        quick = [first_load(playwright, server, path, kept, slow=False) for _ in range(TIMES)]
        slow = [first_load(playwright, server, path, kept, slow=True) for _ in range(TIMES)]
        asked = before(min(slow, key=lambda one: one["lcp"]))
        scripts = [one for one in asked if one[0].endswith(".js")]
        table(
            f"First load, {name} ({path})",
            [
                ("requests before the largest thing stood", str(len(asked))),
                ("of them one after another", str(links(asked))),
                ("bytes of them, packed", f"{sum(one[3] for one in asked):,}"),
                ("bytes of scripts, packed", f"{sum(one[3] for one in scripts):,}"),
                ("script, no throttle", middle([one["ScriptDuration"] for one in quick])),
                ("the main thread's processor time in all", middle([one["TaskDuration"] for one in quick])),
                (
                    "layout and style, no throttle",
                    middle([one["LayoutDuration"] + one["RecalcStyleDuration"] for one in quick]),
                ),
                ("first paint, no throttle", middle([one["first-contentful-paint"] for one in quick])),
                ("LCP, no throttle", middle([one["lcp"] for one in quick])),
                (
                    "first paint, 1.6 Mbit/s, 150 ms, processor 4× slower",
                    middle([one["first-contentful-paint"] for one in slow]),
                ),
                ("LCP, 1.6 Mbit/s, 150 ms, processor 4× slower", middle([one["lcp"] for one in slow])),
                ("which was", slow[0]["what"]),
            ],
        )
        for what, begun, ended, size in sorted(asked, key=lambda one: one[1]):
            print(f"    {begun:6.0f} → {ended:6.0f} ms {size:>8,} B  {what[:80]}")


# --- the pay code ----------------------------------------------------------------------------------------------------


def measure_pay(playwright: Playwright, server: str, facts: dict[str, Any]) -> None:
    """The browser is started anew each time, without network: what a resident waits for in front of the till."""
    times, scripts = [], []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(TIMES + 2):
            context = opened(playwright, Path(folder), {"token": facts["tokens"]["li"]})
            page = context.pages[0]
            context.set_offline(turn > 1)
            page.goto(f"{server}/app/#/{PAY}")
            page.wait_for_selector(".pay__digits")
            page.wait_for_function("__seen.code")
            if turn > 1:
                times.append(page.evaluate("__seen.code"))
                scripts.append(page.evaluate("__seen['first-contentful-paint'] ?? 0"))
            else:
                page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
                page.wait_for_timeout(1500)
            context.close()
    table(
        "Pay code, cold start without network", [("shown after", middle(times)), ("first paint after", middle(scripts))]
    )


# --- taps ------------------------------------------------------------------------------------------------------------


def busy(cdp: CDPSession) -> float:
    """Milliseconds that the processor worked for the page's main thread, whatever else this machine does."""
    told = {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}
    return float(told["TaskDuration"]) * 1000


def tapped(page: Page, server: str, path: str, what: str) -> tuple[float, float]:
    """How long a tap takes until the screen has answered, and how much of it the processor worked."""
    page.goto("about:blank")
    page.goto(f"{server}/app/#/{path}")
    page.wait_for_selector(what)
    page.wait_for_function("!document.querySelector('.g-skeleton')")
    page.wait_for_timeout(500)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate("__seen.tap = 0")
    before_it = busy(cdp)
    page.locator(what).first.tap()
    page.wait_for_timeout(300)
    return float(page.evaluate("__seen.tap || 0")), busy(cdp) - before_it


def measure_taps(playwright: Playwright, server: str, facts: dict[str, Any]) -> None:
    kept = {"token": facts["tokens"]["chen"], "till-token": facts["till"]}
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        context = opened(playwright, Path(folder), kept)
        for path, what in TAPPED:
            times = [tapped(context.pages[0], server, path, what) for _ in range(3)]
            lines.append((f"{path} {what}", middle([one[0] for one in times])))
            lines.append(("  of it the processor's, with the page that opens", middle([one[1] for one in times])))
        context.close()
    table("Taps (under 16 ms counts as 0)", lines)


MEASURES = {"first": measure_first, "pay": measure_pay, "taps": measure_taps}


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), "tests.app_village") as (server, told):
        facts = json.loads(told[0])
        with sync_playwright() as playwright:
            for name, measure in MEASURES.items():
                if not wanted or name in wanted:
                    measure(playwright, server, facts)


if __name__ == "__main__":
    main(sys.argv[1:])
