"""What residents and guests do with the app that needs more than one tap, in the system's Chromium."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

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
    phone.open(f"{RESIDENT}/roster")
    phone.sees("季度新加的", r"一共 \d+ 人")
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


def test_a_book_of_ten_thousand_lines_is_leafed_through(app_browser, app_village):
    """Two hundred pages: the phone shows the newest, goes back by the page, and never holds them all."""
    phone = phone_of(app_browser, app_village, "li")

    def page_of(route: Route) -> None:
        """The fifty lines before a number; ten thousand in all, a hundred a day."""
        asked = parse_qs(urlsplit(route.request.url).query)
        before = int(asked.get("after", ["10001"])[0])
        if asked.get("q"):  # what is looked for stands far back: the server has only looked at so many
            items, after = ([], before - 1000) if before > 3000 else ([before - 1], 0)
        else:
            items = list(range(before - 1, max(before - 51, 0), -1))
            after = items[-1] if items[-1] > 1 else 0
        route.fulfill(json={"items": [line_of(n) for n in items], "next": str(after) if after else None})

    phone.context.route("**/api/v1/me/lines?*", page_of)
    phone.open(f"{RESIDENT}/statement")
    phone.sees("第 10000 笔")
    rows = phone.screen.get_by_text("笔 · ")
    expect(rows).to_have_count(50, timeout=PATIENCE)
    newest = phone.screen.get_by_text("回到最新的")
    while not newest.is_visible():  # by the button, or by itself at the bottom, or both
        shown = rows.count()
        assert shown <= 300
        phone.tap("再看一些")
        expect(rows.nth(shown).or_(newest).first).to_be_visible(timeout=PATIENCE)
    assert rows.count() <= 300
    phone.tap("回到最新的")
    phone.sees("第 10000 笔")
    phone.screen.get_by_label("找一笔（店名、活动……）").last.fill("很久以前")
    expect(rows).to_have_count(1, timeout=PATIENCE)  # found eight pieces further back, without another tap
    phone.sees("第 2000 笔")
    phone.check()
    phone.close()


def line_of(n: int) -> dict[str, Any]:
    """One line of a long book."""
    day = date(2026, 11, 20) - timedelta(days=(10_000 - n) // 100)
    told = f"第 {n} 笔 · 1 工分到账"
    same = {"points": 100, "money": 0, "proof": "", "rule": "", "approver": "", "claim": None}
    return {"id": str(n), "number": n, "at": f"{day}T08:00:00+08:00", "told": told, **same}
