"""The year of a resident: from the slip of paper with the join code to leaving, on a phone against the real server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests import app_resident as she
from tests.app_phone import Phone, WebPhone, WeChat
from tests.app_resident import RESIDENT, Year
from tests.walking import PATIENCE, served

pytestmark = pytest.mark.browser

NOTICE = 6  # days, and a morning


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The server's address, with a clock that can be moved, and what the walk must know of its village."""
    with served(tmp_path_factory.mktemp("year"), "tests.app_year", demo=True) as (address, told):
        yield address, json.loads(told[0])


@pytest.fixture(scope="module")
def wang(app_browser: Browser, year: Year) -> Iterator[WebPhone]:
    """王秀英's new phone, with nothing on it."""
    phone = WebPhone(app_browser, year[0])
    yield phone
    phone.check()
    phone.close()


def days_pass(phone: Phone, server: str, days: int) -> None:
    """The village's clock, moved from the page that the demo has for it."""
    page = phone.page
    page.goto(f"{server}/demo")
    for _ in range(days):
        before = page.locator(".demo span").inner_text()
        page.get_by_role("button", name="到下一天").click()
        expect(page.locator(".demo span")).not_to_have_text(before, timeout=PATIENCE)


def is_asked(phone: Phone) -> list[dict[str, Any]]:
    """A server with a template for results, as `test_wechat_messages.py` has it; what it was told."""
    yeses: list[dict[str, Any]] = []
    allowed = dict.fromkeys([f"access-control-allow-{what}" for what in ("origin", "headers", "methods")], "*")

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            yeses.append(route.request.post_data_json)
        route.fulfill(json={"templates": ["tmpl-award"]} if route.request.method == "GET" else {}, headers=allowed)

    phone.context.route("**/api/v1/me/wechat-messages", answer)
    return yeses


def a_short_year_in_wechat(browser: Browser, year: Year) -> None:
    """The same story in the WeChat package: the screens with money, and when one is asked about messages."""
    facts = year[1]
    phone = WeChat(browser, year[0])
    yeses = is_asked(phone)
    she.joins(phone, year, "zhao", "赵大伯")
    phone.world(subscribe="accept")
    she.takes_part(phone, year, asked=True)
    she.says_what_she_did(phone, year, None, asked=True)
    assert len(yeses) == 2, "after the sign-up and after the claim"
    she.pays_at_the_sign(phone, facts)
    phone.open(f"{RESIDENT}/receipts")
    phone.screen.get_by_text("您付给 小芳超市").first.tap()
    phone.sees("小票号", "¥1.20")
    phone.open(f"{RESIDENT}/statement")
    phone.sees("您付给 小芳超市 1.20 元", "修水渠 · 8 工分到账")
    phone.tap("不显示数字")
    phone.sees("您付给 小芳超市 ··· 元")
    phone.tap("显示数字")
    phone.open(f"{RESIDENT}/shares")
    phone.sees("今年的分红正在公示", r"分红条 \d+ 号")
    phone.open(f"{RESIDENT}/wishes")
    she.switch(phone, "自己定一段时间，什么也不发", on=True)
    phone.sees("22:00 到 07:00 不打扰您")
    phone.check()
    phone.close()


def test_the_year_of_a_resident(app_browser, year, wang, tmp_path):
    """On the web from end to end; and the screens with money in the WeChat package, before the clock is moved."""
    a_short_year_in_wechat(app_browser, year)
    picture = tmp_path / "road.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(picture)
    she.joins(wang, year, "wang", "王秀英")
    she.finds_work(wang)
    she.takes_part(wang, year)
    she.says_what_she_did(wang, year, picture)
    she.speaks_up(wang, year)
    she.helps_a_neighbour(wang, year, app_browser)
    she.shops(wang, year, app_browser)
    she.reads_her_book(wang)
    she.shows_what_she_did(wang)
    she.reads_the_dividend(wang)
    she.chooses(wang, year[1])
    she.leaves_and_stays(wang)
    days_pass(wang, year[0], NOTICE)
    wang.open(f"{RESIDENT}/inbox")
    wang.sees("工分到账")
    wang.check()
