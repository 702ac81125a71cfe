"""What happens by itself as time passes: lots, awards, appeals that nobody answered, holds that expire, notices.

Every step is safe to run at any time and as often as anyone likes, so the clock keeps no list of what it did. A town
or a room where something goes wrong stops no other; the next turn tries again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from gongfen.activities.due import run_due as run_activities
from gongfen.journal.answered import forget_answers
from gongfen.ledger.audit import audit, last_audit
from gongfen.ledger.storage import look_again
from gongfen.notices.due import run_due as run_notices
from gongfen.office.leaving import run_due as run_office
from gongfen.people.looks import forget_old
from gongfen.rules.notice import HOME
from gongfen.shops.due import run_due as run_shops
from gongfen.standing.due import run_due as run_standing
from gongfen.statements.answers import count_due
from gongfen.statements.day_sums import run_due as run_sums
from gongfen.town import clock, ids, leases
from gongfen.town.models import Town

EVERY = 30  # seconds
AT_NIGHT = timedelta(hours=3)  # after midnight
AUDIT_FROM = timedelta(hours=6)
MOST_AT_ONCE = 64  # processes that start in the same moment
log = logging.getLogger(__name__)


def _journal(town: Town, *, now: datetime) -> dict[str, int]:
    return {"answers_forgotten": forget_answers(town, now=now)}


def _people(town: Town, *, now: datetime) -> dict[str, int]:
    return {"looks_forgotten": forget_old(town, now=now)}


def _audit(town: Town, *, now: datetime) -> dict[str, int]:
    """Once a day from six in the morning: the books since the last audit that passed, for everyone to read."""
    six = datetime.combine(localdate(now - AUDIT_FROM), time(), HOME) + AUDIT_FROM
    last = last_audit(town)
    if last is not None and last.audited_at >= six:
        return {}
    report = audit(town, now=now)
    if not report.passed:
        log.error("the books of town %s differ: %s", town.code, "; ".join(str(one) for one in report.differences[:10]))
    return {"audited": 1, "differences": report.found}


ROOMS: tuple[tuple[str, Callable[..., dict[str, int]]], ...] = (
    ("activities", run_activities),
    ("journal", _journal),
    ("people", _people),
    ("shops", run_shops),
    ("office", run_office),
    ("standing", run_standing),
    ("notices", run_notices),  # late: it tells what the others did
    *((name, import_string(path)) for name, path in settings.CLOCK_DOORS.items()),
    ("sums", run_sums),
    ("figures", count_due),
    ("audit", _audit),  # last: it may take its time
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
    """Turn after turn, until told to stop; once each night the engine looks at what it holds."""
    looked = None
    while not stop.is_set():
        connection.close_if_unusable_or_obsolete()
        now = clock.now()
        turn(now=now)
        night = localdate(now - AT_NIGHT)
        if night != looked:
            look_again()
            looked = night
        stop.wait(every)


def _lease(by: str) -> ids.Ids:
    """A node; where another process that starts in the same moment took it first, the next one."""
    for _ in range(MOST_AT_ONCE):
        try:
            return leases.lease(by)
        except IntegrityError:
            log.info("another process was first; taking the next node")
    return leases.lease(by)


def hold_node(stop: Event) -> Thread:
    """Make this process's ids with a node number of its own, and hold it as long as the process lives.

    Without it two processes would make the same id in the same millisecond.
    """
    by = leases.holder()
    held = _lease(by)
    ids.use(held)

    def beat_on() -> None:
        nonlocal held
        while not stop.wait(leases.BEAT_EVERY.total_seconds()):
            try:
                connection.close_if_unusable_or_obsolete()
                leases.beat(held, by)
            except leases.LeaseLost:
                log.exception("node %s was taken by another process: taking a new one", held.node)
                held = _lease(by)
                ids.use(held)
            except DatabaseError:
                log.exception("node %s could not be held; trying again", held.node)

    beating = Thread(target=beat_on, name="node", daemon=True)
    beating.start()
    return beating
