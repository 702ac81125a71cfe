"""Roles at the desk: who has which, which are missing, and a change that needs two people of two more households."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk
from gongfen.console.people import people_page, read_ids
from gongfen.people import roles as office
from gongfen.people.looks import looked
from gongfen.people.models import Resident, RoleName
from gongfen.people.queries import residents_by_subject
from gongfen.rules.refusals import Refusal
from gongfen.words.office import ROLES

HERE = "/desk/roles"
MAY = office.MAY


@desk(*MAY)
def roles(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Who has which role, what is missing, and what is proposed."""
    en = staff.lang == "en"
    held = office.holders(staff.town, staff.village)
    wishes = office.open_wishes(staff.town, staff.village)
    askers = residents_by_subject(staff.town, {row.asked_by for row in wishes})
    wish = request.POST.get("who", request.GET.get("who", "")).strip()[:60].replace("\0", "")
    found = _find(staff, wish)
    context: dict[str, Any] = {
        "held": [(ROLES[role][en], [(one, role) for one in people]) for role, people in held.items()],
        "missing": [ROLES[role][en] for role in office.missing(staff.town, staff.village)],
        "needs_reviewer": RoleName.REVIEWER in office.missing(staff.town, staff.village),
        "pool": office.pool_of_reviewers(staff.town, staff.village),
        "wishes": [
            (row, ROLES[row.role][en], askers.get(row.asked_by), row.asked_by == staff.resident.subject)
            for row in wishes
        ],
        "who": wish,
        "found": found,
        "names": [(role, told[en]) for role, told in ROLES.items()],
    }
    return people_page(request, staff, "roles.html", refusal=no, **context)


def _find(staff: Staff, wish: str) -> list[Resident]:
    """Grown-ups of the village by name, as far as a proposal needs them."""
    if not wish:
        return []
    rows = Resident.of(staff.town).filter(village=staff.village, left_at=None, name__icontains=wish)
    found = list(rows.filter(age_band__in=("adult", "elder")).select_related("household").order_by("name", "id")[:20])
    looked(staff.resident, found, "people", now=staff.now)
    return found


@desk(*MAY, fresh=True)
def propose(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Propose a role for somebody, or that it ends. Nothing changes before the second person says yes."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    rows = Resident.of(staff.town).filter(id__in=read_ids(request, "resident"), left_at=None)
    one = rows.select_related("household").first()
    try:
        if one is None:
            raise office.RoleNotPossible()
        one.town = staff.town
        village = None if request.POST.get("for_town") == "yes" else staff.village
        gives = request.POST.get("gives") != "no"
        office.propose(staff.resident, one, request.POST.get("role", ""), village, gives=gives, now=staff.now)
    except Refusal as no:
        return roles(request, no=no)
    return HttpResponseRedirect(HERE, status=303)


@desk(*MAY, fresh=True)
def decide(request: HttpRequest, staff: Staff, wish: int) -> HttpResponse:
    """The second person's yes or no."""
    if request.method == "POST":
        try:
            office.decide(staff.resident, wish, yes=request.POST.get("answer") == "yes", now=staff.now)
        except Refusal as no:
            return roles(request, no=no)
    return HttpResponseRedirect(HERE, status=303)
