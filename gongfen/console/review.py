"""The review desk: claims with their evidence beside the decision, one by one or many at once, by keyboard too."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities import photos
from gongfen.activities.models import Claim
from gongfen.activities.reviews import approve_claims, refuse_claims
from gongfen.console.ground import Staff, desk, page
from gongfen.ledger.batch import Answer
from gongfen.people.looks import looked
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import SET_MOST
from gongfen.statements.reviews import waiting_for_review

AT_ONCE = 100
REASONS = (
    ("时间对不上，请再填一次", "The times do not match: please fill it in again"),
    ("照片看不清，请补一张", "The photo cannot be read: please add one"),
    ("这次活动没有您的签到，请问一下组织的人", "There is no check-in of yours: please ask the organiser"),
    ("这一笔报过了", "This was claimed before"),
)


@desk("reviewer")
def review(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits, oldest first; a press decides. Who reads a claim is written down for whom it is about."""
    if request.method == "POST":
        return _decide(request, staff)
    return _show(request, staff)


def _show(request: HttpRequest, staff: Staff, *, no: Refusal | None = None, told: tuple[str, ...] = ()) -> HttpResponse:
    waiting = waiting_for_review(staff.resident, staff.lang, most=AT_ONCE)
    kind = request.GET.get("title", "")
    titles = sorted({one.title for one in waiting})
    shown = [one for one in waiting if not kind or one.title == kind]
    looked(staff.resident, [one.resident for one in shown], "claim", now=staff.now)
    reasons = [en if staff.lang == "en" else zh for zh, en in REASONS]
    return page(
        request, staff, "review.html", refusal=no, waiting=shown, titles=titles, title=kind, reasons=reasons, told=told
    )


def _decide(request: HttpRequest, staff: Staff) -> HttpResponse:
    given = request.POST.getlist("claim")
    claims = [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 20][:SET_MOST]
    reason = request.POST.get("own_reason", "").strip() or request.POST.get("reason", "")
    try:
        if request.POST.get("answer") == "no":
            answers = refuse_claims(staff.resident, claims, reason, now=staff.now)
        else:
            answers = approve_claims(staff.resident, claims, now=staff.now)
    except Refusal as no:
        return _show(request, staff, no=no)
    told = _refused(staff, claims, answers)
    if told:
        return _show(request, staff, told=told)
    return HttpResponseRedirect(request.get_full_path(), status=303)


def _refused(staff: Staff, claims: list[int], answers: list[Answer]) -> tuple[str, ...]:
    """A line for each claim that was not decided; where somebody was first, who it was and when."""
    told = []
    for claim, answer in zip(claims, answers, strict=True):
        if isinstance(answer, Refusal):
            told.append(words.sentence(answer, staff.lang, now=staff.now) + _who_was_first(staff, claim))
    return tuple(told)


def _who_was_first(staff: Staff, claim: int) -> str:
    row = Claim.of(staff.town).filter(id=claim).first()
    if row is None or row.decided_by is None or row.decided_at is None:
        return ""
    who = Resident.of(staff.town).filter(subject=row.decided_by).values_list("name", flat=True).first() or ""
    when = words.moment(row.decided_at, staff.lang, staff.now)
    return f" ({who}, {when})"


@desk("reviewer")
def photo(request: HttpRequest, staff: Staff, evidence: int) -> HttpResponse:
    """A claim's photo, for whom it is shown to."""
    try:
        return HttpResponse(photos.show(staff.resident, evidence), "image/jpeg")
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
