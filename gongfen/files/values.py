"""Cells become values; what is not clearly one thing is nothing. Amounts are whole hundredths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2212: 0x2D, 0x2013: 0x2D, 0x2014: 0x2D}
NUMBER = re.compile(r"^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$")
RANGE = re.compile(r"\d\s*(?:-|~|至|到|～)\s*\d")
YES = ("是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对", "○", "户主", "本人", "本人或户主", "head")
NO = ("否", "无", "没有", "×", "✗", "☒", "n", "no", "false", "0", "不是", "-", "—", "非户主")
RELATIVES = re.compile(
    r"^(妻|夫|配偶|爱人|丈夫|妻子|长?次?三?四?五?子|儿子|长?次?三?四?五?女|女儿|父|母|父亲|母亲|爸爸|妈妈|公公|婆婆|岳父|岳母|"
    r"孙子|孙女|外孙子?|外孙女|曾孙子?|曾孙女|儿媳|媳妇|女婿|兄|弟|姐|妹|哥哥|弟弟|姐姐|妹妹|祖父|祖母|外祖父|外祖母|"
    r"孙媳|侄子|侄女|其他亲属|非亲属|之子|之女|之妻|之父|之母|养子|养女|继子|继女|wife|husband|spouse|son|daughter|"
    r"father|mother|grandson|granddaughter|grandfather|grandmother|brother|sister|relative|other)$"
)
UNITS_OF_MONEY = ("元", "块钱", "块", "¥", "￥", "yuan", "rmb", "cny")
UNITS_OF_POINTS = ("工分", "积分", "分", "points", "point", "pts")
DATES = (
    re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00)?$"),
    re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})$"),
    re.compile(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})$"),
    re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$"),
    re.compile(r"^(\d{4})(\d{2})(\d{2})$"),
)
MONTHS = (
    re.compile(r"^(\d{4})年(\d{1,2})月$"),
    re.compile(r"^(\d{4})-(\d{1,2})$"),
    re.compile(r"^(\d{4})[./](\d{1,2})$"),
)
BANDS = {
    "under_14": (
        "14岁以下",
        "14周岁以下",
        "不满14岁",
        "儿童",
        "未满14岁",
        "0-13",
        "0-13岁",
        "under14",
        "under_14",
        "child",
    ),
    "youth": ("14-17岁", "14-17", "14至17岁", "14到17岁", "少年", "未成年", "青少年", "youth", "teen", "14to17"),
    "adult": ("18-59岁", "18-59", "18至59岁", "18到59岁", "成人", "成年", "成年人", "adult", "18to59"),
    "elder": (
        "60岁以上",
        "60岁及以上",
        "60周岁以上",
        "60周岁及以上",
        "60以上",
        "老人",
        "老年",
        "老年人",
        "60+",
        "elder",
        "60andover",
    ),
}
OLDEST = 125
HOUR = r"(\d{1,2})(?::|点)?(\d{2}|半)?分?"
HOURS = re.compile(rf"^{HOUR}\s*(?:-|~|至|到)\s*{HOUR}(?:[,;、 ]*周([一二三四五六日])休息?)?$")
WEEK = "一二三四五六日"
ONE_DAY = re.compile(r"^周([一二三四五六日])[: ]*(休息?|.+)$")


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones; blanks around it gone."""
    return text.translate(WIDE).strip()


def words_of(text: str) -> str:
    """A line of text as it will stand: full-width digits and letters narrowed, Chinese punctuation kept."""
    kept = "".join(
        chr(ord(letter) - 0xFEE0)
        if "０" <= letter <= "９" or "Ａ" <= letter <= "Ｚ" or "ａ" <= letter <= "ｚ"
        else letter
        for letter in text
    )
    return re.sub(r"\s+", " ", "".join(letter for letter in kept if letter.isprintable() or letter.isspace())).strip()


def name_of(text: str) -> str:
    """A person's name: 王　明 is 王明; Latin names keep one blank."""
    name = words_of(text).replace("\u3000", " ")
    return re.sub(r"(?<=[\u2e80-\U000323af]) +(?=[\u2e80-\U000323af])", "", name)


