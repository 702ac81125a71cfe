"""People at the desk: one page a person, households that split and join, what is lost, roles by two."""

import pytest
from django.test import Client

from gongfen.people.acts import sign_in
from gongfen.people.at_the_office import RoleWish
from gongfen.people.looks import who_looked
from gongfen.people.models import Device, Household, Resident, Role
from gongfen.people.queries import has_role
from gongfen.shops.models import Asking, Card
from tests.desk import open_account
from tests.village import NOW, Daicun

pytestmark = pytest.mark.django_db
STAFF = ("周会计", "韩监督", "林队长", "吴审核", "钱文书", "孙审计")


@pytest.fixture
def clerk(daicun: Daicun) -> Client:
    return open_account(daicun, "钱文书")


def now(daicun: Daicun, name: str) -> Resident:
    """Somebody as the list has them now."""
    return Resident.of(daicun.town).select_related("household", "village", "group").get(name=name)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_person_has_one_page_without_points_or_money(daicun: Daicun, clerk: Client) -> None:
    shown = text(clerk, f"/desk/people/{daicun['王小刘'].id}")
    assert "王小刘" in shown and "王芳" in shown and "14 到 17 岁" in shown
    assert "余额" not in shown and "信用值" not in shown
    assert [seen.why for seen in who_looked(daicun["王小刘"])] == ["people"]
    child = text(clerk, f"/desk/people/{daicun['王小明'].id}")
    assert "监护人" in child and "打印一个新的入村码" not in child and "替本人办事" not in child


def test_the_list_is_corrected_and_only_what_changed_is_an_act(daicun: Daicun, clerk: Client) -> None:
    wang = daicun["王小刘"]
    typed = {"name": "王小刘", "nickname": "小刘", "age_band": "adult", "has_phone": "no", "counts_as_head": "yes"}
    for _ in range(2):
        assert clerk.post(f"/desk/people/{wang.id}/describe", typed).status_code == 303
    assert (now(daicun, "王小刘").nickname, now(daicun, "王小刘").age_band) == ("小刘", "adult")
    wrong = clerk.post(f"/desk/people/{wang.id}/describe", typed | {"age_band": "under_14", "nickname": "留着"})
    assert wrong.status_code == 422 and "14 岁以下" in wrong.content.decode() and "留着" in wrong.content.decode()
    missing = clerk.post(f"/desk/people/{wang.id}/describe", typed | {"name": " "})
    assert missing.status_code == 422 and 'aria-invalid="true"' in missing.content.decode()


def test_a_household_splits_and_joins_again(daicun: Daicun, clerk: Client) -> None:
    home = daicun["王芳"].household_id
    alone = clerk.post(f"/desk/households/{home}/split", {"resident": [daicun["王小明"].id], "number": "10-1"})
    assert alone.status_code == 422 and "没有大人" in alone.content.decode() and "10-1" in alone.content.decode()
    assert not Household.of(daicun.town).filter(number="10-1").exists(), "all or nothing"
    daicun_points = daicun.points("王芳")
    both = {"resident": [daicun["王芳"].id, daicun["王小明"].id], "number": " 10-1 ", "group": daicun["王芳"].group_id}
    assert clerk.post(f"/desk/households/{home}/split", both).status_code == 303
    mother, child = now(daicun, "王芳"), now(daicun, "王小明")
    assert mother.household.number == child.household.number == "10-1"
    assert mother.is_head and child.guardian_id == mother.id and daicun.points("王芳") == daicun_points
    assert clerk.post(f"/desk/households/{mother.household_id}/merge", {"number": "11"}).status_code == 303
    assert now(daicun, "王小明").household.number == "11"
    assert not now(daicun, "王芳").is_head and now(daicun, "赵大伯").is_head
    assert now(daicun, "王小明").guardian_id == mother.id


def test_the_household_chooses_head_and_guardian(daicun: Daicun, clerk: Client) -> None:
    home = daicun["赵二"].household_id
    assert clerk.post(f"/desk/households/{home}/head", {"head": daicun["赵二"].id}).status_code == 303
    assert now(daicun, "赵二").is_head and not now(daicun, "赵大伯").is_head
    child = daicun["王小明"]
    clerk.post(f"/desk/households/{daicun['赵二'].household_id}/merge", {"number": "10"})
    assert clerk.post(f"/desk/people/{child.id}/guardian", {"guardian": daicun["赵二"].id}).status_code == 303
    assert now(daicun, "王小明").guardian_id == daicun["赵二"].id
    other = clerk.post(f"/desk/people/{child.id}/guardian", {"guardian": daicun["陈小芳"].id})
    assert other.status_code == 422


