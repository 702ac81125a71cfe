"""The start page of the desk: what waits for me, each line one press from the act."""

from django.http import HttpRequest, HttpResponse

from gongfen import words
from gongfen.console.ground import Staff, desk, page
from gongfen.console.work_waits import WORK_WAITS, Counter
from gongfen.fund.models import Slip, SlipState
from gongfen.people.models import JoinRequest, RequestState

Wait = tuple[str | tuple[str, ...], Counter, str, str, str]  # for which roles, how many, where, in words
MANY = 100  # more is told as 100+


def _requests(staff: Staff) -> int:
    return JoinRequest.of(staff.town).filter(village=staff.village, state=RequestState.WAITING).count()


def _slips(staff: Staff) -> int:
    return Slip.of(staff.town).filter(host=staff.village.subject, state=SlipState.RECORDED).count()


WAITS: tuple[Wait, ...] = (
    *WORK_WAITS,
    ("clerk", _requests, "/desk/people", "人申请加入", "people ask to join"),
    ("supervisor", _slips, "/desk/money", "张银行单等您核对", "bank slips wait for you"),
)


@desk()
def today(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits for this person, by role; what waits for nobody is left out."""
    found = [line for wait in WAITS if (line := _line(staff, wait)) is not None]
    return page(request, staff, "today.html", waits=found)


def _line(staff: Staff, wait: Wait) -> dict[str, object] | None:
    """One line, for who has one of its roles; nothing where nothing waits."""
    names, counter, href, zh, en = wait
    if not staff.has(*((names,) if isinstance(names, str) else names)):
        return None
    counted = counter(staff)
    count, facts = counted if isinstance(counted, tuple) else (counted, {})
    told = words.fill(en if staff.lang == "en" else zh, staff.lang, now=staff.now, **facts)
    return {"count": f"{MANY}+" if count > MANY else count, "href": href, "words": told} if count else None
