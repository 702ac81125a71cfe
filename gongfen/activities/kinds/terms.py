"""Terms: what an activity of a kind is worth. A closed grammar: unit, points, minutes, caps; nothing about a person."""

from dataclasses import asdict, dataclass, fields

from gongfen.activities.kinds.form import called
from gongfen.rules.caps import Caps
from gongfen.rules.refusals import Refusal

UNITS = {
    "once": ("次", "time"),
    "hour": ("小时", "hour"),
    "day": ("标准工日", "standard day"),
    "week": ("周", "week"),
    "month": ("月", "month"),
}
UNIT_MINUTES_MOST = {"once": 600, "hour": 60, "day": 600, "week": 120, "month": 60}


UNCAPPED = Caps()


class TermsOutOfGrammar(Refusal):
    """The terms name a unit, a piece of work or a number that this kind does not know."""

    code = "terms_out_of_grammar"


class TermsTooHigh(Refusal):
    """The terms give more than this kind may ever give."""

    code = "terms_too_high"


@dataclass(frozen=True)
class Terms:
    """What one unit of one kind of work is worth. Points in hundredths, minutes whole."""

    what: str
    unit: str
    points: int
    minutes: int
    caps: Caps = UNCAPPED


@dataclass(frozen=True)
class Limits:
    """The most that a kind may ever give, whatever is decided: points per unit and points a year, in hundredths."""

    points: int = 20_000
    year: int | None = None


def read_caps(values: object) -> Caps:
    """Caps from plain values; anything else than the four known caps is refused."""
    names = {field.name for field in fields(Caps)}
    if not isinstance(values, dict) or not set(values) <= names:
        raise TermsOutOfGrammar(**called("caps"))
    for name, value in values.items():
        if value is not None and (type(value) is not int or not 0 <= value <= 10_000_000):
            raise TermsOutOfGrammar(**called(name))
    return Caps(**values)


def make_caps(caps: Caps) -> dict[str, int]:
    """Plain values from caps, without those that do not cap."""
    return {name: value for name, value in asdict(caps).items() if value is not None}


def check_terms(terms: Terms, *, whats: tuple[str, ...], units: tuple[str, ...], limits: Limits) -> None:
    """Refuse terms that the kind's grammar does not hold."""
    if terms.what not in whats:
        raise TermsOutOfGrammar(**called("what"))
    if terms.unit not in units:
        raise TermsOutOfGrammar(**called("unit"))
    if type(terms.points) is not int or terms.points < 0:
        raise TermsOutOfGrammar(**called("points"))
    if type(terms.minutes) is not int or not 0 <= terms.minutes <= UNIT_MINUTES_MOST[terms.unit]:
        raise TermsOutOfGrammar(**called("minutes"))
    if terms.points > limits.points:
        raise TermsTooHigh(points=terms.points, most=limits.points)
    if limits.year is not None and (terms.caps.year is None or terms.caps.year > limits.year):
        raise TermsTooHigh(points=terms.caps.year or terms.points, most=limits.year)


def most_of(terms: Terms, *, minutes: int, days: int) -> int:
    """The most points (hundredths) that one resident can earn in an activity of this length, under its caps."""
    each = terms.points * -(-minutes // 60) if terms.unit == "hour" else terms.points
    turns = days if terms.unit == "day" else -(-days // 7) if terms.unit == "week" else 1
    if terms.caps.each is not None:
        each = min(each, terms.caps.each)
    whole = each * turns
    if terms.caps.day is not None:
        whole = min(whole, terms.caps.day * days)
    if terms.caps.year is not None:
        whole = min(whole, terms.caps.year)
    return whole
