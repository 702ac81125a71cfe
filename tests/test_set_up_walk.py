"""A newcomer's clicks: from the address that a fresh server prints to a village with money, an activity and a shop."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, expect

from tests.desk import PASSWORD
from tests.desk_walking import DeskWalk, file_of
from tests.test_set_up import LIST, MEETING
from tests.walking import DESK, HOME, PATIENCE, PHONE, Walk, served, started

pytestmark = pytest.mark.browser

MOST_PRESSES = 12  # from the printed address to one's own start page
MOST_OF_ALL = 45  # of four people together, until points may be earned and spent, and the poster hangs
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


class Newcomer(DeskWalk):
    """Somebody who has never seen this: every press is counted, every page must be sound."""

    presses = 0

    def press(self, zh: str, en: str, *, first: bool = False) -> None:
        self.sound()
        self.presses += 1
        super().press(zh, en, first=first)

    def goes(self, href: str) -> None:
        """A link of the page, found by where it leads."""
        self.sound()
        self.presses += 1
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.locator(f'main a[href^="{href}"]').first.click()

    def opens_account(self, name: str) -> None:
        """Name, password, the phone's six digits; the recovery codes are shown, then the desk."""
        self.type_in(name=name, password=PASSWORD, again=PASSWORD)
        self.press("下一步", "Next")
        secret = self.page.locator("main").inner_text()
        key = re.search(r"\b[A-Z2-7]{32}\b", secret.replace(" ", ""))
        assert key is not None
        self.type_in(code=digits(key[0]))
        self.press("完成", "Done")
        self.goes("/desk/")
        self.goes("/desk/first-steps")


def comes(
    browser: Browser, address: str, name: str, codes: dict[str, str], size: dict[str, int], lang: str
) -> Newcomer:
    """A colleague with a printed slip opens an account, and is where the first steps are."""
    walk = Newcomer(browser, address, size, lang)
    walk.open("/desk/begin")
    walk.type_in(join_code=codes[name])
    walk.opens_account(name)
    return walk


def slips(folder: Path, *names: str) -> dict[str, str]:
    """What stands on the slips that the clerk prints."""
    env = {word: value for word, value in os.environ.items() if not word.startswith("GONGFEN_")}
    env |= {"GONGFEN_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gongfen.settings"}
    done = subprocess.run([sys.executable, "-m", "tests.slips", *names], env=env, cwd=HOME, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, str] = json.loads(done.stdout)
    return found


def digits(secret: str) -> str:
    """What an authenticator shows for this secret now."""
    import base64

    return f"{totp(base64.b32decode(secret)):06d}"


def test_a_newcomer_sets_a_village_up_without_help(browser: Browser, fresh: tuple[str, Path]):
    address, log = fresh
    printed = PRINTED.search(log.read_text())
    assert printed is not None
    clerk = founds(browser, address, printed[0])
    writes_a_shop(clerk)
    codes = slips(log.parent, "李四", "李建国", "张三")
    treasurer = comes(browser, address, "李四", codes, DESK, "zh")
    records_money(treasurer)
    organiser = comes(browser, address, "张三", codes, PHONE, "zh")
    drafts_the_ditch(organiser)
    supervisor = comes(browser, address, "李建国", codes, PHONE, "en")
    agrees(supervisor)
    publishes(organiser)
    prints_for_everyone(clerk)
    everybody = (clerk, treasurer, organiser, supervisor)
    assert sum(one.presses for one in everybody) <= MOST_OF_ALL, [one.presses for one in everybody]
    for one in everybody:
        one.check()
    village = Walk(browser, address, PHONE, "zh")
    village.open("/")
    village.sees("¥4,920.00", "")  # eighty points are set aside for the ditch
    village.sees("清渠", "")
    village.sees("小芳超市", "")
    gone = Walk(browser, address, PHONE, "en")
    gone.page.goto(printed[0])  # the code is dead now
    gone.sees("", "This is set up already")


