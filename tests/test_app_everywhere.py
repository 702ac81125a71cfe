"""Every page of the web app, read by axe-core and by measure: zh and en, normal and elder, large and small phone."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as Patience

from tests.app_pages import SPECIAL, Place, kept_for, paths, places
from tests.app_phone import PHONE, SMALL, WebPhone

pytestmark = pytest.mark.browser

LOOK = (Path(__file__).parent / "app_look.js").read_text(encoding="utf-8")
NORMAL = {"text": 15, "target": 44, "spacing": 1.3, "contrast": 4.5}
ELDER = {"text": 24, "target": 60, "spacing": 1.3, "contrast": 4.5}


def looked_at(phone: WebPhone, place: Place, facts: dict[str, Any]) -> list[str]:
    """What is wrong with a page as it stands on this phone."""
    try:
        phone.open(place.address(facts))
        phone.page.wait_for_function("!document.querySelector('.g-skeleton')")
    except Patience as why:
        return [f"{place.path} {phone.lang}: {str(why)[:200]} {phone.complaints}"]
    wrong = [f"measured: {one}" for one in phone.page.evaluate(LOOK, ELDER if phone.elder else NORMAL)]
    found = Axe().run(phone.page, options={"resultTypes": ["violations"]}).response["violations"]
    wrong += [f"axe {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
    wide = phone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    wrong += [f"{wide} px wider than the screen"] if wide > 0 else []
    wrong += [f"complained: {words}" for words in phone.complaints] + [f"left: {url}" for url in phone.elsewhere]
    phone.complaints.clear()
    return [f"{place.path} {phone.lang}{' elder' if phone.elder else ''}: {one}" for one in wrong]


def test_the_list_of_pages_is_that_of_the_app():
    assert {place.path for place in SPECIAL} <= set(paths())
    assert len(paths()) == len(set(paths())) > 20


@pytest.mark.parametrize(
    ("lang", "elder", "size", "which"),
    [
        ("zh", False, PHONE, "all"),
        ("en", True, SMALL, "all"),
        ("zh", True, SMALL, "main"),
        ("en", False, PHONE, "main"),
    ],
    ids=["zh-normal-390", "en-elder-360", "zh-elder-360", "en-normal-390"],
)
def test_every_page_can_be_read_by_everyone(app_browser, app_village, lang, elder, size, which):
    server, facts = app_village
    wrong = []
    chosen = [place for place in places() if which == "all" or place.main]
    for who in {(place.who, place.till) for place in chosen}:
        of_them = [place for place in chosen if (place.who, place.till) == who]
        phone = WebPhone(app_browser, server, size=size, lang=lang, elder=elder, kept=kept_for(of_them[0], facts))
        for place in of_them:
            wrong += looked_at(phone, place, facts)
        phone.close()
    assert not wrong, "\n" + "\n".join(wrong)
