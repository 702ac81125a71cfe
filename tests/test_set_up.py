"""A village in ten minutes: step by step, left and gone on with, whole or not at all, only with the one-time code."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client, override_settings

from gongfen.activities.models import TermsVersion
from gongfen.files import set_up
from gongfen.ledger.audit import audit
from gongfen.people.models import Resident, Role, Village
from gongfen.town import clock
from gongfen.town.models import Town
from tests.desk import PASSWORD, open_account
from tests.test_pages_house import faults
from tests.village import NOW, Daicun

pytestmark = pytest.mark.django_db
PLACE = {"town": "浦阳镇", "name": "戴村", "par": "100", "code": "3", "notice_days": ""}
LIST = """户号,姓名,村民小组,年龄段,户主,有手机,监护人
1,王芳,一组,18-59岁,是,是,
1,王小明,一组,14岁以下,否,否,王芳
2,李建国,二组,60岁以上,是,否,
3,张三,二组,18-59岁,是,是,
4,李四,二组,18-59岁,是,是,"""
STAFF = {"clerk0": "王芳", "organiser0": "3-张三", "supervisor0": "李建国", "treasurer0": "李四"}
MEETING = {"met_on": "2026-03-10", "took_part": "80", "yes": "71"}
BAD = '"><script>x()</script>'


@pytest.fixture(autouse=True)
def server(tmp_path, monkeypatch, db):
    """A fresh server with a folder of its own."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with override_settings(FOLDER=tmp_path):
        yield tmp_path


def newcomer(lang: str = "zh") -> Client:
    client = Client(headers={"Accept-Language": lang})
    assert client.get(f"/desk/set-up?code={set_up.code()}").status_code == 303
    return client


def typed(client: Client, step: str, **fields) -> SimpleNamespace:
    answer = client.post(f"/desk/set-up/{step}", fields)
    return SimpleNamespace(status=answer.status_code, text=answer.content.decode(), to=answer.headers.get("Location"))


def everything(client: Client) -> None:
    typed(client, "place", **PLACE)
    typed(client, "people", pasted=LIST)
    typed(client, "roles", **STAFF)
    typed(client, "terms", **MEETING)


def test_a_newcomer_founds_a_village():
    client = newcomer()
    everything(client)
    assert not Town.objects.exists()
    assert typed(client, "check").to == "/desk/set-up/account"
    village = Village.of(Town.objects.get()).get()
    assert (village.name, village.town.code, village.town.par) == ("戴村", 3, 100)
    assert Resident.of(village.town).count() == 5
    assert set(Role.of(village.town).values_list("role", flat=True)) == {
        "clerk",
        "organiser",
        "supervisor",
        "treasurer",
    }
    assert TermsVersion.of(village.town).filter(state="decided").count() == len(set_up.usual_terms())
    assert audit(village.town, full=True, now=NOW).passed


def test_pressed_twice_it_is_founded_once():
    client = newcomer()
    everything(client)
    for _ in range(2):
        assert typed(client, "check").to == "/desk/set-up/account"
    assert Town.objects.count() == 1


def test_it_can_be_left_and_gone_on_with_from_another_browser():
    typed(newcomer(), "place", **PLACE)
    client = newcomer()
    assert client.get("/desk/set-up").headers["Location"] == "/desk/set-up/people"
    assert "浦阳镇" in client.get("/desk/set-up/place").content.decode()
    everything(client)
    assert newcomer().get("/desk/set-up").headers["Location"] == "/desk/set-up/check"


