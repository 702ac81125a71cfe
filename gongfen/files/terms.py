"""terms.csv, terms.xlsx: the village's points table, read into the closed grammar of the kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongfen.activities.kinds import all_kinds, kind_of
from gongfen.activities.kinds.kind import Kind
from gongfen.activities.kinds.terms import UNIT_MINUTES_MOST, Terms
from gongfen.files import forbidden, values
from gongfen.files.columns import TERMS
from gongfen.files.problems import Named
from gongfen.files.sheets import Sheet
from gongfen.files.tables import Record, Table, find_table
from gongfen.rules.caps import Caps

UNIT_WORDS = {
    "once": ("次", "每次", "/次", "场", "人次", "例", "回", "件", "份", "time", "once", "each", "times"),
    "hour": ("小时", "时", "每小时", "hour", "hours", "h"),
    "day": ("天", "日", "工日", "标准工日", "个工", "工", "每天", "day", "days", "standard day"),
    "week": ("周", "每周", "星期", "week", "weeks"),
    "month": ("月", "每月", "个月", "month", "months"),
}
# In this order: what stands first in the row's own words decides.
WORDS_OF_WORK: tuple[tuple[str, str, str], ...] = (
    ("article", "notices", r"须知|阅读|notices?\b"),
    ("survey", "survey", r"问卷|调查|survey"),
    ("waste_sorting", "sorting", r"垃圾分类|分类投放|waste sort|recycl"),
    ("neighbours_help", "help", r"邻里互助|互助|neighbou?r'?s? help"),
    ("labor", "unpaid", r"投工投劳|义务工|unpaid labou?r"),
    ("labor", "paid", r"有偿|计酬|订单|务工|农活|生产劳动|采摘|paid labou?r"),
    ("affairs", "meeting", r"会议|大会|开会|议事|村务|meeting"),
    ("affairs", "watch", r"巡查|巡逻|值守|防火|防汛|watch|patrol"),
    ("affairs", "training", r"培训|夜校|讲座|training|course"),
    ("affairs", "proposal", r"建议|提案|proposal"),
    ("volunteering", "care", r"陪护|照料|看护|探望|助老|care"),
    ("volunteering", "teaching", r"辅导|教学|支教|teaching|tutor"),
    (
        "volunteering",
        "common",
        r"志愿|公益|义务劳动|环保|环境|清扫|清洁|清渠|保洁|绿化|植树|修路|门前三包|调解|劝解|"
        r"volunteer|common work|clean-?up",
    ),
)


@dataclass(frozen=True)
class TermsRow:
    """One row of the points table: which kind, what the village calls it, and what it is worth."""

    row: int
    kind: str
    text: str
    terms: Terms


def read_terms(sheets: Sequence[Sheet]) -> tuple[list[TermsRow], Table]:
    """The terms of a file, and its problems and remarks."""
    table = find_table(sheets, TERMS)
    if table.problems and len(set(TERMS.required) & table.headers.keys()) < len(TERMS.required):
        return [], table
    found = [row for record in table.records if (row := _row(table, record)) is not None]
    found = _once(table, found)
    refused = table.refused_rows
    return [row for row in found if row.row not in refused], table


def _row(table: Table, record: Record) -> TermsRow | None:
    kind, what = values.words_of(record["kind"]), values.words_of(record["what"])
    if forbidden.is_price(kind):
        table.refuse(record.row, "", "price_in_terms", what=what, points=values.narrow(record["points"]))
        return None
    broken = forbidden.find_rule(kind, what, record["points"], record["remark"])
    if broken:
        column = "points" if broken.code == "deduction" else "what"
        table.refuse(record.row, column, broken.code, right=broken.right, what=what or kind)
        return None
    if not what:
        table.refuse(record.row, "what", "cell_missing")
        return None
    found = _work(table, record, kind, what)
    terms = _terms(table, record, found[0], found[1]) if found else None
    if terms is None or found is None:
        return None
    if record["remark"]:
        table.tell(record.row, "remark", "remark_not_read", text=record["remark"][:60])
    return TermsRow(record.row, found[0].key, what, terms)


def _work(table: Table, record: Record, kind: str, what: str) -> tuple[Kind, str] | None:
    """The kind and the piece of work: by its own name, else by the words of the row, said aloud."""
    named = next((one for one in all_kinds().values() if kind.lower() in (one.key, one.zh, one.en.lower())), None)
    if named:
        option = next((one for one in named.whats if what.lower() in (one.key, one.zh, one.en.lower())), None)
        if option:
            return named, option.key
    for text in (what, kind):
        for key, option_key, words in WORDS_OF_WORK:
            if re.search(words, text, re.IGNORECASE) and (named is None or named.key == key):
                return _told(table, record, key, option_key)
    if named and (len(named.whats) == 1 or named.key == "volunteering"):
        return _told(table, record, named.key, named.whats[0].key)
    if named:
        whats = [Named(f"kind.{named.key}.{one.key}") for one in named.whats]
        table.refuse(record.row, "what", "work_not_known", value=what, kind=Named(f"kind.{named.key}"), whats=whats)
        return None
    known = [Named(f"kind.{one.key}") for one in all_kinds().values()]
    table.refuse(record.row, "kind", "kind_not_known", value=kind or what, kinds=known)
    return None


def _told(table: Table, record: Record, kind: str, option: str) -> tuple[Kind, str]:
    facts = {"kind": Named(f"kind.{kind}"), "what": Named(f"kind.{kind}.{option}")}
    table.tell(record.row, "kind", "work_read_as", text=record["what"] or record["kind"], **facts)
    return kind_of(kind), option


def _terms(table: Table, record: Record, kind: Kind, what: str) -> Terms | None:
    unit = _unit(table, record, kind)
    worth = _points(table, record)
    caps = _caps(table, record, kind, what)
    minutes = _minutes(table, record, kind, what, unit)
    if unit is None or worth is None or caps is None or minutes is None:
        return None
    terms = Terms(what=what, unit=unit, points=worth, minutes=minutes, caps=caps)
    if worth > kind.limits.points:
        right = "R12" if kind.key == "article" else "R11" if kind.key == "survey" else "R02"
        table.refuse(record.row, "points", "points_too_many", most=kind.limits.points, points=worth, right=right)
        return None
    kind.check_terms(terms)  # whatever it would refuse was named above, by its cell
    return terms


def _unit(table: Table, record: Record, kind: Kind) -> str | None:
    said = values.narrow(record["unit"]).replace(" ", "").lower()
    unit = next((key for key, ways in UNIT_WORDS.items() if said in ways), None)
    allowed = [Named(f"unit.{key}") for key in kind.units]
    if not said:
        table.refuse(record.row, "unit", "cell_missing")
    elif unit is None or unit not in kind.units:
        facts = {"value": record["unit"], "kind": Named(f"kind.{kind.key}"), "units": allowed}
        table.refuse(record.row, "unit", "unit_not_of_kind", **facts)
        return None
    return unit


def _points(table: Table, record: Record) -> int | None:
    if not record["points"]:
        table.refuse(record.row, "points", "points_missing")
        return None
    if values.is_range(record["points"]):
        table.refuse(record.row, "points", "points_are_a_range", right="R33", value=record["points"])
        return None
    worth = values.points(record["points"])
    if worth is None:
        table.refuse(record.row, "points", "not_a_number", value=record["points"])
    return worth


def _caps(table: Table, record: Record, kind: Kind, what: str) -> Caps | None:
    """The caps that are written; where a kind cannot be without its year's cap, that one, said aloud."""
    found: dict[str, int | None] = {}
    for name in ("each", "day", "month", "year"):
        said = record[f"cap_{name}"]
        cap = values.points(said) if said else None
        if said and (cap is None or cap < 0):
            table.refuse(record.row, f"cap_{name}", "not_a_number", value=said)
            return None
        found[name] = cap
    most = kind.limits.year
    if most is not None and (found["year"] is None or found["year"] > most):
        if found["year"] is not None:
            table.refuse(record.row, "cap_year", "cap_too_high", most=most, kind=Named(f"kind.{kind.key}"))
            return None
        found["year"] = most
        table.tell(record.row, "cap_year", "cap_added", most=most, kind=Named(f"kind.{kind.key}"))
    each = next((usual.caps.each for usual in kind.usual if usual.what == what), None)
    if found["each"] is None and kind.key in ("survey", "waste_sorting", "neighbours_help"):
        found["each"] = each
    return Caps(**found)


