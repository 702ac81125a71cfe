"""Activities as a calendar: iCalendar, RFC 5545."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from gongfen.activities.models import Activity
from gongfen.people.models import Village

LONGEST_LINE = 75  # octets


def calendar(village: Village, activities: Iterable[Activity], now: datetime) -> str:
    """The calendar of a village's announced activities."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongfen//activities//ZH",
        f"X-WR-CALNAME:{escaped(village.name)}", *(line for one in activities for line in entry(one, now)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def entry(activity: Activity, now: datetime) -> Iterator[str]:
    """One activity."""
    yield "BEGIN:VEVENT"
    yield f"UID:{activity.id}@gongfen"
    yield f"DTSTAMP:{stamp(now)}"
    yield f"DTSTART:{stamp(activity.starts_at)}"
    yield f"DTEND:{stamp(activity.ends_at)}"
    yield f"SUMMARY:{escaped(activity.title)}"
    if activity.place:
        yield f"LOCATION:{escaped(activity.place)}"
    if activity.text:
        yield f"DESCRIPTION:{escaped(activity.text)}"
    yield "END:VEVENT"


def stamp(moment: datetime) -> str:
    """20261009T010000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; no letter is cut."""
    piece, octets = "", 0
    for letter in line:
        wide = len(letter.encode())
        if octets + wide > LONGEST_LINE:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + letter, octets + wide
    yield piece
