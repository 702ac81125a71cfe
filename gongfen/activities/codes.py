"""The rotating code of an activity: its key, what the leader's phone shows, and how wrong digits slow a device."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongfen.activities.models import Activity, CodeKey, WrongTries
from gongfen.rules import presence
from gongfen.rules.presence import STEP, moment_of, step_at
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class TriesTooFast(Refusal):
    """After wrong digits a device waits: one second, two, four … sixty."""

    code = "presence_tries_too_fast"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the leader's screen shows from one moment to the next."""

    qr: str
    digits: str
    since: datetime
    until: datetime


def keys_of(town: Town, activities: Collection[int]) -> dict[int, bytes]:
    """The keys of these activities, by activity id; made where there is none yet."""
    rows = CodeKey.of(town).filter(activity_id__in=list(activities))
    found = {row.activity_id: bytes(row.key) for row in rows}
    new = [CodeKey(town=town, activity_id=activity) for activity in activities if activity not in found]
    if new:
        CodeKey.objects.bulk_create(new, ignore_conflicts=True)
        found = {row.activity_id: bytes(row.key) for row in rows.all()}
    return found


def key_of(activity: Activity) -> bytes:
    """The key of one activity. It is given to its leader's phone alone."""
    return keys_of(activity.town, [activity.id])[activity.id]


def show(activity: Activity, *, now: datetime, steps: int = 1) -> list[Shown]:
    """The code of this moment, and the next ones for a phone that is going to lose its network."""
    key, first = key_of(activity), step_at(now)
    return [
        Shown(
            presence.qr_of(key, activity.id, step),
            presence.digits_of(key, step),
            moment_of(step),
            moment_of(step) + STEP,
        )
        for step in range(first, first + steps)
    ]


class Tries:
    """Wrong digits of some devices, in a set: read once, counted in memory, written once."""

    def __init__(self, town: Town, devices: Iterable[int]) -> None:
        self._town = town
        rows = WrongTries.of(town).filter(device__in=set(devices))
        self._tries: dict[int, tuple[int, datetime | None]] = {row.device: (row.tries, row.last_at) for row in rows}
        self._known: Mapping[int, tuple[int, datetime | None]] = dict(self._tries)

    def check(self, device: int, now: datetime) -> None:
        """Refuse a device that tries again too soon."""
        tries, last_at = self._tries.get(device, (0, None))
        if last_at is None:
            return
        left = last_at + timedelta(seconds=presence.wait_after(tries)) - now
        if left > timedelta():
            raise TriesTooFast(seconds=-(-left // timedelta(seconds=1)))

    def wrong(self, device: int, now: datetime) -> None:
        """One more wrong try."""
        self._tries[device] = (self._tries.get(device, (0, None))[0] + 1, now)

    def right(self, device: int) -> None:
        """A right one: the count starts again."""
        self._tries.pop(device, None)

    def write(self) -> None:
        """Keep the counts. They stand even where what was tried is refused."""
        forgiven = self._known.keys() - self._tries.keys()
        if forgiven:
            WrongTries.of(self._town).filter(device__in=forgiven).delete()
        counted = [
            WrongTries(town=self._town, device=device, tries=tries, last_at=last_at)
            for device, (tries, last_at) in self._tries.items()
            if last_at is not None and self._known.get(device) != (tries, last_at)
        ]
        if counted:
            WrongTries.objects.bulk_create(
                counted, update_conflicts=True, unique_fields=["town", "device"], update_fields=["tries", "last_at"]
            )
