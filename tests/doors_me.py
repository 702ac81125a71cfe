"""What is public, and what is one's own."""

from datetime import datetime

from gongfen.people.acts import sign_in
from gongfen.people.joining import make_codes, sign_in_by_code
from gongfen.people.models import Device
from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.village import NOW, Daicun


def village(daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id})


def a_join_code(daicun: Daicun) -> Call:
    (printed,) = make_codes(daicun["钱文书"], [daicun["王芳"]], now=NOW)
    return Call(body={"join_code": printed.code, "token": "t" * 40})


def known_to_wechat(code: str, token: str, *, join_code: str, label: str, now: datetime) -> Device:
    """A WeChat that knows whoever asks; what the real one says stands in `test_wechat.py`."""
    return sign_in_by_code(join_code, token, label=label, now=now)


def by_wechat(daicun: Daicun) -> Call:
    return Call(body={**dict(a_join_code(daicun).body or {}), "code": "a-login-code"})


def a_device(daicun: Daicun) -> Call:
    device = sign_in(daicun["王芳"], "another-phone-of-wang-fang", label="旧手机", now=NOW)
    return Call({"device": device.id}, owner="王芳")


DOORS = (
    Door("GET", "/health", GUEST),
    Door("GET", "/villages", GUEST),
    Door("GET", "/villages/{village}/fund", GUEST, village),
    Door("GET", "/villages/{village}/fund/lines", GUEST, village),
    Door("POST", "/sessions", GUEST, a_join_code),
    Door("POST", "/sessions/wechat", GUEST, by_wechat),
    Door("GET", "/me/wechat-messages", RESIDENT),
    Door("POST", "/me/wechat-messages", RESIDENT, lambda _: Call(body={"code": "a-login-code", "accepted": []})),
    Door("GET", "/me", RESIDENT),
    Door("GET", "/me/accounts", RESIDENT),
    Door("GET", "/me/statement", RESIDENT),
    Door("GET", "/me/devices", RESIDENT),
    Door("DELETE", "/me/devices/{device}", OWNER, a_device),
    Door("GET", "/me/consents", RESIDENT),
    Door("PUT", "/me/consents/{purpose}", RESIDENT, lambda _: Call({"purpose": "photos"}, query={"given": "true"})),
)
