"""What a survey's form at the desk asks for, and how the questions that were typed are read.

A question's number is its place and its code: the export's columns are named by it and never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongfen.activities.survey_forms import read_form
from gongfen.console.asks import Ask, Typed, drawn, moment_of
from gongfen.console.ground import Staff
from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import MOST_QUESTIONS, Asks, FormWrong
from gongfen.words.desk import SURVEY_KINDS

ABOUT = (
    Ask("title", "问卷标题", "Title", required=True, longest=80, first=True),
    Ask("title_en", "英文标题", "Title in English", longest=80),
    Ask("last_day", "交到哪天", "Last day to hand it in", "day", required=True),
    Ask("until", "几点截止", "Until what time", "clock", required=True),
)
PARTS = ("number", "asks", "zh", "en", "options", "least", "most", "bands", "only_if", "answers")


class SurveyOptions(Refusal):
    """A question to choose from offers two to twenty different answers, each on a line of its own."""

    code = "survey_options"


class SurveyRange(Refusal):
    """A scale goes over two to eleven numbers; a number has a lowest and a highest."""

    code = "survey_range"


class SurveyBands(Refusal):
    """The bands of a number rise, and the first begins at the lowest number."""

    code = "survey_bands"


class SurveyCondition(Refusal):
    """A condition names an earlier question to choose from, and answers that it offers."""

    code = "survey_condition"


class SurveyNumber(Refusal):
    """Every question has a number of its own."""

    code = "survey_number"


class SurveyEmpty(Refusal):
    """A survey asks one question at least."""

    code = "survey_empty"


class SurveyCloses(Refusal):
    """A survey closes after now."""

    code = "survey_closes"


FAULTS: Mapping[str, tuple[type[Refusal], str]] = {
    "code": (SurveyNumber, "number"),
    "options": (SurveyOptions, "options"),
    "range": (SurveyRange, "most"),
    "bands": (SurveyBands, "bands"),
    "condition": (SurveyCondition, "only_if"),
}


@dataclass(frozen=True)
class Written:
    """A survey as it was typed, whole and checked."""

    title: str
    title_en: str
    closes_at: datetime
    questions: list[dict[str, Any]]


def asks_of(at: int, lang: str) -> list[Ask]:
    """The fields of the question that stands at this place of the form."""
    kinds = [(str(kind), told[lang == "en"]) for kind, told in SURVEY_KINDS.items()]
    return [
        Ask(f"number_{at}", "第几题", "Question number", "number", required=True, longest=2),
        Ask(f"asks_{at}", "怎么答", "How it is answered", "choice", required=True, choices=kinds),
        Ask(f"zh_{at}", "问什么", "The question in Chinese", required=True, longest=200),
        Ask(f"en_{at}", "英文", "The question in English", longest=200),
        Ask(
            f"options_{at}", "选项，一行一个", "Answers, one a line", "lines", longest=3500,
            hint=("选择题才填；英文写在竖线后面：要 | Yes", "Where one chooses; English after a bar: 要 | Yes"),
        ),
        Ask(f"least_{at}", "最小", "Lowest", "number", hint=("打分、填数字才填", "For a scale or a number"), longest=9),
        Ask(f"most_{at}", "最大", "Highest", "number", longest=9,
            hint=("打分、填数字才填；可选几个时是最多选几个", "For a scale or a number; else the most chosen")),
        Ask(f"bands_{at}", "分段，从几开始", "Bands begin at", longest=100,
            hint=("填数字才填，公布时按段数人：0 18 60", "For a number; published by band: 0 18 60")),
        Ask(f"only_if_{at}", "只问第几题", "Only if question", "number", longest=2,
            hint=("空着就是都问", "Empty: everyone is asked")),
        Ask(f"answers_{at}", "答了这些的人", "was answered with", "lines", longest=1700,
            hint=("一行一个，和那题的选项一样；打分写数字", "One a line, as that question offers; numbers of a scale")),
    ]  # fmt: skip


def asked_anything(typed: Mapping[str, str], at: int) -> bool:
    """Was anything typed into this question? An empty one does not count."""
    return any(str(typed.get(f"{part}_{at}", "")).strip() for part in ("zh", "en", "options"))


def many_of(typed: Mapping[str, str]) -> int:
    """How many questions the form shows."""
    many = str(typed.get("many", ""))
    return max(1, min(int(many), MOST_QUESTIONS)) if many.isascii() and many.isdecimal() and len(many) < 4 else 1


def drawn_questions(typed: Mapping[str, str], staff: Staff, no: Refusal | None) -> list[dict[str, Any]]:
    """The questions of the form by their numbers; a new one gets the next number."""
    found: dict[str, str] = dict(typed)
    places = range(1, many_of(typed) + 1)
    numbers = [number_of(found, at) for at in places]
    for at in places:
        if not found.get(f"number_{at}", ""):
            found[f"number_{at}"] = str(max(numbers, default=0) + 1)
            numbers[at - 1] = max(numbers, default=0) + 1
    order = sorted(places, key=lambda at: (number_of(found, at), at))
    return [
        {
            "at": at,
            "number": found[f"number_{at}"],
            "fields": drawn(asks_of(at, staff.lang), found, staff.lang, no=no, now=staff.now),
        }
        for at in order
    ]


def number_of(typed: Mapping[str, str], at: int) -> int:
    """A question's number; 0 where none can be read."""
    number = str(typed.get(f"number_{at}", "")).strip()
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else 0


