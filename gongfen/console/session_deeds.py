"""What a clerk may do for a resident in a session: each stands on the receipt, and nothing else is possible."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities import drafting, photos, places
from gongfen.activities.claims import Wanted, claim_many
from gongfen.activities.kinds.form import Choice, Number, Photo, Value
from gongfen.activities.models import Activity
from gongfen.console import session_papers
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.people import codes_pdf, people_page, read_ids
from gongfen.console.person import end_phone
from gongfen.console.session_papers import note_once
from gongfen.console.sessions import HERE, PAPER_CLAIM, session
from gongfen.ledger.batch import one as the_one
from gongfen.office import leaving, sessions
from gongfen.office.record import record_file
from gongfen.people import joining
from gongfen.people.at_the_office import HelperSession
from gongfen.people.models import Device
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import TYPED
from gongfen.shops.askings import ask_card
from gongfen.statements.papers import statement_pdf
from gongfen.statements.residents import title
from gongfen.statements.village_papers import book_pdf

Do = Callable[[HttpRequest, Staff, HelperSession], HttpResponse | None]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _activity(request: HttpRequest, staff: Staff, of: HelperSession) -> Activity:
    found = drafting.find(staff.town, next(iter(read_ids(request, "activity")), 0))
    if found.village_id not in (None, of.resident.village_id):
        raise drafting.UnknownActivity()
    found.town = staff.town
    return found


def _sign_up(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    activity = _activity(request, staff, of)
    places.sign_up(activity, of.resident, now=staff.now)
    note_once(of, "sign_up", activity.id, staff.now)


def _cancel(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    activity = _activity(request, staff, of)
    if places.cancel(activity, of.resident):
        sessions.note(of, "cancel", row=activity.id, now=staff.now)


def _statement(request: HttpRequest, staff: Staff, of: HelperSession) -> HttpResponse:
    first = session_papers.month_of(request, of.resident, staff.now)
    content = statement_pdf(of.resident, first, staff.lang, staff.now)
    sessions.note(of, "statement", row=first.year * 100 + first.month, now=staff.now)
    return _file(content, "application/pdf", "statement.pdf")


def _book(request: HttpRequest, staff: Staff, of: HelperSession) -> HttpResponse:
    content = book_pdf(of.resident, staff.lang, staff.now)
    sessions.note(of, "book", now=staff.now)
    return _file(content, "application/pdf", "book.pdf")


def _record(request: HttpRequest, staff: Staff, of: HelperSession) -> HttpResponse:
    content = record_file(of.resident, staff.lang, staff.now)
    sessions.note(of, "record", now=staff.now)
    return _file(content, "application/zip", "gongfen-record.zip")


def _card(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    ask_card(staff.resident, of.resident.id, key=f"session/{of.id}/card", now=staff.now)
    note_once(of, "card", 0, staff.now)


def _lost_phone(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    wanted = read_ids(request, "device")
    for device in Device.of(staff.town).filter(resident=of.resident, id__in=wanted, ended_at=None):
        end_phone(device, staff.now)
        sessions.note(of, "lost_phone", now=staff.now)


def _code(request: HttpRequest, staff: Staff, of: HelperSession) -> HttpResponse:
    printed = joining.make_codes(staff.resident, [of.resident], now=staff.now)
    sessions.note(of, "code", now=staff.now)
    return codes_pdf(request, staff, printed)


def _leave(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    leaving.ask_to_leave(of.resident, by=staff.resident.subject, now=staff.now)
    note_once(of, "leave", 0, staff.now)


def _stay(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    leaving.stay(of.resident, by=staff.resident.subject, now=staff.now)
    sessions.note(of, "stay", now=staff.now)


DEEDS: dict[str, Do] = {
    "sign_up": _sign_up,
    "cancel": _cancel,
    "statement": _statement,
    "book": _book,
    "record": _record,
    "card": _card,
    "lost_phone": _lost_phone,
    "code": _code,
    "helper": session_papers.name_helper,
    "helper_end": session_papers.end_helper,
    "leave": _leave,
    "stay": _stay,
}


@desk("clerk")
def act(request: HttpRequest, staff: Staff, number: int, what: str) -> HttpResponse:
    """Do one thing for the resident of the session. Without a session that runs there is nothing to do."""
    answer: HttpResponse | None = None
    if request.method == "POST" and what in DEEDS:
        try:
            answer = DEEDS[what](request, staff, sessions.running(staff.resident, number, now=staff.now))
        except Refusal as no:
            return session(request, no=no)
    return answer or HttpResponseRedirect(HERE, status=303)


@desk("clerk")
def claim(request: HttpRequest, staff: Staff, number: int, activity: int) -> HttpResponse:
    """A claim by paper: the kind's own form, written down by the clerk, to be reviewed by another person."""
    refused: Refusal | None = None
    try:
        running = sessions.running(staff.resident, number, now=staff.now)
        found = drafting.find(staff.town, activity)
        if found.village_id not in (None, running.resident.village_id) or found.of_kind.proof not in PAPER_CLAIM:
            raise drafting.UnknownActivity()
        found.town = staff.town
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    asks = _asks(found, staff)
    if request.method == "POST":
        try:
            _claim(request, staff, running, found, asks)
            return HttpResponseRedirect(HERE, status=303)
        except Refusal as no:
            refused = no
    typed: Any = request.POST or {"on_day": str(min(village_day(staff.now), village_day(found.ends_at)))}
    context = {
        "session": running,
        "one": running.resident,
        "title": title(found, staff.lang),
        "asks": drawn(asks, typed, staff.lang, now=staff.now, no=refused, about={"claim_outside_days": "on_day"}),
        "has_photo": any(ask.asks == "photo" for ask in asks),
    }
    return people_page(request, staff, "session_claim.html", refusal=refused, **context)


def _asks(activity: Activity, staff: Staff) -> list[Ask]:
    asks = [Ask("on_day", "哪天做的", "On which day", "day", required=True)]
    at = staff.lang == "en"
    for field in activity.of_kind.form:
        options = [("", "—")] + [(one.key, (one.zh, one.en)[at]) for one in getattr(field, "options", ())]
        asks.append(
            Ask(
                field.name, field.zh, field.en, _way(field), required=field.required,
                choices=options if isinstance(field, Choice) else (), longest=getattr(field, "longest", 40),
            )
        )  # fmt: skip
    return asks


def _way(field: object) -> str:
    if isinstance(field, Choice):
        return "choice"
    if isinstance(field, Number):
        return "number"
    return "photo" if isinstance(field, Photo) else "text"


def _claim(request: HttpRequest, staff: Staff, of: HelperSession, activity: Activity, asks: list[Ask]) -> None:
    typed = Typed(asks, request.POST)
    day = typed.day("on_day") or village_day(staff.now)
    values: dict[str, Value] = {}
    for field in activity.of_kind.form:
        value = _value(request, staff, of, field, typed)
        if value not in (None, ""):
            values[field.name] = value
    wanted = Wanted(activity, of.resident, day, TYPED, staff.resident.subject, values)
    the_one(claim_many(staff.town, [wanted], staff.now))
    note_once(of, "claim", activity.id, staff.now)


def _value(request: HttpRequest, staff: Staff, of: HelperSession, field: Any, typed: Typed) -> Value | None:
    if isinstance(field, Photo):
        sent = request.FILES.get(field.name)
        if sent is None:
            return None
        return str(photos.upload(staff.resident, of.resident, sent.read(), now=staff.now).id)
    return typed.number(field.name) if isinstance(field, Number) else typed.text(field.name)
