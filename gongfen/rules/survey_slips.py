"""A paper slip as it is typed: one line, the answers in the order of the questions, a space between.

One of several by its place (2), some of them with commas (1,3), a number as it is; `-` for one left empty, `x` for
"prefer not to say". Where the last question asks for words, the rest of the line is its answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import PREFER_NOT, Asks, Form, Question, read_answers

EMPTY, NOT_SAID = ("-", "—", "－"), ("x", "X", "×")


class SlipUnreadable(Refusal):
    """A line does not fit the questions. `line` and `question` say where, counted from one."""

    code = "survey_slip_unreadable"


def read_slips(form: Form, lines: Sequence[str]) -> list[dict[str, object]]:
    """What each line answers, in the order of the lines; the first that does not fit is refused."""
    return [_read_slip(form, line, at) for at, line in enumerate(lines, 1)]


def tell_slip(form: Form, given: Mapping[str, object]) -> str:
    """A slip as its line again."""
    return " ".join(_tell(question, given.get(question.code)) for question in form.questions)


def _tell(question: Question, value: object) -> str:
    if value is None:
        return EMPTY[0]
    if value == PREFER_NOT:
        return NOT_SAID[0]
    places = {option.code: str(place) for place, option in enumerate(question.options, 1)}
    if isinstance(value, list):
        return ",".join(places[one] for one in value)
    return places[str(value)] if question.asks is Asks.ONE else str(value)


def _read_slip(form: Form, line: str, at: int) -> dict[str, object]:
    questions, words = form.questions, line.split()
    last = questions[-1]
    if last.asks is Asks.TEXT and len(words) > len(questions):
        words = [*words[: len(questions) - 1], " ".join(words[len(questions) - 1 :])]
    if len(words) > len(questions):
        raise SlipUnreadable(line=at, question=len(questions))
    given: dict[str, object] = {}
    for number, (question, word) in enumerate(zip(questions, words, strict=False), 1):
        try:
            value = _read_word(question, word)
            if value is not None:
                read_answers(Form((replace(question, only_if=None),)), {question.code: value})
                given[question.code] = value
        except (Refusal, ValueError):
            raise SlipUnreadable(line=at, question=number) from None
    return given


def _read_word(question: Question, word: str) -> object:
    """None where the question was left empty; ValueError where a word is no number."""
    if word in EMPTY:
        return None
    if word in NOT_SAID:
        return PREFER_NOT
    if question.asks is Asks.TEXT:
        return word
    if question.asks is Asks.ONE:
        return _option(question, word)
    if question.asks is Asks.MANY:
        parts = word.replace("，", ",").replace("、", ",").split(",")
        return [_option(question, part) for part in parts if part]
    return _number(word)


def _option(question: Question, word: str) -> str:
    place = _number(word)
    if not 1 <= place <= len(question.options):
        raise ValueError(word)
    return question.options[place - 1].code


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) < 12):
        raise ValueError(word)
    return int(word)
