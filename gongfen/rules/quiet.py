"""No pressure: when something may be sent, and how much.

An answer to one's own matters (what one joined, paid, claimed or appealed) comes at once, at any hour. An invitation
comes at most twice in any seven days and never between 20:00 and 08:00; what does not fit is not sent later in a heap
but stays where everybody can look: on the village's page. Times here are the village's own, with their zone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

INVITATIONS = 2
WEEK = timedelta(days=7)
QUIET_FROM = time(20)
QUIET_UNTIL = time(8)


def is_quiet(local: datetime) -> bool:
    """Between 20:00 and 08:00."""
    return not QUIET_UNTIL <= local.time() < QUIET_FROM


def next_opening(local: datetime) -> datetime:
    """Now, or 08:00 when the quiet hours are over."""
    if not is_quiet(local):
        return local
    morning = local.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if local.time() < QUIET_UNTIL else morning + timedelta(days=1)


def place_invitation(local: datetime, others: Iterable[datetime]) -> datetime | None:
    """When an invitation may come, given those already sent or placed; None when the week is full."""
    when = next_opening(local)
    near = sum(1 for other in others if abs(other - when) < WEEK)
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
