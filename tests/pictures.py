"""Pictures of the desk for the README: `python -m tests.pictures docs/img [name …]`, of the demo in `GONGFEN_DIR`.

The demo must be there (`gongfen demo --no-serve`). Its staff open accounts, and each room is drawn as they see it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

MOST_BYTES = 200_000
# name of the picture → who looks (a role of the demo, "" for everybody), where, in which language
PICTURES = {
    "desk-today": ("supervisor", "/desk/", "zh"),
    "desk-review": ("reviewer", "/desk/review", "zh"),
    "desk-people": ("clerk", "/desk/people", "zh"),
    "desk-activities": ("organiser", "/desk/activities", "zh"),
    "desk-money": ("treasurer", "/desk/money", "zh"),
    "desk-runs": ("treasurer", "/desk/runs", "zh"),
    "desk-glance": ("auditor", "/desk/glance", "zh"),
    "front-page": ("", "/", "zh"),
    "front-page-en": ("", "/", "en"),
}
SIZE = {"width": 1440, "height": 900}


def cookies() -> dict[str, str]:
    """Somebody of each role signs in at the desk, as a person does: code, password, authenticator."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from gongfen.people.models import Role, StaffAccount, Village
    from gongfen.town import clock
    from tests.desk import open_account_of

    village = Village.objects.select_related("town").order_by("id").first()
    assert village is not None
    roles = Role.of(village.town).filter(village=village, ended_at=None).select_related("resident__household")
    people = {}
    for role in roles.order_by("-id"):
        role.resident.town = village.town
        people[role.role] = role.resident
    users = StaffAccount.of(village.town).values_list("user_id", flat=True)
    get_user_model().objects.filter(pk__in=list(users)).delete()
    StaffAccount.of(village.town).delete()
    found: dict[str, str] = {}
    for name in sorted({who for who, _, _ in PICTURES.values() if who and who in people}):
        same = next((one for one in found if people[one] == people[name]), "")
        if same:
            found[name] = found[same]
            continue
        client = open_account_of(people[name], people["clerk"], clock.now())
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@contextmanager
def served() -> Iterator[str]:
    """The demo on loopback, and its own clock."""
    from tests.walking import HOME, answering, free_port

    port = free_port()
    words = [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "gongfen.wsgi:application",
    ]
    log = Path(os.environ["GONGFEN_DIR"]) / "pictures.log"
    with log.open("wb") as output:
        running = subprocess.Popen([sys.executable, *words], cwd=HOME, stdout=output, stderr=output)
    try:
        yield answering(f"http://127.0.0.1:{port}", running, log)
    finally:
        running.terminate()
        running.wait(30)


def small(png: bytes) -> bytes:
    """The same picture in few colours."""
    for colours in (128, 64, 32, 16):
        out = BytesIO()
        Image.open(BytesIO(png)).convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def main(folder: Path, names: Sequence[str]) -> None:
    """Draw these, or all."""
    from tests.walking import started

    folder.mkdir(parents=True, exist_ok=True)
    signed_in = cookies()
    with served() as address, started() as browser:
        for name in names or PICTURES:
            who, path, lang = PICTURES[name]
            context = browser.new_context(viewport=SIZE, locale="en-GB" if lang == "en" else "zh-CN")  # type: ignore[arg-type]  # a plain dict
            if who:
                context.add_cookies([{"name": "gongfen_desk", "value": signed_in[who], "url": f"{address}/desk"}])
            page = context.new_page()
            page.goto(address + path)
            (folder / f"{name}.png").write_bytes(small(page.screenshot()))
            context.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    main(Path(sys.argv[1]), sys.argv[2:])
