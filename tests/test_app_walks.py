"""Money, from the phone that shows a code to the line in the statement: in the web app and in the WeChat package."""

import re

import pytest
from playwright.sync_api import expect

from tests.app_phone import PHONE, SMALL, Phone, WebPhone, WeChat
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

RESIDENT, SHOP = "pages/resident", "pages/shop"
BOTH = pytest.mark.parametrize("kind", [WebPhone, WeChat], ids=["web", "weixin"])
# Hours of a resident's rotating code may differ by minutes between two browsers' clocks: both read this machine's.


def digits(phone: Phone) -> str:
    """The twenty digits below the code on the screen."""
    shown = phone.screen.locator(".pay__digits")
    expect(shown).to_have_text(re.compile(r"\d{4}( \d{4}){4}"), timeout=PATIENCE)
    return shown.inner_text().replace(" ", "")


def types(phone: Phone, sum_: str) -> None:
    """A sum on the large keypad."""
    for key in sum_:
        phone.screen.get_by_role("button", name=key, exact=True).first.tap()


def takes(till: Phone, sum_: str, code: str) -> None:
    """The shop types the sum and the customer's digits."""
    types(till, sum_)
    till.tap("输数字")
    till.screen.locator("input").first.fill(code)
    till.tap("^收款$")


@BOTH
def test_a_code_is_shown_taken_and_found_in_the_statement(app_browser, app_village, kind, request):
    server, facts = app_village
    who, sum_ = ("li", "1.5") if kind is WebPhone else ("wang", "2.5")
    phone = kind(app_browser, server, kept={"token": facts["tokens"][who]})
    phone.open(f"{RESIDENT}/pay")
    code = digits(phone)

    till = kind(app_browser, server, size=SMALL, kept={"token": facts["tokens"]["chen"], "till-token": facts["till"]})
    till.open(f"{SHOP}/till")
    takes(till, sum_, code)
    till.sees(rf"{sum_}0|{sum_[0]}元5角")
    phone.sees(rf"您付给 小芳超市 ¥{sum_}0")  # the phone finds out by itself
    assert digits(phone) != code  # and the next one is in front

    phone.open(f"{RESIDENT}/receipts")
    phone.sees("小芳超市", rf"¥{sum_}0")
    phone.open(f"{RESIDENT}/statement")
    phone.sees("小芳超市")
    phone.check()
    till.check()


@BOTH
def test_a_shop_s_printed_sign_is_enough(app_browser, app_village, kind):
    server, facts = app_village
    phone = kind(app_browser, server, kept={"token": facts["tokens"]["lis_wife" if kind is WebPhone else "organiser"]})
    phone.open(f"{RESIDENT}/sign?shop={facts['shop']}")
    phone.sees("小芳超市")
    types(phone, "0.5")
    phone.tap("看一看")
    if kind is WebPhone:  # she has earned nothing: she reads why, in words, and nothing is taken
        expect(phone.screen.get_by_role("alert").first).to_be_visible(timeout=PATIENCE)
    else:
        phone.tap("付给 小芳超市 ¥0.50")
        phone.sees("您付给 小芳超市 ¥0.50", r"小票 \d+ 号")
    phone.check()


@BOTH
def test_a_slip_of_paper_signs_a_phone_in_once(app_browser, app_village, kind):
    server, facts = app_village
    code = facts["codes"]["zhao" if kind is WebPhone else "wang"]
    phone = kind(app_browser, server, size=PHONE)
    phone.open(f"{RESIDENT}/join")
    phone.screen.locator("input").first.fill("ABC")
    phone.tap("^登录$")
    phone.sees("入村码是 12 个字母和数字")
    phone.screen.locator("input").first.fill(code)
    phone.tap("^登录$")
    phone.sees("赵大伯" if kind is WebPhone else "王秀英")
    phone.open(f"{RESIDENT}/home")
    phone.sees("赵大伯" if kind is WebPhone else "王秀英")
    phone.check()
