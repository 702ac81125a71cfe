"""What a form of the desk asks for, described once: drawn by `console/_ask.html`, read by `Typed`.

A no stands beside the field that it is about, and everything that was typed is still there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NoReturn

from gongfen import words
from gongfen.activities.kinds.form import FieldMissing, FieldWrong, plain_text
from gongfen.rules.refusals import Refusal
from gongfen.words import VILLAGE_TIME

NOTHING: Mapping[str, str] = {}
INPUTS = {"day": "date", "photo": "file"}
# Beside which field a refusal belongs that names none: the fields are called alike on every page.
BESIDE = {
    "not_a_sum": "yuan", "bad_amount": "yuan", "not_a_day": "received_on", "slip_known": "number",
    "unknown_resident": "name", "bad_household": "number", "age_band_goes_back": "age_band",
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One field. `asks`: text, lines, number, points (decimals), yuan (decimals), day, clock, choice, photo."""

    name: str
    zh: str
    en: str
    asks: str = "text"
    hint: tuple[str, str] = ("", "")
    required: bool = False
    longest: int = 200
    choices: Sequence[tuple[str, str]] = ()
    first: bool = False  # where the cursor stands when the page opens

    @property
    def called(self) -> dict[str, object]:
        """Facts of a refusal about this field."""
        return {"field": self.name, "zh": self.zh, "en": self.en}


@dataclass(frozen=True)
class Asked:
    """A field as it is drawn: with what was typed, and the no that is about it."""

    ask: Ask
    label: str
    hint: str
    value: str
    wrong: str

    @property
    def input(self) -> str:
        return INPUTS.get(self.ask.asks, "text")

    @property
    def mode(self) -> str:
        """Which keys a phone offers."""
        return {"number": "numeric", "clock": "numeric", "points": "decimal", "yuan": "decimal"}.get(self.ask.asks, "")


def drawn(
    asks: Iterable[Ask],
    typed: Mapping[str, str],
    lang: str,
    *,
    now: datetime,
    no: Refusal | None = None,
    about: Mapping[str, str] = NOTHING,
) -> list[Asked]:
    """The fields of a form, each with what was typed into it; `about` says beside which field a no belongs.

    Its keys are a refusal's field or code, where these are not the field's own name.
    """
    field = field_of(no, about)
    told = words.sentence(no, lang, now=now) if no else ""
    at = words.LANGUAGES.index(lang)
    return [
        Asked(ask, (ask.zh, ask.en)[at], ask.hint[at], str(typed.get(ask.name, "")), told if ask.name == field else "")
        for ask in asks
    ]


def field_of(no: Refusal | None, about: Mapping[str, str] = NOTHING) -> str:
    """The field that a no is about; its code where it is about none."""
    if no is None:
        return ""
    field = str(no.facts.get("field", "") or no.code)
    return about.get(field, BESIDE.get(field, field))


class Typed:
    """What was typed into a form, read field by field; a no names its field."""

    def __init__(self, asks: Iterable[Ask], typed: Mapping[str, str]) -> None:
        self._asks = {ask.name: ask for ask in asks}
        self._typed = typed

    def text(self, name: str) -> str:
        """A trimmed text without control characters; a required one that is empty is refused."""
        ask = self._asks[name]
        given = str(self._typed.get(name, "")).replace("\r\n", "\n")
        found = plain_text(name, given, longest=ask.longest, told=ask.called)
        if ask.required and not found:
            raise FieldMissing(**ask.called)
        return found

    def choice(self, name: str) -> str:
        """One of the offered answers."""
        found = self.text(name)
        if found and found not in {value for value, _ in self._asks[name].choices}:
            self._wrong(name, "choice")
        return found

    def number(self, name: str, *, empty: int | None = None) -> int | None:
        """A whole number; `empty` where nothing was typed."""
        found = self.text(name).replace(",", "")
        if not found:
            return empty
        if not (found.isascii() and found.isdecimal() and len(found) < 10):
            self._wrong(name, "number")
        return int(found)

    def hundredths(self, name: str, *, empty: int | None = None) -> int | None:
        """A number with at most two decimals, in hundredths: points of a point, yuan in fen."""
        found = self.text(name).replace(",", "").removeprefix("¥")
        if not found:
            return empty
        whole, _, rest = found.partition(".")
        if not (whole.isascii() and whole.isdecimal() and len(whole) < 9) or len(rest) > 2:
            self._wrong(name, "number")
        if rest and not (rest.isascii() and rest.isdecimal()):
            self._wrong(name, "number")
        return int(whole) * 100 + int((rest + "00")[:2])

    def day(self, name: str, *, empty: date | None = None) -> date | None:
        """A day, as the browser sends it."""
        found = self.text(name)
        if not found:
            return empty
        try:
            return date.fromisoformat(found)
        except ValueError:
            self._wrong(name, "day")

    def clock(self, name: str) -> time:
        """An hour and a minute: 8:30, 08:30, 830."""
        found = self.text(name).replace("：", ":")
        read = read_clock(found)
        if read is None:
            self._wrong(name, "clock")
        return read

    def _wrong(self, name: str, wanted: str) -> NoReturn:
        raise FieldWrong(**self._asks[name].called, wanted=wanted)


def read_clock(typed: str) -> time | None:
    """8:30, 08:30, 0830 or 8 as an hour and a minute; None for anything else."""
    found = typed.strip().replace("：", ":").replace(".", ":")
    hours, colon, minutes = found.partition(":")
    if not colon and len(found) > 2:
        hours, minutes = found[:-2], found[-2:]
    minutes = minutes or "0"
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (hours, minutes)):
        return None
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return time(int(hours), int(minutes))


def moment_of(day: date, clock: time) -> datetime:
    """The moment on the village's clock."""
    return datetime.combine(day, clock, VILLAGE_TIME)
