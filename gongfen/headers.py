"""Strict headers on every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongfen.town import clock

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
INTERFACE = 1  # counts up when an app of before could not work with this server; client/src/platform/server.ts


class StrictHeaders:
    """Nothing from elsewhere runs on our pages, and nothing of ours is kept by a shared cache."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith("/api/"):
            response.headers["Gongfen-Interface"] = str(INTERFACE)
            response.headers["Gongfen-Time"] = clock.now().isoformat(timespec="milliseconds")
        return response
