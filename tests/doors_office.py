"""What the village desk asks one's phone."""

from gongfen.office import known_phone, sessions
from gongfen.people.models import Device
from gongfen.people.queries import Caller
from tests.doors import OWNER, RESIDENT, Call, Door, token_of
from tests.village import NOW, Daicun

PIN = "294703"


def a_session(daicun: Daicun) -> Call:
    asked = sessions.begin(daicun["钱文书"], daicun["王芳"], "phone", now=NOW)
    return Call({"session": asked.id})


def a_known_phone(daicun: Daicun, who: str) -> Caller:
    """Their usual device, known to the desk."""
    person = daicun[who]
    token = token_of(person)
    caller = Caller(person, Device.of(daicun.town).get(label=token).id)
    asked = known_phone.ask(person, known_phone.KNOW, "a desk", now=NOW)
    known_phone.make_known(caller, asked.code, PIN, now=NOW)
    return caller


def a_desk_that_asks(daicun: Daicun) -> Call:
    a_known_phone(daicun, "韩监督")
    asked = known_phone.ask(daicun["韩监督"], known_phone.CONFIRM, "a desk", now=NOW)
    return Call({"ask": asked.id}, {"yes": True, "pin": PIN}, owner="韩监督")


def a_phone_to_know(daicun: Daicun) -> Call:
    asked = known_phone.ask(daicun["王芳"], known_phone.KNOW, "a desk", now=NOW)
    return Call(body={"code": asked.code, "pin": PIN})


DOORS = (
    Door("GET", "/me/office", RESIDENT),
    Door("PUT", "/me/office/sessions/{session}", OWNER, a_session),
    Door("DELETE", "/me/office/sessions/{session}", OWNER, a_session),
    Door("PUT", "/me/office/phone", RESIDENT, a_phone_to_know),
    Door("POST", "/me/office/asks/{ask}", OWNER, a_desk_that_asks),
)
