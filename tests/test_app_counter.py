"""A shop's counter and a leader's phone, in the web app and in the WeChat package; and signing in inside WeChat."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.app_phone import SIM, Phone, WebPhone, WeChat
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

RESIDENT, SHOP, LEADER = "pages/resident", "pages/shop", "pages/organiser"
BOTH = pytest.mark.parametrize("kind", [WebPhone, WeChat], ids=["web", "weixin"])
PIN = "314159"
TOMORROW = "2099-05-04"


def presses(phone: Phone, keys: str) -> None:
    for key in keys:
        phone.screen.get_by_role("button", name=key, exact=True).first.tap()


@BOTH
def test_an_owner_adds_a_till_and_this_phone_is_it(app_browser, app_village, kind):
    server, facts = app_village
    phone = kind(app_browser, server, kept={"token": facts["tokens"]["chen"]})
    phone.open(f"{SHOP}/till")
    phone.sees("扫店主手机上的码")  # not a till yet: how it becomes one
    phone.open(f"{SHOP}/mine")
    phone.tap("^定密码$")
    presses(phone, PIN)
    phone.sees("密码定好了")
    phone.tap("添一台收款机")
    phone.screen.locator("input").first.fill("二号柜台")
    phone.tap("^添上$")
    phone.tap("就用这台手机收款")
    phone.sees("小芳超市 · 二号柜台")
    phone.check()


@BOTH
def test_the_owner_unlocks_and_lists_a_price(app_browser, app_village, kind):
    server, facts = app_village
    owner = kind(app_browser, server, kept={"token": facts["tokens"]["chen"], "till-token": facts["till"]})
    owner.open(f"{SHOP}/mine")
    owner.tap("^定密码$")
    presses(owner, PIN)
    owner.sees("密码定好了")
    owner.open(f"{SHOP}/offers")
    owner.tap("店主解锁")
    presses(owner, PIN)
    owner.sees("已解锁")
    fields = owner.screen.locator("input")
    name = "米酒" if kind is WebPhone else "年糕"
    fields.nth(0).fill(name)
    fields.nth(2).fill("18.5")
    owner.tap("^添一样$")
    owner.sees(f"{name} 写上了", "¥18.50")
    owner.open(f"{SHOP}/day")
    owner.sees("今天净收", "今天日结")
    owner.tap("^锁上$")
    owner.sees("店主解锁")
    owner.check()


def test_without_network_nothing_is_taken_and_that_is_said(app_browser, app_village):
    server, facts = app_village
    till = WebPhone(app_browser, server, kept={"till-token": facts["till"]})
    till.open(f"{SHOP}/till")
    till.sees("小芳超市")
    presses(till, "8")
    till.context.set_offline(True)
    till.sees("没有网络，现在收不了工分")
    expect(till.button("扫付款码")).to_be_disabled(timeout=PATIENCE)
    till.context.set_offline(False)
    expect(till.button("扫付款码")).to_be_enabled(timeout=PATIENCE)
    till.check()


@BOTH
def test_a_leader_shows_the_code_and_an_activity_is_made_from_what_was_typed(app_browser, app_village, kind):
    server, facts = app_village
    typed = {
        "kind": "affairs", "what": "meeting", "title": "春耕会", "day": TOMORROW, "from": "09:00", "until": "11:00",
        "paper": "到村委会登记", "budget": "20",
    }  # fmt: skip
    phone = kind(app_browser, server, kept={"token": facts["tokens"]["organiser"], "draft-make": typed})
    phone.open(f"{LEADER}/code?id={facts['activity']}")
    expect(phone.screen.locator(".show__digits")).to_have_text(re.compile(r"\d{3} \d{3}"), timeout=PATIENCE)
    phone.open(f"{LEADER}/make")
    phone.sees("积分标准")
    expect(phone.screen.locator("input").first).to_have_value("春耕会", timeout=PATIENCE)  # nothing typed is lost
    phone.tap("存成草稿")
    phone.sees("草稿存好了")
    phone.open(f"{LEADER}/mine")
    phone.sees("春耕会", "草稿，等另一个人批准")
    phone.check()


def test_in_wechat_the_agreement_comes_before_the_camera_and_a_no_means_typing(app_browser, app_village):
    phone = WeChat(app_browser, app_village[0])
    phone.open(f"{RESIDENT}/join")
    phone.world(needsPrivacy=True, privacy="", scan="https://village.example/pay/1")
    phone.tap("扫纸条上的码")
    phone.sees("先说清楚")
    phone.tap("不同意，我自己输")
    assert not [call for call in phone.said("calls") if "scanCode" in call]
    phone.screen.locator("input").first.fill("ABCD")  # one goes on by hand
    phone.tap("扫纸条上的码")
    phone.tap("同意，用相机")
    phone.sees("这不是入村码")
    phone.check()


def test_in_wechat_the_agreement_comes_before_a_photo_and_a_large_one_is_made_small_or_said(app_browser, app_village):
    server, facts = app_village
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "green").save(drawn, "JPEG")
    photo = {"path": f"{SIM}/large.jpg", "size": 20_000_000, "base64": base64.b64encode(drawn.getvalue()).decode()}
    phone = WeChat(app_browser, server, kept={"token": facts["tokens"]["lis_wife"]})
    phone.open(f"{RESIDENT}/claim?id={facts['activity']}&village={facts['village']}")
    phone.world(needsPrivacy=True, privacy="", files=[photo])
    phone.tap("拍照或选一张")
    phone.sees("先说清楚", "照片会传给村里")
    phone.tap("不同意，不传照片")
    phone.sees("没有选照片")
    assert not [call for call in phone.said("calls") if "chooseImage" in call]
    phone.world(cannotCompress=True)
    phone.tap("拍照或选一张")
    phone.tap("同意，选照片")
    phone.sees("这张照片太大，这台手机变不小")
    phone.world(cannotCompress=False)
    phone.tap("拍照或选一张")
    phone.sees("不要照片了")  # smaller, and sent
    phone.check()


def test_in_wechat_one_is_asked_about_messages_after_a_tap_and_a_no_changes_nothing(app_browser, app_village):
    server, facts = app_village
    phone = WeChat(app_browser, server, kept={"token": facts["tokens"]["wang"]})
    yeses: list[dict[str, object]] = []
    allowed = dict.fromkeys([f"access-control-allow-{what}" for what in ("origin", "headers", "methods")], "*")

    def configured(route: Route) -> None:
        """A server that has templates; what it does with a yes stands in `test_wechat_messages.py`."""
        if route.request.method == "POST":
            yeses.append(route.request.post_data_json)
        route.fulfill(json={"templates": ["tmpl-award"]} if route.request.method == "GET" else {}, headers=allowed)

    phone.context.route("**/api/v1/me/wechat-messages", configured)
    phone.open(f"{RESIDENT}/wishes")
    phone.sees("在微信里告诉我结果")
    assert not [call for call in phone.said("calls") if call.startswith("subscribe")]
    phone.world(subscribe="reject")
    phone.tap("在微信里告诉我结果")
    phone.page.wait_for_function("__wxsim.calls.includes('subscribe tmpl-award')")
    phone.sees("在微信里告诉我结果")
    assert yeses == []
    phone.world(subscribe="accept")
    with phone.page.expect_response(lambda answer: answer.url.endswith("/me/consents")):  # the switch follows
        phone.tap("在微信里告诉我结果")
    phone.sees("下一个结果会在微信里告诉您")
    assert yeses == [{"code": "code-of-wxsim", "accepted": ["tmpl-award"]}]
    phone.check()


def test_outside_wechat_nobody_is_asked_about_messages_there(app_browser, app_village):
    server, facts = app_village
    phone = WebPhone(app_browser, server, kept={"token": facts["tokens"]["wang"]})
    phone.open(f"{RESIDENT}/wishes")
    phone.sees("不打扰的时间")
    expect(phone.screen.get_by_text("在微信里告诉我结果")).to_have_count(0)
    phone.check()
