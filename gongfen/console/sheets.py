"""Paper sheets at the desk: printed, photographed, typed beside the photo, and checked by a second person."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities import sheets
from gongfen.activities.attendance import claim_presences
from gongfen.activities.models import Activity, Sheet
from gongfen.console.activities import of_hosts
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import activity_page
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.naming import Named, day_of, read_lines
from gongfen.console.review_tabs import tabs_for
from gongfen.people.looks import looked
from gongfen.people.queries import residents_by_subject
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import in_words, title
from gongfen.statements.village_papers import sheet_pdf
from gongfen.words.desk import SHEETS

PAPER = ("organiser", "clerk", "reviewer")


class LinesToMend(Refusal):
    """Some lines of a sheet do not say who is meant."""

    code = "sheet_has_lines_to_mend"


def _states(staff: Staff) -> list[tuple[str, str]]:
    return [(state, pair[staff.lang == "en"]) for state, pair in SHEETS.items()]


LISTING = Listing(
    "sheets",
    "纸质签到表",
    "Paper sheets",
    (
        Column("slip", "单号", "Number", lambda one: one.slip, order="slip", link=lambda one: _address(one)),
        Column(
            "activity", "活动", "Activity", lambda one: (title(one.activity, "zh"), title(one.activity, "en")), "words",
            order="activity__title",
        ),
        Column("when", "什么时候", "When", lambda one: one.activity.starts_at, "moment", order="activity__starts_at"),
        Column("state", "到了哪一步", "State", lambda one: SHEETS[one.state], "words", order="state"),
    ),
    texts=("slip", "activity__title", "activity__title_en"),
    choices=(Choice("state", "到了哪一步", "State", "state", _states),),
)  # fmt: skip


def _address(sheet: Sheet) -> str:
    return f"/desk/activities/{sheet.activity_id}/sheets/{sheet.slip}"


@desk(*PAPER)
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every sheet of the hosts that one works for, newest first."""
    found = Sheet.of(staff.town).filter(activity__in=of_hosts(staff).values("id")).select_related("activity")
    shown = listed(request, staff, LISTING, found)
    return (
        shown
        if isinstance(shown, HttpResponse)
        else page(request, staff, "sheets.html", shown=shown, rooms=tabs_for(staff))
    )


@activity_page(*PAPER)
def of_activity(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """The sheets of one activity; a press prints a new one, with a number of its own."""
    if request.method == "POST":
        try:
            made = sheets.print_sheet(found)
        except Refusal as no:
            return _list(request, staff, found, no)
        return HttpResponseRedirect(f"/desk/activities/{found.id}/sheets?new={made.slip}", status=303)
    return _list(request, staff, found)


def _list(request: HttpRequest, staff: Staff, found: Activity, no: Refusal | None = None) -> HttpResponse:
    rows = [
        {"slip": one.slip, "state": in_words(SHEETS, one.state, staff.lang), "new": one.slip == request.GET.get("new")}
        for one in Sheet.of(staff.town).filter(activity=found).order_by("-id")[:200]
    ]
    return page(
        request, staff, "activity_sheets.html", refusal=no, one=found, title=title(found, staff.lang), rows=rows,
        takes=found.state in TAKES_CLAIMS, reviewed=found.of_kind.proof == "review",
    )  # fmt: skip


@activity_page(*PAPER)
def pdf(request: HttpRequest, staff: Staff, found: Activity, slip: str) -> HttpResponse:
    """The sheet to sign, with the names of those who have a place."""
    try:
        sheet = sheets.find_sheet(found, slip)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    address = request.build_absolute_uri(_address(sheet))
    leader = residents_by_subject(staff.town, [found.drafted_by]).get(found.drafted_by)
    made = sheet_pdf(found, sheet.slip, leader.name if leader else "", address, staff.lang, staff.now)
    return HttpResponse(made, "application/pdf")


@activity_page(*PAPER)
def photo(request: HttpRequest, staff: Staff, found: Activity, slip: str) -> HttpResponse:
    """The photo, for who types or checks the sheet."""
    try:
        return HttpResponse(sheets.photo_of(sheets.find_sheet(found, slip)), "image/jpeg")
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)


