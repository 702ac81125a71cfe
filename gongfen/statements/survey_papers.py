"""A survey as it is printed for those who answer by hand."""

from datetime import datetime

from gongfen import prints, words
from gongfen.activities.models import Survey
from gongfen.activities.surveys import form_of
from gongfen.rules.surveys import Asks, Question
from gongfen.words.desk import CELL_WORDS, SURVEY_KINDS

ROOM = {Asks.NUMBER: "number", Asks.TEXT: "text"}


def survey_pdf(survey: Survey, lang: str, now: datetime) -> bytes:
    """The questions, with a numbered box before each answer; every copy is the same paper."""
    form, activity = form_of(survey), survey.activity
    place = activity.village or activity.town
    known = {one.code: (number, one) for number, one in enumerate(form.questions, 1)}
    told = prints.Questionnaire(
        village=(place.name_en if lang == "en" else "") or place.name,
        title=(survey.title_en if lang == "en" else "") or survey.title,
        until=words.moment(survey.closes_at, lang, now),
        printed_at=now,
        questions=[_told(one, known, lang) for one in form.questions],
        lang=lang,
    )
    return prints.questionnaire(told)


def _told(one: Question, known: dict[str, tuple[int, Question]], lang: str) -> prints.PaperQuestion:
    kind = SURVEY_KINDS[one.asks][lang == "en"]
    options = [_words(option.zh, option.en, lang) for option in one.options]
    if one.asks is Asks.SCALE:
        kind += f" {one.least}–{one.most}"
    if one.asks is Asks.MANY and one.most:
        kind += f" · {one.most} at most" if lang == "en" else f" · 最多 {one.most} 个"
    only = ""
    if one.only_if is not None:
        number, before = known[one.only_if.question]
        answers = [cell_words(before, each, lang) for each in one.only_if.answers]
        only = (
            f"only if you answered question {number} with: " if lang == "en" else f"第 {number} 题答了这些的才填："
        ) + "、".join(answers)
    room = "number" if one.asks is Asks.SCALE else ROOM.get(one.asks, "")
    return prints.PaperQuestion(_words(one.zh, one.en, lang), kind, options, room, only)


def cell_words(question: Question, cell: str, lang: str) -> str:
    """What a cell counts, in words."""
    option = next((one for one in question.options if one.code == cell), None)
    if option is not None:
        return _words(option.zh, option.en, lang)
    if cell.startswith("from_"):
        return f"from {cell[5:]}" if lang == "en" else f"{cell[5:]} 起"
    return CELL_WORDS[cell][lang == "en"] if cell in CELL_WORDS else cell


def _words(zh: str, en: str, lang: str) -> str:
    return (en if lang == "en" else "") or zh
