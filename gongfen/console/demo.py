"""The demo's way to the desk: sit where the clerk or the treasurer sits, by one press. Not there outside the demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django_otp import login as verified
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.console.ground import page
from gongfen.people.models import Resident, StaffAccount
from gongfen.people.staff import username
from gongfen.town import clock
from gongfen.town.models import Town

PASSWORD = "青山绿水好村庄"  # shown on the page: the desk asks for it again before money


@dataclass(frozen=True)
class Seat:
    """A seat at the desk: who sits there, by household and name, and what waits (zh, en)."""

    household: str
    name: str
    work: tuple[str, str]


def demo_urls(seats: Sequence[Seat]) -> list[URLPattern]:
    """The pages on which a visitor takes one of these seats."""

    def meet(request: HttpRequest) -> HttpResponse:
        """Which seats there are."""
        return page(request, None, "demo.html", seats=list(enumerate(seats)), password=PASSWORD)

    def sit(request: HttpRequest, number: int) -> HttpResponse:
        """Take a seat: signed in with both factors, as the person who works there."""
        seat = seats[number] if number < len(seats) else None
        who = _find(seat) if seat and request.method == "POST" else None
        if who is None:
            return HttpResponseRedirect("/desk/demo", status=303)
        user, device = _account(who)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        verified(request, device)
        request.session["known_at"] = request.session["pressed_at"] = clock.now().isoformat()
        return HttpResponseRedirect("/desk/", status=303)

    return [path("desk/demo", meet), path("desk/demo/<int:number>", sit)]


def _find(seat: Seat) -> Resident | None:
    town = Town.objects.order_by("code").first()
    if town is None:
        return None
    found = Resident.of(town).filter(household__number=seat.household, name=seat.name, left_at=None)
    return found.select_related("village").first()


def _account(who: Resident) -> tuple[User, TOTPDevice]:
    """The person's account, made at the first visit."""
    users = User.objects
    kept = StaffAccount.of(who.town).filter(resident=who).first()
    if kept is None:
        user = users.create_user(username=username(who.town, who.name), password=PASSWORD)
        StaffAccount.objects.create(town=who.town, resident=who, user_id=user.pk, made_at=clock.now())
    else:
        user = users.get(pk=kept.user_id)
    device, _ = TOTPDevice.objects.get_or_create(user=user, name="demo", defaults={"confirmed": True})
    return user, device