@activity_page(*PAPER)
def sheet(request: HttpRequest, staff: Staff, found: Activity, slip: str) -> HttpResponse:
    """One sheet and its next step: take the photo, type it, or compare what was typed."""
    try:
        one = sheets.find_sheet(found, slip)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    if request.method != "POST":
        return _show(request, staff, one)
    try:
        return _step(request, staff, one) or HttpResponseRedirect(_address(one), status=303)
    except Refusal as no:
        return _show(request, staff, sheets.find_sheet(found, slip), no=no)


def _step(request: HttpRequest, staff: Staff, one: Sheet) -> HttpResponse | None:
    step = request.POST.get("step", "")
    if step == "photo":
        sent = request.FILES.get("photo")
        sheets.photograph(one, sent.read() if sent else b"", by=staff.resident, now=staff.now)
    elif step == "lines":
        return _type(request, staff, one)
    elif step == "right":
        _claim(sheets.review_sheet(one, by=staff.resident), staff)
    return None


def _type(request: HttpRequest, staff: Staff, one: Sheet) -> HttpResponse | None:
    """Keep what was typed; lines that name nobody are shown, and nothing is lost."""
    lines = read_lines(one.activity, request.POST.get("lines", ""), day_of(one.activity, staff.now))
    wrong = [line for line in lines if line.no]
    if wrong:
        return _show(request, staff, one, no=LinesToMend(many=len(wrong)), lines=lines)
    typed = [sheets.Line(line.resident, line.in_at, line.out_at) for line in lines if line.resident]
    done = sheets.type_sheet(one, typed, by=staff.resident, now=staff.now)
    if done.state == Sheet.State.DONE:
        _claim(done, staff)
    return None


def _claim(one: Sheet, staff: Staff) -> None:
    """What follows from a checked sheet: its claims, or with check-in those of everyone who was there."""
    if one.activity.of_kind.proof == "check_in":
        claim_presences(one.activity, now=staff.now, residents=[line.resident.id for line in sheets.lines_of(one)])
    else:
        sheets.claim_sheet(one, now=staff.now)


def _show(
    request: HttpRequest, staff: Staff, one: Sheet, *, no: Refusal | None = None, lines: list[Named] | None = None
) -> HttpResponse:
    typed = sheets.lines_of(one)
    looked(staff.resident, [line.resident for line in typed], "attendance", now=staff.now)
    mine = one.typed_by == staff.resident.subject
    people = residents_by_subject(staff.town, [who for who in (one.typed_by, one.checked_by) if who])
    return page(
        request, staff, "sheet.html", refusal=no, sheet=one, one=one.activity, title=title(one.activity, staff.lang),
        state=in_words(SHEETS, one.state, staff.lang), lines=[_line(line) for line in typed], mine=mine,
        may_check=one.state == "typed" and not mine, again=one.state == "typed" and request.GET.get("again") == "yes",
        text=request.POST.get("lines", "") or (_as_typed(typed) if mine else ""),
        wrong=[_wrong(line, staff) for line in lines or () if line.no],
        typed_by=people.get(one.typed_by or 0), checked_by=people.get(one.checked_by or 0),
        day=day_of(one.activity, staff.now), most=sheets.LINES,
    )  # fmt: skip


def _line(line: sheets.Line) -> dict[str, Any]:
    return {"who": line.resident, "in_at": line.in_at, "out_at": line.out_at}


def _wrong(line: Named, staff: Staff) -> dict[str, Any]:
    no = words.sentence(line.no, staff.lang, now=staff.now) if line.no else ""
    return {"no": no, "choices": line.choices}


def _as_typed(lines: list[sheets.Line]) -> str:
    """The lines again as they may be typed: full names with their times."""
    return "\n".join(
        f"{line.resident.household.number} {line.resident.name} "
        f"{words.clock_time(line.in_at)} {words.clock_time(line.out_at)}"
        for line in lines
    )
