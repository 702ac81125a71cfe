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
ELDER = {"target": 60, "spacing": 1.3, "contrast": 4.5}
STEPS = {None: 0, 24: 0, 32: 1, 40: 2}  # elder mode's own size, and the two that are larger: client/src/ui/look.ts


def looked_at(phone: WebPhone, place: Place, facts: dict[str, Any], text: int | None) -> list[str]:
    """What is wrong with a page as it stands on this phone."""
    try:
        phone.open(place.address(facts))
        phone.page.wait_for_function("!document.querySelector('.g-skeleton')")
    except Patience as why:
        return [f"{place.path} {phone.lang}: {str(why)[:200]} {phone.complaints}"]
    wrong = [f"measured: {one}" for one in phone.page.evaluate(LOOK, ELDER | {"text": text} if text else NORMAL)]
    found = (
        Axe().run(phone.page, options={"resultTypes": ["violations"]}).response["violations"] if not STEPS[text] else []
    )
    wrong += [f"axe {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
    wide = phone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong += [f"{wide} px wider than the screen"] if wide > 0 else []
    wrong += [f"complained: {words}" for words in phone.complaints] + [f"left: {url}" for url in phone.elsewhere]
    phone.complaints.clear()
    return [f"{place.path} {phone.lang}{text or ''}: {one}" for one in wrong]


def test_the_list_of_pages_is_that_of_the_app():
    assert {place.path for place in SPECIAL} <= set(paths())
    assert len(paths()) == len(set(paths())) > 20


@pytest.mark.parametrize(
    ("lang", "text", "size", "which"),
    [
        ("zh", None, PHONE, "all"),
        ("en", 24, SMALL, "all"),
        ("zh", 40, SMALL, "all"),
        ("en", 32, SMALL, "main"),
        ("en", None, PHONE, "main"),
    ],
    ids=["zh-normal-390", "en-elder-360", "zh-elder-40-px-360", "en-elder-32-px-360", "en-normal-390"],
)
def test_every_page_can_be_read_by_everyone(app_browser, app_village, lang, text, size, which):
    server, facts = app_village
    wrong = []
    chosen = [place for place in places() if which == "all" or place.main]
    for who in {(place.who, place.till) for place in chosen}:
        of_them = [place for place in chosen if (place.who, place.till) == who]
        kept = kept_for(of_them[0], facts) | {"step": STEPS[text]}
        phone = WebPhone(app_browser, server, size=size, lang=lang, elder=text is not None, kept=kept)
        for place in of_them:
            wrong += looked_at(phone, place, facts, text)
        phone.close()
    assert not wrong, "\n" + "\n".join(wrong)
