"""The start page of the desk: what waits for me, each line one press from the act."""

from django.http import HttpRequest, HttpResponse

from gongfen.console.ground import Staff, desk, page


@desk()
def today(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits for this person."""
    return page(request, staff, "today.html", waits=[])
