"""Which door answers which address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import URLPattern, URLResolver, include, path

from gongfen.api.doors import api
from gongfen.api.ground import NoSuch, problem
from gongfen.pages.app import app

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("desk/", include("gongfen.console.urls")),
    path("app/", app),
    path("app/<path:path>", app),
    path("", include("gongfen.pages.urls")),
]
if settings.DEMO:
    from gongfen.demo import meeting

    urlpatterns += meeting.pages()


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing by this address: in the words of the door it was asked at."""
    if request.path.startswith("/api/"):
        return problem(request, NoSuch(what="page"), 404)
    return HttpResponseNotFound(
        "这个地址没有内容。 / There is nothing at this address.", content_type="text/plain; charset=utf-8"
    )
