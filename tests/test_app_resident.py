"""What residents and guests do with the app that needs more than one tap, in the system's Chromium."""

from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.app_phone import WebPhone
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

RESIDENT, GUEST = "pages/resident", "pages/guest"
App = tuple[str, dict[str, Any]]


def phone_of(browser: Browser, village: App, who: str = "") -> WebPhone:
    server, facts = village
    return WebPhone(browser, server, kept={"token": facts["tokens"][who]} if who else {})


def test_a_guest_reads_everything_public_and_asks_to_join(app_browser, app_village):
    phone = phone_of(app_browser, app_village)
    phone.open(f"{RESIDENT}/home")
    phone.sees("这周", "冬季村民会议", "村里的钱")
    phone.open(f"{GUEST}/shops")
    phone.sees("小芳超市")
    phone.open(f"{GUEST}/terms")
    phone.sees("公益工", "每小时")
    phone.open(f"{GUEST}/ask")
    phone.screen.get_by_label("姓名").last.fill("新来的")
    phone.screen.get_by_label("户号（不知道就写门牌）").last.fill("301")
    phone.tap("申请加入")
    phone.sees("请到村里拿入村码")
    phone.check()
    phone.close()


def test_a_survey_is_resumed_and_waits_for_a_network(app_browser, app_village):
    phone, facts = phone_of(app_browser, app_village, "zhao"), app_village[1]
    phone.open(f"{RESIDENT}/survey?id={facts['survey']}&village={facts['village']}")
    phone.screen.get_by_role("radio", name="不要", exact=True).tap()
    phone.screen.locator("textarea").fill("桥头太暗")  # asked because of the answer before
    phone.page.reload()
    expect(phone.screen.locator("textarea")).to_have_value("桥头太暗", timeout=PATIENCE)
    expect(phone.screen.get_by_role("radio", name="不要", exact=True)).to_be_checked()
    phone.context.set_offline(True)
    phone.tap("^交上$")
    phone.sees("先记下了")
    phone.context.set_offline(False)
    phone.open(f"{RESIDENT}/home")
    phone.sees("送出了：问卷：路灯")
    phone.check()
    phone.close()


def test_a_claim_takes_a_large_photo_along(app_browser, app_village, tmp_path):
    large = tmp_path / "large.jpg"
    Image.effect_noise((3000, 2400), 90).convert("RGB").save(large, quality=95)
    assert large.stat().st_size > 5 * 1024 * 1024
    phone, facts = phone_of(app_browser, app_village, "zhao"), app_village[1]
    phone.open(f"{RESIDENT}/claim?id={facts['activity']}&village={facts['village']}")
    phone.screen.get_by_role("radio", name="半天").tap()
    with phone.page.expect_file_chooser() as chooser:
        phone.tap("拍照或选一张")
    with phone.page.expect_response(lambda answer: answer.url.endswith("/api/v1/evidence")) as sent:
        chooser.value.set_files(large)
    assert sent.value.status == 201
    assert sent.value.json()["width"] == 1600
    phone.sees("不要照片了")
    phone.check()
    phone.close()
