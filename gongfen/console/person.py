"""One person on one page: household, guardian, devices, cards, roles. Nothing about points, money or standing."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.people import BANDS, ROOM, codes_pdf, people_page, read_ids
from gongfen.office.leaving import leaving_of
from gongfen.people import households, joining
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Device, Group, JoinCode, Resident, Village
from gongfen.people.queries import has_role, roles_of
from gongfen.rules.refusals import Refusal
from gongfen.shops.handles import end_handles
from gongfen.shops.models import Card, CardState
from gongfen.words.office import ROLES

CARDS = {
    CardState.NEW: ("新卡，等本人在收款台设密码", "new: its holder chooses a PIN at a till"),
    CardState.ACTIVE: ("能用", "works"),
    CardState.LOCKED: ("锁了", "locked"),
}
DESCRIBED = ("name", "nickname", "age_band", "has_phone", "counts_as_head")


class NobodyThere(Refusal):
    """Nobody by this number lives in the village."""

    code = "nobody_there"


def person_at(staff: Staff, number: int) -> Resident:
    """Somebody of the village, as the clerk sees them."""
    rows = Resident.of(staff.town).filter(id=number, village=staff.village, left_at=None)
    found = rows.select_related("household", "group", "village", "guardian").first()
    if found is None:
        raise NobodyThere()
    found.town = found.village.town = staff.town
    return found


def asks_for(lang: str) -> list[Ask]:
    """What the list says of a person."""
    en = lang == "en"
    bands = [(str(band), told[en]) for band, told in BANDS.items()]
    yes_no = [("yes", "yes" if en else "是"), ("no", "no" if en else "否")]
    return [
        Ask("name", "姓名", "Name", required=True, longest=60),
        Ask("nickname", "公开时的称呼", "Name for public places", longest=30),
        Ask("age_band", "年龄段", "Age band", "choice", required=True, choices=bands),
        Ask("has_phone", "有手机", "Has a phone", "choice", required=True, choices=yes_no),
        Ask("counts_as_head", "分红时算人头", "Counts in the dividend", "choice", required=True, choices=yes_no),
    ]  # fmt: skip


@desk("clerk")
def person(request: HttpRequest, staff: Staff, number: int, *, no: Refusal | None = None) -> HttpResponse:
    """The page of one person; that it was read is written down for them."""
    try:
        one = person_at(staff, number)
    except Refusal as nobody:
        return page(request, staff, "not_for_you.html", refusal=nobody, status=404)
    looked(staff.resident, [one], "people", now=staff.now)
    town, en = staff.town, staff.lang == "en"
    kept: dict[str, Any] = {name: getattr(one, name) for name in DESCRIBED}
    kept |= {name: "yes" if kept[name] else "no" for name in ("has_phone", "counts_as_head")}
    described = request.POST if "age_band" in request.POST else kept
    at_home = Resident.of(town).filter(household=one.household, left_at=None).order_by("-is_head", "id")
    card = Card.of(town).filter(resident=one).exclude(state=CardState.DEAD).first()
    context: dict[str, Any] = {
        "one": one,
        "band": BANDS[AgeBand(one.age_band)][en],
        "is_child": one.age_band == AgeBand.UNDER_14,
        "at_home": at_home.exclude(id=one.id),
        "grown": at_home.filter(age_band__in=households.GROWN),
        "wards": Resident.of(town).filter(guardian=one, left_at=None),
        "roles": [ROLES[role.role][en] for role in roles_of(one)],
        "devices": Device.of(town).filter(resident=one, ended_at=None).order_by("id"),
        "card": CARDS[CardState(card.state)][en] if card else "",
        "code": JoinCode.of(town).filter(resident=one, used_at=None, expires_at__gt=staff.now).first(),
        "leaving": leaving_of(one),
        "asks": drawn(asks_for(staff.lang), described, staff.lang, now=staff.now, no=no),
        "groups": [(group, group.village) for group in _groups(staff)],
        "own": one.household_id == staff.resident.household_id,
    }
    return people_page(request, staff, "person.html", refusal=no, **context)


def _groups(staff: Staff) -> list[Group]:
    """Where people may be moved to: the groups of the villages whose list this clerk keeps."""
    villages = [each for each in Village.of(staff.town).order_by("id") if has_role(staff.resident, "clerk", each.id)]
    return list(Group.of(staff.town).filter(village__in=villages).select_related("village").order_by("village", "id"))


@desk("clerk")
def describe(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Correct what the list says. Only what changed makes an act."""

    def change(one: Resident, now: datetime) -> None:
        typed = Typed(asks_for(staff.lang), request.POST)
        said: dict[str, Any] = {name: typed.text(name) for name in ("name", "nickname")}
        said["age_band"] = typed.choice("age_band")
        said |= {name: typed.choice(name) == "yes" for name in ("has_phone", "counts_as_head")}
        households.describe(staff.resident, one, now=now, **said)

    return _changed(request, staff, number, change)


@desk("clerk")
def move(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Somebody moves behind another door, of this village or of another one of the town."""

    def change(one: Resident, now: datetime) -> None:
        group = next((each for each in _groups(staff) if each.id in read_ids(request, "group")), None)
        if group is None:
            raise NobodyThere()
        households.rehouse(staff.resident, [one], group=group, number=request.POST.get("number", ""), now=now)

    return _changed(request, staff, number, change, back=ROOM)


@desk("clerk")
def guardian(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """The household chose who receives the child's head share."""

    def change(one: Resident, now: datetime) -> None:
        rows = Resident.of(staff.town).filter(id__in=read_ids(request, "guardian"), left_at=None)
        chosen = rows.select_related("household").first()
        if chosen is None:
            raise NobodyThere()
        households.name_guardian(staff.resident, one, chosen, now=now)

    return _changed(request, staff, number, change)


@desk("clerk")
def lost_phone(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """A lost phone: signed out, and its payment numbers die at once."""

    def change(one: Resident, now: datetime) -> None:
        for device in Device.of(staff.town).filter(resident=one, id__in=read_ids(request, "device"), ended_at=None):
            end_phone(device, now)

    return _changed(request, staff, number, change)


def end_phone(device: Device, now: datetime) -> None:
    """Sign a phone out, and let its payment numbers die."""
    end_handles(device.town, device.id)
    Device.of(device.town_id).filter(id=device.id, ended_at=None).update(ended_at=now)


@desk("clerk", fresh=True)
def new_code(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """A new join code for one person, as a slip."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{ROOM}/{number}")
    try:
        printed = joining.make_codes(staff.resident, [person_at(staff, number)], now=staff.now)
    except Refusal as no:
        return person(request, number, no=no)
    return codes_pdf(request, staff, printed)


def _changed(request: HttpRequest, staff: Staff, number: int, change: Any, back: str = "") -> HttpResponse:
    if request.method == "POST":
        try:
            change(person_at(staff, number), staff.now)
        except Refusal as no:
            return person(request, number, no=no)
    there = Resident.of(staff.town).filter(id=number, village=staff.village).exists()
    return HttpResponseRedirect(f"{ROOM}/{number}" if there else back or ROOM, status=303)
