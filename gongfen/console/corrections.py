"""Objections after an award: looked into, dismissed, or put right with the owner's consent or by a ruling."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities import reversals
from gongfen.activities.models import Objection
from gongfen.activities.queries_review import late_objections
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import hosts_of
from gongfen.console.review_tabs import tabs_for
from gongfen.people.looks import looked
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import title

DECIDES = ("reviewer", "supervisor")


@desk(*DECIDES)
def corrections(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Awards that somebody objected to after they were in the account. Nothing moves by itself."""
    return _show(request, staff)


def _show(request: HttpRequest, staff: Staff, *, no: Refusal | None = None, about: int = 0) -> HttpResponse:
    me = staff.resident
    hosts = [one.subject for one in hosts_of(staff, *DECIDES)]
    found = [
        (objection, asked)
        for objection, asked in late_objections(me, hosts)
        if objection.claim.resident.household_id != me.household_id
    ]
    looked(me, [one.claim.resident for one, _ in found], "objection", now=staff.now)
    lines = [
        {
            "id": one.id,
            "claim": one.claim,
            "title": title(one.claim.activity, staff.lang),
            "said": one.said,
            "made_at": one.made_at,
            "asked": asked if asked is not None and asked.state == "asked" else None,
            "declined": asked is not None and asked.state == "declined",
            "typed": request.POST.get("why", "") if one.id == about else "",
        }
        for one, asked in found
    ]
    return page(
        request,
        staff,
        "corrections.html",
        refusal=no,
        rooms=tabs_for(staff),
        lines=lines,
        may_rule=staff.has("supervisor"),
    )


@desk(*DECIDES, fresh=True)
def answer(request: HttpRequest, staff: Staff, objection: int, verb: str) -> HttpResponse:
    """Dismiss the objection, ask the owner to put the award right, or (a supervisor) rule. Again is the same."""
    hosts = [one.subject for one in hosts_of(staff, *DECIDES)]
    rows = Objection.of(staff.town).filter(id=objection, claim__host__in=hosts, is_late=True)
    found = rows.select_related("claim").first()
    if request.method != "POST" or found is None:
        return HttpResponseRedirect("/desk/review/corrections", status=303)
    try:
        if verb == "ask":
            reversals.ask_reversal(staff.resident, found.claim_id, request.POST.get("why", ""), now=staff.now)
        elif verb == "dismiss":
            reversals.dismiss_objection(staff.resident, found.id, now=staff.now)
        elif verb == "rule":
            reversals.rule_objection(staff.resident, found, now=staff.now)
    except Refusal as no:
        return _show(request, staff, no=no, about=found.id)
    return HttpResponseRedirect("/desk/review/corrections", status=303)
