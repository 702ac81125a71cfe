"""What the village desk asks a resident, and leaving: in the browser as in the app."""

from django.http import HttpRequest, HttpResponse

from gongfen.office import known_phone, leaving, sessions
from gongfen.office.record import record_file
from gongfen.pages.ground import back_to, on_post, page, reader_of, signed_in
from gongfen.people.queries import roles_of
from gongfen.rules.refusals import Refusal

HERE = "/me/office"


@signed_in
def office(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """Sessions and the desk's questions that wait for a yes; one's record; leaving."""
    reader = reader_of(request)
    who, now = reader.known, reader.now
    phone = known_phone.phone_of(who.resident)
    return page(
        request,
        "office.html",
        refusal=no,
        sessions=sessions.waiting_for(who.resident, now=now),
        questions=known_phone.questions_for(who, now=now),
        is_known=phone is not None and phone.device_id == who.device,
        is_staff=bool(roles_of(who.resident)),
        leaving=leaving.leaving_of(who.resident),
    )


@signed_in
@on_post
def session(request: HttpRequest, number: int) -> HttpResponse:
    """Yes or no to a clerk who wants to act for one."""
    reader = reader_of(request)
    try:
        step = sessions.agree if request.POST.get("answer") == "yes" else sessions.end_own
        step(reader.known.resident, number, now=reader.now)
    except Refusal as no:
        return office(request, no=no)
    return back_to(request, HERE, said="consented")


@signed_in
@on_post
def question(request: HttpRequest, number: int) -> HttpResponse:
    """Yes with the PIN, or no, to the desk."""
    reader = reader_of(request)
    try:
        yes = request.POST.get("answer") == "yes"
        known_phone.answer(reader.known, number, request.POST.get("pin", ""), yes=yes, now=reader.now)
    except Refusal as no:
        return office(request, no=no)
    return back_to(request, HERE, said="consented")


@signed_in
@on_post
def know(request: HttpRequest) -> HttpResponse:
    """Make this phone known to the desk."""
    reader = reader_of(request)
    try:
        known_phone.make_known(reader.known, request.POST.get("code", ""), request.POST.get("pin", ""), now=reader.now)
    except Refusal as no:
        return office(request, no=no)
    return back_to(request, HERE, said="consented")


@signed_in
def record(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about oneself, as a ZIP."""
    reader = reader_of(request)
    answer = HttpResponse(record_file(reader.known.resident, reader.lang, reader.now), "application/zip")
    answer["Content-Disposition"] = 'attachment; filename="gongfen-record.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in
@on_post
def leave(request: HttpRequest) -> HttpResponse:
    """Leave, or stay after all."""
    reader = reader_of(request)
    me = reader.known.resident
    try:
        if request.POST.get("answer") == "stay":
            leaving.stay(me, by=me.subject, now=reader.now)
        else:
            leaving.ask_to_leave(me, by=me.subject, now=reader.now)
    except Refusal as no:
        return office(request, no=no)
    return back_to(request, HERE, said="consented")
