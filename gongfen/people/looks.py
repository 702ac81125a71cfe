"""Who looked at your data: every read of personal rows by staff goes through `looked`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gongfen.people.models import Look, Resident
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

HOME = ZoneInfo("Asia/Shanghai")
KEPT = timedelta(days=366)
REASONS = (
    "attendance",  # the attendance list of an activity
    "claim",  # a claim waits for a decision
    "objection",
    "appeal",
    "people",  # the desk's list of people
    "card",
    "helper_session",  # acting for a resident, at the desk
    "settlement",
    "recheck",
)


class UnknownReason(Refusal):
    """Nobody looks without a reason that can be told."""

    code = "unknown_reason"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of "who looked at your data"."""

    by: int  # subject
    called: str  # the name of who looked; empty when that person has left
    why: str
    day: date
    looked_at: datetime


def looked(by: Resident, at_whom: Iterable[Resident], why: str, *, now: datetime) -> None:
    """Write down that `by` reads these residents' personal rows. Once a day, reader and reason; one's own is not."""
    if why not in REASONS:
        raise UnknownReason(why=why[:40])
    day = now.astimezone(HOME).date()
    Look.objects.bulk_create(
        [
            Look(town_id=by.town_id, resident=resident, by=by.subject, why=why, day=day, looked_at=now)
            for resident in {resident.id: resident for resident in at_whom}.values()
            if resident.id != by.id
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def who_looked(resident: Resident, *, most: int = 200) -> list[Seen]:
    """Who looked at this resident's data, the latest first. For nobody but the resident."""
    town = resident.town_id
    looks = list(Look.of(town).filter(resident=resident).order_by("-looked_at", "-id")[:most])
    names = {one.subject: one.called for one in Resident.of(town).filter(subject__in={look.by for look in looks})}
    return [Seen(look.by, names.get(look.by, ""), look.why, look.day, look.looked_at) for look in looks]


def forget_old(town: Town, *, now: datetime) -> int:
    """Delete looks older than a year; how many."""
    return Look.of(town).filter(looked_at__lt=now - KEPT).delete()[0]
