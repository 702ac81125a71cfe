"""What happens by itself as time passes: lots, awards, appeals that nobody answered, holds that expire, notices.

Every step is safe to run at any time and as often as anyone likes, so the clock keeps no list of what it did. A town
or a room where something goes wrong stops no other; the next turn tries again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import connection

from gongfen.activities.due import run_due as run_activities
from gongfen.notices.due import run_due as run_notices
from gongfen.shops.confirming import expire_confirmations
from gongfen.standing.due import run_due as run_standing
from gongfen.town import clock
from gongfen.town.models import Town

EVERY = 30  # seconds
log = logging.getLogger(__name__)


def _shops(town: Town, *, now: datetime) -> dict[str, int]:
    return {"expired": expire_confirmations(town, now=now)}


ROOMS: tuple[tuple[str, Callable[..., dict[str, int]]], ...] = (
    ("activities", run_activities),
    ("shops", _shops),
    ("standing", run_standing),
    ("notices", run_notices),  # last: it tells what the others did
)


def turn(*, now: datetime) -> dict[str, int]:
    """One turn over all towns and rooms; what was done, by room and thing."""
    found: dict[str, int] = {}
    for town in Town.objects.order_by("code"):
        for room, run_due in ROOMS:
            try:
                done = run_due(town, now=now)
            except Exception:  # whatever it is, the other towns and rooms go on
                log.exception("the clock stopped in %s of town %s", room, town.code)
                found["went_wrong"] = found.get("went_wrong", 0) + 1
                continue
            for thing, how_many in done.items():
                name = f"{room}.{thing}"
                found[name] = found.get(name, 0) + how_many
    return found


def run_on(stop: Event, every: int = EVERY) -> None:
    """Turn after turn, until told to stop."""
    while not stop.is_set():
        connection.close_if_unusable_or_obsolete()
        turn(now=clock.now())
        stop.wait(every)
