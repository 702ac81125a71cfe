"""A shop's morning: from the first customer to the closing, in the web app and in the WeChat package."""

import json
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Route, expect

from gongfen.rules.pay_code import luhn
from gongfen.rules.totp import totp
from tests.app_phone import SMALL, Phone, WebPhone, WeChat
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

SHOP = "pages/shop"
PIN = "314159"
LISTENS = "window.__said = []; if (window.speechSynthesis) speechSynthesis.speak = said => __said.push(said.text)"
COUNTS = "window.__taps = 0; document.addEventListener('click', event => event.isTrusted && __taps++, true)"


class Counter:
    """A till with its shopkeeper's one hand: what they press is counted, what it says is heard."""

    def __init__(self, phone: Phone, folder: Path) -> None:
        self.phone, self.folder, self.codes = phone, folder, 0

    def keys(self, typed: str) -> None:
        for key in typed:
            self.phone.screen.get_by_role("button", name=key, exact=True).first.tap()

    def scans(self, text: str) -> None:
        """The camera sees this code: in WeChat its scanner, on the web a photo, where there is no camera."""
        if isinstance(self.phone, WeChat):
            self.phone.world(scan=text)
            self.phone.tap("扫付款码")
            return
        self.codes += 1
        picture = self.folder / f"{self.codes}.png"
        segno.make(text, error="m", micro=False).save(str(picture), scale=6)
        with self.phone.page.expect_file_chooser() as chooser:
            self.phone.tap("扫付款码")
        chooser.value.set_files(picture)

    def heard(self) -> list[str]:
        if isinstance(self.phone, WeChat):
            return [one for one in self.phone.said("calls") if one.startswith("plays")]
        return [str(one) for one in self.phone.page.evaluate("__said")]

    def taps(self) -> int:
        return int(self.phone.page.evaluate("__taps"))

    def reads_no(self, *words: str) -> None:
        """The screen is red and says why not; one press and the sum stands there still."""
        self.phone.sees("没收到", *words)
        self.phone.tap("^好$")
        expect(self.phone.screen.locator(".result")).to_have_count(0, timeout=PATIENCE)


class Customer:
    """A resident's phone at the counter, by what it sends to the server."""

    def __init__(self, server: str, token: str) -> None:
        self.server, self.token, self.keys = server, token, 0
        self.kept = self.send("POST", "/me/handles", {"renew": False})

    def send(self, method: str, path: str, body: Any = None) -> Any:
        self.keys += 1
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = f"morning-{self.token.replace(' ', '-')[:30]}-{id(self)}-{self.keys}"
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.server}/api/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read())

    def code(self) -> str:
        """The next pay code of this phone."""
        digits = self.kept["town_check"] + self.kept["handles"].pop(0)
        digits += totp(bytes.fromhex(self.kept["secret"]), int(datetime.now(UTC).timestamp()))
        return digits + luhn(digits)


def of_another_town(code: str) -> str:
    """A code that is right in itself, but another town gave it."""
    digits = f"{(int(code[:2]) + 1) % 100:02d}" + code[2:19]
    return digits + luhn(digits)


@pytest.fixture(params=[WebPhone, WeChat], ids=["web", "weixin"])
def counter(request: Any, app_browser: Browser, app_village: Any, tmp_path: Path) -> Counter:
    server, facts = app_village
    phone = request.param(
        app_browser, server, size=SMALL, kept={"token": facts["tokens"]["chen"], "till-token": facts["till"]}
    )
    phone.context.add_init_script(f"{LISTENS};{COUNTS}")
    return Counter(phone, tmp_path)


@pytest.fixture
def customer(request: Any, app_village: Any) -> Customer:
    """Each door has its own customer: what one spends is not missing in the other's morning."""
    server, facts = app_village
    return Customer(server, facts["tokens"]["li" if "web" in request.node.name else "organiser"])


