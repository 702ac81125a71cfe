"""The built WeChat package on glass-easel, WeChat's own framework, against the real server."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app_pages import kept_for, paths, places
from tests.app_phone import BUILT, WeChat
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """What the compiler of the simulator found in the built package."""
    told: dict[str, Any] = json.loads((BUILT / "wxsim" / "report.json").read_text(encoding="utf-8"))
    return told


def test_the_package_is_whole_small_and_asks_only_for_what_wechat_has(report):
    assert report["problems"] == []
    assert report["sizes"]["main"] < 600 * 1024
    assert report["pages"] == paths()
    assert {"request", "scanCode", "setKeepScreenOn"} <= report["apis"].keys()


def test_every_page_opens(app_browser, app_village):
    server, facts = app_village
    for who in {(place.who, place.till) for place in places()}:
        of_them = [place for place in places() if (place.who, place.till) == who]
        phone = WeChat(app_browser, server, kept=kept_for(of_them[0], facts))
        for place in of_them:
            phone.open(place.address(facts))
            phone.page.wait_for_function("!document.querySelector('.wx-page:not([hidden]) .g-skeleton')")
            assert phone.screen.inner_text().strip(), place.path
            phone.check()
        phone.close()


@pytest.mark.parametrize(("size", "step"), [(20, "g-step-0"), (24, "g-step-2")])
def test_large_text_in_wechat_turns_elder_mode_on(app_browser, app_village, size, step):
    phone = WeChat(app_browser, app_village[0])
    world = json.dumps(json.dumps({"fontSize": size}))
    phone.context.add_init_script(
        f"if (location.protocol.startsWith('http')) sessionStorage.setItem('wxsim-world', {world})"
    )
    phone.open("pages/resident/join")
    page = phone.screen.locator(".g-page")
    expect(page).to_have_class(re.compile(rf"\bg-elder\b.*{step}|{step}.*\bg-elder\b"), timeout=PATIENCE)
    phone.tap("普通版")  # and what the person says counts more
    expect(page).not_to_have_class(re.compile(r"\bg-elder\b"), timeout=PATIENCE)
    phone.check()
    phone.close()