def test_a_lost_phone_is_signed_out_at_once(daicun: Daicun, clerk: Client) -> None:
    device = sign_in(daicun["王芳"], "phone-of-wang", label="红手机", now=NOW)
    assert "红手机" in text(clerk, f"/desk/people/{daicun['王芳'].id}")
    for _ in range(2):
        path = f"/desk/people/{daicun['王芳'].id}/lost-phone"
        assert clerk.post(path, {"device": device.id}).status_code == 303
    assert Device.of(daicun.town).get(id=device.id).ended_at == NOW


def test_cards_need_a_second_person_and_are_printed_once(daicun: Daicun, clerk: Client) -> None:
    chosen = [daicun["李大伯"].id, daicun["赵大伯"].id, daicun["王小明"].id]
    for _ in range(2):
        assert clerk.post("/desk/cards/ask", {"resident": chosen}).status_code == 303
    asked = list(Asking.of(daicun.town).values_list("id", flat=True))
    assert len(asked) == 2, "nobody under 14, and nobody twice"
    assert clerk.post("/desk/cards/decide", {"asking": asked, "answer": "yes"}).status_code == 422
    supervisor = open_account(daicun, "韩监督")
    assert "李大伯" in text(supervisor, "/desk/cards")
    printed = supervisor.post("/desk/cards/decide", {"asking": asked, "answer": "yes"})
    assert printed.content.startswith(b"%PDF") and Card.of(daicun.town).filter(state="new").count() == 2
    again = supervisor.post("/desk/cards/decide", {"asking": asked, "answer": "yes"})
    assert not again.content.startswith(b"%PDF") and Card.of(daicun.town).count() == 2
    assert "card" in [seen.why for seen in who_looked(daicun["李大伯"])]


def test_a_role_needs_two_people_of_two_more_households(daicun: Daicun, clerk: Client) -> None:
    chen = daicun["陈小芳"]
    for _ in range(2):
        asked = clerk.post("/desk/roles/propose", {"resident": chen.id, "role": "treasurer"})
        assert asked.status_code == 303
    (wish,) = RoleWish.of(daicun.town)
    assert not has_role(chen, "treasurer", daicun.village.id)
    assert clerk.post(f"/desk/roles/{wish.id}", {"answer": "yes"}).status_code == 422, "not who proposed it"
    supervisor = open_account(daicun, "韩监督")
    assert "陈小芳" in text(supervisor, "/desk/roles")
    for _ in range(2):
        assert supervisor.post(f"/desk/roles/{wish.id}", {"answer": "yes"}).status_code == 303
    assert has_role(chen, "treasurer", daicun.village.id)
    ends = {"resident": chen.id, "role": "treasurer", "gives": "no"}
    assert supervisor.post("/desk/roles/propose", ends).status_code == 303
    wish = RoleWish.of(daicun.town).get(state="open")
    assert clerk.post(f"/desk/roles/{wish.id}", {"answer": "yes"}).status_code == 303
    assert Role.of(daicun.town).get(resident=chen).ended_at == NOW


def test_nobody_gives_their_own_household_a_role(daicun: Daicun, clerk: Client) -> None:
    own = clerk.post("/desk/roles/propose", {"resident": daicun["钱文书"].id, "role": "treasurer"})
    assert own.status_code == 422 and RoleWish.of(daicun.town).count() == 0
    child = clerk.post("/desk/roles/propose", {"resident": daicun["王小刘"].id, "role": "reviewer"})
    assert child.status_code == 422


def test_missing_roles_are_told_and_the_towns_reviewers_are_offered(daicun: Daicun, clerk: Client) -> None:
    assert "还缺" not in text(clerk, "/desk/roles")
    Role.of(daicun.town).filter(role="auditor").update(ended_at=NOW)
    Role.of(daicun.town).filter(resident=daicun["沈审核"]).update(ended_at=NOW)
    shown = text(clerk, "/desk/roles")
    assert "还缺" in shown and "审计员" in shown and "审核员至少要两户的两个人" in shown


