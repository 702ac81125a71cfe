"""The quarterly re-check of the roster: drawn by the supervisor, carried by neighbours of other groups."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk, page
from gongfen.console.review_tabs import tabs_for
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.looks import looked
from gongfen.people.models import Group, RoleName
from gongfen.people.queries import has_role, residents_by_subject
from gongfen.people.rechecks import HOME, NoSuchRecheck, draw_recheck, errands_of, recheck_counts, roster_additions
from gongfen.people.roster_objections import (
    FOUND,
    SayWhatIsWrong,
    UnknownRosterObjection,
    answer_objection,
    objections_in,
)
from gongfen.rules.rechecks import quarter_of
from gongfen.rules.refusals import Refusal
from gongfen.town.ids import read_ids


@desk("supervisor", "reviewer", "auditor")
def rechecks(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every group's additions this quarter and what its re-check found; with `?group=` who goes to whom."""
    return _show(request, staff)


def _show(request: HttpRequest, staff: Staff, *, no: Refusal | None = None, about: int = 0) -> HttpResponse:
    quarter = quarter_of(staff.now.astimezone(HOME).date())
    groups = {one.id: one for one in Group.of(staff.town).filter(village=staff.village)}
    rows = [
        {"id": one.group, "name": one.name, "joined": one.joined, "belong": one.belong,
         "found": _found(groups[one.group], quarter)}
        for one in roster_additions(staff.village, quarter=quarter)
    ]  # fmt: skip
    chosen = groups.get(next(iter(read_ids([request.GET.get("group", "")])), 0))
    may_draw = staff.has("supervisor")
    return page(
        request, staff, "rechecks.html", refusal=no, rooms=tabs_for(staff), quarter=quarter, rows=rows,
        may_draw=may_draw, group=chosen,
        errands=_errands(staff, chosen, quarter) if chosen is not None and may_draw else [],
        doubts=_doubts(request, staff, about) if _answers(staff) else [], may_answer=_answers(staff),
    )  # fmt: skip


def _answers(staff: Staff) -> bool:
    """Who answers objections to the roster: a supervisor of this very village."""
    return has_role(staff.resident, RoleName.SUPERVISOR, staff.village.id)


def _doubts(request: HttpRequest, staff: Staff, about: int) -> list[dict[str, Any]]:
    """What residents said about the roster, never who said it; those that wait come first."""
    found = objections_in(staff.village)
    found.sort(key=lambda one: one.state != "open")
    return [
        {
            "row": one,
            "own": one.resident.household_id == staff.resident.household_id,
            "typed": request.POST if one.id == about else {},
        }
        for one in found
    ]


@desk("supervisor")
def answer(request: HttpRequest, staff: Staff, objection: int) -> HttpResponse:
    """Say what was found about an objection to the roster. Answered once; the same again is the same."""
    if request.method == "POST":
        said, found = request.POST.get("answer", ""), request.POST.get("found", "")
        try:
            if found not in FOUND:
                raise SayWhatIsWrong()
            here = RosterObjection.of(staff.town).filter(id__in=read_ids([str(objection)]))
            if not here.filter(group__village=staff.village).exists():
                raise UnknownRosterObjection()
            answer_objection(staff.resident, objection, found, said, now=staff.now)
        except Refusal as no:
            return _show(request, staff, no=no, about=objection)
    return HttpResponseRedirect("/desk/review/rechecks#doubts", status=303)


def _found(group: Group, quarter: str) -> dict[str, int] | None:
    try:
        return recheck_counts(group, quarter)
    except NoSuchRecheck:
        return None


def _errands(staff: Staff, group: Group, quarter: str) -> list[dict[str, Any]]:
    try:
        drawn = errands_of(group, quarter)
    except NoSuchRecheck:
        return []
    people = residents_by_subject(staff.town, [who for one in drawn for who in (one.cardholder, one.carrier)])
    looked(staff.resident, people.values(), "recheck", now=staff.now)
    return [
        {"to": people[one.cardholder], "by": people[one.carrier]}
        for one in drawn
        if one.cardholder in people and one.carrier in people
    ]


@desk("supervisor")
def draw(request: HttpRequest, staff: Staff, group: int) -> HttpResponse:
    """Draw this quarter's errands of a group. Drawn once: pressed again, it is the same."""
    found = Group.of(staff.town).filter(id=group, village=staff.village).select_related("village").first()
    if request.method != "POST" or found is None:
        return HttpResponseRedirect("/desk/review/rechecks", status=303)
    try:
        draw_recheck(found, by=staff.resident.subject, now=staff.now)
    except Refusal as no:
        return _show(request, staff, no=no)
    return HttpResponseRedirect(f"/desk/review/rechecks?group={found.id}", status=303)
