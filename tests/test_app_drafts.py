"""What an organiser drafts on the phone that was the desk's alone: paid work from an order, and surveys."""

import re

import pytest
from playwright.sync_api import expect

from tests.app_server import asked
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

LEADER = "pages/organiser"


def test_paid_work_takes_its_money_from_an_order(phone_of):
    typed = {
        "kind": "labor", "what": "paid", "title": "果园疏果", "day": "2099-05-04", "from": "07:30", "until": "17:00",
        "paper": "到村委会登记", "places": "10", "payer": "果品合作社", "pay": "120",
    }  # fmt: skip
    lin = phone_of("organiser", **{"draft-make": typed})
    lin.open(f"{LEADER}/make")
    lin.sees("疏果订单 · 合作社，还剩 ¥1,000.00")
    expect(lin.button("存成草稿")).to_be_disabled(timeout=PATIENCE)
    lin.screen.get_by_role("radio", name=re.compile("疏果订单")).tap()
    lin.tap("存成草稿")
    lin.sees("草稿存好了")
    lin.tap("^好$")
    lin.sees("果园疏果", "果品合作社付钱，干满一天 ¥120.00", "打算备 1,200 工分")  # by the terms, for ten
    lin.check()


def test_a_survey_is_written_on_the_phone_and_read_there_before_it_opens(phone_of, app_village):
    server, facts = app_village
    survey = asked(facts, server, "organiser", f"/villages/{facts['village']}/surveys/{facts['survey']}")
    blank = {"en": "", "options": "", "least": "", "most": "", "bands": "", "only": "", "answers": []}
    typed = {
        "title": "修哪条路", "title_en": "", "day": "2099-05-04", "until": "20:00",
        "questions": [{**blank, "asks": "one", "zh": "先修哪条？", "options": "东路 | East\n西路 | West"}],
    }  # fmt: skip
    lin = phone_of("organiser", **{"draft-questions": typed})
    lin.open(f"{LEADER}/questions?id={survey['activity']}")
    lin.tap("再加一题")
    lin.screen.locator("textarea").nth(2).fill("为什么？")
    lin.screen.get_by_role("button", name="写几句").nth(1).tap()
    lin.screen.get_by_role("button", name="第 1 题").tap()
    lin.screen.get_by_role("checkbox", name="西路").tap()  # only those who said so are asked why
    lin.tap("存好问卷")
    lin.sees("问卷存好了")
    lin.tap("^好$")
    lin.sees("修哪条路", "1. 先修哪条？", "选一个 · 东路 · 西路", "2. 为什么？", "打开问卷，让大家答")
    drafted = asked(facts, server, "organiser", f"/activities/{survey['activity']}/surveys")
    found = next(one for one in drafted if one["title"] == "修哪条路")
    assert found["questions"][1]["only_if"] == {"question": "q1", "answers": ["a2"]}
    lin.check()