def test_nobody_comes_in_without_the_code():
    client = Client()
    for step in ("place", "people", "roles", "terms", "check", "account", "people.csv"):
        assert client.get(f"/desk/set-up/{step}").headers["Location"] == "/desk/set-up"
    wrong = client.post("/desk/set-up", {"code": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422 and "这个码不对" in wrong.content.decode()
    for _ in range(30):
        client.post("/desk/set-up", {"code": "AAAA-BBBB-CCCC"})
    assert client.post("/desk/set-up", {"code": set_up.code()}).status_code == 422  # slowed for everybody
    from django.core.cache import cache

    cache.clear()
    assert client.post("/desk/set-up", {"code": set_up.code().lower().replace("-", " ")}).status_code == 303


def test_the_code_is_dead_once_somebody_has_an_account():
    client = newcomer()
    everything(client)
    typed(client, "check")
    fang = Resident.of(Town.objects.get()).get(name="王芳")
    shown = typed(client, "account", resident=str(fang.id)).text
    code = shown.split('name="join_code" value="')[1].split('"')[0]
    account = {"join_code": code, "name": "fang", "password": PASSWORD, "again": PASSWORD, "town": "3"}
    assert client.post("/desk/begin", account).headers["Location"] == "/desk/second-factor"
    assert client.get("/desk/set-up/account").status_code == 404
    assert Client().get(f"/desk/set-up?code={set_up.code()}").status_code == 404


def test_a_server_with_a_village_has_no_set_up(daicun: Daicun):
    assert Client().get(f"/desk/set-up?code={set_up.code()}").status_code == 404


@pytest.mark.parametrize(
    ("step", "wrong", "told"),
    [
        ("place", {"town": ""}, "✗"),
        ("place", {"code": "0"}, "✗"),
        ("place", {"code": "abc"}, "✗"),
        ("place", {"notice_days": "31"}, "✗"),
        ("place", {"par": "7"}, "✗"),
        ("people", {"pasted": "姓名\n王芳"}, "户号"),
        ("people", {"pasted": LIST.replace("60岁以上", "很老")}, "很老"),
        ("roles", {"clerk0": ""}, "文书"),
        ("roles", {"clerk0": "没有的人"}, "名单上没有"),
        ("roles", {"treasurer0": "李建国"}, "一家"),
        ("terms", {"met_on": "2027-01-01"}, "✗"),
        ("terms", {"yes": "40"}, "过半"),
        ("terms", {"took_part": "-3"}, "✗"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_kept(step, wrong, told):
    client = newcomer()
    typed(client, "place", **PLACE)
    typed(client, "people", pasted=LIST)
    fields = {"place": PLACE, "people": {}, "roles": STAFF, "terms": MEETING}[step] | wrong
    answer = typed(client, step, **fields)
    assert answer.status == 422 and told in answer.text
    for name, value in fields.items():
        assert name in ("par", "pasted") or f'value="{value}"' in answer.text, name
    assert faults(answer.text) == []


def test_no_list_is_no_step():
    client = newcomer()
    typed(client, "place", **PLACE)
    assert typed(client, "people", pasted=" ").status == 422
    assert client.get("/desk/set-up/roles").headers["Location"] == "/desk/set-up/people"


def test_two_of_one_name_are_told_apart():
    client = newcomer()
    typed(client, "place", **PLACE)
    typed(client, "people", pasted=LIST + "\n5,王芳,一组,18-59岁,是,是,")
    assert "户号-姓名" in typed(client, "roles", clerk0="王芳").text
    assert typed(client, "roles", clerk0="5-王芳").to == "/desk/set-up/terms"


def test_roles_and_terms_may_come_later():
    client = newcomer("en")
    typed(client, "place", **PLACE)
    typed(client, "people", pasted=LIST)
    assert typed(client, "roles", clerk0="王芳").to == "/desk/set-up/terms"
    assert typed(client, "terms", later="yes").to == "/desk/set-up/check"
    assert "two people decide it later" in client.get("/desk/set-up/check").content.decode()
    assert typed(client, "check").to == "/desk/set-up/account"
    assert TermsVersion.of(Town.objects.get()).count() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_empty_table_can_be_filled_in_and_read(lang):
    client = newcomer(lang)
    typed(client, "place", **PLACE)
    text = client.get("/desk/set-up/people.csv").content.decode("utf-8-sig")
    assert typed(client, "people", pasted=text).to == "/desk/set-up/roles"


@pytest.mark.parametrize("field", ["town", "town_en", "name", "name_en", "code", "notice_days"])
def test_no_field_of_the_place_carries_a_script(field):
    client = newcomer()
    page = typed(client, "place", **(PLACE | {field: BAD})).text or client.get("/desk/set-up/place").content.decode()
    assert BAD not in page and "&lt;script&gt;" in page


def test_no_list_and_no_role_carries_a_script():
    client = newcomer()
    typed(client, "place", **(PLACE | {"town": BAD, "name": BAD}))
    listed = LIST.replace("王芳", "<b>王</b>").replace("一组", "<i>组")
    assert "<b>" not in typed(client, "people", pasted=listed + BAD).text
    typed(client, "people", pasted=listed)
    page = typed(client, "roles", clerk0=BAD, auditor0="<b>王</b>").text
    assert BAD not in page and "<b>王" not in page
    typed(client, "roles", clerk0="1-<b>王</b>")
    typed(client, "terms", met_on=BAD, took_part=BAD, yes=BAD)
    typed(client, "terms", later="yes")
    check = client.get("/desk/set-up/check").content.decode()
    assert "<b>王" not in check and BAD not in check
    typed(client, "check")
    assert "<b>王" not in client.get("/desk/set-up/account").content.decode()


# --- the first steps -------------------------------------------------------------------------------------------------


def test_the_first_steps_say_who_is_next(daicun: Daicun):
    steps = open_account(daicun, "钱文书").get("/desk/first-steps").content.decode()
    assert "谁做什么" in steps and "还没有账号的同事" in steps
    assert "由别人来做" in steps and "林队长" in steps  # an activity is for the organiser
    assert "/desk/shops" in steps
    assert faults(steps) == []


def test_a_village_without_a_reviewer_is_told_of_the_towns(daicun: Daicun):
    Role.of(daicun.town).filter(role="reviewer").update(ended_at=NOW - timedelta(days=1))
    steps = open_account(daicun, "韩监督").get("/desk/first-steps?lang=en").content.decode()
    assert "Missing: reviewer" in steps


def test_a_shop_is_written_down_by_one_and_agreed_by_another(daicun: Daicun):
    clerk, supervisor = open_account(daicun, "钱文书"), open_account(daicun, "韩监督")
    shop = {"name": "小芳超市", "owner": "9-陈小芳", "opens": "8:00", "closes": "20", "place": "村口"}
    assert "没有“9-陈大”" in clerk.post("/desk/shops/new", shop | {"owner": "9-陈大"}).content.decode()
    for _ in range(2):
        assert clerk.post("/desk/shops/new", shop).status_code == 303
    waiting = supervisor.get("/desk/shops").content.decode()
    assert waiting.count("小芳超市") == 1
    number = waiting.split('action="/desk/shops/')[1].split('"')[0]
    assert clerk.post(f"/desk/shops/{number}", {"answer": "yes"}).status_code == 403
    assert supervisor.post(f"/desk/shops/{number}", {"answer": "yes"}).status_code == 303
    assert "陈小芳" in clerk.get("/desk/shops").content.decode()
    assert "08:00-20:00" in clerk.get("/desk/shops").content.decode()


@pytest.mark.parametrize("field", ["name", "place", "owner", "payee", "opens", "account"])
def test_no_field_of_a_shop_carries_a_script(daicun: Daicun, field):
    clerk = open_account(daicun, "钱文书")
    clerk.post("/desk/shops/new", {"name": "店", "closes": "20", "opens": "8"} | {field: BAD})
    assert BAD not in clerk.get("/desk/shops").content.decode()
