"""Who is meant: a person named by household number or the first letters of the name, with times where there are some.

A line is typed as it stands on paper: `王秀`, `12 王`, `王秀 8:10 11:30`. One answer is taken, several are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from gongfen.activities.models import Activity, Place
from gongfen.console.asks import moment_of, read_clock
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.words import here

MOST_LINES = 60
MOST_SHOWN = 8


class NobodyCalled(Refusal):
    """Nobody in the village is meant by what was typed."""

    code = "nobody_called"


class SeveralCalled(Refusal):
    """What was typed may mean several people; more letters, or the household number, say which."""

    code = "several_called"


@dataclass(frozen=True)
class Named:
    """One typed line, and who and when is meant; `no` says why nobody is."""

    text: str
    resident: Resident | None
    in_at: datetime
    out_at: datetime
    choices: Sequence[Resident] = ()
    no: Refusal | None = None


def read_lines(activity: Activity, text: str, day: date | None = None) -> list[Named]:
    """Each line that was typed, in its order; empty ones are left out."""
    held = set(Place.of(activity.town).filter(activity=activity).values_list("resident_id", flat=True))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_read(activity, line[:80], held, day) for line in lines[: MOST_LINES + 1]]


def who_is(activity: Activity, text: str) -> Resident:
    """The one person that is meant, or the refusal that it is nobody or several."""
    found = _read(activity, text.strip()[:80], set(), None)
    if found.resident is None:
        raise found.no or NobodyCalled(typed=text[:40])
    return found.resident


def day_of(activity: Activity, now: datetime) -> date:
    """The activity's day that a sheet is about: its only one, or today within it."""
    first, last = here(activity.starts_at).date(), here(activity.ends_at).date()
    return min(max(first, here(now).date()), last)


def usual_times(activity: Activity, day: date) -> tuple[datetime, datetime]:
    """From when to when somebody was there of whom no times are known: the announced hours of that day."""
    begins, ends = here(activity.starts_at), here(activity.ends_at)
    if begins.date() == ends.date():
        return activity.starts_at, activity.ends_at
    return moment_of(day, begins.time()), moment_of(day, ends.time())


def _read(activity: Activity, line: str, held: set[int], day: date | None) -> Named:
    words = line.replace("\0", " ").replace("，", " ").replace(",", " ").replace("\t", " ").split()
    times: list[time] = []
    while len(words) > 1 and len(times) < 2 and _is_clock(words[-1]):
        read = read_clock(words.pop())
        if read is not None:
            times.insert(0, read)
    on = day or here(activity.starts_at).date()
    in_at, out_at = usual_times(activity, on)
    if times:
        in_at = moment_of(on, times[0])
    if len(times) == 2:
        out_at = moment_of(on, times[1])
    found = _meant(activity, words, held)
    if len(found) == 1:
        return Named(line, found[0], in_at, out_at)
    no = SeveralCalled(typed=line[:40], many=len(found)) if found else NobodyCalled(typed=line[:40])
    return Named(line, None, in_at, out_at, found[:MOST_SHOWN], no)


def _is_clock(word: str) -> bool:
    """8:10 or 810; a short number alone is a household's."""
    return ((":" in word or "：" in word) or len(word) >= 3) and read_clock(word) is not None


def _meant(activity: Activity, words: Sequence[str], held: set[int]) -> list[Resident]:
    """Everybody of the host whose household or name begins as it was typed; who has a place wins."""
    people = Resident.of(activity.town).filter(left_at=None).select_related("household", "group")
    if activity.village_id is not None:
        people = people.filter(village_id=activity.village_id)
    for word in words[:3]:
        people = people.filter(Q(household__number=word) | Q(name__startswith=word) | Q(nickname=word))
    found = list(people.order_by("household__number", "id")[:60])
    if "".join(words) and len(found) > 1:
        for narrower in (
            [one for one in found if one.name in words],
            [one for one in found if one.id in held],
        ):
            if len(narrower) == 1:
                return narrower
    return found if words else []
