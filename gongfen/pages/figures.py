"""村里一览 for everybody: the same figures that the desk sees, on a page and on paper."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from gongfen.pages.ground import page, reader_of
from gongfen.statements.glances import glance_pdf, told_glance


def read_month(request: HttpRequest) -> date | None:
    """The month that is asked for; None where the address names none."""
    try:
        return date.fromisoformat(request.GET.get("month", "")[:7] + "-01")
    except ValueError:
        return None


def figures(request: HttpRequest) -> HttpResponse:
    """The village at a glance, readable without signing in."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html")
    reader.village.town = reader.town
    told = told_glance(reader.village, reader.lang, reader.now, read_month(request))
    asked = {"village": str(reader.village.id)} | ({"month": f"{told.month.first:%Y-%m}"} if told.month else {})
    return page(request, "figures.html", told=told, file="/figures.pdf?" + urlencode(asked))


def figures_file(request: HttpRequest) -> HttpResponse:
    """The month on one A4 page."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html", status=404)
    reader.village.town = reader.town
    address = request.build_absolute_uri(f"/figures?village={reader.village.id}")
    made = glance_pdf(reader.village, address, reader.lang, reader.now, read_month(request))
    return HttpResponse(made, "application/pdf")
