"""What the app does when the network, the server, the clock or the store of a phone do not do as they should."""

import gzip
import json
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.app_phone import BUILT, WebPhone, WeChat
from tests.test_app_walks import RESIDENT, digits
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

MOST_SCRIPT = 120_000  # bytes of JS, packed, on the home route


def lis_phone(browser: Browser, village: tuple[str, dict[str, Any]], kind: Any = WebPhone, **kept: Any) -> Any:
    server, facts = village
    return kind(browser, server, kept={"token": facts["tokens"]["li"], **kept})


def test_the_first_visit_is_light(app_browser, app_village):
    phone = lis_phone(app_browser, app_village)
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    asked = phone.page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    scripts = {urlsplit(url).path.removeprefix("/app/") for url in asked if urlsplit(url).path.endswith(".js")}
    late = {name for name in scripts if "refusals.catalogue" in name}  # read after the page stands
    packed = {name: len(gzip.compress((BUILT / "h5" / name).read_bytes(), 9)) for name in scripts - late}
    assert sum(packed.values()) < MOST_SCRIPT, packed
    first = [one for one in packed if not one.startswith("assets/pages-")]
    assert len(first) == len(packed) == 1  # a slow network is waited for once
    phone.check()


def test_it_can_be_installed(app_browser, app_village):
    phone = lis_phone(app_browser, app_village)
    phone.open(f"{RESIDENT}/home")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    told = phone.context.new_cdp_session(phone.page).send("Page.getInstallabilityErrors")
    wrong = [one["errorId"] for one in told["installabilityErrors"]]
    assert [one for one in wrong if one != "in-incognito"] == []  # a test's browser keeps nothing


def test_it_opens_without_network_and_shows_the_pay_code(app_browser, app_village):
    phone = lis_phone(app_browser, app_village)
    phone.open(f"{RESIDENT}/pay")
    before = digits(phone)
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    phone.page.wait_for_function("caches.keys().then(names => names.some(one => one.startsWith('gongfen-app-')))")

    phone.context.set_offline(True)
    phone.open(f"{RESIDENT}/pay")
    assert digits(phone)[:13] == before[:13]  # the same handle; what changes with the minute may have changed
    phone.sees("付款码照样能用")
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国")  # from what the phone keeps
    phone.context.set_offline(False)
    assert phone.elsewhere == []


def test_a_page_never_opened_before_opens_without_network(app_browser, app_village):
    """Every file of the app is kept at the first visit, not only what was looked at."""
    phone = lis_phone(app_browser, app_village)
    phone.open(f"{RESIDENT}/home")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    listed = phone.page.evaluate(
        "caches.keys().then(names => caches.open(names[0])).then(kept => kept.keys())"
        ".then(all => all.map(one => new URL(one.url).pathname))"
    )
    made = {f"/app/{one.relative_to(BUILT / 'h5')}" for one in (BUILT / "h5" / "assets").rglob("*.*")}
    assert {one for one in made if one.endswith((".js", ".css"))} <= set(listed)
    assert "/app/" in listed


def test_what_was_typed_is_still_there_after_a_closed_page(app_browser, app_village):
    _, facts = app_village
    phone = lis_phone(app_browser, app_village)
    where = f"{RESIDENT}/claim?id={facts['activity']}&village={facts['village']}"
    phone.open(where)
    field = phone.screen.locator("textarea, input").first
    field.fill("3")
    phone.context.set_offline(True)
    phone.page.wait_for_function("Object.values(localStorage).some(one => one.includes('3'))")
    phone.context.set_offline(False)
    phone.open(where)
    expect(phone.screen.locator("textarea, input").first).to_have_value("3", timeout=PATIENCE)


def test_a_session_ended_elsewhere_says_so_and_leads_to_signing_in(app_browser, app_village):
    server, _ = app_village
    phone = WebPhone(app_browser, server, kept={"token": "a token that is nobody's"})
    phone.open(f"{RESIDENT}/home")
    phone.sees("登录")
    assert phone.elsewhere == []


def test_a_full_phone_goes_on_in_memory(app_browser, app_village):
    phone = lis_phone(app_browser, app_village, WeChat)
    phone.page.goto("about:blank")
    phone.context.add_init_script("sessionStorage.setItem('wxsim-world', JSON.stringify({ storageIsFull: true }))")
    phone.open(f"{RESIDENT}/pay")
    digits(phone)
    told = phone.said("errors")  # uni-app keeps something of its own, and does not ask whether it could
    assert [one for one in told if "storage size limit" not in one] == []


def test_a_mini_program_without_network_shows_the_code_and_says_what_waits(app_browser, app_village):
    phone = lis_phone(app_browser, app_village, WeChat)
    phone.open(f"{RESIDENT}/pay")
    digits(phone)
    phone.page.evaluate("__wxsim.connect('none')")
    phone.open(f"{RESIDENT}/home")
    phone.open(f"{RESIDENT}/pay")
    digits(phone)
    phone.sees("没有网络")
    phone.check()


@pytest.mark.parametrize(("speaks", "words"), [("2", "村里的系统更新了"), ("0", "比村里的系统新")])
def test_a_server_that_is_newer_or_older_is_told_of_and_nothing_breaks(app_browser, app_village, speaks, words):
    phone = lis_phone(app_browser, app_village)

    def other(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "gongfen-interface": speaks})

    phone.context.route("**/api/v1/**", other)
    phone.open(f"{RESIDENT}/home")
    phone.sees(words, "李建国")
    if speaks == "2":
        phone.tap("打开新的")
        phone.sees("李建国")
    phone.check()


def test_a_clock_wrong_by_an_hour_still_makes_a_good_code(app_browser, app_village):
    server, facts = app_village
    phone = lis_phone(app_browser, app_village)
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=1))
    phone.open(f"{RESIDENT}/home")  # hears what time it is
    phone.sees("李建国")
    phone.open(f"{RESIDENT}/pay")
    asked = urllib.request.Request(
        f"{server}/api/v1/till/payments",
        data=json.dumps({"pay_code": digits(phone), "money": 5_000}).encode(),
        headers={
            "Authorization": f"Bearer {facts['till']}",
            "Content-Type": "application/json",
            "Idempotency-Key": "a-clock-wrong-by-an-hour",
        },
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert json.loads(answer.read())["money"] == 5_000


def test_a_server_that_is_down_keeps_what_was_typed(app_browser, app_village):
    phone = lis_phone(app_browser, app_village)
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国")
    phone.context.route("**/api/v1/**", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    phone.open(f"{RESIDENT}/pay")
    digits(phone)
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国", "没有网络|连不上")
    assert phone.elsewhere == []
