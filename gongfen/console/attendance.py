"""Who has a place, who waits, and who was there: ticks for people without a phone, and a second person's yes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from gongfen import words
from gongfen.activities import attendance, places
from gongfen.activities.models import Activity, Place, SignUp
from gongfen.activities.who import check_role
from gongfen.console.activity import has_role_at
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page
from gongfen.console.naming import Named, day_of, read_lines, who_is
from gongfen.people.looks import looked
from gongfen.rules.lots import OPEN_AT_LEAST, reconfirm_between
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import in_words, title
from gongfen.town.ids import read_ids
from gongfen.words.desk import PLACES
from gongfen.words.statements import GRADES

WHO = ("organiser", "supervisor", "reviewer")
LEADS = ("organiser",)


@activity_page(*WHO)
def people(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """Places, the waiting list and attendance of one activity. Residents see that one looked."""
    return _show(request, staff, found)


def _show(
    request: HttpRequest,
    staff: Staff,
    found: Activity,
    *,
    no: Refusal | None = None,
    told: tuple[str, ...] = (),
    lines: list[Named] | None = None,
) -> HttpResponse:
    places_of = Place.of(staff.town).filter(activity=found).select_related("resident__household")
    held = list(places_of.order_by("turn", "resident__name", "id"))
    there = attendance.attendance(found)
    seen = [row.resident for row in held] + [row.resident for row in there]
    looked(staff.resident, seen, "attendance", now=staff.now)
    sign_up = SignUp.of(staff.town).filter(activity=found).first()
    return page(
        request,
        staff,
        "activity_people.html",
        refusal=no,
        told=told,
        one=found,
        title=title(found, staff.lang),
        held=[{"place": row, "state": in_words(PLACES, row.state, staff.lang)} for row in held],
        sign_up=sign_up,
        draw_at=(found.published_at or staff.now) + OPEN_AT_LEAST,
        may_draw=found.places is not None and (sign_up is None or sign_up.drawn_at is None),
        there=[_present(row, staff) for row in there],
        leads=has_role_at(staff, found, *LEADS),
        checks_in=found.of_kind.proof == "check_in",
        wrong=[line for line in lines or () if line.no],
        wrong_told=[_told(line, staff) for line in lines or () if line.no],
        minutes=attendance.minutes_of(found, [row for row in there if row.out_at]),
    )


def _present(row: Any, staff: Staff) -> dict[str, Any]:
    own = row.recorded_by == row.resident.subject
    mine = row.recorded_by == staff.resident.subject
    return {
        "row": row,
        "grade": in_words(GRADES, row.grade, staff.lang),
        "own": own,
        "waits": row.confirmed_by is None and (not own or row.is_late),
        "may_confirm": row.confirmed_by is None
        and not mine
        and row.resident.household_id != staff.resident.household_id
        and (not own or row.is_late),
        "may_undo": mine and row.confirmed_by is None and not own,
    }


def _told(line: Named, staff: Staff) -> dict[str, Any]:
    return {
        "text": line.text,
        "no": words.sentence(line.no, staff.lang, now=staff.now) if line.no else "",
        "choices": line.choices,
    }


@activity_page(*WHO)
def step(request: HttpRequest, staff: Staff, found: Activity, verb: str) -> HttpResponse:
    """Sign somebody up, tick, take a tick back, confirm, draw the lot, make the claims."""
    steps: dict[str, Callable[[HttpRequest, Staff, Activity], HttpResponse | None]] = {
        "sign-up": _sign_up, "cancel": _cancel, "tick": _tick, "undo": _undo, "confirm": _confirm, "lot": _lot,
        "claims": _claims,
    }  # fmt: skip
    if request.method == "POST" and verb in steps:
        try:
            if verb != "confirm":
                check_role(staff.resident, found.host, *LEADS)
            answer = steps[verb](request, staff, found)
        except Refusal as no:
            return _show(request, staff, found, no=no)
        if answer is not None:
            return answer
    return HttpResponseRedirect(f"/desk/activities/{found.id}/people", status=303)


def _sign_up(request: HttpRequest, staff: Staff, found: Activity) -> None:
    """Somebody without a phone said it to the desk: a place, or from the day before its confirmation."""
    who = who_is(found, request.POST.get("who", ""))
    held = places.sign_up(found, who, now=staff.now).state == Place.State.HAS_PLACE
    if held and staff.now >= reconfirm_between(found.starts_at)[0]:
        places.reconfirm(found, who, now=staff.now)


def _cancel(request: HttpRequest, staff: Staff, found: Activity) -> None:
    ids = read_ids(request.POST.getlist("place"))[:1]
    place = Place.of(staff.town).filter(activity=found, id__in=ids).select_related("resident").first()
    if place is not None:
        places.cancel(found, place.resident)


def _tick(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse | None:
    lines = read_lines(found, request.POST.get("lines", ""), day_of(found, staff.now))
    if any(line.no for line in lines):
        return _show(request, staff, found, lines=lines)
    left = request.POST.get("left") == "yes"
    ticks = [
        attendance.Tick(line.resident, line.in_at, line.out_at if left else None)
        for line in lines
        if line.resident is not None
    ]
    return _refused(request, staff, found, attendance.tick_many(found, ticks, by=staff.resident, now=staff.now), lines)


def _undo(request: HttpRequest, staff: Staff, found: Activity) -> None:
    for presence in read_ids(request.POST.getlist("presence"))[:1]:
        attendance.undo_tick(found, presence, by=staff.resident)


def _confirm(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse | None:
    chosen = read_ids(request.POST.getlist("presence"))[:400]
    return _refused(request, staff, found, attendance.confirm_many(found, chosen, by=staff.resident), [])


def _lot(request: HttpRequest, staff: Staff, found: Activity) -> None:
    places.draw_lot(found, by=staff.resident.subject, now=staff.now)


def _claims(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse | None:
    return _refused(request, staff, found, attendance.claim_presences(found, now=staff.now), [])


def _refused(
    request: HttpRequest, staff: Staff, found: Activity, answers: Any, lines: list[Named]
) -> HttpResponse | None:
    """The page with a line for each that was refused; None where all went well."""
    told = []
    for place, answer in enumerate(answers):
        if isinstance(answer, Refusal):
            who = f"{lines[place].text}: " if place < len(lines) else ""
            told.append(who + words.sentence(answer, staff.lang, now=staff.now))
    return _show(request, staff, found, told=tuple(dict.fromkeys(told))) if told else None


@activity_page(*WHO, "clerk")
def names(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """Who is meant by a line that is being typed, for the page's own script."""
    (line,) = read_lines(found, request.GET.get("q", "")[:80].replace("\n", " "))[:1] or (None,)
    if line is None:
        return JsonResponse({"found": []})
    meant = [line.resident] if line.resident else list(line.choices)
    looked(staff.resident, meant, "attendance", now=staff.now)
    return JsonResponse(
        {
            "one": line.resident is not None,
            "found": [f"{one.household.number} {one.name}" for one in meant],
            "times": f"{words.clock_time(line.in_at)} – {words.clock_time(line.out_at)}",
            "no": words.sentence(line.no, staff.lang, now=staff.now) if line.no else "",
        }
    )
