"""What the steps of setting up ask for, and how it is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gongfen.activities.kinds.form import FieldWrong
from gongfen.console.asks import Ask, Typed
from gongfen.files.residents import ResidentRow
from gongfen.files.values import name_of, narrow
from gongfen.files.village import LONGEST_NAME, MOST_CODE, MOST_NOTICE_DAYS
from gongfen.rules.refusals import Refusal

PARS = {
    "100": ("1 元（最常见）", "1 yuan (most common)"),
    "50": ("0.5 元", "0.5 yuan"),
    "25": ("0.25 元", "0.25 yuan"),
    "0": ("不能花，只按工分分红", "nothing: only for the dividend"),
}

PLACE = (
    Ask("town", "乡镇叫什么", "What the town is called", required=True, longest=LONGEST_NAME, first=True),
    Ask("town_en", "乡镇的英文名", "The town's name in English", longest=LONGEST_NAME),
    Ask("name", "村叫什么", "What the village is called", required=True, longest=LONGEST_NAME),
    Ask("name_en", "村的英文名", "The village's name in English", longest=LONGEST_NAME),
    Ask(
        "par",
        "1 工分值多少钱",
        "What a point is worth",
        asks="choice",
        choices=[(par, told[0]) for par, told in PARS.items()],
        hint=("定了就不能改。活动值几分可以改。", "It never changes. How many points work is worth may."),
    ),
    Ask(
        "code",
        "乡镇代号（1–99）",
        "The town's number (1–99)",
        asks="number",
        required=True,
        hint=(
            "付款码的头两位。县里没有统一编号，就填 1。",
            "The first digits of a pay code. 1, unless the county has numbers.",
        ),
    ),
    Ask(
        "notice_days",
        "公示几天",
        "Days of notice",
        asks="number",
        hint=(
            "报工通过后，公示这么多天再到账。不填就是 7 天。",
            "Points come after so many days in which anybody may object. 7 if empty.",
        ),
    ),
)


def place_asks(lang: str) -> list[Ask]:
    """The first step in the reader's language."""
    choices = [(par, told[lang == "en"]) for par, told in PARS.items()]
    return [replace(ask, choices=choices) if ask.name == "par" else ask for ask in PLACE]


DECISION = (
    Ask("met_on", "哪天开的村民会议", "Day of the residents' meeting", asks="day", required=True),
    Ask("took_part", "到会几人", "How many came", asks="number", required=True),
    Ask("yes", "几人同意", "How many said yes", asks="number", required=True),
)

ROLE_FIELDS = (
    (
        "clerk",
        2,
        ("管居民、卡、纸质表。先要有一位，就可以是您。", "People, cards, paper. One is needed first; it may be you."),
    ),
    ("organiser", 2, ("发起活动", "Drafts activities")),
    (
        "reviewer",
        3,
        (
            "审报工。自己家的由别人审，所以最好两位，不住一家。",
            "Decides claims. Never their own household's, so two of two homes.",
        ),
    ),
    (
        "supervisor",
        2,
        (
            "批准活动和钱。和会计、组织人不能是一家。",
            "Approves activities and money. Of another home than the treasurer.",
        ),
    ),
    ("treasurer", 1, ("记钱、结算、分红", "Money, settlements, dividends")),
    ("auditor", 1, ("查账", "Reads the books")),
)


class NotAMajority(Refusal):
    """More than half of those who came must have said yes."""

    code = "not_a_majority"


def read_place(typed: Typed) -> dict[str, Any]:
    """The town and the village."""
    return {
        "town": typed.text("town"), "town_en": typed.text("town_en"),
        "name": typed.text("name"), "name_en": typed.text("name_en"),
        "par": int(typed.choice("par") or 100),
        "code": _within(typed, "code", 1, MOST_CODE),
        "notice_days": _within(typed, "notice_days", 1, MOST_NOTICE_DAYS, empty=7),
    }  # fmt: skip


def read_decision(typed: Typed, today: date) -> dict[str, Any]:
    """The meeting that decided the terms: not in the future, and with a majority."""
    met_on = typed.day("met_on")
    if met_on is None or met_on > today:
        raise FieldWrong(field="met_on", zh=DECISION[0].zh, en=DECISION[0].en, wanted="day")
    took_part, yes = _within(typed, "took_part", 1, 1_000_000), _within(typed, "yes", 0, 1_000_000)
    if yes > took_part or yes * 2 <= took_part:
        raise NotAMajority(field="yes")
    return {"met_on": met_on.isoformat(), "took_part": took_part, "yes": yes}


def _within(typed: Typed, name: str, least: int, most: int, *, empty: int | None = None) -> int:
    found = typed.number(name, empty=empty)
    if found is None or not least <= found <= most:
        ask = next(ask for ask in (*PLACE, *DECISION) if ask.name == name)
        raise FieldWrong(**ask.called, wanted="number")
    return found


def read_staff(
    typed: Mapping[str, str], rows: Sequence[ResidentRow], lang: str
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """Each role's people, by 户号-姓名 or by a name that only one has; and what is wrong, by role."""
    homes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        homes[row.name].append(row.household)
    staff: dict[str, list[tuple[str, str]]] = {}
    wrong: dict[str, str] = {}
    for role, many, _ in ROLE_FIELDS:
        for place in range(many):
            said = narrow(str(typed.get(f"{role}{place}", ""))[:80]).strip()
            if not said:
                continue
            who = _who(said, homes)
            if isinstance(who, str):
                wrong[role] = who if lang == "zh" else ENGLISH[who].format(said=said)
                wrong[role] = wrong[role].format(said=said)
            elif who not in staff.setdefault(role, []):
                staff[role].append(who)
    if "clerk" not in staff and "clerk" not in wrong:
        wrong["clerk"] = ENGLISH[NO_CLERK] if lang == "en" else NO_CLERK
    return staff, wrong


UNKNOWN, TWICE, NO_CLERK = (
    "名单上没有“{said}”",
    "有几位“{said}”，请写成 户号-姓名",
    "先要有一位文书，其余的可以以后再定",
)
ENGLISH = {
    UNKNOWN: "“{said}” is not on the list",
    TWICE: "More than one is called “{said}”: please write household-name",
    NO_CLERK: "One clerk is needed first; the others may come later",
}


def _who(said: str, homes: Mapping[str, Sequence[str]]) -> tuple[str, str] | str:
    household, dash, name = said.rpartition("-")
    if dash and household.strip() in homes.get(name_of(name), ()):
        return household.strip(), name_of(name)
    found = homes.get(name_of(said), ())
    return (found[0], name_of(said)) if len(found) == 1 else TWICE if found else UNKNOWN
