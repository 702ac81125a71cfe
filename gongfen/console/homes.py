"""Households at the desk: who lives behind which door; split, joined, and who answers for it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, as_counted, listed
from gongfen.console.people import people_page, read_ids
from gongfen.console.person import NobodyThere
from gongfen.dividends.models import Run
from gongfen.dividends.queries import PUBLIC_STATES
from gongfen.people import households
from gongfen.people.looks import looked
from gongfen.people.models import Group, Household, Resident
from gongfen.people.rechecks import HOME, roster_additions
from gongfen.rules.rechecks import quarter_of
from gongfen.rules.refusals import Refusal

HOMES = "/desk/households"
FEW = 3  # runs whose slips are offered


def _groups(staff: Staff) -> list[tuple[str, str]]:
    rows = Group.of(staff.town).filter(village=staff.village).order_by("id")
    return [(str(number), name) for number, name in rows.values_list("id", "name")]


HOUSEHOLDS = Listing(
    "households",
    "户",
    "Households",
    (
        Column("number", "户号", "Household", lambda one: one.number, order="number", counted=True,
               link=lambda one: f"{HOMES}/{one.id}"),
        Column("group", "组", "Group", lambda one: one.group.name, order="group__name"),
        Column("people", "几口人", "People", lambda one: one.people, "number", order="people"),
        Column("phones", "有手机的", "With a phone", lambda one: one.phones, "number", order="phones"),
    ),
    order=(*as_counted("number"), "id"),
    texts=("number",),
    choices=(Choice("group", "组", "Group", "group_id", _groups),),
)  # fmt: skip


@desk("clerk")
def homes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every household where somebody lives; and how many joined each group, as everybody may read it."""
    here = Q(residents__left_at=None, residents__isnull=False)
    rows = Household.of(staff.town).filter(village=staff.village).select_related("group")
    rows = rows.annotate(
        people=Count("residents", filter=here), phones=Count("residents", filter=here & Q(residents__has_phone=True))
    ).filter(people__gt=0)
    shown = listed(request, staff, HOUSEHOLDS, rows)
    if isinstance(shown, HttpResponse):
        return shown
    quarter = quarter_of(staff.now.astimezone(HOME).date())
    additions = roster_additions(staff.village, quarter=quarter)
    runs = Run.of(staff.town).filter(host__in=(staff.village.subject, staff.town.subject), state__in=PUBLIC_STATES)
    slips = [run for run in runs.order_by("-ends")[:FEW] if run.host == staff.village.subject or _for_town(staff)]
    return people_page(request, staff, "homes.html", shown=shown, additions=additions, quarter=quarter, slips=slips)


def _for_town(staff: Staff) -> bool:
    return any(role.village_id is None for role in staff.roles if role.role == "clerk")


def _home(staff: Staff, number: int) -> Household:
    found = Household.of(staff.town).filter(id=number, village=staff.village).select_related("group").first()
    if found is None:
        raise NobodyThere()
    return found


@desk("clerk")
def home(request: HttpRequest, staff: Staff, number: int, *, no: Refusal | None = None) -> HttpResponse:
    """One household: who lives there, and what may change."""
    try:
        found = _home(staff, number)
    except Refusal as nobody:
        return page(request, staff, "not_for_you.html", refusal=nobody, status=404)
    people = list(Resident.of(staff.town).filter(household=found, left_at=None).order_by("-is_head", "id"))
    looked(staff.resident, people, "people", now=staff.now)
    context: dict[str, Any] = {
        "home": found,
        "people": people,
        "ticked": read_ids(request, "resident"),
        "merges": request.path.endswith("/merge"),
        "groups": Group.of(staff.town).filter(village=staff.village).order_by("id"),
        "grown": [each for each in people if each.age_band in households.GROWN],
    }
    return people_page(request, staff, "home.html", refusal=no, **context)


@desk("clerk")
def split(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Who was ticked lives behind a door of their own from now on (or behind one that is there)."""
    return _rehoused(request, staff, number, read_ids(request, "resident"))


@desk("clerk")
def merge(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """All of this household move in with another."""
    there = Resident.of(staff.town).filter(household_id=number, village=staff.village, left_at=None)
    return _rehoused(request, staff, number, list(there.values_list("id", flat=True)))


def _rehoused(request: HttpRequest, staff: Staff, number: int, chosen: Sequence[int]) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(f"{HOMES}/{number}")
    try:
        found = _home(staff, number)
        movers = list(Resident.of(staff.town).filter(id__in=chosen, household=found, left_at=None))
        said = request.POST.get("number", "")
        known = Household.of(staff.town).filter(village=staff.village, number=said.strip()).first()
        wish = Group.of(staff.town).filter(village=staff.village, id__in=read_ids(request, "group")[:1]).first()
        group = known.group if known else wish or found.group
        door = households.rehouse(staff.resident, movers, group=group, number=said, now=staff.now)
    except Refusal as no:
        return home(request, number, no=no)
    return HttpResponseRedirect(f"{HOMES}/{door.id}", status=303)


@desk("clerk")
def head(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """The household says who answers for it."""
    if request.method == "POST":
        rows = Resident.of(staff.town).filter(household_id=number, village=staff.village, left_at=None)
        chosen = rows.filter(id__in=read_ids(request, "head")).select_related("household").first()
        try:
            if chosen is None:
                raise NobodyThere()
            chosen.town = staff.town
            households.name_head(staff.resident, chosen, now=staff.now)
        except Refusal as no:
            return home(request, number, no=no)
    return HttpResponseRedirect(f"{HOMES}/{number}", status=303)
