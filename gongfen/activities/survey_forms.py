"""A survey's questions, read from plain values."""

from collections.abc import Mapping
from typing import Any

from gongfen.rules.surveys import Asks, Form, FormWrong, OnlyIf, Option, Question, plain


def read_form(questions: object) -> Form:
    """Questions from plain values; checked. Whatever does not fit is refused by the question's code."""
    if not isinstance(questions, list):
        raise FormWrong(question="", reason="questions")
    form = Form(tuple(_question(given) for given in questions))
    form.check()
    return form


def plain_form(form: Form) -> list[dict[str, Any]]:
    """The questions as plain values: what is stored, and nothing that was sent besides."""
    return [_plain_question(question) for question in form.questions]


def _plain_question(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"code": question.code, "asks": question.asks.value, "zh": question.zh, "en": question.en}
    told |= {"least": question.least, "most": question.most, "bands": list(question.bands)}
    told["options"] = [{"code": one.code, "zh": one.zh, "en": one.en} for one in question.options]
    if question.only_if is not None:
        told["only_if"] = {"question": question.only_if.question, "answers": list(question.only_if.answers)}
    return told


def _question(given: object) -> Question:
    if not isinstance(given, Mapping):
        raise FormWrong(question="", reason="questions")
    code = str(given.get("code", ""))[:60]
    try:
        return _read_question(code, given)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise FormWrong(question=code, reason="question") from None


def _read_question(code: str, given: Mapping[str, Any]) -> Question:
    known = {"code", "asks", "zh", "en", "options", "least", "most", "bands", "only_if"}
    if set(given) - known:
        raise FormWrong(question=code, reason="unknown")
    options = tuple(
        Option(str(one["code"]), plain(str(one["zh"])[:80]), plain(str(one.get("en", ""))[:80]))
        for one in given.get("options") or ()
    )
    rule = given.get("only_if")
    only_if = OnlyIf(str(rule["question"]), tuple(str(one) for one in rule["answers"])) if rule else None
    numbers = [given.get("least", 0), given.get("most", 0), *(given.get("bands") or ())]
    if any(type(number) is not int for number in numbers):
        raise FormWrong(question=code, reason="range")
    return Question(
        code, Asks(given["asks"]), plain(str(given["zh"])[:200]), plain(str(given.get("en", ""))[:200]), options,
        numbers[0], numbers[1], tuple(numbers[2:]), only_if,
    )  # fmt: skip
