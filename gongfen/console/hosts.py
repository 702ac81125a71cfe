"""For which hosts somebody at the desk works, and pages about one activity of such a host."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongfen.activities.drafting import find
from gongfen.activities.models import Activity
from gongfen.activities.who import check_role
from gongfen.console.ground import Staff, desk, page
from gongfen.people.acts import NotYourRole
from gongfen.people.models import Village
from gongfen.rules.refusals import Refusal

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Host:
    """The town or one of its villages."""

    subject: int
    name: str
    village: Village | None


def hosts_of(staff: Staff, *names: str) -> list[Host]:
    """The hosts at which the person has one of these roles (any, without names): the own village first."""
    places = {role.village_id for role in staff.roles if not names or role.role in names}
    villages = Village.of(staff.town).order_by("id")
    if None not in places:
        villages = villages.filter(id__in=[place for place in places if place is not None])
    found = [Host(one.subject, place_name(one, staff.lang), one) for one in villages]
    found.sort(key=lambda one: one.village is None or one.village.id != staff.resident.village_id)
    if None in places:
        found.append(Host(staff.town.subject, place_name(staff.town, staff.lang), None))
    return found


def place_name(place: Any, lang: str) -> str:
    """A town or village as its reader calls it."""
    return (place.name_en if lang == "en" else "") or str(place.name)


def activity_page(*names: str, fresh: bool = False) -> Callable[[View], View]:
    """A page about one activity, for who has one of these roles at its host. To others it is not there."""

    def wrap(view: View) -> View:
        @desk(*names, fresh=fresh)
        @wraps(view)
        def inner(request: HttpRequest, staff: Staff, activity: int, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                found = activity_for(staff, activity, *names)
            except Refusal as no:
                status = 403 if isinstance(no, NotYourRole) else 404
                return page(request, staff, "not_for_you.html", refusal=no, status=status)
            return view(request, staff, found, *args, **kwargs)

        return inner

    return wrap


def activity_for(staff: Staff, activity: int, *names: str) -> Activity:
    """The activity, or the refusal that it is not there or not for this person."""
    found = find(staff.town, activity)
    found.town = staff.town
    check_role(staff.resident, found.host, *names)
    return found
