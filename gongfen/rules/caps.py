"""Caps: the most that one claim, a day, a month or a year may bring, for one kind of activity.

All amounts are whole hundredths of a point. A cap trims what a claim is worth and never refuses the claim:
the hours were worked, they count, and they are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongfen.rules.refusals import Refusal

READING_SHARE = 10  # per cent of a host's points in a year


class ReadingShareFull(Refusal):
    """Reading may be at most a tenth of a host's points in a year."""

    code = "reading_share_full"


@dataclass(frozen=True)
class Caps:
    """The most points of one kind that a resident earns; None where there is no such cap."""

    each: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Earned:
    """What a resident earned or was promised of one kind on one day."""

    on: date
    points: int


@dataclass
class Taken:
    """How much of each cap is used, at one day."""

    day: int = 0
    month: int = 0
    year: int = 0


def taken(earned: Iterable[Earned], on: date) -> Taken:
    """What counts against the caps of the day `on`."""
    so_far = Taken()
    for one in earned:
        if one.on.year == on.year:
            so_far.year += one.points
            if one.on.month == on.month:
                so_far.month += one.points
                if one.on.day == on.day:
                    so_far.day += one.points
    return so_far


def room(caps: Caps, so_far: Taken) -> int | None:
    """How many points are still free under every cap; None where nothing caps."""
    free = [
        cap - used
        for cap, used in (
            (caps.each, 0),
            (caps.day, so_far.day),
            (caps.month, so_far.month),
            (caps.year, so_far.year),
        )
        if cap is not None
    ]
    return max(0, min(free)) if free else None


def trim(points: int, caps: Caps, so_far: Taken) -> int:
    """What a claim worth `points` brings under the caps."""
    free = room(caps, so_far)
    return points if free is None else min(points, free)


def check_reading_share(*, reading: int, published: int, able: int) -> None:
    """Refuse a budget for reading beyond a tenth of what the host gives for points in the year.

    reading: points set aside for reading in the year, with the new budget. published: points set aside for all
    activities of the year, with the new budget. able: points that the host's fund could still back.
    """
    most = (published + able) * READING_SHARE // 100
    if reading > most:
        raise ReadingShareFull(points=reading - most, percent=READING_SHARE)
