"""What goes wrong in a hand: a wrong code, a café's network, a lost answer, a full phone. Each has its sentence and its
way on, and nothing typed is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.app_phone import WebPhone
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

RESIDENT = "pages/resident"
App = tuple[str, dict[str, Any]]
FULL = """
const kept = Storage.prototype.setItem
Storage.prototype.setItem = function (name, value) {
  if (window.isFull) throw new DOMException('full', 'QuotaExceededError')
  return kept.call(this, name, value)
}
"""


def phone_of(browser: Browser, village: App, who: str = "", **kept: Any) -> WebPhone:
    server, facts = village
    return WebPhone(browser, server, kept=({"token": facts["tokens"][who]} if who else {}) | kept)


def test_a_wrong_join_code_is_told_stays_typed_and_signs_nobody_in(app_browser, app_village):
    phone = phone_of(app_browser, app_village)
    phone.open(f"{RESIDENT}/join")
    phone.screen.locator("input").first.fill("ABCD EFGH 2345")
    phone.tap("^登录$")
    said = phone.screen.get_by_role("alert").first
    expect(said).to_contain_text("码", timeout=PATIENCE)
    assert not re.search(r"error|http|\d{3}|_", said.inner_text(), re.IGNORECASE)
    expect(phone.screen.locator("input").first).to_have_value("ABCD EFGH 2345", timeout=PATIENCE)
    assert phone.page.evaluate("localStorage.getItem('token')") is None
    phone.check()
    phone.close()


def test_a_code_of_something_else_is_named(app_browser, app_village):
    phone = phone_of(app_browser, app_village, "li")
    phone.open(f"{RESIDENT}/scan")
    for content, words in (
        ("wxp://f2f0abc", "微信的码"),
        ("https://elsewhere.example/menu", "不是村里的"),
        ("12345678901234567890", "要给店里扫"),
    ):
        phone.screen.locator("input").first.fill(content)
        phone.tap("下一步")
        phone.sees(words)
    phone.screen.locator("input").first.fill("https://another-town.example/pay/17")
    phone.tap("下一步")  # looks like a sign, but there is no such shop in this town
    phone.sees("没有找到这家店")
    phone.check()
    phone.close()


@pytest.mark.parametrize(
    "answered",
    [
        {"status": 200, "content_type": "text/html", "body": "<!doctype html><title>Free Wi-Fi</title>"},
        {"status": 403, "content_type": "text/html", "body": "<html>blocked</html>"},
        {"status": 504, "content_type": "text/plain", "body": "gateway timeout"},
    ],
    ids=["page-of-a-café", "page-that-blocks", "gateway"],
)
def test_an_answer_that_is_not_the_server_s_is_no_answer(app_browser, app_village, answered):
    phone = phone_of(app_browser, app_village, "li")
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国")
    phone.context.route("**/api/v1/**", lambda route: route.fulfill(**answered))
    phone.open(f"{RESIDENT}/statement")
    phone.open(f"{RESIDENT}/home")
    phone.sees("李建国", "没有网络|连不上")  # still signed in, with what was seen last
    phone.check()
    phone.close()


def test_a_server_that_never_answers_is_not_waited_for_for_ever(app_browser, app_village):
    phone = phone_of(app_browser, app_village)
    phone.page.clock.install()
    phone.open(f"{RESIDENT}/join")
    phone.context.route("**/api/v1/sessions", lambda route: None)
    phone.screen.locator("input").first.fill("ABCDEFGH2345")
    with phone.page.expect_request("**/api/v1/sessions"):
        phone.tap("^登录$")
    phone.page.clock.fast_forward(60_000)
    phone.sees("您填的都还在")
    expect(phone.screen.locator("input").first).to_have_value("ABCDEFGH2345", timeout=PATIENCE)
    phone.check()
    phone.close()


def test_a_payment_whose_answer_is_lost_is_paid_once(app_browser, app_village):
    """A flaky network: the first answer is lost after the server has taken it. The person presses again."""
    phone, facts = phone_of(app_browser, app_village, "zhao"), app_village[1]
    numbers: list[int] = []

    def flaky(route: Route) -> None:
        answer = route.fetch()
        assert answer.ok, answer.text()
        numbers.append(answer.json()["number"])
        if len(numbers) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    phone.context.route(
        "**/api/v1/me/payments", lambda route: flaky(route) if route.request.method == "POST" else route.continue_()
    )
    phone.open(f"{RESIDENT}/sign?shop={facts['shop']}")
    phone.sees("小芳超市")
    for key in "0.7":
        phone.screen.get_by_role("button", name=key, exact=True).first.tap()
    phone.tap("看一看")
    phone.tap("付给 小芳超市 ¥0.70")
    phone.sees("您填的都还在", "¥ 0.7")
    phone.tap("付给 小芳超市 ¥0.70")
    phone.sees("您付给 小芳超市 ¥0.70")
    assert len(numbers) == 2 and numbers[0] == numbers[1]
    phone.check()
    phone.close()


def test_a_full_browser_says_so_and_what_is_typed_is_still_sent(app_browser, app_village):
    """A name may have any sign in it that a phone can type; the store of this phone is full."""
    phone = phone_of(app_browser, app_village)
    phone.context.add_init_script(FULL)
    phone.open("pages/guest/ask")
    phone.page.evaluate("window.isFull = true")
    phone.screen.get_by_label("姓名").last.fill("小雨🌾👩‍🌾")
    phone.screen.get_by_label("户号（不知道就写门牌）").last.fill("302")
    phone.sees("手机存满了")
    with phone.page.expect_request(lambda asked: asked.method == "POST" and "join-requests" in asked.url) as sent:
        phone.tap("申请加入")
    assert sent.value.post_data_json["name"] == "小雨🌾👩‍🌾"
    phone.sees("请到村里拿入村码")
    phone.check()
    phone.close()
