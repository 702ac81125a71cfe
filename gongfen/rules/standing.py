"""The published formula of standing (信用值). This page is the whole of it, and `docs/standing.md` says it in words.

A deed counts the minutes that were verified; a verified deed without minutes counts five. Typed evidence alone counts
nothing. Reading and surveys count together at most 60 minutes in each year back from today. A minute of the last
12 months weighs 2, a minute of the 24 months before weighs 1, an older one 0. Sixty weighed minutes make 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

TYPED = "typed"
LIGHT_KINDS = frozenset({"article", "survey"})  # reading and surveys: equal for all, whatever was read or answered
LIGHT_MINUTES_A_YEAR = 60
LEAST_MINUTES = 5
WEIGHTS = (2, 1, 1)  # of a minute in the last year, the year before, and the one before that


@dataclass(frozen=True, order=True)
class Deed:
    """One recorded contribution, as the journal has it."""

    day: date
    number: int  # the act's place in the town's order
    kind: str
    minutes: int
    grade: str  # machine, witnessed or typed


@dataclass(frozen=True)
class Counted:
    """A deed and what it counts: minutes, their weight, and why not more (`because`, empty when it counts whole)."""

    deed: Deed
    minutes: int
    weight: int
    because: str


@dataclass(frozen=True)
class Tally:
    """What was verified of one kind in the last 12 and 36 months."""

    acts_12: int = 0
    minutes_12: int = 0
    acts_36: int = 0
    minutes_36: int = 0


@dataclass(frozen=True)
class Standing:
    value: int
    by_kind: dict[str, Tally]
    lines: tuple[Counted, ...]


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months ago, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise AssertionError("every month has 28 days")


def stand(deeds: Iterable[Deed], today: date) -> Standing:
    """Standing on a day: the number, the tally of each kind, and every deed with what it counts."""
    edges = [months_before(today, 12 * years) for years in (1, 2, 3)]
    light_left = [LIGHT_MINUTES_A_YEAR for _ in edges]
    lines = []
    for deed in sorted(deeds):
        year = next((year for year, edge in enumerate(edges) if deed.day > edge), None)
        lines.append(_count(deed, year, light_left))
    value = sum(line.minutes * line.weight for line in lines) // 60
    return Standing(value, _tally(lines, edges[0]), tuple(lines))


def _count(deed: Deed, year: int | None, light_left: list[int]) -> Counted:
    """What one deed counts. Uses up what is left of its year's minutes for reading and surveys."""
    if year is None:
        return Counted(deed, 0, 0, "older_than_36_months")
    if deed.grade == TYPED:
        return Counted(deed, 0, WEIGHTS[year], "typed")
    minutes = max(deed.minutes, LEAST_MINUTES)
    if deed.kind not in LIGHT_KINDS:
        return Counted(deed, minutes, WEIGHTS[year], "")
    counted = min(minutes, light_left[year])
    light_left[year] -= counted
    return Counted(deed, counted, WEIGHTS[year], "" if counted == minutes else "light_cap")


def _tally(lines: list[Counted], edge: date) -> dict[str, Tally]:
    """Verified acts and minutes by kind: what was typed or is older than 36 months is not among them."""
    found: dict[str, Tally] = {}
    for line in lines:
        if line.because in ("typed", "older_than_36_months"):
            continue
        old = found.get(line.deed.kind, Tally())
        recent = line.deed.day > edge
        found[line.deed.kind] = Tally(
            old.acts_12 + recent,
            old.minutes_12 + line.minutes * recent,
            old.acts_36 + 1,
            old.minutes_36 + line.minutes,
        )
    return found
