"""Acting for a resident at the desk: half an hour, with their consent; all that is done stands on the receipt."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import prints, words
from gongfen.activities.models import Activity, Place
from gongfen.console import session_papers
from gongfen.console.ground import Staff, desk, page
from gongfen.console.people import ROOM, people_page
from gongfen.console.person import person, person_at
from gongfen.office import sessions
from gongfen.office.leaving import leaving_of
from gongfen.people.at_the_office import Deed, HelperSession
from gongfen.people.models import Device
from gongfen.people.queries import resident_by_subject
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.refusals import Refusal
from gongfen.shops.models import Helper
from gongfen.statements.outside import complain_to
from gongfen.statements.residents import title
from gongfen.words.office import AGREED, DEEDS

HERE = "/desk/session"
MOST = 30
SIGN_UP = ("check_in", "review")
PAPER_CLAIM = ("tap", "review", "check_in")


@desk("clerk", fresh=True)
def begin(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Begin to act for somebody who stands at the desk, or who says yes on the phone."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{ROOM}/{number}")
    try:
        sessions.begin(staff.resident, person_at(staff, number), request.POST.get("how", ""), now=staff.now)
    except Refusal as no:
        return person(request, number, no=no)
    return HttpResponseRedirect(HERE, status=303)


@desk("clerk")
def session(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """What may be done in the session that runs now."""
    running = sessions.current(staff.resident, now=staff.now)
    if running is None:
        return people_page(request, staff, "session_none.html", refusal=no, past=_past(staff))
    one, town = running.resident, staff.town
    announced = Activity.of(town).filter(state__in=sorted(TAKES_CLAIMS)).order_by("starts_at", "id")
    found = [each for each in announced if each.village_id in (None, one.village_id)][:MOST]
    places = {row.activity_id: row for row in Place.of(town).filter(resident=one, activity__in=found)}
    context: dict[str, Any] = {
        "session": running,
        "one": one,
        "deeds": tell_deeds(running, staff.lang),
        "to_sign_up": [
            (each, title(each, staff.lang), places.get(each.id))
            for each in found
            if each.of_kind.proof in SIGN_UP and each.starts_at > staff.now
        ],
        "to_claim": [
            (each, title(each, staff.lang))
            for each in found
            if each.of_kind.proof in PAPER_CLAIM and each.kind != "survey" and each.starts_at <= staff.now
        ],
        "devices": Device.of(town).filter(resident=one, ended_at=None).order_by("id"),
        "leaving": leaving_of(one),
        "past": [each for each in _past(staff) if each.id != running.id],
        "once": request.POST.get("once") or secrets.token_hex(8),
        **session_papers.context(request, staff, one, no),
    }
    return people_page(request, staff, "session.html", refusal=no, **context)


def _past(staff: Staff) -> list[HelperSession]:
    """The clerk's own sessions, the latest first."""
    rows = HelperSession.of(staff.town).filter(by=staff.resident.subject).select_related("resident")
    return list(rows.order_by("-id")[:MOST])


@desk("clerk")
def end(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """The session is over; the receipt is printed for the resident."""
    if request.method == "POST":
        try:
            sessions.end(staff.resident, number, now=staff.now)
        except Refusal as no:
            return session(request, no=no)
    return HttpResponseRedirect(f"{HERE}/{number}", status=303)


def _own(staff: Staff, number: int) -> HelperSession:
    rows = HelperSession.of(staff.town).filter(id=number, by=staff.resident.subject)
    found = rows.select_related("resident__village", "resident__household").first()
    if found is None:
        raise sessions.NoSession()
    return found


@desk("clerk")
def over(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """What was done in a session of one's own, with its receipt."""
    try:
        found = _own(staff, number)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    deeds = tell_deeds(found, staff.lang)
    return people_page(request, staff, "session_over.html", session=found, one=found.resident, deeds=deeds)


@desk("clerk")
def receipt(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """The receipt as PDF."""
    try:
        found = _own(staff, number)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    answer = HttpResponse(receipt_pdf(found, staff), "application/pdf")
    answer["Content-Disposition"] = 'inline; filename="receipt.pdf"'
    return answer


def receipt_pdf(found: HelperSession, staff: Staff) -> bytes:
    """The receipt of a session, in the clerk's language."""
    one = found.resident
    by = resident_by_subject(staff.town, found.by)
    told = prints.Receipt(
        village=one.village.name,
        name=one.name,
        household=one.household.number,
        clerk=by.name if by else "",
        agreed=AGREED[found.how][staff.lang == "en"],
        begun_at=found.agreed_at or found.opened_at,
        ended_at=min(found.ended_at or staff.now, found.expires_at),
        number=str(found.id)[-8:],
        complain_to=complain_to(),
        printed_at=staff.now,
        deeds=[(deed.done_at, text) for deed, text in tell_deeds(found, staff.lang)],
        lang=staff.lang,
    )
    return prints.receipt(told)


def tell_deeds(found: HelperSession, lang: str) -> list[tuple[Deed, str]]:
    """Each deed in words."""
    deeds = sessions.deeds_of(found)
    rows = Activity.of(found.town_id).in_bulk([deed.row for deed in deeds if deed.row])
    helpers = Helper.of(found.town_id).select_related("helper").in_bulk([deed.row for deed in deeds if deed.row])
    told = []
    for deed in deeds:
        activity, helper = rows.get(deed.row), helpers.get(deed.row)
        what = title(activity, lang) if activity else helper.helper.name if helper else ""
        if deed.what == "statement" and deed.row:
            what = f"{deed.row // 100}-{deed.row % 100:02d}"
        told.append((deed, words.fill(DEEDS[deed.what][lang == "en"], lang, what=what).strip()))
    return told
