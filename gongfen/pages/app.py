"""The web app at /app/: the built client as files, nothing computed."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

KINDS = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}
PACKED = {"br": ".br", "gzip": ".gz"}  # the smaller first; client/build.py makes them
A_YEAR = "public, max-age=31536000, immutable"
NOT_BUILT = "网页应用还没有编译，见 client/README.md · The web app is not built yet: see client/README.md"


def app(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A file of the built client. Names of assets carry their hash: those are kept for a year, the start page never."""
    folder = Path(settings.APP_FOLDER).resolve()
    wanted = (folder / (path or "index.html")).resolve()
    if not wanted.is_relative_to(folder) or not wanted.is_file():
        return HttpResponse(
            NOT_BUILT if not folder.is_dir() else "", status=404, content_type="text/plain; charset=utf-8"
        )
    kind = KINDS.get(wanted.suffix) or mimetypes.guess_type(wanted.name)[0] or "application/octet-stream"
    offered = request.headers.get("Accept-Encoding", "")
    packed = [
        (name, file)
        for name, ending in PACKED.items()
        if name in offered and (file := wanted.with_name(f"{wanted.name}{ending}")).is_file()
    ]
    encoding, file = packed[0] if packed else ("", wanted)
    answer = FileResponse(file.open("rb"))
    answer["Content-Type"] = kind  # Django would say what it guesses of the packed file's name
    if encoding:
        answer["Content-Encoding"] = encoding
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = A_YEAR if path.startswith("assets/") else "no-cache"
    return answer
