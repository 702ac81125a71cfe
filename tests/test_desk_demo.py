"""In the demo a visitor takes a seat at the desk, or somebody's phone, with one press."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import include, path

from gongfen.console.demo import PASSWORD, Seat
from gongfen.console.demo import demo_urls as desk_urls
from gongfen.pages.demo import Person, demo_urls
from gongfen.people.joining import sign_in_by_code
from gongfen.people.models import StaffAccount
from gongfen.people.tokens import new_token
from tests.village import NOW, Daicun

pytestmark = pytest.mark.django_db
WORK = ("有事等着。", "Something waits.")
PEOPLE = [Person("10", "王芳", WORK, "/me"), Person("99", "没有这人", WORK, "/me")]
SEATS = [Seat("6", "钱文书", WORK), Seat("1", "周会计", WORK), Seat("99", "没有这人", WORK)]
urlpatterns = [
    path("desk/", include("gongfen.console.urls")),
    path("", include("gongfen.pages.urls")),
    *demo_urls(PEOPLE, lambda town: None),
    *desk_urls(SEATS),
]
in_the_demo = override_settings(ROOT_URLCONF="tests.test_desk_demo", DEMO=True)


def test_outside_the_demo_there_is_no_such_seat(daicun: Daicun) -> None:
    assert Client().get("/desk/demo").status_code == 404
    assert Client().post("/desk/demo/0").status_code == 404
    assert Client().post("/demo/app/0").status_code == 404
    assert not StaffAccount.of(daicun.town).exists()


@in_the_demo
def test_one_press_and_the_visitor_sits_where_the_clerk_sits(daicun: Daicun) -> None:
    visitor = Client()
    shown = visitor.get("/desk/demo").content.decode()
    assert "坐钱文书的位子" in shown and PASSWORD in shown
    for _ in range(2):
        assert visitor.post("/desk/demo/0").headers["Location"] == "/desk/"
    assert "钱文书" in visitor.get("/desk/people").content.decode()
    assert StaffAccount.of(daicun.town).count() == 1


@in_the_demo
def test_another_seat_has_other_rooms(daicun: Daicun) -> None:
    visitor = Client()
    visitor.post("/desk/demo/0")
    visitor.post("/desk/demo/1")
    assert visitor.get("/desk/people").status_code == 403
    assert visitor.get("/desk/money").status_code == 200


@in_the_demo
@pytest.mark.parametrize("number", [2, 3])
def test_a_seat_that_is_not_there_is_nobodys(daicun: Daicun, number: int) -> None:
    visitor = Client()
    assert visitor.post(f"/desk/demo/{number}").headers["Location"] == "/desk/demo"
    assert visitor.get("/desk/people").status_code == 302


@in_the_demo
def test_in_the_app_the_join_code_is_typed_already(daicun: Daicun, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("app")
    with override_settings(APP_FOLDER=str(tmp_path)):
        assert "在手机应用里" in Client().get("/demo").content.decode()
    answer = Client().post("/demo/app/0", {"key": "k"})
    (code,) = re.findall(r"^/app/#/pages/resident/join\?code=(\w{12})$", answer.headers["Location"])
    assert sign_in_by_code(code, new_token(), label="app", now=NOW).resident.name == "王芳"
    assert Client().post("/demo/app/1", {"key": "k"}).headers["Location"].startswith("/demo")
