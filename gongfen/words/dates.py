"""Days and moments as people say them: 今天 14:05, 昨天, 11月3日."""

from datetime import date, datetime, timedelta, timezone

VILLAGE_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
NEAR = {
    "zh": {-1: "昨天", 0: "今天", 1: "明天"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def day(when: date | datetime, lang: str, now: datetime) -> str:
    """今天, 昨天, 明天; else 11月3日, with the year when it is another one."""
    today = here(now).date()
    date_of = here(when).date() if isinstance(when, datetime) else when
    near = NEAR[lang].get((date_of - today).days)
    if near is not None:
        return near
    return plain_day(date_of, lang, with_year=date_of.year != today.year)


def plain_day(date_of: date | datetime, lang: str, *, with_year: bool = True) -> str:
    """2026年11月3日, 3 Nov 2026; for paper, which does not know what today is."""
    if isinstance(date_of, datetime):
        date_of = here(date_of).date()
    if lang == "en":
        return f"{date_of.day} {MONTHS[date_of.month - 1]}" + (f" {date_of.year}" if with_year else "")
    return (f"{date_of.year}年" if with_year else "") + f"{date_of.month}月{date_of.day}日"


def weekday(date_of: date, lang: str) -> str:
    """周六, Sat."""
    name = WEEKDAYS[lang][date_of.weekday()]
    return name if lang == "en" else f"周{name}"


def moment(when: datetime, lang: str, now: datetime) -> str:
    """今天 14:05."""
    return f"{day(when, lang, now)} {clock_time(when)}"


def clock_time(when: datetime) -> str:
    """14:05, by the village's clock."""
    return f"{here(when):%H:%M}"


def here(when: datetime) -> datetime:
    """The same moment by the village's clock."""
    return when.astimezone(VILLAGE_TIME)
