"""The door of the desk: a printed code once, then a password and six digits; away for a while, the password again."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.people.joining import make_codes
from gongfen.people.models import Role
from gongfen.people.roles import decide, propose
from gongfen.town import clock
from tests.desk import PASSWORD, digits, open_account
from tests.village import NOW, Daicun

MINUTE = timedelta(minutes=1)
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


def test_a_closed_tab_does_not_lock_one_out(daicun: Daicun) -> None:
    (printed,) = make_codes(daicun["钱文书"], [daicun["吴审核"]], now=NOW)
    begun = {"join_code": printed.code, "name": "吴审核", "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/desk/begin", begun).status_code == 303  # and the tab is closed
    back = Client()
    typed = {"name": "吴审核", "password": PASSWORD, "code": "000000"}
    assert back.post("/desk/sign-in", typed | {"password": "another one"}).status_code == 422
    assert back.post("/desk/sign-in", typed).url == "/desk/second-factor"
    assert back.get("/desk/").status_code == 302, "the password alone opens nothing"
    (device,) = TOTPDevice.objects.all()
    assert "备用码" in back.post("/desk/second-factor", {"code": digits(device)}).content.decode()
    assert back.get("/desk/").status_code == 200


def test_ones_own_way_in_is_changed_by_oneself(daicun: Daicun) -> None:
    desk, elsewhere = open_account(daicun, "吴审核"), Client()
    first = StaticToken.objects.first()
    assert first is not None
    typed = {"name": "吴审核", "password": PASSWORD, "code": first.token}
    assert elsewhere.post("/desk/sign-in", typed).status_code == 303
    assert "还剩 7 个" in desk.get("/desk/phone").content.decode()
    old = StaticToken.objects.first()
    shown = desk.post("/desk/phone/codes").content.decode()
    assert old is not None and old.token not in shown and shown.count("<li><code>") == 8
    assert Client().post("/desk/sign-in", typed | {"code": old.token}).status_code == 422, "the old set ended"
    for new, again in (("a short walk by the sea", "a walk"), ("short", "short")):
        wrong = desk.post("/desk/phone/password", {"new_password": new, "new_again": again})
        assert wrong.status_code == 422 and new not in wrong.content.decode()
    new = "a short walk by the sea"
    changed = desk.post("/desk/phone/password", {"new_password": new, "new_again": new})
    assert "密码换好了" in desk.get(changed.url).content.decode(), "one stays signed in here"
    assert elsewhere.get("/desk/").status_code == 302, "and nowhere else"
    (before,) = TOTPDevice.objects.all()
    assert desk.post("/desk/phone/authenticator").url == "/desk/second-factor"
    assert TOTPDevice.objects.filter(confirmed=True).get() == before, "until the new one was scanned"
    fresh = TOTPDevice.objects.get(confirmed=False)
    assert desk.post("/desk/second-factor", {"code": digits(fresh)}).status_code == 200
    assert TOTPDevice.objects.get() == fresh


def test_who_lost_every_factor_begins_again_by_two_people(daicun: Daicun) -> None:
    lost, wu = open_account(daicun, "吴审核"), daicun["吴审核"]
    (printed,) = make_codes(daicun["钱文书"], [wu], now=NOW)
    typed = {"join_code": printed.code, "name": "老吴", "password": PASSWORD, "again": PASSWORD}
    assert Client().post("/desk/begin", typed).status_code == 422, "a code from one clerk takes over no account"
    for gives in (False, True):
        wish = propose(daicun["钱文书"], wu, "reviewer", daicun.village, gives=gives, now=NOW + MINUTE)
        decide(daicun["韩监督"], wish.id, yes=True, now=NOW + MINUTE)
    assert Client().post("/desk/begin", typed).status_code == 303
    assert lost.get("/desk/").status_code == 302, "what signed in before is out"


def test_nobody_comes_in_without_signing_in(daicun: Daicun) -> None:
    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/sign-in")


def test_who_lost_their_role_is_out(daicun: Daicun) -> None:
    client = open_account(daicun, "吴审核")
    Role.of(daicun.town).filter(resident=daicun["吴审核"]).update(ended_at=NOW)
    assert client.get("/desk/").status_code == 302
