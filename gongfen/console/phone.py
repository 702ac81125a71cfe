"""One's own phone at the desk: made known once, so that it confirms with a PIN instead of a password all day."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk, desk_key, page
from gongfen.office import known_phone
from gongfen.people.at_the_office import DeskQuestion


@desk()
def phone(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Whether a phone is known, and the number with which it becomes so."""
    asked = DeskQuestion.of(staff.town).filter(
        resident=staff.resident, what=known_phone.KNOW, state="open", expires_at__gt=staff.now
    )
    phone = known_phone.phone_of(staff.resident)
    return page(request, staff, "phone.html", phone=phone, question=asked.first())


@desk(fresh=True)
def know(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a number; the phone that types it is known."""
    if request.method == "POST":
        known_phone.ask(staff.resident, known_phone.KNOW, desk_key(request), now=staff.now)
    return HttpResponseRedirect("/desk/phone", status=303)
