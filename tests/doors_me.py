"""What is public, and what is one's own."""

from gongfen.people.acts import sign_in
from gongfen.people.joining import make_codes
from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.village import NOW, Daicun


def village(daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id})


def a_join_code(daicun: Daicun) -> Call:
    (printed,) = make_codes(daicun["钱文书"], [daicun["王芳"]], now=NOW)
    return Call(body={"join_code": printed.code, "token": "t" * 40})


def a_device(daicun: Daicun) -> Call:
    device = sign_in(daicun["王芳"], "another-phone-of-wang-fang", label="旧手机", now=NOW)
    return Call({"device": device.id}, owner="王芳")


DOORS = (
    Door("GET", "/health", GUEST),
    Door("GET", "/villages", GUEST),
    Door("GET", "/villages/{village}/fund", GUEST, village),
    Door("GET", "/villages/{village}/fund/lines", GUEST, village),
    Door("POST", "/sessions", GUEST, a_join_code),
    Door("GET", "/me", RESIDENT),
    Door("GET", "/me/accounts", RESIDENT),
    Door("GET", "/me/statement", RESIDENT),
    Door("GET", "/me/devices", RESIDENT),
    Door("DELETE", "/me/devices/{device}", OWNER, a_device),
    Door("GET", "/me/consents", RESIDENT),
    Door("PUT", "/me/consents/{purpose}", RESIDENT, lambda _: Call({"purpose": "photos"}, query={"given": "true"})),
)
