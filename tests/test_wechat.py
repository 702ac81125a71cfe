"""Signing in by WeChat: the join code once, the account afterwards; and a plain sentence for every no of WeChat's."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from gongfen.people import acts
from gongfen.people.joining import make_codes
from gongfen.people.models import Device, JoinCode
from gongfen.people.queries import caller_by_token
from gongfen.town.models import TownModel
from gongfen.wechat import code2session
from gongfen.wechat.code2session import App, WeChatBusy, WeChatRefused, openid_of
from gongfen.wechat.models import WeChatLink
from gongfen.wechat.signing_in import openid_hash
from tests import weixin as simulated
from tests.village import NOW, Daicun
from tests.weixin import APP_ID, SECRET, SESSION_KEY, Weixin, a_weixin

PHONE, NEW_PHONE = "t" * 43, "n" * 43


@pytest.fixture
def weixin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Weixin]:
    """A WeChat for this server, that does not let us wait between tries."""
    monkeypatch.setenv("GONGFEN_WECHAT_APP_ID", APP_ID)
    monkeypatch.setenv("GONGFEN_WECHAT_SECRET", SECRET)
    monkeypatch.setattr(code2session, "PAUSES", (0, 0))
    with a_weixin() as one:
        monkeypatch.setenv("GONGFEN_WECHAT_ADDRESS", one.address)
        yield one


def app(weixin: Weixin, secret: str = SECRET) -> App:
    return App(APP_ID, secret, weixin.address)


def sign_in(code: str, token: str = PHONE, join_code: str = "", lang: str = "zh"):
    body = {"code": code, "token": token, "join_code": join_code}
    return Client().post(
        "/api/v1/sessions/wechat", body, content_type="application/json", headers={"Accept-Language": lang}
    )


def a_join_code(daicun: Daicun, name: str) -> str:
    (printed,) = make_codes(daicun["钱文书"], [daicun[name]], now=NOW)
    return printed.code


def bound(daicun: Daicun, weixin: Weixin, name: str = "王芳", token: str = PHONE) -> None:
    answer = sign_in(weixin.login("openid-of-wang-fang"), token, a_join_code(daicun, name))
    assert answer.status_code == 201, answer.json()


def test_the_join_code_is_needed_once_and_the_account_is_enough_afterwards(daicun, weixin):
    first = sign_in(weixin.login("openid-of-wang-fang"))
    assert (first.status_code, first.json()["code"]) == (409, "wechat_not_bound")
    bound(daicun, weixin)
    assert caller_by_token(PHONE).resident == daicun["王芳"]
    again = sign_in(weixin.login("openid-of-wang-fang"), NEW_PHONE)
    assert again.status_code == 201
    assert again.json()["name"] == "王芳"
    assert caller_by_token(NEW_PHONE).resident == daicun["王芳"]


def test_an_account_signs_in_one_device_and_the_one_before_is_ended(daicun, weixin):
    bound(daicun, weixin)
    sign_in(weixin.login("openid-of-wang-fang"), NEW_PHONE)
    assert caller_by_token(PHONE) is None
    assert WeChatLink.of(daicun.town).count() == 1


def test_an_answer_that_was_lost_is_given_again(daicun, weixin):
    code = a_join_code(daicun, "王芳")
    first = sign_in(weixin.login("openid-of-wang-fang"), join_code=code)
    again = sign_in(weixin.login("openid-of-wang-fang"), join_code=code)
    third = sign_in(weixin.login("openid-of-wang-fang"))
    assert first.json() == again.json() == third.json()
    assert Device.of(daicun.town).filter(resident=daicun["王芳"], ended_at=None).count() == 1


def test_ending_the_device_ends_the_bond(daicun, weixin):
    bound(daicun, weixin)
    caller = caller_by_token(PHONE)
    acts.sign_out(caller, caller.device, now=NOW)
    assert sign_in(weixin.login("openid-of-wang-fang"), NEW_PHONE).json()["code"] == "wechat_not_bound"
    bound(daicun, weixin, "赵二", NEW_PHONE)  # the phone was given to somebody else
    assert WeChatLink.of(daicun.town).count() == 1


def test_an_account_of_one_resident_does_not_become_anothers_by_a_join_code(daicun, weixin):
    bound(daicun, weixin)
    code = a_join_code(daicun, "赵二")
    no = sign_in(weixin.login("openid-of-wang-fang"), NEW_PHONE, code)
    assert (no.status_code, no.json()["code"]) == (409, "wechat_of_somebody_else")
    assert JoinCode.of(daicun.town).filter(resident=daicun["赵二"], used_at=None).exists()  # the code is not used up
    assert caller_by_token(PHONE).resident == daicun["王芳"]


def test_a_wrong_join_code_binds_nothing(daicun, weixin):
    no = sign_in(weixin.login("openid-of-wang-fang"), join_code="ABCDEFGHJKLM")
    assert no.json()["code"] == "wrong_join_code"
    assert not WeChatLink.of(daicun.town).exists()


@pytest.mark.parametrize(
    ("number", "code", "status"),
    [
        (40029, "wechat_code_over", 409),
        (40163, "wechat_code_over", 409),
        (45011, "wechat_slower", 429),
        (40226, "wechat_blocked", 409),
        (40125, "wechat_refused", 409),
        (99999, "wechat_refused", 409),
    ],
)
def test_every_no_of_wechats_is_told_in_plain_words_and_never_asked_twice(daicun, weixin, number, code, status):
    weixin.moods = [number]
    no = sign_in(weixin.login("openid-of-wang-fang"))
    assert (no.status_code, no.json()["code"]) == (status, code)
    assert "入村码" in no.json()["title"] or code == "wechat_code_over"  # the way that always works
    assert len(weixin.asked) == 1


@pytest.mark.parametrize("mood", [-1, 500, 502, simulated.GARBAGE, simulated.LIST])
def test_a_busy_wechat_is_asked_again(daicun, weixin, mood):
    bound(daicun, weixin)
    weixin.moods = [mood, mood]
    assert sign_in(weixin.login("openid-of-wang-fang")).status_code == 201


def test_where_the_answer_was_lost_the_phone_asks_wechat_for_a_new_code(daicun, weixin):
    bound(daicun, weixin)
    weixin.moods = [simulated.CUT_OFF]
    assert sign_in(weixin.login("openid-of-wang-fang")).json()["code"] == "wechat_code_over"


def test_after_three_tries_it_says_that_wechat_does_not_answer(daicun, weixin):
    weixin.moods = [-1, 500, simulated.GARBAGE]
    no = sign_in(weixin.login("openid-of-wang-fang"), lang="en")
    assert (no.status_code, no.json()["code"]) == (503, "wechat_busy")
    assert no["Retry-After"]
    assert "join code" in no.json()["title"]
    assert len(weixin.asked) == 3


def test_a_slow_wechat_is_not_waited_for(weixin):
    weixin.moods = [simulated.SLOW] * 3
    with pytest.raises(WeChatBusy):
        openid_of("a-code", app(weixin), seconds=0.05, pause=lambda _: None)
    assert len(weixin.asked) == 3


def test_a_wechat_that_is_not_there_is_busy(weixin):
    nowhere = App(APP_ID, SECRET, "http://127.0.0.1:9")
    with pytest.raises(WeChatBusy):
        openid_of("a-code", nowhere, pause=lambda _: None)


def test_it_is_asked_as_the_documentation_says(weixin):
    code = weixin.login("an-openid")
    assert openid_of(code, app(weixin)) == "an-openid"
    asked = {"appid": APP_ID, "secret": SECRET, "js_code": code, "grant_type": "authorization_code"}
    assert weixin.asked == [asked | {"path": "/sns/jscode2session"}]


def test_an_answer_without_an_account_is_no_answer(weixin):
    for openid in ("", "o" * 129):
        with pytest.raises(WeChatRefused):
            openid_of(weixin.login(openid), app(weixin))


def test_without_app_id_and_secret_the_join_code_still_works(daicun, monkeypatch):
    monkeypatch.delenv("GONGFEN_WECHAT_APP_ID", raising=False)
    monkeypatch.delenv("GONGFEN_WECHAT_SECRET", raising=False)
    assert sign_in("a-code").json()["code"] == "wechat_not_here"
    body = {"join_code": a_join_code(daicun, "王芳"), "token": PHONE}
    assert Client().post("/api/v1/sessions", body, content_type="application/json").status_code == 201


def everything_kept() -> str:
    """Every cell of every table of the town, as text."""
    models = [model for model in apps.get_models() if issubclass(model, TownModel)]
    return " ".join(repr(row) for model in models for row in model.objects.all().values_list())


def test_session_key_secret_and_openid_are_neither_kept_nor_told_nor_logged(daicun, weixin, caplog):
    caplog.set_level(logging.DEBUG)
    bound(daicun, weixin)
    answer = sign_in(weixin.login("openid-of-wang-fang"), NEW_PHONE)
    weixin.moods = [-1, simulated.CUT_OFF, 500]
    no = sign_in(weixin.login("openid-of-wang-fang"))
    told = json.dumps([answer.json(), no.json()]) + caplog.text + everything_kept() + repr(app(weixin))
    for secret in (SESSION_KEY, SECRET, "openid-of-wang-fang"):
        assert secret not in told


def test_the_kept_hash_says_nothing_without_the_servers_secret(settings):
    here = openid_hash("an-openid", APP_ID)
    assert here != openid_hash("an-openid", "another-app")
    settings.SECRET_KEY = "of-another-server"
    assert here != openid_hash("an-openid", APP_ID)