def hundredths(text: str, units: Iterable[str] = ()) -> int | None:
    """3 → 300, ２.５ → 250, 1,200 → 120000, 5分 → 500. None when it is not exactly one number."""
    said = narrow(text).replace(" ", "").lower()
    for unit in units:
        said = said.removesuffix(unit).removeprefix(unit)
    found = NUMBER.match(said)
    if not found or len((found[3] or "").rstrip("0")) > 2 or len(found[2]) > 12:
        return None
    return int(Decimal(said.replace(",", "")) * 100)


def points(text: str) -> int | None:
    """Hundredths of a point."""
    return hundredths(text, UNITS_OF_POINTS)


def money(text: str) -> int | None:
    """Hundredths of a fen: 5元 → 50000. Never finer than a whole fen."""
    found = hundredths(text, UNITS_OF_MONEY)
    return None if found is None else found * 100


def whole(text: str) -> int | None:
    """A whole number: 60, ６０, 60分钟."""
    found = hundredths(text, ("分钟", "人", "岁", "周岁", "票", "minutes", "min", "次"))
    return None if found is None or found % 100 else found // 100


def is_range(text: str) -> bool:
    """2-5, 2至5: more than one number."""
    return bool(RANGE.search(narrow(text)))


def yes_or_no(text: str) -> bool | None:
    """是, 有, √ and their opposites; a relation to the head is a no, unless it is the head."""
    said = narrow(text).replace(" ", "").lower()
    if said in YES:
        return True
    if said in NO or RELATIVES.match(said):
        return False
    return None


def day(text: str) -> date | None:
    """2026-01-31 and the ways staff write it."""
    return _date(DATES, text)


def birthday(text: str) -> date | None:
    """A day, or a month of which the first day is taken: only the age band is kept of it."""
    return _date(DATES, text) or _date(MONTHS, text)


def band(text: str) -> str:
    """An age band by one of its names, or nothing."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("~", "-").replace("—", "-").lower()
    return next((key for key, ways in BANDS.items() if said in ways), "")


def band_at(years: int) -> str:
    """The band of an age in whole years."""
    return "under_14" if years < 14 else "youth" if years < 18 else "adult" if years < 60 else "elder"


def years_between(born: date, today: date) -> int:
    """Whole years of age on a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _date(ways: Iterable[re.Pattern[str]], text: str) -> date | None:
    said = narrow(text)
    for way in ways:
        found = way.match(said)
        if found:
            year, month, *rest = (int(part) for part in found.groups())
            try:
                return date(year, month, rest[0] if rest else 1)
            except ValueError:
                return None
    return None


def opening_hours(text: str) -> tuple[str, ...] | None:
    """7:00-20:30 → seven days of "07:00-20:30"; 周日休 leaves a day out; nothing said is nothing. None: unclear."""
    if not text.strip():
        return ()
    days = [ONE_DAY.match(part.strip()) for part in re.split("[;,、]", narrow(text)) if part.strip()]
    if len(days) > 1 and all(days):
        return _day_by_day([(found[1], found[2]) for found in days if found])
    found = HOURS.match(narrow(text))
    if not found:
        return None
    first, last = _time(found[1], found[2]), _time(found[3], found[4])
    if first is None or last is None or first >= last:
        return None
    return tuple("" if day == found[5] else f"{first}-{last}" for day in WEEK)


def _day_by_day(days: list[tuple[str, str]]) -> tuple[str, ...] | None:
    """周一 8:00-18:00；周二 休；…: a day that is not named is shut; one that is named twice is unclear."""
    told: dict[str, str] = {}
    for day, said in days:
        found = HOURS.match(said)
        first, last = (_time(found[1], found[2]), _time(found[3], found[4])) if found and not found[5] else ("", "")
        if day in told or not (said.startswith("休") or (first and last and first < last)):
            return None
        told[day] = "" if said.startswith("休") else f"{first}-{last}"
    return tuple(told.get(day, "") for day in WEEK)


def _time(hour: str, part: str | None) -> str | None:
    minute = "30" if part == "半" else part or "00"
    return f"{int(hour):02d}:{minute}" if int(hour) < 24 and int(minute) < 60 else None
