"""What may be published about answers: no cell under ten, and none that subtraction would tell.

A cell is shown when it and everybody outside it are at least ten. When cells add up to a known whole,
the hidden ones together must be more than ten, or more are hidden: the smallest first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongfen.rules.surveys import (
    BLANK,
    NOT_ASKED,
    PREFER_NOT,
    Answer,
    Asks,
    Form,
    Question,
    band_of,
    cells_of,
)

LEAST = 10  # residents in a figure, and outside it


@dataclass(frozen=True)
class Figure:
    """One question's published figures: cell → how many, None where hidden; `asked` likewise."""

    question: str
    asked: int | None
    cells: dict[str, int | None]


def publish(form: Form, answers: Mapping[str, Iterable[Answer]]) -> list[Figure]:
    """The figures of a closed survey, from each question's answers in any order."""
    figures: dict[str, Figure] = {}
    before = {question.code: question for question in form.questions}
    for question in form.questions:
        cells, asked, everyone = count(question, answers.get(question.code, ()))
        if asked < LEAST or not _may_tell_asked(question, everyone - asked, before, figures):
            figures[question.code] = Figure(question.code, None, dict.fromkeys(cells))
        elif question.asks is Asks.MANY and question.most != 1:
            figures[question.code] = Figure(question.code, asked, _many(question, cells, asked))
        else:
            figures[question.code] = Figure(question.code, asked, hide(cells))
    return list(figures.values())


def count(question: Question, answers: Iterable[Answer]) -> tuple[dict[str, int], int, int]:
    """Each cell's number, how many were asked, and how many answered the survey at all."""
    found: Counter[str] = Counter()
    asked = everyone = 0
    for answer in answers:
        everyone += 1
        if answer == NOT_ASKED:
            continue
        asked += 1
        found.update(_cells(question, answer))
    return {cell: found[cell] for cell in cells_of(question)}, asked, everyone


def hide(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Cells that add up to a published whole: hide the small ones, and what would tell them."""
    whole = sum(cells.values())
    shown: dict[str, int | None] = {
        cell: number if number >= LEAST and whole - number >= LEAST else None for cell, number in cells.items()
    }
    while _hidden_people(cells, shown) <= LEAST and None in shown.values() and any(shown.values()):
        smallest = min((cell for cell in shown if shown[cell] is not None), key=lambda cell: cells[cell])
        shown[smallest] = None
    return shown


def _hidden_people(cells: Mapping[str, int], shown: Mapping[str, int | None]) -> int:
    return sum(number for cell, number in cells.items() if shown[cell] is None)


def _many(question: Question, cells: Mapping[str, int], asked: int) -> dict[str, int | None]:
    """Several choices: those who chose at all are the whole that each choice is held against."""
    silent = {PREFER_NOT: cells[PREFER_NOT], BLANK: cells[BLANK]}
    chose = asked - sum(silent.values())
    spoke = hide({"": chose, **silent})
    figures: dict[str, int | None] = {}
    for option in question.options:
        number = cells[option.code]
        fits = spoke[""] is not None and number >= LEAST and chose - number >= LEAST
        figures[option.code] = number if fits else None
    return {**figures, PREFER_NOT: spoke[PREFER_NOT], BLANK: spoke[BLANK]}


def _may_tell_asked(
    question: Question, not_asked: int, before: Mapping[str, Question], figures: Mapping[str, Figure]
) -> bool:
    """A conditional question tells how many gave the answer it follows: only where that is shown anyway.

    After several choices of one question it would tell how many chose both, so it is not shown at all.
    """
    if question.only_if is None:
        return True
    choices = question.only_if.answers
    if before[question.only_if.question].asks is Asks.MANY and len(choices) > 1:
        return False
    cells = figures[question.only_if.question].cells
    return not_asked >= LEAST and all(cells[cell] is not None for cell in choices)


def _cells(question: Question, answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, tuple):
        return answer
    if answer in (PREFER_NOT, BLANK):
        return (str(answer),)
    if question.asks is Asks.NUMBER and isinstance(answer, int):
        return (band_of(question, answer),)
    if question.asks is Asks.TEXT:
        return cells_of(question)[:1]
    return (str(answer),)


@dataclass(frozen=True)
class Cell:
    """What one cell of a table of amounts says (points, minutes, money), and how many residents stand behind it."""

    amount: int
    people: int


def may_tell(people: int, of: int) -> bool:
    """Whether a figure about so many of these residents may be told: ten stand behind it, and ten do not."""
    return people >= LEAST and of - people >= LEAST


def tell_count(people: int, of: int) -> int | None:
    """A number of residents or households; None where hidden."""
    return people if may_tell(people, of) else None


def hide_amounts(whole: Cell, cells: Mapping[str, Cell], of: int) -> tuple[int | None, dict[str, int | None]]:
    """The whole and its cells, None where hidden.

    One resident may stand behind several cells, so hidden ones are only safe together when one of them alone has
    ten residents; until then the smallest shown one is hidden, too. A hidden whole hides all its cells.
    """
    if not may_tell(whole.people, of):
        return None, dict.fromkeys(cells)
    shown: dict[str, int | None] = {
        name: cell.amount if may_tell(cell.people, of) else None for name, cell in cells.items()
    }
    while (hidden := [name for name in shown if shown[name] is None]) and any(v is not None for v in shown.values()):
        if max(cells[name].people for name in hidden) >= LEAST:
            break
        smallest = min((name for name in shown if shown[name] is not None), key=lambda name: cells[name].people)
        shown[smallest] = None
    return whole.amount, shown