def test_a_shops_morning(counter, customer, app_village):
    phone, (_, facts) = counter.phone, app_village
    phone.open(f"{SHOP}/till")
    phone.sees("小芳超市")

    # A customer: the sum, one press, and it is said aloud.
    before, code = counter.taps(), customer.code()
    counter.keys("1.5")
    counter.scans(code)
    phone.sees("收到1元5角")
    assert counter.taps() - before == len("1.5") + 1
    assert counter.heard()
    if isinstance(phone, WebPhone):
        assert counter.heard()[-1].startswith("收到1元5角")
    expect(phone.screen.locator(".result")).to_have_count(0, timeout=PATIENCE)  # it goes away by itself

    # The code first, then the sum: one more press.
    second = customer.code()
    counter.scans(second)
    phone.sees("扫到了")
    counter.keys("2")
    phone.tap("收 ¥2.00")
    phone.sees("收到2元")
    phone.tap("下一位")

    # Noes, each with its way on; the sum stays.
    counter.keys("3")
    counter.scans(of_another_town(second))
    counter.reads_no("别的乡镇")
    counter.scans("134567890123456789")
    counter.reads_no("微信或支付宝")
    counter.scans(f"https://village.example/pay/{facts['shop']}")
    counter.reads_no("店里的牌子")
    counter.scans(second)
    counter.reads_no("付款码用不了")  # it has paid already
    expect(phone.screen.locator(".till__sum")).to_have_text("¥3", timeout=PATIENCE)
    phone.check()


def test_a_shop_without_network_takes_nothing_and_asks_again_for_what_it_does_not_know(counter, customer):
    phone = counter.phone
    phone.open(f"{SHOP}/till")
    phone.sees("小芳超市")
    counter.keys("0.5")
    phone.context.set_offline(True) if isinstance(phone, WebPhone) else phone.page.evaluate("__wxsim.connect('none')")
    phone.sees("没有网络，现在收不了工分")
    expect(phone.button("扫付款码")).to_be_disabled(timeout=PATIENCE)
    phone.context.set_offline(False) if isinstance(phone, WebPhone) else phone.page.evaluate("__wxsim.connect('wifi')")
    expect(phone.button("扫付款码")).to_be_enabled(timeout=PATIENCE)

    # The server takes it and the answer is lost on the way: asked again by itself, taken once.
    taken: list[dict[str, Any]] = []

    def loses_the_first(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        answer = route.fetch(url=route.request.url.replace("http://127.0.0.1:8000", phone.server))
        taken.append(answer.json())
        if len(taken) == 1:
            return route.abort("connectionreset")
        return route.fulfill(response=answer, headers={**answer.headers, "access-control-allow-origin": "*"})

    phone.context.route("**/api/v1/till/payments", loses_the_first)
    counter.scans(customer.code())
    phone.sees("收到5角")
    assert [one["number"] for one in taken] == [taken[0]["number"]] * len(taken)
    assert len(taken) >= 2
    phone.check()


def test_what_is_paid_at_the_sign_is_heard_at_the_till_and_given_back_there(counter, customer, app_village):
    phone, (_, facts) = counter.phone, app_village
    phone.open(f"{SHOP}/mine")
    phone.tap("^定密码$")
    counter.keys(PIN)
    phone.sees("密码定好了")
    with phone.page.expect_response(lambda answer: "/till/payments?" in answer.url):
        phone.open(f"{SHOP}/till")
    paid = customer.send("POST", "/me/payments", {"shop": facts["shop"], "money": 12_000})
    phone.sees("牌子上付的：收到1元2角")
    assert counter.heard()

    phone.open(f"{SHOP}/day")
    phone.sees("今天净收", rf"{paid['number']} 号 · 店里的牌子")
    phone.screen.get_by_text(f"{paid['number']} 号 · 店里的牌子").tap()
    phone.tap("只退一部分")
    counter.keys("0.2")
    phone.tap("^退回 ¥0.20$")
    phone.sees("退了 ¥0.20")
    phone.tap("全部退回 ¥1.00")
    phone.sees("这笔已经全退了")

    phone.open(f"{SHOP}/day")
    phone.tap("店主解锁")
    counter.keys(PIN)
    phone.tap("今天日结")
    phone.tap("对，日结")
    phone.sees("日结了，等结算", "往日的账")
    phone.open(f"{SHOP}/till")
    counter.keys("1")
    counter.scans(customer.code())
    counter.reads_no("日结")
    phone.open(f"{SHOP}/day")
    phone.tap("重新开今天的账")
    phone.sees("正在收款")
    phone.tap("^锁上$")
    phone.sees("店主解锁")
    phone.check()
