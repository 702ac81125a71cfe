"""Places by lot: one published formula, and anyone can draw again.

Everybody who asks holds a random slip. When more ask than there are places, a seed is drawn and
written into the act. A slip's turn is SHA-256 of "seed/slip"; the smallest comes first. Slips are
forgotten when the activity closes, so the act names nobody.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongfen.rules.refusals import Refusal

OPEN_AT_LEAST = timedelta(hours=48)
RECONFIRM_SINCE = time(8)
RECONFIRM_UNTIL = time(20)
HOME = ZoneInfo("Asia/Shanghai")


class LotTooEarly(Refusal):
    """Sign-up stays open for 48 hours before a lot is drawn."""

    code = "lot_too_early"


@dataclass(frozen=True)
class Asker:
    """A slip, and whether its holder has no phone (only they may take a reserved place)."""

    slip: int
    without_phone: bool = False


@dataclass(frozen=True)
class Drawn:
    """Who has a place, who of them a reserved one, and the others in their order of waiting."""

    open_places: tuple[int, ...]
    reserved_places: tuple[int, ...]
    waiting: tuple[int, ...]


def turn_of(seed: str, slip: int) -> str:
    """The published formula: SHA-256 of "seed/slip", in hexadecimal. Smaller is earlier."""
    return hashlib.sha256(f"{seed}/{slip}".encode()).hexdigest()


def draw(seed: str, askers: Iterable[Asker], *, places: int, reserved: int) -> Drawn:
    """Give out `places`, of which `reserved` only to people without phones, by everyone's turn.

    People without phones take the reserved places first and compete for the others like everybody.
    A reserved place that nobody may take stays free for them.
    """
    if not 0 <= reserved <= places:
        raise ValueError("more places reserved than there are")
    order = sorted(askers, key=lambda asker: (turn_of(seed, asker.slip), asker.slip))
    kept = [asker.slip for asker in order if asker.without_phone][:reserved]
    rest = [asker.slip for asker in order if asker.slip not in set(kept)]
    free = places - reserved
    return Drawn(tuple(rest[:free]), tuple(kept), tuple(rest[free:]))


def next_in_line(waiting: Sequence[Asker], *, is_reserved: bool) -> Asker | None:
    """Who gets a place that has become free: the first waiting; a reserved one, the first without a phone."""
    return next((asker for asker in waiting if asker.without_phone or not is_reserved), None)


def check_open_long_enough(opened_at: datetime, now: datetime) -> None:
    """Refuse a lot before sign-up has been open for 48 hours."""
    if now - opened_at < OPEN_AT_LEAST:
        left = opened_at + OPEN_AT_LEAST - now
        raise LotTooEarly(hours=-(-left // timedelta(hours=1)), draw_at=(opened_at + OPEN_AT_LEAST).isoformat())


def reconfirm_between(starts_at: datetime) -> tuple[datetime, datetime]:
    """The day before an activity, 08:00 to 20:00 village time: who has a place says "I am coming"."""
    day_before = starts_at.astimezone(HOME).date() - timedelta(days=1)
    return datetime.combine(day_before, RECONFIRM_SINCE, HOME), datetime.combine(day_before, RECONFIRM_UNTIL, HOME)
