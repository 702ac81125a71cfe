"""The built WeChat package on glass-easel, WeChat's own framework, against the real server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.app_pages import kept_for, paths, places
from tests.app_phone import BUILT, WeChat
from tests.walking import served, started

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The real server, and what a walk must know of its village."""
    with served(tmp_path_factory.mktemp("weixin"), "tests.app_village") as (address, told):
        yield address, json.loads(told[0])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


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


def test_every_page_opens(browser, village):
    server, facts = village
    for who in {(place.who, place.till) for place in places()}:
        of_them = [place for place in places() if (place.who, place.till) == who]
        phone = WeChat(browser, server, kept=kept_for(of_them[0], facts))
        for place in of_them:
            phone.open(place.address(facts))
            phone.page.wait_for_function("!document.querySelector('.wx-page:not([hidden]) .g-skeleton')")
            assert phone.screen.inner_text().strip(), place.path
            phone.check()
        phone.close()


def test_a_code_is_shown_taken_and_found_in_the_statement(browser, village):
    server, facts = village
    phone = WeChat(browser, server, kept={"token": facts["tokens"]["li"]})
    phone.open("pages/resident/home")
    phone.sees("李建国")
    phone.check()
