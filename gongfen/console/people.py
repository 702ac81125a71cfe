"""People at the desk: found by name, household or group; join codes; requests to join. Each look is written down."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, as_counted, listed
from gongfen.people import joining
from gongfen.people.households import NobodyChosen
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Group, JoinRequest, RequestState, Resident
from gongfen.people.tokens import told_join_code
from gongfen.prints.codes import JoinSlip, join_slips
from gongfen.rules.refusals import Refusal

ROOM = "/desk/people"
BANDS = {
    AgeBand.UNDER_14: ("14 岁以下", "under 14"),
    AgeBand.YOUTH: ("14 到 17 岁", "14 to 17"),
    AgeBand.ADULT: ("成年", "grown up"),
    AgeBand.ELDER: ("60 岁以上", "60 and more"),
}
TABS = (
    (ROOM, "居民", "People", ("clerk",)),
    ("/desk/households", "户", "Households", ("clerk",)),
    ("/desk/cards", "卡片", "Cards", ("clerk", "supervisor", "treasurer", "reviewer", "organiser")),
    ("/desk/roles", "岗位", "Roles", ("clerk", "supervisor", "auditor")),
    ("/desk/leaving", "离开", "Leaving", ("clerk", "treasurer", "supervisor")),
    ("/desk/imports", "导入导出", "Import and export", ("clerk", "treasurer", "organiser", "supervisor")),
    ("/desk/looks", "谁看过谁", "Who looked", ("supervisor", "auditor")),
)


def read_ids(request: HttpRequest, name: str) -> list[int]:
    """The ids of what was ticked; nonsense is left out."""
    return [int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19]


def people_page(
    request: HttpRequest, staff: Staff, template: str, *, refusal: Refusal | None = None, **context: Any
) -> HttpResponse:
    """A page of the rooms of people, with their tabs."""
    return page(request, staff, template, refusal=refusal, tabs=tabs_of(request.path, staff), **context)


def tabs_of(here: str, staff: Staff) -> list[dict[str, Any]]:
    """The rooms of people that this person may enter."""
    return [
        {"href": href, "label": en if staff.lang == "en" else zh, "here": here == href or here.startswith(f"{href}/")}
        for href, zh, en, names in TABS
        if staff.has(*names)
    ]


def _groups(staff: Staff) -> list[tuple[str, str]]:
    rows = Group.of(staff.town).filter(village=staff.village).order_by("id")
    return [(str(number), name) for number, name in rows.values_list("id", "name")]


def _bands(staff: Staff) -> list[tuple[str, str]]:
    return [(str(band), told[staff.lang == "en"]) for band, told in BANDS.items()]


def _phones(staff: Staff) -> list[tuple[str, str]]:
    en = staff.lang == "en"
    return [("True", "with a phone" if en else "有手机"), ("False", "without a phone" if en else "没有手机")]


PEOPLE = Listing(
    "people",
    "居民名单",
    "List of people",
    (
        Column(
            "household", "户号", "Household", lambda one: one.household.number, order="household__number", counted=True
        ),
        Column("name", "姓名", "Name", lambda one: one.name, order="name", link=lambda one: f"{ROOM}/{one.id}"),
        Column("group", "组", "Group", lambda one: one.group.name, order="group__name"),
        Column("band", "年龄段", "Age band", lambda one: BANDS[AgeBand(one.age_band)], "words", order="age_band"),
        Column("head", "户主", "Head", lambda one: ("是", "yes") if one.is_head else ("", ""), "words"),
        Column("phone", "手机", "Phone", lambda one: ("有", "yes") if one.has_phone else ("没有", "no"), "words"),
    ),
    order=(*as_counted("household__number"), "-is_head", "id"),
    texts=("name", "nickname", "household__number"),
    choices=(
        Choice("group", "组", "Group", "group_id", _groups),
        Choice("band", "年龄段", "Age band", "age_band", _bands),
        Choice("phone", "手机", "Phone", "has_phone", _phones),
    ),
)


@desk("clerk")
def people(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """The village's people; who asks to join stands first."""

    def met(rows: Sequence[Resident]) -> None:
        looked(staff.resident, rows, "people", now=staff.now)

    found = Resident.of(staff.town).filter(village=staff.village, left_at=None).select_related("household", "group")
    door = request.GET.get("household", "")[:20].replace("\0", "")
    if door:
        found = found.filter(household__number=door)
    shown = listed(request, staff, PEOPLE, found, met=met)
    if isinstance(shown, HttpResponse):
        return shown
    context: dict[str, Any] = {
        "shown": shown,
        "groups": Group.of(staff.town).filter(village=staff.village).order_by("id"),
        "requests": JoinRequest.of(staff.town).filter(village=staff.village, state=RequestState.WAITING).order_by("id"),
    }
    return people_page(request, staff, "people.html", refusal=no, **context)


@desk("clerk", fresh=True)
def codes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """New join codes for whom was ticked, as slips to cut. Codes printed before are dead; these are shown once."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    chosen = list(
        Resident.of(staff.town)
        .filter(id__in=read_ids(request, "resident"), village=staff.village, left_at=None)
        .exclude(age_band=AgeBand.UNDER_14)
        .select_related("household", "group")
        .order_by("household__number", "id")[:500]
    )
    try:
        if not chosen:
            raise NobodyChosen()
        printed = joining.make_codes(staff.resident, chosen, now=staff.now)
    except Refusal as no:
        return people(request, no=no)
    return codes_pdf(request, staff, printed)


def codes_pdf(request: HttpRequest, staff: Staff, printed: Sequence[joining.Printed]) -> HttpResponse:
    """The slips, ten a page."""
    slips = [
        JoinSlip(staff.village.name, one.resident.name, one.resident.household.number, told_join_code(one.code))
        for one in printed
    ]
    answer = HttpResponse(join_slips(slips, request.build_absolute_uri("/join"), staff.now), "application/pdf")
    answer["Content-Disposition"] = 'inline; filename="join-codes.pdf"'
    answer["Cache-Control"] = "private, no-store"
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
    return HttpResponseRedirect(ROOM, status=303)
