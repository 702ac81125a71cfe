"""The start page of the desk: what waits for me, each line one press from the act."""

from django.http import HttpRequest, HttpResponse

from gongfen.console.ground import Staff, desk, page
from gongfen.fund.models import Slip, SlipState
from gongfen.people.models import JoinRequest, RequestState
from gongfen.statements.reviews import waiting_for_review

MANY = 100  # more is told as 100+


def _claims(staff: Staff) -> int:
    return len(waiting_for_review(staff.resident, staff.lang, most=MANY + 1))


def _requests(staff: Staff) -> int:
    return JoinRequest.of(staff.town).filter(village=staff.village, state=RequestState.WAITING).count()


def _slips(staff: Staff) -> int:
    return Slip.of(staff.town).filter(host=staff.village.subject, state=SlipState.RECORDED).count()


WAITS = (
    ("reviewer", _claims, "/desk/review", "笔报工等您审核", "claims wait for your review"),
    ("clerk", _requests, "/desk/people", "人申请加入", "people ask to join"),
    ("supervisor", _slips, "/desk/money", "张银行单等您核对", "bank slips wait for you"),
)


@desk()
def today(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits for this person, by role; what waits for nobody is left out."""
    found = [
        {"count": f"{MANY}+" if count > MANY else count, "href": href, "words": en if staff.lang == "en" else zh}
        for role, counted, href, zh, en in WAITS
        if staff.has(role) and (count := counted(staff))
    ]
    return page(request, staff, "today.html", waits=found)
