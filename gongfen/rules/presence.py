"""Being there: the code that changes every 30 seconds, and the minutes between in and out.

The leader's phone holds the activity's key and shows the code without any network. Whoever is at the
place reads it, as a QR or as six digits, and may send it later: the code proves that the reader saw it
no earlier than it was made. A code that arrives late is believed as far as a typed line, until the
leader says yes.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gongfen.rules.refusals import Refusal

STEP = timedelta(seconds=30)
STEPS_BEFORE = 2  # a code stays fresh for a minute after it left the screen
STEPS_AFTER = 1  # the leader's clock may run ahead by half a minute
STEPS_REMEMBERED = 40  # twenty minutes in which six old digits are still called stale, not wrong
LATE_AFTER = timedelta(minutes=5)
LONGEST_OFFLINE = timedelta(days=7)
LONGEST_WAIT = 60  # seconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MARK = "GF1"
TAG_BYTES = 10


class CodeUnreadable(Refusal):
    """Neither a presence QR nor six digits."""

    code = "presence_code_unreadable"


class CodeOfAnother(Refusal):
    """A good code, but of another activity."""

    code = "presence_code_of_another"


class CodeWrong(Refusal):
    """The digits or the tag are not this activity's."""

    code = "presence_code_wrong"


class CodeStale(Refusal):
    """The code was right, and has left the screen."""

    code = "presence_code_stale"


class CodeAhead(Refusal):
    """The code belongs to a moment that has not come: the leader's clock runs ahead."""

    code = "presence_code_ahead"


class SentTooLate(Refusal):
    """A code kept for more than a week is written by the leader, not sent."""

    code = "presence_sent_too_late"


@dataclass(frozen=True)
class Reading:
    """What a code proves: the moment it was shown, and whether it came late."""

    step: int
    at: datetime
    is_late: bool


@dataclass(frozen=True)
class Stay:
    """From in to out; `until` is None while the resident is still there."""

    since: datetime
    until: datetime | None


def step_at(moment: datetime) -> int:
    """The number of the 30 seconds that `moment` lies in."""
    return (moment - EPOCH) // STEP


def moment_of(step: int) -> datetime:
    """When a step begins."""
    return EPOCH + step * STEP


def tag_of(key: bytes, step: int) -> bytes:
    """HMAC-SHA-256 of the step under the activity's key."""
    return hmac.new(key, b"gongfen/presence/" + step.to_bytes(8, "big"), hashlib.sha256).digest()


def digits_of(key: bytes, step: int) -> str:
    """Six digits, cut from the tag the way RFC 4226 does it."""
    tag = tag_of(key, step)
    start = tag[-1] & 15
    number = int.from_bytes(tag[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def qr_of(key: bytes, activity: int, step: int) -> str:
    """The text of the QR: mark, activity, step and the first 80 bits of the tag."""
    tag = base64.b32encode(tag_of(key, step)[:TAG_BYTES]).decode("ascii")
    return f"{MARK}:{activity}:{step}:{tag}"


def read_code(
    key: bytes,
    activity: int,
    text: str,
    *,
    now: datetime,
    read_at: datetime | None = None,
    sent_at: datetime | None = None,
) -> Reading:
    """Read a presence code, or refuse with the reason.

    `read_at` and `sent_at` are what the phone's own clock said when it read the code without network
    and when it sent it; their distance counts, so a phone whose clock is wrong is no worse off.
    """
    around = _corrected(now, read_at, sent_at)
    if now - around > LONGEST_OFFLINE:
        raise SentTooLate(days=LONGEST_OFFLINE.days)
    text = "".join(text.split()).upper()
    step = _step_of_digits(key, text, around) if _is_digits(text) else _step_of_qr(key, activity, text, now)
    distance = step_at(around) - step
    if distance < -STEPS_AFTER:
        raise CodeAhead(seconds=-distance * 30)
    if distance > STEPS_BEFORE:
        raise CodeStale(shown_at=moment_of(step).isoformat(), seconds=distance * 30)
    at = min(moment_of(step), now)
    return Reading(step, at, is_late=now - at > LATE_AFTER)


def wait_after(wrong_tries: int) -> int:
    """Seconds until the next try after so many wrong ones in a row: 0, 1, 2, 4 … 60."""
    if wrong_tries <= 0:
        return 0
    return min(LONGEST_WAIT, 1 << min(wrong_tries - 1, 6))


def minutes_present(stays: Iterable[Stay], *, opens: datetime | None = None, closes: datetime | None = None) -> int:
    """Whole minutes really present: times there twice count once, an open stay counts nothing yet."""
    total, reached = timedelta(), None
    for since, until in sorted(_within(stays, opens, closes)):
        start = since if reached is None else max(since, reached)
        if until > start:
            total += until - start
            reached = until
    return total // timedelta(minutes=1)


def overlap(a: Stay, b: Stay) -> bool:
    """Whether two shifts need one person in two places; ending as the other begins is no overlap."""
    a_ends = a.until is None or a.until > b.since
    b_ends = b.until is None or b.until > a.since
    return a_ends and b_ends


def _within(
    stays: Iterable[Stay], opens: datetime | None, closes: datetime | None
) -> Iterable[tuple[datetime, datetime]]:
    for stay in stays:
        if stay.until is None:
            continue
        since = stay.since if opens is None else max(stay.since, opens)
        until = stay.until if closes is None else min(stay.until, closes)
        if until > since:
            yield since, until


def _corrected(now: datetime, read_at: datetime | None, sent_at: datetime | None) -> datetime:
    """When the code was read, by our clock."""
    if read_at is None:
        return now
    waited = (sent_at or now) - read_at
    return now - max(waited, timedelta())


def _is_digits(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def _step_of_digits(key: bytes, digits: str, around: datetime) -> int:
    """The nearest step that shows these digits; far ones are looked at only to say `stale` or `ahead`."""
    here = step_at(around)
    near = range(here - STEPS_REMEMBERED, here + STEPS_REMEMBERED + 1)
    for step in sorted(near, key=lambda step: abs(step - here)):
        if step >= 0 and hmac.compare_digest(digits_of(key, step), digits):
            return step
    raise CodeWrong()


def _step_of_qr(key: bytes, activity: int, text: str, now: datetime) -> int:
    parts = text.split(":")
    if len(parts) != 4 or parts[0] != MARK or not all(part.isascii() and part.isdigit() for part in parts[1:3]):
        raise CodeUnreadable()
    if len(parts[1]) > 20 or len(parts[2]) > 12:
        raise CodeUnreadable()
    if int(parts[1]) != activity:
        raise CodeOfAnother(activity=str(int(parts[1])))
    step = int(parts[2])
    try:
        tag = base64.b32decode(parts[3])
    except (binascii.Error, ValueError):
        raise CodeUnreadable() from None
    if not hmac.compare_digest(tag, tag_of(key, step)[:TAG_BYTES]):
        raise CodeWrong()
    if step > step_at(now) + STEPS_AFTER:
        raise CodeAhead(seconds=(step - step_at(now)) * 30)
    return step
