"""The one clock. Only the demo ever moves it, and only forward."""

from datetime import UTC, datetime, timedelta

_ahead = timedelta()


def now() -> datetime:
    """This moment, with its time zone (and what the demo has skipped)."""
    return datetime.now(UTC) + _ahead


def skip(ahead: timedelta) -> None:
    """Let the clock run this much ahead of the world (the whole distance, not one more step)."""
    global _ahead
    _ahead = ahead
