"""The catalogue of words: what a refusal says, and how amounts and days are written, in Chinese and English.

Each area keeps its sentences beside this file, as `REFUSALS: dict[str, tuple[str, str]]` = {code: (zh, en)}.
A sentence names the refusal's facts in braces and may say how a fact is read:

    {name}            as it is
    {short:money}     ¥12.50       (hundredths of a fen)
    {cost:points}     30           (hundredths of a point)
    {until:day}       11月3日, 今天  (a date, a datetime, or its ISO text)
    {at:moment}       今天 14:05    (a datetime, or its ISO text)
"""

import pkgutil
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Any

from gongfen.rules.refusals import Refusal
from gongfen.words.amounts import money, points, said, signed, yuan
from gongfen.words.dates import VILLAGE_TIME, clock_time, day, here, moment, plain_day, weekday

__all__ = [
    "LANGUAGES",
    "NOT_SAID",
    "VILLAGE_TIME",
    "TwoSentences",
    "catalogue",
    "clock_time",
    "collect",
    "day",
    "fill",
    "here",
    "moment",
    "money",
    "plain_day",
    "points",
    "said",
    "sentence",
    "signed",
    "weekday",
    "yuan",
]

LANGUAGES = ("zh", "en")
UNKNOWN = (
    "没办成。请把这个代码告诉村里工作人员：{code}",
    "This did not happen. Please tell the village desk this code: {code}",
)
NOT_SAID = "…"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # without a `now`, days are told far from today: with their year


class TwoSentences(Exception):
    """Two areas wrote a sentence for the same code: a reader could not know which one is meant."""


def sentence(no: Refusal | str, lang: str, *, now: datetime | None = None, **facts: object) -> str:
    """What a person reads when told no. A fact that was not given reads as …, so that a no never becomes a crash."""
    code = no if isinstance(no, str) else no.code
    known = dict(no.facts) if isinstance(no, Refusal) else {}
    pair = catalogue().get(code)
    if pair is None:
        return fill(UNKNOWN[LANGUAGES.index(lang)], lang, now=now, code=code)
    return fill(pair[LANGUAGES.index(lang)], lang, now=now, **(known | facts))


def fill(text: str, lang: str, /, *, now: datetime | None = None, **facts: object) -> str:
    """Put facts into a sentence, each read the way the sentence asks for."""
    return _Filler(lang, now or LONG_AGO).vformat(text, (), facts)


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """Every area's refusals: code → (zh, en)."""
    areas = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return collect((area.__name__, getattr(area, "REFUSALS", {})) for area in areas)


def collect(areas: Iterable[tuple[str, Mapping[str, tuple[str, str]]]]) -> dict[str, tuple[str, str]]:
    """One book from many areas; a code that stands in two of them is refused."""
    book: dict[str, tuple[str, str]] = {}
    for name, sentences in areas:
        double = book.keys() & sentences.keys()
        if double:
            raise TwoSentences(f"{name}: {sorted(double)} have a sentence elsewhere already")
        book.update(sentences)
    return book


class _Filler(Formatter):
    def __init__(self, lang: str, now: datetime) -> None:
        self.lang, self.now = lang, now

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, NOT_SAID)

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value == NOT_SAID:
            return NOT_SAID
        if format_spec in ("money", "yuan", "points"):
            return {"money": money, "yuan": yuan, "points": points}[format_spec](int(value))
        if format_spec == "said":
            return said(int(value), self.lang)
        if format_spec == "day":
            return day(_moment_or_day(value), self.lang, self.now)
        if format_spec == "moment":
            return moment(_moment(value), self.lang, self.now)
        return str(super().format_field(value, format_spec))


def _moment(value: object) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _moment_or_day(value: object) -> date | datetime:
    if isinstance(value, str) and len(value) == len("2026-11-03"):
        return date.fromisoformat(value)
    return value if isinstance(value, date) and not isinstance(value, datetime) else _moment(value)