def _minutes(table: Table, record: Record, kind: Kind, what: str, unit: str | None) -> int | None:
    """The minutes that one unit counts; where the table does not say, the usual ones of the kind."""
    said = record["minutes"]
    if said:
        minutes = values.whole(said)
        if minutes is None or unit is None or not 0 <= minutes <= UNIT_MINUTES_MOST[unit]:
            most = UNIT_MINUTES_MOST.get(unit or "", 0)
            table.refuse(record.row, "minutes", "minutes_out_of_range", value=said, most=most)
            return None
        return minutes
    usual = next((one for one in kind.usual if one.what == what), kind.usual[0])
    return min(usual.minutes, UNIT_MINUTES_MOST[unit]) if unit else None


def _once(table: Table, rows: Sequence[TermsRow]) -> list[TermsRow]:
    """One piece of work has one worth: rows that agree are one, said aloud; rows that differ are refused."""
    first: dict[tuple[str, str], TermsRow] = {}
    for row in rows:
        other = first.setdefault((row.kind, row.terms.what), row)
        facts = {"what": Named(f"kind.{row.kind}.{row.terms.what}"), "other": other.row, "text": other.text}
        if other.terms != row.terms:
            table.refuse(row.row, "", "work_twice", **facts)
        elif other is not row:
            table.tell(row.row, "", "work_same_as", **facts)
    return list(first.values())
