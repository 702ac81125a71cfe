"""What a kind of activity is: one frozen value in one file."""

from collections.abc import Callable
from dataclasses import dataclass

from gongfen.activities.kinds.form import Evidence, Form, Option, Value, read_form
from gongfen.activities.kinds.terms import Limits, Terms, check_terms

PROOFS = {
    "tap": ("本人点一下", "one tap of one's own"),
    "check_in": ("签到签退", "check-in and check-out"),
    "review": ("有人审核", "a reviewer"),
    "agreed": ("双方同意", "agreed by both"),
}
TURNS = {
    "activity": ("每个活动一次", "once an activity"),
    "day": ("每天一次", "once a day"),
    "week": ("每周一次", "once a week"),
    "month": ("每月一次", "once a month"),
}


WIDE = Limits()


@dataclass(frozen=True)
class Example:
    """A day of village life in this kind: test, help for staff and documentation at once."""

    zh: str
    en: str
    terms: Terms
    evidence: Evidence
    points: int
    minutes: int


@dataclass(frozen=True)
class Kind:
    """A kind of activity.

    `points` (hundredths) and `minutes` are pure: terms and evidence in, a number out. Neither knows who took part.
    `turn` says how often one resident may claim. `confirmed` asks for a second person even after an own check-in.
    `declared` marks what nobody can see but the resident: such a tap is of the grade `typed`.
    """

    key: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    proof: str
    turn: str
    form: Form
    whats: tuple[Option, ...]
    units: tuple[str, ...]
    usual: tuple[Terms, ...]
    points: Callable[[Terms, Evidence], int]
    minutes: Callable[[Terms, Evidence], int]
    examples: tuple[Example, ...]
    limits: Limits = WIDE
    confirmed: bool = False
    declared: bool = False

    def read(self, values: object) -> dict[str, Value]:
        """The evidence in a filled-in form, or the refusal that says what is wrong with it."""
        return read_form(self.form, values)

    def check_terms(self, terms: Terms) -> None:
        """Refuse terms outside this kind's grammar."""
        check_terms(terms, whats=tuple(one.key for one in self.whats), units=self.units, limits=self.limits)

    def describe(self) -> dict[str, object]:
        """The kind as a client reads it in order to draw it."""
        return {
            "key": self.key,
            "zh": self.zh,
            "en": self.en,
            "about_zh": self.about_zh,
            "about_en": self.about_en,
            "proof": self.proof,
            "turn": self.turn,
            "form": [field.describe() for field in self.form],
            "whats": [{"key": one.key, "zh": one.zh, "en": one.en} for one in self.whats],
            "units": list(self.units),
        }


def flat(terms: Terms, evidence: Evidence) -> int:
    """The same points for everyone who took part."""
    return terms.points


def flat_minutes(terms: Terms, evidence: Evidence) -> int:
    """The same minutes for everyone who took part."""
    return terms.minutes


def minutes_in(evidence: Evidence, *, otherwise: int) -> int:
    """The minutes that the evidence names; `otherwise` where it names none."""
    told = evidence.get("minutes", otherwise)
    return told if isinstance(told, int) else otherwise
