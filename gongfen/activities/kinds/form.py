"""The closed grammar of forms: what a resident may be asked to fill in, and nothing else."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from gongfen.rules.refusals import Refusal

Value = int | str
PARTS = {  # what people call the texts and numbers that staff and residents write outside a kind's form
    "title": ("标题", "title"),
    "title_en": ("英文标题", "English title"),
    "text": ("说明", "text"),
    "place": ("地点", "place"),
    "paper_path": ("没有手机怎么参加", "how to take part without a phone"),
    "payer": ("付钱的单位", "payer"),
    "pay": ("工钱", "pay"),
    "times": ("起止时间", "times"),
    "places": ("名额", "places"),
    "reserved_places": ("保留名额", "reserved places"),
    "budget_points": ("活动备付", "budget"),
    "reason": ("理由", "reason"),
    "said": ("说明", "what you say"),
    "words": ("说明", "words"),
    "what": ("内容", "piece of work"),
    "unit": ("单位", "unit"),
    "points": ("工分", "points"),
    "minutes": ("分钟", "minutes"),
    "metres": ("米数", "metres"),
    "caps": ("封顶", "caps"),
    "each": ("每次封顶", "cap each time"),
    "day": ("每天封顶", "cap a day"),
    "month": ("每月封顶", "cap a month"),
    "year": ("每年封顶", "cap a year"),
}


def called(name: str) -> dict[str, object]:
    """Facts of a refusal about a part: its name for programs, and what people call it."""
    zh, en = PARTS.get(name, (name, name))
    return {"field": name, "zh": zh, "en": en}


Evidence = Mapping[str, Value]


class FormWrong(Refusal):
    """What was sent is not a filled-in form: names and values are wanted."""

    code = "form_wrong"


class FieldMissing(Refusal):
    """A field of the form was left empty."""

    code = "field_missing"


class FieldUnknown(Refusal):
    """The form does not ask for this."""

    code = "field_unknown"


class FieldWrong(Refusal):
    """The field wants something else: a whole number, one of the choices, a text, a photo."""

    code = "field_wrong"


class FieldOutOfRange(Refusal):
    """The number is smaller or larger than the form allows."""

    code = "field_out_of_range"


class TextTooLong(Refusal):
    """The text is longer than the form allows."""

    code = "text_too_long"


@dataclass(frozen=True)
class Field:
    """One thing a form asks for, under a name, with the words people see."""

    name: str
    zh: str
    en: str
    required: bool = True
    kept: bool = True  # what is not kept is read and forgotten
    asks = "field"

    def read(self, value: object) -> Value:
        """The value if it fits the field; otherwise the refusal that says why."""
        raise FieldWrong(**self.called, wanted=self.asks)

    @property
    def called(self) -> dict[str, object]:
        """Facts of a refusal about this field."""
        return {"field": self.name, "zh": self.zh, "en": self.en}

    def limits(self) -> dict[str, object]:
        """What a client needs in order to draw the field."""
        return {}

    def describe(self) -> dict[str, object]:
        """The field as a client reads it."""
        told = {"name": self.name, "asks": self.asks, "zh": self.zh, "en": self.en, "required": self.required}
        return {**told, **self.limits()}


@dataclass(frozen=True)
class Number(Field):
    """A whole number."""

    least: int = 0
    most: int = 1_000
    asks = "number"

    def read(self, value: object) -> int:
        if type(value) is not int:
            raise FieldWrong(**self.called, wanted=self.asks)
        if not self.least <= value <= self.most:
            raise FieldOutOfRange(**self.called, least=self.least, most=self.most)
        return value

    def limits(self) -> dict[str, object]:
        return {"least": self.least, "most": self.most}


@dataclass(frozen=True)
class Hours(Number):
    """A length of time, in whole minutes."""

    least: int = 0
    most: int = 12 * 60
    asks = "hours"


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Choice(Field):
    """One of a few answers."""

    options: tuple[Option, ...] = ()
    asks = "choice"

    def read(self, value: object) -> str:
        if not isinstance(value, str) or all(value != option.key for option in self.options):
            raise FieldWrong(**self.called, wanted=self.asks)
        return value

    def limits(self) -> dict[str, object]:
        return {"options": [{"key": one.key, "zh": one.zh, "en": one.en} for one in self.options]}


@dataclass(frozen=True)
class Photo(Field):
    """A photo that was uploaded before; the value is its id."""

    asks = "photo"

    def read(self, value: object) -> str:
        if not isinstance(value, str) or not (value.isascii() and value.isdigit() and len(value) <= 19):
            raise FieldWrong(**self.called, wanted=self.asks)
        return value


@dataclass(frozen=True)
class ShortText(Field):
    """A line or two in one's own words."""

    longest: int = 200
    asks = "text"

    def read(self, value: object) -> str:
        return plain_text(self.name, value, longest=self.longest, told=self.called)

    def limits(self) -> dict[str, object]:
        return {"longest": self.longest}


Form = tuple[Field, ...]


def plain_text(name: str, value: object, *, longest: int, told: Mapping[str, object] | None = None) -> str:
    """A text without control characters, trimmed, not longer than `longest` characters."""
    told = told or called(name)
    if not isinstance(value, str):
        raise FieldWrong(**told, wanted=ShortText.asks)
    if len(value) > longest:
        raise TextTooLong(**told, longest=longest, length=len(value))
    # Control, surrogate and direction marks break pages, print and the database; a line break does not.
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cf") and letter != "\n" for letter in value):
        raise FieldWrong(**told, wanted=ShortText.asks)
    return value.strip()


def read_form(form: Form, values: object) -> dict[str, Value]:
    """The values of a filled-in form that are kept, each checked; nothing missing, nothing that was not asked for."""
    if not isinstance(values, Mapping) or any(not isinstance(name, str) for name in values):
        raise FormWrong()
    fields = {field.name: field for field in form}
    unknown = next((name for name in values if name not in fields), None)
    if unknown is not None:
        raise FieldUnknown(field=unknown[:40], count=len(values))
    read: dict[str, Value] = {}
    for field in form:
        value = values.get(field.name)
        if value is None or value == "":
            if field.required:
                raise FieldMissing(**field.called)
            continue
        fits = field.read(value)
        if field.kept:
            read[field.name] = fits
    return read