def founds(browser: Browser, address: str, printed: str) -> Newcomer:
    """From the printed address to the clerk's own desk."""
    clerk = Newcomer(browser, address, DESK, "zh")
    clerk.page.goto(printed)
    clerk.type_in(town="浦阳镇", name="戴村")
    clerk.press("下一步", "Next")
    clerk.type_in(pasted=LIST)
    clerk.press("读名单", "Read")
    clerk.type_in(clerk0="王芳", organiser0="张三", supervisor0="李建国", treasurer0="李四")
    clerk.type_in(reviewer0="张三", reviewer1="李四", auditor0="王芳")
    clerk.press("下一步", "Next")
    clerk.type_in(**MEETING)
    clerk.press("就用这一套", "Use these")
    clerk.sees("4 户，5 人", "")
    clerk.press("建村", "Found")
    clerk.press("我是王芳", "I am")
    clerk.opens_account("王芳")
    clerk.sees("头几步", "")
    assert clerk.presses <= MOST_PRESSES
    for name in ("会计 李四", "组织人 张三"):
        clerk.sees(name, "")
    return clerk


def writes_a_shop(clerk: Newcomer) -> None:
    """From the first steps to a shop that waits for the supervisor."""
    clerk.goes("/desk/shops")
    clerk.type_in(name="小芳超市", owner="1-王芳")
    clerk.press("写下，交监督员同意", "Write it down")
    clerk.sure()
    expect(clerk.page.locator(".told.no")).to_have_count(1, timeout=PATIENCE)  # her own shop: somebody else's to ask
    clerk.forgive(422)
    clerk.type_in(name="小芳超市", owner="3-张三")
    clerk.press("写下，交监督员同意", "Write it down")
    clerk.sees("等监督员同意的", "")
    clerk.sees("下一步：", "")  # every page of a young village says what comes next


def records_money(treasurer: Newcomer) -> None:
    """The first money, as the bank's slip says it."""
    treasurer.goes("/desk/money")
    treasurer.type_in(number="0001", donor="浦阳农商行", yuan="5000", received_on="2026-01-05")
    treasurer.press("记下，交监督员核对", "Record")
    treasurer.sure()
    treasurer.sees("等核对", "")


def drafts_the_ditch(organiser: Newcomer) -> None:
    """The first activity, from a ready-made one: nothing has to be typed."""
    organiser.goes("/desk/activities")
    organiser.goes("/desk/activities/new")
    organiser.goes("?template=canal")
    organiser.press("存成草稿", "Keep the draft")
    organiser.sees("等监督员批准", "")


def agrees(supervisor: Newcomer) -> None:
    """The money is there, the shop is known, the words are right."""
    supervisor.goes("/desk/money")
    supervisor.press("核对过", "I have seen")
    supervisor.sure()
    supervisor.goes("/desk/activities")  # the next step, from the line above the page
    supervisor.follow("", "Clearing the ditch")
    supervisor.presses += 1
    supervisor.press("批准", "Approve")
    supervisor.sure()
    supervisor.goes("/desk/shops")
    supervisor.press("同意，挂牌", "Agree: put it on the list")
    supervisor.sure()
    supervisor.sees("", "小芳超市")


def publishes(organiser: Newcomer) -> None:
    """The approved activity is announced, and its poster printed."""
    organiser.page.reload()
    organiser.press("发布", "Publish")
    organiser.sure()
    poster = organiser.page.locator('main a[href$="poster.pdf"]').get_attribute("href")
    assert organiser.context.request.get(organiser.server + str(poster)).body().startswith(b"%PDF")


def prints_for_everyone(clerk: Newcomer) -> None:
    """Join codes for all who are grown up; then nothing is left to do."""
    clerk.open("/desk/first-steps")
    clerk.goes("/desk/people")
    for box in clerk.page.locator('tbody input[type="checkbox"]').all():
        box.check()
    clerk.presses += 1
    file_of(clerk, "打印入村码", "", "application/pdf")
    clerk.open("/desk/first-steps")
    clerk.sees("都好了，村子可以开始用了", "")
    clerk.sound()
    clerk.open("/desk/people")
    expect(clerk.page.locator(".next-step")).to_have_count(0, timeout=PATIENCE)
