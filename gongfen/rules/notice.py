"""Days: how long something is shown before it takes effect, how long one may appeal, when silence grants."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gongfen.rules.refusals import Refusal

HOME = ZoneInfo("Asia/Shanghai")
NOTICE_DAYS = 5
NOTICE_DAYS_LEAST = 1
APPEAL_WITHIN = 14  # days after a no
APPEAL_ANSWERED_WITHIN = 14  # days after the appeal; then it is granted
TERMS_AHEAD = 7  # days between a decision and the terms it brings


class AppealTooLate(Refusal):
    """The days for an appeal are over."""

    code = "appeal_too_late"


class TermsTooSoon(Refusal):
    """Terms begin on a future day, so that nobody works under other ones than were announced."""

    code = "terms_too_soon"


def village_day(moment: datetime) -> date:
    """The day on the village's calendar."""
    return moment.astimezone(HOME).date()


def notice_until(today: date, days: int) -> date:
    """The last day on which it is shown and can be objected to."""
    return today + timedelta(days=max(days, NOTICE_DAYS_LEAST))


def notice_ended(until: date, today: date) -> bool:
    """Was yesterday, or a day before, the last day?"""
    return today > until


def appeal_until(refused_on: date) -> date:
    """The last day on which a no can be appealed."""
    return refused_on + timedelta(days=APPEAL_WITHIN)


def check_appeal(refused_on: date, today: date) -> None:
    """Refuse an appeal that comes too late."""
    until = appeal_until(refused_on)
    if today > until:
        raise AppealTooLate(until=until.isoformat(), days=APPEAL_WITHIN)


def answer_until(appealed_on: date) -> date:
    """The last day on which the appeal can be refused; after it, it is granted."""
    return appealed_on + timedelta(days=APPEAL_ANSWERED_WITHIN)


def check_terms_start(starts_on: date, today: date, *, is_new: bool) -> None:
    """Refuse terms that begin in the past or too soon; in a new village they may begin today."""
    earliest = today if is_new else today + timedelta(days=TERMS_AHEAD)
    if starts_on < earliest:
        raise TermsTooSoon(earliest=earliest.isoformat(), days=TERMS_AHEAD)


def week_of(day: date) -> str:
    """2026-W41."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def month_of(day: date) -> str:
    """2026-10."""
    return f"{day.year}-{day.month:02d}"
