"""村里一览 at the desk: the same figures that everybody may read."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from gongfen.console.ground import Staff, desk, page
from gongfen.statements.glances import told_glance


@desk()
def glance(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The village at a glance, for every role alike."""
    village = staff.village
    village.town = staff.town
    try:
        month = date.fromisoformat(request.GET.get("month", "")[:7] + "-01")
    except ValueError:
        month = None
    told = told_glance(village, staff.lang, staff.now, month)
    chosen = f"&month={told.month.first:%Y-%m}" if told.month else ""
    return page(request, staff, "glance.html", told=told, file=f"/figures.pdf?village={village.id}{chosen}")
