"""The steps of a run at the desk. Each is one act, asks for the password again, and may be pressed twice."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console import runs
from gongfen.console.asks import Typed
from gongfen.console.ground import Staff, desk
from gongfen.console.money import NothingTyped, read_yuan
from gongfen.console.scopes import key_of
from gongfen.dividends import acts, advances, objections, paying
from gongfen.dividends.models import Advance, Run, RunObjection, Share
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.shops.refusals import UnknownResident

BOTH = ("treasurer", "supervisor")


def _step(
    request: HttpRequest, staff: Staff, run: int, names: tuple[str, ...], step: Callable[[Run], Any]
) -> HttpResponse:
    """Take a step of the run, for who has one of these roles at its host; a no is shown on the run's page."""
    if request.method == "POST":
        try:
            found, _ = runs.run_for(staff, run, *names)
            step(found)
        except Refusal as no:
            return runs.one(request, run, no=no)
    return HttpResponseRedirect(f"{runs.ROOM}/{run}", status=303)


@desk("treasurer", fresh=True)
def change(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Other numbers; what was computed is void."""

    def step(found: Run) -> None:
        plan = runs.read_plan(Typed(runs.asks_of(staff.lang), request.POST))
        key = key_of(request, staff, f"change-{run}")
        acts.change(staff.town, found, by=staff.resident, plan=plan, key=key, now=staff.now)

    return _step(request, staff, run, ("treasurer",), step)


@desk(*BOTH, fresh=True)
def simulate(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Compute every share. Nothing moves."""
    return _step(
        request, staff, run, BOTH, lambda found: acts.simulate(staff.town, found, by=staff.resident, now=staff.now)
    )


@desk(*BOTH, fresh=True)
def confirm(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Confirm the very sums that were shown; the second person sets the pool aside."""
    digest = request.POST.get("digest", "")[:64]
    return _step(
        request, staff, run, BOTH,
        lambda found: acts.confirm(staff.town, found, by=staff.resident, digest=digest, now=staff.now),
    )  # fmt: skip


@desk(*BOTH, fresh=True)
def notice(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Show it to everyone."""
    return _step(
        request, staff, run, BOTH, lambda found: acts.begin_notice(staff.town, found, by=staff.resident, now=staff.now)
    )


@desk("treasurer", fresh=True)
def begin(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """The notice is over: reserve, welfare and costs go their ways, and paying begins."""
    return _step(
        request, staff, run, ("treasurer",),
        lambda found: paying.begin(staff.town, found, by=staff.resident, now=staff.now),
    )  # fmt: skip


@desk("treasurer", fresh=True)
def pay(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Pay the next ten thousand shares; who is cut off presses again."""
    return _step(
        request, staff, run, ("treasurer",),
        lambda found: paying.pay_some(staff.town, found, by=staff.resident, now=staff.now),
    )  # fmt: skip


@desk("treasurer", fresh=True)
def close(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Every share is paid: the run is closed."""
    return _step(
        request, staff, run, ("treasurer",),
        lambda found: paying.close(staff.town, found, by=staff.resident, now=staff.now),
    )  # fmt: skip


@desk("supervisor", "reviewer", fresh=True)
def decide(request: HttpRequest, staff: Staff, objection: int) -> HttpResponse:
    """Answer an objection in one's own words; one that is upheld sends the run back to draft."""
    found = RunObjection.of(staff.town).filter(id=objection).first()
    if found is None:
        return HttpResponseRedirect(runs.ROOM)

    def step(run: Run) -> None:
        answer = request.POST.get("words", "").strip()[:1000]
        if not answer:
            raise NothingTyped(field="words")
        upheld = request.POST.get("answer") == "upheld"
        objections.decide(staff.town, found, by=staff.resident, upheld=upheld, answer=answer, now=staff.now)

    return _step(request, staff, found.run_id, ("supervisor", "reviewer"), step)


@desk("treasurer", fresh=True)
def ask_advance(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Ask that somebody is paid early, by household number and name; a supervisor decides."""

    def step(found: Run) -> None:
        person = resident_named(staff, request.POST.get("household", ""), request.POST.get("name", ""))
        money, key = read_yuan(request.POST.get("yuan", "")), key_of(request, staff, f"advance-{run}")
        advances.ask(staff.town, found, person, money=money, by=staff.resident, key=key, now=staff.now)

    return _step(request, staff, run, ("treasurer",), step)


@desk("supervisor", fresh=True)
def decide_advance(request: HttpRequest, staff: Staff, advance: int) -> HttpResponse:
    """Pay somebody early, or do not."""
    found = Advance.of(staff.town).filter(id=advance).first()
    if found is None:
        return HttpResponseRedirect(runs.ROOM)
    yes = request.POST.get("answer") == "yes"
    return _step(
        request, staff, found.run_id, ("supervisor",),
        lambda run: advances.decide(staff.town, found, by=staff.resident, approve=yes, now=staff.now),
    )  # fmt: skip


@desk(*BOTH, fresh=True)
def hand_over(request: HttpRequest, staff: Staff, share: int) -> HttpResponse:
    """The share of somebody who left: the treasurer asks to pay it outside, the supervisor approves."""
    found = Share.of(staff.town).filter(id=share).first()
    if found is None:
        return HttpResponseRedirect(runs.ROOM)

    def step(run: Run) -> None:
        pay_out = paying.hand_over if request.POST.get("answer") == "approve" else paying.ask_hand_over
        pay_out(staff.town, found, by=staff.resident, now=staff.now)

    return _step(request, staff, found.run_id, BOTH, step)


def resident_named(staff: Staff, household: str, name: str) -> Resident:
    """The one person of this household and name in the staff's town."""
    if not household.strip() or not name.strip():
        raise NothingTyped(field="household" if not household.strip() else "name")
    people = Resident.of(staff.town).filter(left_at=None, household__number=household.strip()[:20])
    found = list(people.filter(name=name.strip()[:60]).select_related("household")[:2])
    villages = {staff.village.id}
    found = [one for one in found if one.village_id in villages] or found
    if len(found) != 1:
        raise UnknownResident()
    found[0].town = staff.town
    return found[0]
