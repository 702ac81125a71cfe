"""People at the desk: find, print join codes, answer requests to join. Every look is written down for whom it met."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk, page
from gongfen.people import joining
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Group, JoinRequest, RequestState, Resident
from gongfen.people.tokens import told_join_code
from gongfen.prints.codes import JoinSlip, join_slips
from gongfen.rules.refusals import Refusal

A_PAGE = 50


def read_ids(request: HttpRequest, name: str) -> list[int]:
    """The ids of what was ticked; nonsense is left out."""
    return [int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19]


@desk("clerk")
def people(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """The village's people by household, found by name, household or group; the filter stands in the address."""
    wish, group = request.GET.get("q", "").strip()[:60], request.GET.get("group", "")
    found = Resident.of(staff.town).filter(village=staff.village, left_at=None).select_related("household", "group")
    if wish:
        found = found.filter(Q(name__icontains=wish) | Q(household__number=wish))
    if group.isdecimal():
        found = found.filter(group_id=int(group[:18]))
    after = request.GET.get("after", "")
    if after.isdecimal():
        found = found.filter(id__gt=int(after[:18]))
    rows = list(found.order_by("id")[: A_PAGE + 1])
    looked(staff.resident, rows[:A_PAGE], "people", now=staff.now)
    context: dict[str, Any] = {
        "people": rows[:A_PAGE],
        "next": rows[A_PAGE - 1].id if len(rows) > A_PAGE else None,
        "groups": Group.of(staff.town).filter(village=staff.village).order_by("id"),
        "q": wish,
        "group": group,
        "children": AgeBand.UNDER_14,
        "requests": JoinRequest.of(staff.town).filter(village=staff.village, state=RequestState.WAITING).order_by("id"),
    }
    return page(request, staff, "people.html", refusal=no, **context)


@desk("clerk", fresh=True)
def codes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """New join codes for whom was ticked, as slips to cut. Codes printed before are dead; these are shown once."""
    if request.method != "POST":
        return HttpResponseRedirect("/desk/people")
    chosen = list(
        Resident.of(staff.town)
        .filter(id__in=read_ids(request, "resident"), village=staff.village, left_at=None)
        .select_related("household", "group")
        .order_by("household__number", "id")[:500]
    )
    try:
        printed = joining.make_codes(staff.resident, chosen, now=staff.now)
    except Refusal as no:
        return people(request, no=no)
    slips = [
        JoinSlip(staff.village.name, one.resident.name, one.resident.household.number, told_join_code(one.code))
        for one in printed
    ]
    answer = HttpResponse(join_slips(slips, request.build_absolute_uri("/join"), staff.now), "application/pdf")
    answer["Content-Disposition"] = 'inline; filename="join-codes.pdf"'
    return answer


@desk("clerk")
def answer_request(request: HttpRequest, staff: Staff, asked: int) -> HttpResponse:
    """Confirm somebody who asked to join, into a group, or say no. Pressed twice it answers once."""
    group = Group.of(staff.town).filter(village=staff.village, id__in=read_ids(request, "group")[:1]).first()
    try:
        if request.POST.get("answer") == "no":
            joining.refuse_request(staff.resident, asked, now=staff.now)
        elif group is not None:
            joining.confirm_request(staff.resident, asked, group=group, now=staff.now)
    except Refusal as no:
        return people(request, no=no)
    return HttpResponseRedirect("/desk/people", status=303)