def read_survey(typed: Mapping[str, str], staff: Staff) -> Written:
    """The survey that was typed, or the no with its field: nothing is written here."""
    about = Typed(ABOUT, typed)
    title, title_en, day = about.text("title"), about.text("title_en"), about.day("last_day")
    if day is None:
        about.text("last_day")
        raise SurveyCloses(field="last_day")
    closes_at = moment_of(day, about.clock("until"))
    if closes_at <= staff.now:
        raise SurveyCloses(field="last_day")
    places = [at for at in range(1, many_of(typed) + 1) if asked_anything(typed, at)]
    if not places:
        raise SurveyEmpty(field="zh_1")
    places.sort(key=lambda at: number_of(typed, at))
    by_number: dict[int, tuple[int, dict[str, Any]]] = {}
    for at in places:
        number = number_of(typed, at)
        if not number or number in by_number:
            raise SurveyNumber(field=f"number_{at}")
        by_number[number] = (at, _question(typed, at, number, by_number, staff.lang))
    questions = [question for _, question in by_number.values()]
    try:
        read_form(questions)
    except FormWrong as no:
        code, reason = str(no.facts.get("question", "")), str(no.facts.get("reason", ""))
        at = next((at for at, question in by_number.values() if question["code"] == code), places[0])
        wrong, part = FAULTS.get(reason, (SurveyOptions, "zh"))
        raise wrong(field=f"{part}_{at}") from None
    return Written(title, title_en, closes_at, questions)


def _question(
    typed: Mapping[str, str], at: int, number: int, before: Mapping[int, tuple[int, dict[str, Any]]], lang: str
) -> dict[str, Any]:
    read = Typed(asks_of(at, lang), typed)
    asks = Asks(read.choice(f"asks_{at}"))
    found: dict[str, Any] = {
        "code": f"q{number}", "asks": asks.value, "zh": read.text(f"zh_{at}"), "en": read.text(f"en_{at}"),
    }  # fmt: skip
    if asks in (Asks.ONE, Asks.MANY):
        found["options"] = _options(read.text(f"options_{at}"), at)
    if asks in (Asks.SCALE, Asks.NUMBER):
        found["least"] = read.number(f"least_{at}", empty=0)
    if asks in (Asks.SCALE, Asks.NUMBER, Asks.MANY):
        found["most"] = read.number(f"most_{at}", empty=0)
    if asks is Asks.NUMBER and (bands := read.text(f"bands_{at}")):
        found["bands"] = _bands(bands, at)
    wish = read.number(f"only_if_{at}")
    if wish is not None:
        _, earlier = before.get(wish, (0, {}))
        wanted = [line.strip() for line in read.text(f"answers_{at}").split("\n") if line.strip()]
        known = {one[name]: one["code"] for one in earlier.get("options", ()) for name in ("zh", "en") if one[name]}
        found["only_if"] = {"question": earlier.get("code", ""), "answers": [known.get(one, one) for one in wanted]}
    return found


def _options(text: str, at: int) -> list[dict[str, str]]:
    """要 | Yes on a line of its own; the same words twice would be counted apart."""
    lines = [line.replace("｜", "|").partition("|") for line in text.split("\n") if line.strip()]
    told = [(zh.strip(), en.strip()) for zh, _, en in lines]
    if len({zh for zh, _ in told}) < len(told) or any(len(zh) > 80 or len(en) > 80 for zh, en in told):
        raise SurveyOptions(field=f"options_{at}")
    return [{"code": f"a{n}", "zh": zh, "en": en} for n, (zh, en) in enumerate(told, 1)]


def _bands(text: str, at: int) -> list[int]:
    parts = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        raise SurveyBands(field=f"bands_{at}")
    return [int(part) for part in parts]


def typed_again(title: str, title_en: str, questions: list[dict[str, Any]]) -> dict[str, str]:
    """A survey as its form: to write another one like it."""
    found = {"title": title, "title_en": title_en, "many": str(len(questions))}
    numbers = {one["code"]: at for at, one in enumerate(questions, 1)}
    offered = {one["code"]: {each["code"]: each["zh"] for each in one.get("options", ())} for one in questions}
    for at, one in enumerate(questions, 1):
        lines = [" | ".join(filter(None, (each["zh"], each.get("en", "")))) for each in one.get("options", ())]
        found |= {
            f"number_{at}": str(at), f"asks_{at}": one["asks"], f"zh_{at}": one["zh"], f"en_{at}": one.get("en", ""),
            f"options_{at}": "\n".join(lines), f"bands_{at}": " ".join(str(start) for start in one.get("bands") or ()),
            f"least_{at}": str(one.get("least") or ""), f"most_{at}": str(one.get("most") or ""),
        }  # fmt: skip
        if rule := one.get("only_if"):
            words = [offered.get(rule["question"], {}).get(answer, answer) for answer in rule["answers"]]
            found |= {f"only_if_{at}": str(numbers.get(rule["question"], "")), f"answers_{at}": "\n".join(words)}
    return found
