"""What is wrong with a file, told by file, row and column, so that a clerk finds the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.terms import UNITS
from gongfen.rules.refusals import Refusal
from gongfen.words import fill, sentence
from gongfen.words.files import NAMES, REFUSALS, WHERE


class Named(str):
    """A name that the words know in both languages: a column, a table, a role."""

    __slots__ = ()


@dataclass(frozen=True)
class Problem:
    """One thing in a file that cannot stand. Row 0 is the file as a whole, an empty column the whole row."""

    file: str
    row: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark(Problem):
    """Not a problem: something that was read in a certain way, or left out, and is said aloud."""


class Unreadable(Exception):
    """The file as a whole cannot be read; it carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def in_words(problem: Problem, lang: str) -> str:
    """The sentence alone, in zh or en."""
    pair = REFUSALS[problem.code]
    facts: dict[str, Any] = {name: _named(value, lang) for name, value in problem.facts.items()}
    return fill(pair[lang == "en"], lang, **facts)


def with_place(problem: Problem, lang: str) -> str:
    """The sentence with the file, row and column before it."""
    where = WHERE["file" if not problem.row else "row" if not problem.column else "cell"][lang == "en"]
    place = fill(where, lang, file=problem.file, row=problem.row, column=problem.column)
    return place + in_words(problem, lang)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and row, as a clerk reads down the sheet."""
    return sorted(problems, key=lambda problem: (problem.file, problem.row))


def _named(value: object, lang: str) -> object:
    if isinstance(value, Refusal):
        return sentence(value, lang)
    if isinstance(value, Named):
        return _name(value, lang == "en")
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(str(_named(each, lang)) for each in value)
    return value


def _name(value: Named, english: bool) -> str:
    """Kinds, their work and their units bring their own names; the rest stands in the words."""
    first, *rest = value.split(".")
    if first == "unit":
        return UNITS[rest[0]][english]
    if first != "kind":
        return NAMES[value][english]
    kind = kind_of(rest[0])
    named = kind if len(rest) == 1 else next(one for one in kind.whats if one.key == rest[1])
    return named.en if english else named.zh
