"""A survey on paper: answered by hand, put into a box, and typed by place: every answer has its number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongfen.prints.labels import EDGE, foot, letterhead, say
from gongfen.prints.paper import INK, QUIET, Paper, high

BOX = 52  # a box to tick, in tenths of a millimetre
ROOM = {"number": 110, "text": 330}  # what is written by hand takes so much
BOTTOM = 210


@dataclass(frozen=True)
class PaperQuestion:
    """One question. `kind` says in words how it is answered; `room` is for what is written by hand: number, text."""

    words: str
    kind: str
    options: Sequence[str] = field(default_factory=tuple)
    room: str = ""
    only: str = ""  # for whom alone it is, in words


@dataclass(frozen=True)
class Questionnaire:
    """The questions of one survey. It has no number and no code: nobody can tell one slip from another."""

    village: str
    title: str
    until: str
    printed_at: datetime
    questions: Sequence[PaperQuestion] = field(default_factory=tuple)
    lang: str = "zh"


def questionnaire(one: Questionnaire) -> bytes:
    """A4 pages; a question is never torn apart."""
    lang = one.lang
    paper = Paper(say(lang, f"问卷 {one.title}", f"Survey: {one.title}"), one.printed_at)
    inner, number = paper.width - 2 * EDGE, 1
    y = _head(paper, one)
    for place, question in enumerate(one.questions, 1):
        if y + _height(paper, question, inner) > paper.height - BOTTOM:
            _foot(paper, one, number)
            number += 1
            y = _head(paper, one)
        y = _question(paper, place, question, y, inner)
    _foot(paper, one, number)
    return paper.bytes()


def _head(paper: Paper, one: Questionnaire) -> int:
    paper.page()
    y = letterhead(paper, say(one.lang, "问卷", "Survey"), one.village)
    inner = paper.width - 2 * EDGE
    paper.text(EDGE, y, one.title, 17, bold=True, width=inner)
    told = say(
        one.lang,
        f"不写名字。{one.until} 以前投进答卷箱，再在旁边的表上签名。空着、不想说，工分一样。",
        f"Write no name. Put it into the box by {one.until} and sign the sheet beside it. What is left empty, or what "
        "you prefer not to say, counts the same.",
    )
    return paper.paragraph(EDGE, y + 105, inner, told, 11, colour=QUIET) + 40


def _foot(paper: Paper, one: Questionnaire, number: int) -> None:
    words = say(
        one.lang,
        "这张纸没有编号，认不出是谁的。",
        "This paper has no number: nobody can tell whose it is.",
    )
    foot(paper, words, str(number))


def _height(paper: Paper, question: PaperQuestion, inner: int) -> int:
    lines = 1 + paper.width_of(question.words, 13) // (inner - 200)
    wide = [1 + paper.width_of(option, 12) // (inner - 250) for option in question.options]
    return (lines + 1) * high(13) + sum(wide) * (high(12) + 12) + ROOM.get(question.room, 0) + 60


def _question(paper: Paper, place: int, question: PaperQuestion, y: int, inner: int) -> int:
    paper.text(EDGE, y, f"{place}.", 13, bold=True, width=80)
    y = paper.paragraph(EDGE + 85, y, inner - 85, question.words, 13, colour=INK)
    told = " · ".join(filter(None, (question.kind, question.only)))
    y = paper.paragraph(EDGE + 85, y, inner - 85, told, 9, colour=QUIET) + 12
    for number, option in enumerate(question.options, 1):
        paper.box(EDGE + 90, y + 4, BOX, BOX, colour=INK)
        y = paper.paragraph(EDGE + 165, y, inner - 165, f"{number}  {option}", 12) + 12
    if question.room == "number":
        paper.line(EDGE + 90, y + 80, EDGE + 700, y + 80)
    if question.room == "text":
        for line in (90, 200, 310):
            paper.line(EDGE + 90, y + line, paper.width - EDGE, y + line)
    return y + ROOM.get(question.room, 0) + 40
