"""The treasurer's, supervisor's and clerk's day at the desk."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from gongfen.people.joining import ask_to_join
from gongfen.people.looks import who_looked
from gongfen.people.models import JoinCode, Resident
from gongfen.town import clock
from tests.desk import PASSWORD, open_account
from tests.village import NOW, YUAN, Daicun

pytestmark = pytest.mark.django_db
SLIP = {"number": "工行-88", "donor": "县果业合作社", "yuan": "1,200.50", "received_on": "2026-03-17"}


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def test_money_is_recorded_by_one_and_approved_by_another(daicun: Daicun) -> None:
    treasurer, supervisor = open_account(daicun, "周会计"), open_account(daicun, "韩监督")
    assert treasurer.post("/desk/money/slips", SLIP).status_code == 303
    assert daicun.fund() == 9_000 * YUAN
    shown = supervisor.get("/desk/money").content.decode()
    assert "县果业合作社" in shown
    slip = shown.split("/desk/money/slips/")[1].split('"')[0]
    assert treasurer.post(f"/desk/money/slips/{slip}", {"answer": "yes"}).status_code == 403
    for _ in range(2):
        assert supervisor.post(f"/desk/money/slips/{slip}", {"answer": "yes"}).status_code == 303
    assert daicun.fund() == 10_200 * YUAN + YUAN // 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [("yuan", "一百"), ("yuan", "-5"), ("yuan", "1.234"), ("received_on", "昨天"), ("number", " "), ("yuan", "9" * 12)],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_kept(daicun: Daicun, field: str, typed: str) -> None:
    treasurer = open_account(daicun, "周会计")
    answer = treasurer.post("/desk/money/slips", SLIP | {field: typed})
    assert answer.status_code == 422
    assert "县果业合作社" in answer.content.decode()
    assert daicun.fund() == 9_000 * YUAN


def test_before_money_the_password_is_asked_again(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    treasurer = open_account(daicun, "周会计")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=6))
    asked = treasurer.post("/desk/money/slips", SLIP)
    assert asked.status_code == 401
    assert "县果业合作社" in asked.content.decode()
    assert treasurer.post("/desk/money/slips", SLIP | {"desk_password": PASSWORD}).status_code == 303


def test_the_clerk_prints_codes_and_is_seen_looking(daicun: Daicun) -> None:
    clerk = open_account(daicun, "钱文书")
    shown = clerk.get("/desk/people", {"q": "王芳"}).content.decode()
    assert "王芳" in shown
    assert "李大伯" not in shown
    printed = clerk.post("/desk/people/codes", {"resident": [daicun["王芳"].id]})
    assert printed.content.startswith(b"%PDF")
    assert JoinCode.of(daicun.town).filter(resident=daicun["王芳"], used_at=None).count() == 1
    assert [seen.called for seen in who_looked(daicun["王芳"])] == ["钱文书"]


def test_the_clerk_answers_who_asks_to_join(daicun: Daicun) -> None:
    clerk = open_account(daicun, "钱文书")
    asked = ask_to_join(daicun.village, name="新来的", household_number="12", age_band="adult", secret="s", now=NOW)
    assert "新来的" in clerk.get("/desk/people").content.decode()
    group = daicun["王芳"].group_id
    for _ in range(2):
        clerk.post(f"/desk/people/requests/{asked.id}", {"group": group, "answer": "yes"})
    assert Resident.of(daicun.town).filter(name="新来的").count() == 1


def test_only_the_clerk_sees_the_list(daicun: Daicun) -> None:
    for who in ("周会计", "韩监督", "林队长", "孙审计"):
        assert open_account(daicun, who).get("/desk/people").status_code == 403


def test_today_says_what_waits_and_leads_there(daicun: Daicun) -> None:
    treasurer, supervisor, clerk = (open_account(daicun, who) for who in ("周会计", "韩监督", "钱文书"))
    assert "等您核对" not in treasurer.get("/desk/").content.decode()
    treasurer.post("/desk/money/slips", SLIP)
    ask_to_join(daicun.village, name="新来的", household_number="12", age_band="adult", secret="s", now=NOW)
    assert "张银行单等您核对" in supervisor.get("/desk/").content.decode()
    assert "人申请加入" in clerk.get("/desk/").content.decode()
    assert "等您核对" not in treasurer.get("/desk/").content.decode()


@pytest.mark.parametrize("who", ["周会计", "韩监督", "林队长", "吴审核", "钱文书", "孙审计"])
def test_every_room_of_the_rail_is_there(daicun: Daicun, who: str) -> None:
    client = open_account(daicun, who)
    start = client.get("/desk/").content.decode()
    rooms = re.findall(r'href="(/desk/[a-z]*)"', start)
    assert rooms
    for room in rooms:
        assert client.get(room).status_code == 200, room
