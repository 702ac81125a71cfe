"""The door of the desk: a printed code once, then a password and six digits; away for a while, the password again."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken

from gongfen.people.joining import make_codes
from gongfen.people.models import Role
from gongfen.town import clock
from tests.desk import PASSWORD, open_account
from tests.village import NOW, Daicun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def test_staff_open_an_account_and_find_what_waits(daicun: Daicun) -> None:
    client = open_account(daicun, "吴审核")
    answer = client.get("/desk/")
    assert answer.status_code == 200
    assert "吴审核" in answer.content.decode()


def test_nobody_without_a_role_opens_one(daicun: Daicun) -> None:
    (printed,) = make_codes(daicun["钱文书"], [daicun["王芳"]], now=NOW)
    typed = {"join_code": printed.code, "name": "王芳", "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/desk/begin", typed).status_code == 422


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
def test_a_weak_password_is_refused_and_the_rest_kept(daicun: Daicun, password: str) -> None:
    (printed,) = make_codes(daicun["钱文书"], [daicun["吴审核"]], now=NOW)
    typed = {"join_code": printed.code, "name": "老吴", "password": password, "again": password}
    answer = Client().post("/desk/begin", typed)
    assert answer.status_code == 422
    assert printed.code in answer.content.decode()


def test_password_alone_is_not_enough_and_five_tries_lock(daicun: Daicun) -> None:
    open_account(daicun, "吴审核")
    client = Client()
    for _ in range(5):
        answer = client.post("/desk/sign-in", {"name": "吴审核", "password": PASSWORD, "code": "000000"})
        assert answer.status_code == 422
    recovery = StaticToken.objects.first()
    assert recovery is not None
    typed = {"name": "吴审核", "password": PASSWORD, "code": recovery.token}
    assert "一刻钟" in client.post("/desk/sign-in", typed).content.decode()
    cache.clear()  # a quarter of an hour later
    assert client.post("/desk/sign-in", typed).status_code == 303
    assert client.get("/desk/").status_code == 200
    assert Client().post("/desk/sign-in", typed).status_code == 422, "a recovery code works once"


def test_away_for_a_while_the_password_is_asked_again(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    client = open_account(daicun, "吴审核")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=16))
    answer = client.post("/desk/", {"what": "typed a long text"})
    assert answer.status_code == 401
    assert "typed a long text" in answer.content.decode(), "nothing typed is lost"
    answer = client.post("/desk/", {"what": "typed a long text", "desk_password": "wrong"})
    assert answer.status_code == 401
    assert client.post("/desk/", {"what": "typed a long text", "desk_password": PASSWORD}).status_code == 200
    assert client.get("/desk/").status_code == 200


def test_nobody_comes_in_without_signing_in(daicun: Daicun) -> None:
    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in")


def test_who_lost_their_role_is_out(daicun: Daicun) -> None:
    client = open_account(daicun, "吴审核")
    Role.of(daicun.town).filter(resident=daicun["吴审核"]).update(ended_at=NOW)
    assert client.get("/desk/").status_code == 302
