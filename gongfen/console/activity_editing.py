"""A draft is written anew in place: the same form, filled in. Whoever writes it does not approve it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities.drafting import edit_activity, may_edit
from gongfen.activities.models import Activity
from gongfen.activities.terms_in_force import InForce
from gongfen.console.activities import MAKES
from gongfen.console.activity_forms import as_typed, form, read_told
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page, hosts_of
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal


@activity_page(*MAKES)
def edit(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """The draft as its form; kept, it waits for a second person again."""
    key = f"{staff.resident.id}/{request.POST.get('key', '')[:32]}"
    if no := may_edit(found, staff.resident):
        return page(request, staff, "not_for_you.html", refusal=no, status=409)
    host = next(one for one in hosts_of(staff, *MAKES) if one.subject == found.host)
    terms = found.terms
    if request.method != "POST":
        return form(request, staff, host, terms, as_typed(found), edits=found)
    try:
        told = read_told(request.POST, staff, host, terms)
        in_force = InForce(staff.town, [found.host]).on(found.host, found.kind, found.what, village_day(told.starts_at))
        if in_force.id != terms.id:  # another day, other terms: enough is counted by them
            told = read_told(request.POST, staff, host, in_force)
        edit_activity(staff.resident, found.id, told, now=staff.now, key=key)
    except Refusal as no:
        return form(request, staff, host, terms, request.POST.dict(), no, edits=found)
    return HttpResponseRedirect(f"/desk/activities/{found.id}", status=303)
