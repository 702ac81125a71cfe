"""Slips of the paper box at the desk: two people type them, one line a slip, and no name stands anywhere near."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities import survey_piles as piles
from gongfen.activities.models import Activity, Survey
from gongfen.activities.surveys import MOST_SLIPS, form_of
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page
from gongfen.console.sheets import PAPER
from gongfen.console.surveys import survey_of, told_questions
from gongfen.people.queries import resident_by_subject
from gongfen.rules.refusals import Refusal
from gongfen.rules.survey_slips import read_slips, tell_slip
from gongfen.statements.residents import title


@activity_page(*PAPER)
def slips(request: HttpRequest, staff: Staff, found: Activity, survey: int) -> HttpResponse:
    """How many slips may be typed, and the next typing: the first, or the second by another household."""
    try:
        row = survey_of(staff, found, survey)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    if request.method != "POST":
        return _show(request, staff, found, row)
    lines = [line for line in request.POST.get("lines", "").splitlines() if line.strip()]
    try:
        given = read_slips(form_of(row), lines[: MOST_SLIPS + 1])
        done = piles.type_pile(row, given, by=staff.resident, now=staff.now)
    except Refusal as no:
        return _show(request, staff, found, row, no)
    return HttpResponseRedirect(f"{request.path}?{'in' if done else 'kept'}={len(given)}", status=303)


def _show(request: HttpRequest, staff: Staff, found: Activity, row: Survey, no: Refusal | None = None) -> HttpResponse:
    pile, mine = piles.pile_of(row), piles.own_slips(row, staff.resident)
    first = resident_by_subject(staff.town, pile.typed_by) if pile else None
    told: dict[str, Any] = {
        name: many for name in ("in", "kept") if (many := request.GET.get(name, "")).isdecimal() and len(many) < 4
    }
    return page(
        request, staff, "survey_slips.html", refusal=no, one=found, title=title(found, staff.lang), survey=row,
        called=(row.title_en if staff.lang == "en" else "") or row.title, left=piles.slips_left(row), pile=pile,
        mine=bool(mine), first=first, told=told, is_open=row.state == "open" and staff.now < row.closes_at,
        shown=told_questions(form_of(row), staff.lang), most=MOST_SLIPS,
        text=request.POST.get("lines", "") or "\n".join(tell_slip(form_of(row), one) for one in mine),
    )  # fmt: skip
