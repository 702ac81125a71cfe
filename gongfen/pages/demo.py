"""The demo's own pages: be one of a few people with one tap, and let a day pass. Never there outside the demo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from gongfen.pages.ground import DEVICE, TILL, back_to, keep_cookie, key_of, on_post, page, reader_of
from gongfen.people.acts import sign_in
from gongfen.people.joining import make_codes
from gongfen.people.models import Resident, Role, RoleName
from gongfen.people.tokens import new_token
from gongfen.shops.models import Merchant
from gongfen.shops.tills import make_till
from gongfen.town.models import Town


@dataclass(frozen=True)
class Person:
    """Somebody whom a visitor may be: who, in the middle of what, and where their story goes on."""

    household: str
    name: str
    story: tuple[str, str]  # zh, en
    goes_on_at: str


def demo_urls(people: Sequence[Person], next_day: Callable[[Town], None]) -> list[URLPattern]:
    """The demo's pages for these people; `next_day` moves the clock and lets the night's work happen."""

    def meet(request: HttpRequest) -> HttpResponse:
        """Who one may be."""
        reader = reader_of(request)
        told = [(i, each, each.story[1 if reader.lang == "en" else 0]) for i, each in enumerate(people)]
        return page(request, "demo.html", people=told, has_app=Path(settings.APP_FOLDER, "index.html").exists())

    @on_post
    def be(request: HttpRequest, number: int) -> HttpResponse:
        """Sign this browser in as one of them; a shop's owner gets the till as well."""
        person = people[number] if number < len(people) else None
        town = reader_of(request).town
        who = _find(town, person) if town and person else None
        if who is None or person is None:
            return back_to(request, "/demo")
        who.town = who.village.town
        token = new_token()
        sign_in(who, token, label="demo", now=reader_of(request).now)
        response = back_to(request, person.goes_on_at)
        keep_cookie(response, DEVICE, token)
        _till(request, response, who)
        return response

    @on_post
    def in_the_app(request: HttpRequest, number: int) -> HttpResponse:
        """The app, with a fresh join code of theirs typed in."""
        return _in_the_app(request, people[number] if number < len(people) else None)

    @on_post
    def day_passes(request: HttpRequest) -> HttpResponse:
        """The next morning."""
        town = reader_of(request).town
        if town is not None:
            next_day(town)
        return back_to(request, "/", said="next_day")

    return [
        path("demo", meet),
        path("demo/be/<int:number>", be),
        path("demo/app/<int:number>", in_the_app),
        path("demo/next-day", day_passes),
    ]


def _find(town: Town, person: Person) -> Resident | None:
    rows = Resident.of(town).filter(household__number=person.household, name=person.name, left_at=None)
    return rows.select_related("village__town", "household", "group").first()


def _in_the_app(request: HttpRequest, person: Person | None) -> HttpResponse:
    reader = reader_of(request)
    who = _find(reader.town, person) if reader.town and person else None
    clerks = Role.of(who.town).filter(role=RoleName.CLERK, village=who.village, ended_at=None) if who else None
    clerk = clerks.select_related("resident").first() if clerks is not None else None
    if who is None or clerk is None:
        return back_to(request, "/demo")
    (printed,) = make_codes(clerk.resident, [who], now=reader.now)
    return HttpResponseRedirect(f"/app/#/pages/resident/join?code={printed.code}", status=303)


def _till(request: HttpRequest, response: HttpResponse, who: Resident) -> None:
    shop = Merchant.of(who.town).filter(owner=who, listed=True).first()
    if shop is None:
        response.delete_cookie(TILL)
        return
    made = make_till(
        shop,
        "demo",
        by=who.subject,
        key=f"demo/till/{key_of(request)}",
        now=reader_of(request).now,
        refund_limit=1_000_000,
    )
    keep_cookie(response, TILL, made.token)
