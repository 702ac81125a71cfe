"""Surveys: the questions, what an answer may be, and the stable columns of an export.

A form is a tuple of questions. Every question may be passed over, and every question can be answered
with "prefer not to say": both pay the same as an answer. What of them is published: `figures.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import category

from gongfen.rules.refusals import Refusal

PREFER_NOT = "prefer_not"  # always offered
BLANK = "blank"  # passed over
NOT_ASKED = "not_asked"  # its condition did not hold
ANSWERED = "answered"  # a number or a text was given
RESERVED_CODES = {PREFER_NOT, BLANK, NOT_ASKED, ANSWERED}
MOST_QUESTIONS = 30
MOST_OPTIONS = 20
MOST_NUMBER = 1_000_000_000
LONGEST_TEXT = 500  # characters
NO_LETTERS = {"Cc", "Cs", "Cf"}


class Asks(StrEnum):
    """What a question asks for."""

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"


class FormWrong(Refusal):
    """The form itself cannot be asked: `question` and `reason` say where and why."""

    code = "survey_form_wrong"


class AnswersUnreadable(Refusal):
    """The answers are not a list of question and answer."""

    code = "answers_unreadable"


class QuestionUnknown(Refusal):
    """An answer to a question that the form does not ask."""

    code = "question_unknown"


class AnswerNotOffered(Refusal):
    """The answer is not one that the question offers."""

    code = "answer_not_offered"


class TooManyChosen(Refusal):
    """More choices than the question allows."""

    code = "answer_too_many_chosen"


class NumberOutOfRange(Refusal):
    """A whole number between `least` and `most` is asked for."""

    code = "answer_number_out_of_range"


class TextTooLong(Refusal):
    """The text has more characters than `most`."""

    code = "answer_text_too_long"


@dataclass(frozen=True)
class Option:
    """One answer that is offered: a code that never changes, and its words."""

    code: str
    zh: str
    en: str = ""


@dataclass(frozen=True)
class OnlyIf:
    """Ask only those who gave one of `answers` to an earlier question."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question; `code` names its columns in every export and never changes."""

    code: str
    asks: Asks
    zh: str
    en: str = ""
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0  # the highest number; for `many` the most choices, 0 for any
    bands: tuple[int, ...] = ()  # where each band of a number begins, for what is published
    only_if: OnlyIf | None = None


Answer = str | int | tuple[str, ...]
Answers = dict[str, Answer]


@dataclass(frozen=True)
class Form:
    """The questions of one survey, in order."""

    questions: tuple[Question, ...] = field(default=())

    def check(self) -> None:
        """Refuse a form that cannot be asked, answered or counted."""
        if not 1 <= len(self.questions) <= MOST_QUESTIONS:
            raise FormWrong(question="", reason="questions")
        earlier: dict[str, Question] = {}
        for question in self.questions:
            reason = _fault(question, earlier)
            if reason:
                raise FormWrong(question=question.code, reason=reason)
            earlier[question.code] = question


def cells_of(question: Question) -> tuple[str, ...]:
    """The cells that the answers to a question are counted in, in their stable order."""
    if question.asks in (Asks.ONE, Asks.MANY):
        own = tuple(option.code for option in question.options)
    elif question.asks is Asks.SCALE:
        own = tuple(str(number) for number in range(question.least, question.most + 1))
    elif question.asks is Asks.NUMBER and question.bands:
        own = tuple(f"from_{start}" for start in question.bands)
    else:
        own = (ANSWERED,)
    return (*own, PREFER_NOT, BLANK)


def columns(form: Form) -> tuple[str, ...]:
    """The columns of every export of this form: they depend on the form alone, never on the answers."""
    return tuple(f"{question.code}.{cell}" for question in form.questions for cell in cells_of(question))


def band_of(question: Question, number: int) -> str:
    """The cell of a number."""
    if not question.bands:
        return ANSWERED
    return f"from_{max((start for start in question.bands if start <= number), default=question.bands[0])}"


