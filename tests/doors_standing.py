"""Standing and the inbox: one's own, and nobody else's."""

from gongfen.notices.following import follow_all
from gongfen.notices.models import Notice
from gongfen.people.models import Resident
from gongfen.standing import proofs
from gongfen.standing.models import Proof
from gongfen.town import clock
from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.sharing import award
from tests.village import NOW, POINT, Daicun


def a_line(daicun: Daicun) -> int:
    return award(daicun, "王芳", 3 * POINT).number


def with_a_line(daicun: Daicun) -> Call:
    a_line(daicun)
    return Call()


def a_proof(daicun: Daicun) -> Proof:
    owner: Resident = daicun["王芳"]
    return proofs.make(owner, numbers=[a_line(daicun)], purpose="租房", days=7, key="k", now=clock.now())


def to_make(daicun: Daicun) -> Call:
    return Call(body={"numbers": [a_line(daicun)], "purpose": "租房", "days": 7})


def to_check(daicun: Daicun) -> Call:
    return Call({"town": daicun.town.code, "code": proofs.code_of(a_proof(daicun))})


def told(daicun: Daicun) -> Call:
    a_line(daicun)
    follow_all(daicun.town, now=NOW)
    notice = Notice.of(daicun.town).filter(resident=daicun["王芳"].subject).latest("id")
    return Call(body={"notice": str(notice.id)})


DOORS = (
    Door("GET", "/me/standing", RESIDENT, with_a_line),
    Door("GET", "/me/standing/export", RESIDENT),
    Door("GET", "/me/proofs", RESIDENT),
    Door("POST", "/me/proofs", OWNER, to_make),
    Door("DELETE", "/me/proofs/{proof}", OWNER, lambda daicun: Call({"proof": a_proof(daicun).id})),
    Door("GET", "/towns/{town}/proofs/{code}", GUEST, to_check),
    Door("GET", "/me/inbox", RESIDENT),
    Door("GET", "/me/inbox/unread", RESIDENT),
    Door("POST", "/me/inbox/read", RESIDENT, told),
    Door("GET", "/me/notice-wishes", RESIDENT),
    Door("PUT", "/me/notice-wishes/{topic}", RESIDENT, lambda _: Call({"topic": "money"}, {"how": "daily"})),
    Door("GET", "/me/quiet-hours", RESIDENT),
    Door("PUT", "/me/quiet-hours", RESIDENT, lambda _: Call(body={"begins": "21:30", "ends": "07:00"})),
    Door("DELETE", "/me/quiet-hours", RESIDENT),
)