PAGES = {
    "/desk/people": ("钱文书",),
    "/desk/households": ("钱文书",),
    "/desk/session": ("钱文书",),
    "/desk/cards": ("钱文书", "韩监督", "周会计", "吴审核", "林队长"),
    "/desk/roles": ("钱文书", "韩监督", "孙审计"),
    "/desk/leaving": ("钱文书", "周会计", "韩监督"),
    "/desk/looks": ("韩监督", "孙审计"),
}
OWN_PAGES = ("/desk/people/{person}", "/desk/households/{home}")


@pytest.mark.parametrize("who", STAFF)
def test_each_role_opens_its_own_pages_and_no_other(daicun: Daicun, who: str) -> None:
    client = open_account(daicun, who)
    for path, allowed in PAGES.items():
        assert client.get(path).status_code == (200 if who in allowed else 403), path
        assert client.get(path, headers={"Accept-Language": "en"}).status_code == (200 if who in allowed else 403)
    there = {"person": daicun["王芳"].id, "home": daicun["王芳"].household_id}
    for path in OWN_PAGES:
        assert client.get(path.format(**there)).status_code == (200 if who == "钱文书" else 403), path


def test_today_says_what_waits_and_since_when(daicun: Daicun, clerk: Client) -> None:
    supervisor = open_account(daicun, "韩监督")
    assert "张卡等您同意" not in text(supervisor, "/desk/")
    clerk.post("/desk/cards/ask", {"resident": [daicun["李大伯"].id]})
    clerk.post("/desk/roles/propose", {"resident": daicun["陈小芳"].id, "role": "treasurer"})
    shown = text(supervisor, "/desk/")
    assert "张卡等您同意" in shown and "个岗位提议等您定" in shown and "最早的：今天" in shown
    assert "张卡等您同意" not in text(clerk, "/desk/"), "not who asked"
    english = supervisor.get("/desk/", headers={"Accept-Language": "en"}).content.decode()
    assert "card waits for your yes" in english and "the oldest: today" in english.lower()


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


def test_no_text_that_somebody_typed_runs_in_a_page(daicun: Daicun, clerk: Client) -> None:
    wang, home = daicun["王小刘"], daicun["王芳"].household_id
    typed = {"nickname": HOSTILE[:30], "age_band": "youth", "has_phone": "no", "counts_as_head": "yes"}
    assert clerk.post(f"/desk/people/{wang.id}/describe", typed | {"name": HOSTILE[:60]}).status_code == 303
    sign_in(wang, "a hostile phone", label=HOSTILE[:60], now=NOW)
    everybody = [wang.id, daicun["王芳"].id, daicun["王小明"].id]
    door = {"resident": everybody, "number": "<b>=1"}
    assert clerk.post(f"/desk/households/{home}/split", door).status_code == 303
    supervisor = open_account(daicun, "韩监督")
    clerk.post("/desk/cards/ask", {"resident": [wang.id]})
    clerk.post(f"/desk/people/{wang.id}/session", {"how": "paper"})
    there = now(daicun, "王芳").household_id
    plain = ["people", f"people/{wang.id}", "households", f"households/{there}", "session", "cards"]
    asked = ["roles?who=", "people?q=", "leaving?slip=", "imports?table="]
    pages = [f"/desk/{path}" for path in plain] + [f"/desk/{path}{HOSTILE}" for path in asked]
    for client, paths in ((clerk, pages), (supervisor, ["/desk/cards", "/desk/looks", "/desk/looks?q=" + HOSTILE])):
        for path in paths:
            shown = text(client, path)
            assert "<script>alert" not in shown and "<img src=x" not in shown and "<b>=1" not in shown, path
    wrong = clerk.post(f"/desk/people/{wang.id}/describe", typed | {"name": "", "nickname": HOSTILE[:30]})
    assert wrong.status_code == 422 and "<script>" not in wrong.content.decode()
    for kind in ("csv", "xlsx"):
        assert clerk.get(f"/desk/people?as={kind}").status_code == 200


def test_no_cell_of_a_list_is_a_formula(daicun: Daicun, clerk: Client) -> None:
    for sign in "=+-@":
        Resident.of(daicun.town).filter(id=daicun["赵二"].id).update(name=f"{sign}HYPERLINK(1)")
        rows = clerk.get("/desk/people?as=csv").content.decode("utf-8-sig")
        assert f",'{sign}HYPERLINK(1)" in rows and f",{sign}HYPERLINK" not in rows
        out = clerk.get("/desk/imports/residents.csv").content.decode("utf-8-sig")
        assert f"'{sign}HYPERLINK(1)" in out