def read_answers(form: Form, given: object) -> Answers:
    """Answers as they came, made whole: one for every question, or the first reason why not.

    What is left out is BLANK; what the conditions do not ask is NOT_ASKED, whatever was sent.
    """
    if not isinstance(given, Mapping):
        raise AnswersUnreadable()
    codes = {question.code for question in form.questions}
    for code in given:
        if code not in codes:
            raise QuestionUnknown(question=str(code)[:40])
    answers: Answers = {}
    for question in form.questions:
        asked = is_asked(question, answers)
        answers[question.code] = _read_one(question, given.get(question.code)) if asked else NOT_ASKED
    return answers


def is_asked(question: Question, earlier: Mapping[str, Answer]) -> bool:
    """Whether a question is asked after these answers."""
    if question.only_if is None:
        return True
    answer = earlier.get(question.only_if.question, BLANK)
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    return any(code in question.only_if.answers for code in chosen)


def plain(text: str) -> str:
    """A text on one line, without control, surrogate and direction marks: they break pages, print and databases."""
    return " ".join("".join(" " if category(one) in NO_LETTERS else one for one in text).split())


def _read_one(question: Question, given: object) -> Answer:
    if given is None or given in ("", []):
        return BLANK
    if given == PREFER_NOT:
        return PREFER_NOT
    if question.asks is Asks.ONE:
        return _read_option(question, given)
    if question.asks is Asks.MANY:
        return _read_many(question, given)
    if question.asks is Asks.TEXT:
        return _read_text(question, given)
    return _read_number(question, given)


def _read_option(question: Question, given: object) -> str:
    if not isinstance(given, str) or given not in {option.code for option in question.options}:
        raise AnswerNotOffered(question=question.code)
    return given


def _read_many(question: Question, given: object) -> tuple[str, ...]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise AnswerNotOffered(question=question.code)
    chosen = {_read_option(question, one) for one in given[: MOST_OPTIONS + 1]}
    most = question.most or len(question.options)
    if len(chosen) > most or len(given) > MOST_OPTIONS:
        raise TooManyChosen(question=question.code, most=most)
    return tuple(option.code for option in question.options if option.code in chosen)


def _read_number(question: Question, given: object) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and question.least <= given <= question.most:
        return given
    raise NumberOutOfRange(question=question.code, least=question.least, most=question.most)


def _read_text(question: Question, given: object) -> str:
    if not isinstance(given, str):
        raise AnswerNotOffered(question=question.code)
    most = question.most or LONGEST_TEXT
    if len(given) > most:
        raise TextTooLong(question=question.code, most=most)
    text = plain(given)
    return text if text and text not in RESERVED_CODES else BLANK


def _fault(question: Question, earlier: Mapping[str, Question]) -> str:
    """Why a question cannot be asked, in one word; empty when it can."""
    code = question.code
    if not (code.isidentifier() and code.isascii() and len(code) <= 40) or code in earlier or not question.zh.strip():
        return "code"
    if question.asks in (Asks.ONE, Asks.MANY):
        return _fault_of_options(question) or _fault_of_condition(question, earlier)
    if question.asks is Asks.SCALE and not 1 <= question.most - question.least <= 10:
        return "range"
    if question.asks is Asks.NUMBER and not 0 <= question.least < question.most <= MOST_NUMBER:
        return "range"
    if question.asks is Asks.TEXT and not 0 <= question.most <= LONGEST_TEXT:
        return "range"
    bands = list(question.bands)
    if bands and (bands != sorted(set(bands)) or bands[0] > question.least or len(bands) > MOST_OPTIONS):
        return "bands"
    return _fault_of_condition(question, earlier)


def _fault_of_options(question: Question) -> str:
    codes = [option.code for option in question.options]
    good = all(code.isascii() and code.isidentifier() and code not in RESERVED_CODES for code in codes)
    words = all(option.zh.strip() for option in question.options)
    counted = 2 <= len(codes) <= MOST_OPTIONS and len(set(codes)) == len(codes)
    return "" if good and words and counted and 0 <= question.most <= len(codes) else "options"


def _fault_of_condition(question: Question, earlier: Mapping[str, Question]) -> str:
    if question.only_if is None:
        return ""
    before = earlier.get(question.only_if.question)
    if before is None or before.asks not in (Asks.ONE, Asks.MANY, Asks.SCALE):
        return "condition"
    offered = set(cells_of(before)) - {PREFER_NOT, BLANK}
    return "" if question.only_if.answers and set(question.only_if.answers) <= offered else "condition"
