"""A newcomer's clicks: from the address that a fresh server prints to a village with money, an activity and a shop."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, expect

from tests.desk import PASSWORD
from tests.test_desk_walk import complaints_of_axe, invalid, sure
from tests.test_set_up import LIST, MEETING
from tests.walking import DESK, PATIENCE, PHONE, Walk, served, started

pytestmark = pytest.mark.browser

MOST_PRESSES = 12  # from the printed address to one's own start page
PRINTED = re.compile(r"http://\S+/desk/set-up\?code=\S+")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server without a town: its address and what it prints."""
    folder = tmp_path_factory.mktemp("fresh")
    with served(folder) as (address, _):
        yield address, folder / "server.log"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


class Newcomer(Walk):
    """Somebody who has never seen this: every press is counted, every page must be sound."""

    presses = 0

    def press(self, zh: str, en: str, *, first: bool = False) -> None:
        self.sound()
        self.presses += 1
        super().press(zh, en, first=first)

    def fill(self, **fields: str) -> None:
        self.page.wait_for_load_state()
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def sound(self) -> None:
        self.check()
        assert invalid(self.page.content()) == [], invalid(self.page.content())
        assert complaints_of_axe(self) == [], complaints_of_axe(self)

    def opens_account(self, name: str) -> None:
        """Name, password, the phone's six digits; the recovery codes are shown, then the desk."""
        self.fill(name=name, password=PASSWORD, again=PASSWORD)
        self.press("下一步", "Next")
        secret = self.page.locator("main").inner_text()
        key = re.search(r"\b[A-Z2-7]{32}\b", secret.replace(" ", ""))
        assert key is not None
        self.fill(code=digits(key[0]))
        self.press("", "", first=True)
        self.page.goto(self.server + "/desk/first-steps")


def digits(secret: str) -> str:
    """What an authenticator shows for this secret now."""
    import base64

    return f"{totp(base64.b32decode(secret)):06d}"


def test_a_newcomer_sets_a_village_up_without_help(browser: Browser, fresh: tuple[str, Path]):
    address, log = fresh
    printed = PRINTED.search(log.read_text())
    assert printed is not None
    clerk = Newcomer(browser, address, DESK, "zh")
    clerk.page.goto(printed[0])
    clerk.fill(town="浦阳镇", name="戴村")
    clerk.press("下一步", "Next")
    clerk.fill(pasted=LIST)
    clerk.press("读名单", "Read")
    clerk.fill(clerk0="王芳", organiser0="张三", supervisor0="李建国", treasurer0="李四", reviewer0="张三")
    clerk.press("下一步", "Next")
    clerk.fill(**MEETING)
    clerk.press("就用这一套", "Use these")
    clerk.sees("4 户，5 人", "")
    clerk.press("建村", "Found")
    clerk.press("我是王芳", "I am")
    clerk.opens_account("王芳")
    clerk.sees("头几步", "")
    assert clerk.presses <= MOST_PRESSES
    clerk.sound()
    writes_a_shop(clerk)
    for who, name in (("treasurer", "李四"), ("supervisor", "李建国")):
        assert who and name in clerk.open("/desk/first-steps").locator("main").inner_text()
    clerk.check()
    gone = Walk(browser, address, PHONE, "en")
    gone.page.goto(printed[0])  # the code is dead now
    gone.sees("", "This is set up already")


def writes_a_shop(clerk: Newcomer) -> None:
    """From the first steps to a shop that waits for the supervisor."""
    clerk.page.locator('main a[href="/desk/shops"]').click()
    clerk.fill(name="小芳超市", owner="1-王芳")
    clerk.press("写下，交监督员同意", "Write it down")
    sure(clerk)
    expect(clerk.page.locator(".told.no")).to_have_count(1, timeout=PATIENCE)  # her own shop: somebody else's to ask
    assert [what for what in clerk.complaints if "422" not in what] == []
    clerk.complaints.clear()
    clerk.fill(name="小芳超市", owner="3-张三")
    clerk.press("写下，交监督员同意", "Write it down")
    clerk.sees("等监督员同意的", "")
