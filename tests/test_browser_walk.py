"""A visitor's walk through the pages in a real browser: earn, be reviewed, let days pass, spend at the till."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.walking import DESK, PATIENCE, PHONE, Walk, served, started

pytestmark = pytest.mark.browser

NOTICE = 5  # days


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server on loopback, with a database of its own."""
    with served(tmp_path_factory.mktemp("walk"), "tests.browser_village", demo=True) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


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
