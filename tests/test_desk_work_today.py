"""The start page says what waits in the rooms for work, one press from the act; and what hangs on the board."""

import pytest
from django.test import Client

from gongfen.activities import sheets
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.terms import propose_terms
from gongfen.rules.notice import village_day
from tests.desk import PASSWORD, at_desk
from tests.doors_earning import a_photo
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


def today(desk: Client) -> str:
    desk.post("/desk/", {"desk_password": PASSWORD})
    return desk.get("/desk/").content.decode()


def test_each_person_sees_what_waits_for_them_and_nothing_else(life: Life) -> None:
    ditch = life.publish()
    waiting = life.claim(ditch, "li", minutes=60)
    refused = life.claim(ditch, "wang", minutes=60)
    life.refuse(refused, by=life.second)
    life.appeal(refused, "wang")
    street = life.draft(title="扫街")
    new = Terms("common", "hour", 150, 60)
    terms = propose_terms(life.organiser, life.host, "volunteering", new, village_day(life.now) + 8 * DAY, now=life.now)
    sheet = sheets.print_sheet(ditch)
    sheets.photograph(sheet, a_photo(), by=life.clerk, now=life.now)
    reviewer, supervisor, clerk = (at_desk(life, who) for who in ("reviewer", "supervisor", "clerk"))
    seen = today(reviewer)
    assert "/desk/review?state=appealed" in seen and "最急的还剩 14 天" in seen
    assert "/desk/review?state=made" in seen and f'href="/desk/terms/{terms.id}"' in seen
    assert f"/desk/activities/{street.id}" not in seen and sheet.slip not in seen
    seen = today(supervisor)
    assert f'href="/desk/activities/{street.id}"' in seen and "组这季还没抽查" in seen and "?state=made" not in seen
    seen = today(clerk)
    page = f"/desk/activities/{ditch.id}/sheets/{sheet.slip}"
    assert f'href="{page}"' in seen and "/desk/review" not in seen.split("<main")[1]
    sheets.type_sheet(sheets.find_sheet(ditch, sheet.slip), [], by=life.clerk, now=life.now)
    assert page not in today(clerk)  # one's own typing is checked by somebody else
    assert page in today(reviewer)
    life.draft(title="修路")
    assert "/desk/activities?state=draft" in today(supervisor), "several are a list"
    assert waiting.id != refused.id
    life.now += 10 * DAY
    assert "最急的还剩 4 天" in today(reviewer)
    assert "appeal to answer; the most urgent has 4 days" in reviewer.get("/desk/?lang=en").content.decode()
    assert "个活动等您批准" in today(supervisor)
    assert "activities to approve" in supervisor.get("/desk/?lang=en").content.decode()


def test_notice_periods_that_end_today_are_said(life: Life) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim)
    reviewer = at_desk(life, "reviewer")
    assert "公示今天结束" not in today(reviewer)
    life.now += 5 * DAY
    assert "公示今天结束" in today(reviewer)


def test_what_hangs_on_the_board_has_no_names(life: Life) -> None:
    ditch = life.publish()
    for who in ("li", "wang"):
        life.approve(life.claim(ditch, who, minutes=90))
    organiser = at_desk(life, "organiser")
    for page in ("/desk/review/notice", f"/desk/activities/{ditch.id}/results"):
        shown = organiser.get(page).content.decode().split("<main")[1]
        number = life.li.household.number
        assert f">{number}<" in shown and "1.5" in shown and ">li<" not in shown and "wang" not in shown
    assert "li" not in organiser.get("/desk/review/notice?as=csv").content.decode("utf-8-sig").split("\r\n", 1)[1]
    life.days_pass(7)
    organiser.post("/desk/", {"desk_password": PASSWORD})
    after = organiser.get(f"/desk/activities/{ditch.id}/results").content.decode().split("<main")[1]
    assert (
        f"<td>{life.li.household.number}</td>" not in after
        and "3 小时" in after
        and " 人" not in after.split("提异议")[0]
    )


def test_what_is_published_and_what_may_be_closed_waits_for_the_organiser(life: Life) -> None:
    ditch = life.publish(ends_at=life.now + DAY)
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    draft = life.draft(title="扫街")
    supervisor.post(f"/desk/activities/{draft.id}/approve")
    seen = today(organiser)
    assert "个活动可以发布了" in seen and f'href="/desk/activities/{draft.id}"' in seen and "?state=open" not in seen
    life.days_pass(5)
    seen = today(organiser)
    assert "个活动可以结束了" in seen and ditch.id
