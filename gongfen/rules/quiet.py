"""No pressure: when something may be sent, and how much.

An answer to one's own matters (what one joined, paid, claimed or appealed) comes at once, at any hour, unless one chose
hours in which nothing comes. An invitation comes at most twice in any seven days and never between 20:00 and 08:00;
what does not fit is not sent later in a heap but stays where everybody can look: on the village's page. Times here are
the village's own, with their zone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

INVITATIONS = 2
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Hours:
    """Hours in which nothing comes; over midnight where `ends` is not later in the day than `begins`."""

    begins: time
    ends: time

    def cover(self, local: datetime) -> bool:
        """Whether nothing comes at this moment."""
        now = local.time()
        if self.begins < self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def over(self, local: datetime) -> datetime:
        """This moment, or the end of these hours."""
        if not self.cover(local):
            return local
        end = local.replace(hour=self.ends.hour, minute=self.ends.minute, second=0, microsecond=0)
        return end if end > local else end + timedelta(days=1)


NIGHT = Hours(time(20), time(8))  # the least, for what nobody asked for: it cannot be chosen away


def is_quiet(local: datetime) -> bool:
    """Between 20:00 and 08:00."""
    return NIGHT.cover(local)


def next_opening(local: datetime, own: Hours | None = None) -> datetime | None:
    """The first moment outside the night and one's own quiet hours; None where these two leave none."""
    when = local
    for _ in range(3):  # each is left once: the night, one's own, and the night again
        when = NIGHT.over(own.over(when) if own else when)
    return when if own is None or not own.cover(when) else None


def place_invitation(local: datetime, others: Iterable[datetime], own: Hours | None = None) -> datetime | None:
    """When an invitation may come, given those already sent or placed; None when the week is full, or no hour is."""
    when = next_opening(local, own)
    near = sum(1 for other in others if when is not None and abs(other - when) < WEEK)
    return when if near < INVITATIONS else None


@dataclass(frozen=True)
class Item:
    """One thing to tell: the code of its text, and its numbers."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Message:
    """What a resident reads. Things told by the same text in one batch are one message with their count and sum."""

    code: str
    count: int
    facts: dict[str, object]


def gather(items: Sequence[Item]) -> list[Message]:
    """One message for each text: sums are added up, all other facts are the last one's."""
    found: dict[str, Message] = {}
    for item in items:
        old = found.get(item.code)
        if old is None:
            found[item.code] = Message(item.code, 1, dict(item.facts))
        else:
            found[item.code] = Message(item.code, old.count + 1, _add(old.facts, item.facts))
    return list(found.values())


def _add(old: dict[str, object], new: dict[str, object]) -> dict[str, object]:
    """Points and money add up; who and which are taken from the newest."""
    merged = {**old, **new}
    for name in ("points", "money"):
        one, other = old.get(name), new.get(name)
        if isinstance(one, int) and isinstance(other, int):
            merged[name] = one + other
    return merged
