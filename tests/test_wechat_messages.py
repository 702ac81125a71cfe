"""Being told in WeChat: one yes, one message. A WeChat that is busy, slow or says no keeps nothing from the inbox."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from gongfen import clockwork
from gongfen.notices import inbox
from gongfen.notices.due import run_due as follow_and_deliver
from gongfen.notices.quiet import rest
from gongfen.people import acts
from gongfen.people.forgetting import forget as forget_person
from gongfen.people.models import Consent, Purpose
from gongfen.people.queries import caller_by_token
from gongfen.rules.notice import HOME
from gongfen.shops.sealed import unseal
from gongfen.wechat import code2session, messages, sending
from gongfen.wechat.models import WeChatLink, WeChatMessage
from tests import weixin as simulated
from tests.sharing import award
from tests.test_wechat import NEW_PHONE, PHONE, bound, everything_kept
from tests.village import NOW, POINT, Daicun
from tests.weixin import APP_ID, SECRET, SPOKEN, Weixin, a_weixin

OPENID = "openid-of-wang-fang"
TEMPLATES = {
    "award": {"id": "tmpl-award", "field": "thing1", "day": "date2"},
    "claim_approved": {"id": "tmpl-award", "field": "thing1", "day": "date2"},
    "payment": {"id": "tmpl-money", "field": "thing4"},
}
SOON = NOW + timedelta(minutes=6)


@pytest.fixture
def weixin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Weixin]:
    """A WeChat for this server, with two templates."""
    monkeypatch.setenv("GONGFEN_WECHAT_APP_ID", APP_ID)
    monkeypatch.setenv("GONGFEN_WECHAT_SECRET", SECRET)
    monkeypatch.setenv("GONGFEN_WECHAT_TEMPLATES", json.dumps(TEMPLATES))
    monkeypatch.setattr(code2session, "PAUSES", (0, 0))
    monkeypatch.setattr(sending, "_held", {})
    with a_weixin() as one:
        monkeypatch.setenv("GONGFEN_WECHAT_ADDRESS", one.address)
        yield one


def ask(method: str, body: object = None, key: str = "a-key-of-wang-fang", token: str = PHONE):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return Client().generic(method, "/api/v1/me/wechat-messages", json.dumps(body), "application/json", headers=headers)


def says_yes(weixin: Weixin, *accepted: str, key: str = "a-key-of-wang-fang", token: str = PHONE):
    weixin.allowed += [(OPENID, one) for one in accepted]
    return ask("POST", {"code": weixin.login(OPENID), "accepted": list(accepted)}, key, token)


def ready(daicun: Daicun, weixin: Weixin) -> None:
    """王芳 is signed in by WeChat and wants to be told there; what happened before is told already."""
    bound(daicun, weixin)
    follow_and_deliver(daicun.town, now=NOW)
    assert says_yes(weixin, "tmpl-award").status_code == 200
    weixin.asked.clear()


def earns(daicun: Daicun, points: int = 3, now=NOW) -> None:
    award(daicun, "王芳", points * POINT, now=now)
    follow_and_deliver(daicun.town, now=now)


def turn(daicun: Daicun, now=NOW) -> int:
    return messages.run_due(daicun.town, now=now)["sent"]


def sends(weixin: Weixin) -> int:
    return [one["path"] for one in weixin.asked].count(SPOKEN[2])


def link(daicun: Daicun) -> WeChatLink:
    return WeChatLink.of(daicun.town).get()


def in_the_inbox(daicun: Daicun) -> list[str]:
    return [notice.code for notice in inbox.inbox(daicun["王芳"], now=SOON)]


def test_one_yes_is_one_message_and_the_second_stays_in_the_inbox(daicun, weixin):
    ready(daicun, weixin)
    earns(daicun)
    assert turn(daicun) == 1
    earns(daicun)
    assert turn(daicun) == 0
    assert sends(weixin) == 1, "WeChat is not even asked"
    day = f"{NOW.year}年{NOW.month}月{NOW.day}日"
    (told,) = weixin.told
    assert (told["touser"], told["template_id"], told["page"]) == (OPENID, "tmpl-award", "pages/resident/inbox")
    assert told["data"] == {"thing1": {"value": "3 工分到账"}, "date2": {"value": day}}
    assert in_the_inbox(daicun)[:2] == ["award", "award"]
    assert not WeChatMessage.of(daicun.town).exists()


def test_a_topic_may_stay_in_the_inbox_alone(daicun, weixin):
    ready(daicun, weixin)
    inbox.wish(daicun["王芳"], "earning", "at_once", in_wechat=False)
    earns(daicun)
    assert turn(daicun) == 0
    assert in_the_inbox(daicun)[0] == "award"
    inbox.wish(daicun["王芳"], "earning", "at_once", in_wechat=True)
    earns(daicun)
    assert turn(daicun) == 1, "the yes was not used up in between"


def test_a_try_that_led_into_quiet_hours_waits_for_their_end(daicun, weixin):
    ready(daicun, weixin)
    earns(daicun)
    rest(daicun["王芳"], NOW.astimezone(HOME).time(), SOON.astimezone(HOME).time(), now=NOW)
    assert turn(daicun) == 0
    assert sends(weixin) == 0
    assert turn(daicun, SOON) == 1


def test_the_clock_does_it_by_itself(daicun, weixin):
    ready(daicun, weixin)
    award(daicun, "王芳", POINT)
    assert clockwork.turn(now=NOW)["wechat.sent"] == 1


def test_a_phone_asks_only_about_what_can_be_sent_to_it(daicun, weixin, monkeypatch):
    bound(daicun, weixin)
    acts.sign_in(daicun["赵二"], NEW_PHONE, label="", now=NOW)  # by a join code alone
    assert ask("GET").json() == {"templates": ["tmpl-award", "tmpl-money"]}
    assert ask("GET", token=NEW_PHONE).json() == {"templates": []}
    no = says_yes(weixin, "tmpl-award", token=NEW_PHONE)
    assert (no.status_code, no.json()["code"]) == (409, "wechat_not_bound")
    for nothing in ("", "{}", "[1]", "no JSON", '{"award": {"name": 1}}'):
        monkeypatch.setenv("GONGFEN_WECHAT_TEMPLATES", nothing)
        assert ask("GET").json() == {"templates": []}


def test_a_yes_sent_twice_counts_once_and_a_no_keeps_nothing(daicun, weixin):
    bound(daicun, weixin)
    code = weixin.login(OPENID)
    for accepted in ([], ["a-template-nobody-knows"]):
        assert ask("POST", {"code": code, "accepted": accepted}, f"key-of-{len(accepted)}-yeses").status_code == 200
    assert link(daicun).sealed_openid is None
    assert not Consent.of(daicun.town).filter(purpose=Purpose.WECHAT_MESSAGES).exists()
    yes = {"code": code, "accepted": ["tmpl-award"]}
    assert [ask("POST", yes).status_code for _ in range(2)] == [200, 200]
    assert link(daicun).yeses == {"tmpl-award": 1}
    assert Consent.of(daicun.town).filter(purpose=Purpose.WECHAT_MESSAGES, withdrawn_at=None).count() == 1


def test_the_account_is_kept_sealed_and_told_to_nobody(daicun, weixin, caplog):
    caplog.set_level(logging.DEBUG)
    ready(daicun, weixin)
    weixin.moods = [None, 47003]
    earns(daicun)
    turn(daicun)
    assert unseal(link(daicun).sealed_openid, about=link(daicun).id).decode() == OPENID
    for secret in (OPENID, SECRET, *weixin.tokens):
        assert secret not in everything_kept() + caplog.text


def withdraws(daicun: Daicun) -> None:
    acts.consent(daicun["王芳"], Purpose.WECHAT_MESSAGES, given=False, now=NOW)


def ends_the_phone(daicun: Daicun) -> None:
    caller = caller_by_token(PHONE)
    acts.sign_out(caller, caller.device, now=NOW)


def leaves(daicun: Daicun) -> None:
    forget_person(daicun["王芳"], now=NOW)


@pytest.mark.parametrize("over", [withdraws, ends_the_phone, leaves])
def test_with_the_consent_the_phone_or_the_person_the_account_goes_too(daicun, weixin, over):
    ready(daicun, weixin)
    earns(daicun)
    over(daicun)
    assert turn(daicun) == 0
    assert not WeChatLink.of(daicun.town).exclude(sealed_openid=None, yeses={}).exists()
    assert not WeChatMessage.of(daicun.town).exists()
    assert weixin.asked == []


def test_the_access_token_is_held_until_shortly_before_it_ends(daicun, weixin):
    ready(daicun, weixin)
    for minutes in (0, 118, 120):
        says_yes(weixin, "tmpl-award", key=f"a-key-at-{minutes}")
        earns(daicun, now=NOW + timedelta(minutes=minutes))
        assert turn(daicun, NOW + timedelta(minutes=minutes)) == 1
    assert len(weixin.tokens) == 2


@pytest.mark.parametrize("number", [40001, 42001])
def test_a_token_that_is_over_is_asked_for_anew_once(daicun, weixin, number):
    ready(daicun, weixin)
    earns(daicun)
    weixin.moods = [None, number]
    assert turn(daicun) == 1
    assert (len(weixin.tokens), sends(weixin)) == (2, 2)
    says_yes(weixin, "tmpl-award", key="another-key")
    earns(daicun)
    weixin.moods = [number, None, number]
    assert turn(daicun) == 0  # no third try now
    assert turn(daicun, SOON) == 1


@pytest.mark.parametrize("mood", [-1, 45009, 500, simulated.GARBAGE, simulated.LIST, simulated.SLOW])
@pytest.mark.parametrize("where", ["token", "message"])
def test_a_busy_wechat_is_asked_again_later_and_keeps_nobody_waiting(daicun, weixin, monkeypatch, mood, where):
    ready(daicun, weixin)
    monkeypatch.setattr(sending, "SECONDS", 0.3 if mood == simulated.SLOW else 15)
    earns(daicun)
    weixin.moods = [mood] if where == "token" else [None, mood]
    assert turn(daicun) == 0
    assert in_the_inbox(daicun)[0] == "award"
    assert turn(daicun) == 0, "it waits a little"
    monkeypatch.setattr(sending, "SECONDS", 15)
    assert turn(daicun, SOON) == 1
    assert len(weixin.told) == 1


def test_after_three_days_nobody_wants_to_be_told_there(daicun, weixin):
    ready(daicun, weixin)
    earns(daicun)
    assert turn(daicun, NOW + timedelta(days=3, minutes=1)) == 0
    assert weixin.asked == []
    assert not WeChatMessage.of(daicun.town).exists()


def test_a_no_inside_wechat_uses_the_yeses_up(daicun, weixin):
    ready(daicun, weixin)
    says_yes(weixin, "tmpl-award", "tmpl-money", key="another-key")
    weixin.allowed.clear()  # taken back in WeChat's own settings
    earns(daicun)
    assert turn(daicun) == 0
    assert link(daicun).yeses == {"tmpl-award": 0, "tmpl-money": 1}
    earns(daicun)
    assert turn(daicun, SOON) == 0
    assert sends(weixin) == 1


def test_an_account_that_wechat_does_not_know_is_forgotten_and_a_wrong_template_not_tried_again(daicun, weixin):
    ready(daicun, weixin)
    earns(daicun)
    weixin.moods = [None, 47003]
    assert turn(daicun) == 0
    assert not WeChatMessage.of(daicun.town).exists()
    says_yes(weixin, "tmpl-award", key="another-key")
    earns(daicun)
    weixin.moods = [40003]
    assert turn(daicun, SOON) == 0
    assert (link(daicun).sealed_openid, link(daicun).yeses) == (None, {})


def test_without_templates_or_app_the_channel_is_silent(daicun, weixin, monkeypatch):
    ready(daicun, weixin)
    monkeypatch.setenv("GONGFEN_WECHAT_TEMPLATES", "")
    earns(daicun)
    assert not WeChatMessage.of(daicun.town).exists()
    monkeypatch.setenv("GONGFEN_WECHAT_SECRET", "")
    assert turn(daicun) == 0
    assert weixin.asked == []
    assert in_the_inbox(daicun)[0] == "award"


def test_every_sentence_fits_into_twenty_characters(daicun):
    for code, facts in (("claim_refused", {}), ("award", {"points": 3 * POINT}), ("session_asked", {})):
        said = messages.words(WeChatMessage(code=code, facts=facts, count=1))
        assert 1 <= len(said) <= 20
    assert messages.words(WeChatMessage(code="claim_refused")) == "这次没有通过"
