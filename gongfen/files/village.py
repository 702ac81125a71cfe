"""village.toml: what a village is called, what a point is worth, who holds which role, who decided the terms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gongfen.files import values
from gongfen.files.limits import MOST_BYTES
from gongfen.files.problems import Named, Problem, Unreadable

FILE = "village.toml"
ROLES = ("organiser", "reviewer", "clerk", "treasurer", "supervisor", "auditor")
NEEDED = ("organiser", "reviewer", "clerk", "treasurer", "supervisor")
KNOWN = {
    "": ("town", "village", "staff", "decision"),
    "town": ("name", "name_en", "code", "par"),
    "village": ("name", "name_en", "notice_days", "groups"),
    "decision": ("met_on", "took_part", "yes"),
    "staff": ROLES,
}
MOST_CODE = 99  # two digits in a pay code
MOST_PAR = 10_000
MOST_NOTICE_DAYS = 30
LONGEST_NAME = 60


@dataclass(frozen=True)
class Decision:
    """The meeting that decided the first terms (R28)."""

    met_on: date
    took_part: int
    yes: int


@dataclass(frozen=True)
class VillageFile:
    """A village as its own file says it."""

    town: str
    town_en: str
    code: int
    par: int
    name: str
    name_en: str
    notice_days: int
    groups: tuple[str, ...]
    decision: Decision
    staff: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # role → (household, name), …
    lines: Mapping[str, int] = field(default_factory=dict)  # where each key stands in the file


class _Reading:
    """The file's values by table and key, and what is wrong with them."""

    def __init__(self, said: Mapping[str, Any], lines: Mapping[str, int]) -> None:
        self.said, self.lines = said, lines
        self.problems: list[Problem] = []

    def refuse(self, key: str, code: str, **facts: object) -> None:
        row = self.lines.get(key, self.lines.get(key.partition(".")[0], 0))
        self.problems.append(Problem(FILE, row, key, code, facts))

    def part(self, table: str) -> Mapping[str, Any]:
        found = self.said.get(table, {})
        if not isinstance(found, dict):
            self.refuse(table, "toml_table_expected")
            return {}
        for key in found:
            if key not in KNOWN[table]:
                self.refuse(f"{table}.{key}", "toml_key_unknown", known=list(KNOWN[table]))
        return found

    def text(self, table: str, key: str, default: str | None = None) -> str:
        found = self.part_value(table, key, default)
        if found is None:
            return ""
        if not isinstance(found, str) or (default is None and not found.strip()) or len(found) > LONGEST_NAME:
            self.refuse(f"{table}.{key}", "toml_text_expected", most=LONGEST_NAME)
            return ""
        return values.words_of(found)

    def number(self, table: str, key: str, default: int | None, least: int, most: int) -> int:
        found = self.part_value(table, key, default)
        if found is None:
            return least
        if type(found) is not int or not least <= found <= most:
            self.refuse(f"{table}.{key}", "toml_number_expected", value=str(found)[:20], least=least, most=most)
            return least
        return found

    def part_value(self, table: str, key: str, default: object) -> object:
        tables = self.said.get(table, {})
        found = tables.get(key, default) if isinstance(tables, dict) else default
        if found is None:
            self.refuse(f"{table}.{key}", "toml_key_missing", wanted=key)
        return found


def read_village(path: Path, today: date) -> tuple[VillageFile, list[Problem]]:
    """The village of a folder, and its problems. Raises Unreadable when it is not TOML at all."""
    said, lines = _parse(path)
    reading = _Reading(said, lines)
    for key in said:
        if key not in KNOWN[""]:
            reading.refuse(key, "toml_key_unknown", known=list(KNOWN[""]))
    for table in ("town", "village", "decision", "staff"):
        reading.part(table)
    village = VillageFile(
        town=reading.text("town", "name"),
        town_en=reading.text("town", "name_en", ""),
        code=reading.number("town", "code", None, 1, MOST_CODE),
        par=reading.number("town", "par", 100, 0, MOST_PAR),
        name=reading.text("village", "name"),
        name_en=reading.text("village", "name_en", ""),
        notice_days=reading.number("village", "notice_days", 7, 1, MOST_NOTICE_DAYS),
        groups=_groups(reading),
        decision=_decision(reading, today),
        staff=_staff(reading),
        lines=lines,
    )
    return village, reading.problems


def check_staff(
    village: VillageFile, residents: Collection[tuple[str, str]], grown: Collection[tuple[str, str]]
) -> list[Problem]:
    """Staff are grown-up residents; whoever must be two people is of two households."""
    reading = _Reading({}, village.lines)
    for role, people in village.staff.items():
        for household, name in people:
            if (household, name) not in residents:
                reading.refuse(f"staff.{role}", "staff_not_resident", name=name, household=household)
            elif (household, name) not in grown:
                reading.refuse(f"staff.{role}", "staff_is_child", name=name)
    for role in NEEDED:
        if not village.staff.get(role):
            reading.refuse(f"staff.{role}", "staff_missing", role=Named(f"role.{role}"))
    for first, second in (("treasurer", "supervisor"), ("organiser", "supervisor"), ("reviewer", "reviewer")):
        homes = {household for household, _ in village.staff.get(first, ())}
        others = {household for household, _ in village.staff.get(second, ())}
        if homes and others and len(homes | others) < 2:
            roles = {"first": Named(f"role.{first}"), "second": Named(f"role.{second}")}
            reading.refuse(f"staff.{second}", "staff_one_household", right="R20", **roles)
    return reading.problems


def _parse(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        data = path.read_bytes()[:MOST_BYTES]
        text = data.decode("utf-8-sig")
    except OSError as no:
        raise Unreadable(Problem(FILE, 0, "", "file_cannot_open", {"why": no.strerror or ""})) from no
    except UnicodeDecodeError as no:
        raise Unreadable(Problem(FILE, 0, "", "toml_not_utf8")) from no
    try:
        return tomllib.loads(text), _lines(text)
    except (tomllib.TOMLDecodeError, RecursionError) as no:
        found = re.search(r"line (\d+)", str(no))
        raise Unreadable(Problem(FILE, int(found[1]) if found else 0, "", "toml_broken", {"why": str(no)[:80]})) from no


def _lines(text: str) -> dict[str, int]:
    """Where each table and key stands, for the places of problems."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        start = line.strip()
        if start.startswith("[") and start.endswith("]"):
            table = start.strip("[] ")
            found.setdefault(table, number)
        elif "=" in start and not start.startswith("#"):
            key = start.partition("=")[0].strip().strip('"')
            found.setdefault(f"{table}.{key}" if table else key, number)
    return found


def _groups(reading: _Reading) -> tuple[str, ...]:
    found = reading.part("village").get("groups", [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        reading.refuse("village.groups", "toml_texts_expected")
        return ()
    groups = [values.words_of(one).replace(" ", "") for one in found]
    if len(set(groups)) < len(groups):
        reading.refuse("village.groups", "toml_twice")
    return tuple(dict.fromkeys(groups))


def _decision(reading: _Reading, today: date) -> Decision:
    met_on = reading.part_value("decision", "met_on", None)
    if isinstance(met_on, datetime) or not isinstance(met_on, date) or met_on > today:
        if met_on is not None:
            reading.refuse("decision.met_on", "decision_day", value=str(met_on)[:20])
        met_on = today
    took_part = reading.number("decision", "took_part", None, 1, 1_000_000)
    yes = reading.number("decision", "yes", None, 0, 1_000_000)
    if not reading.problems and (yes > took_part or yes * 2 <= took_part):
        reading.refuse("decision.yes", "decision_no_majority", right="R28", yes=yes, took_part=took_part)
    return Decision(met_on, took_part, yes)


def _staff(reading: _Reading) -> dict[str, tuple[tuple[str, str], ...]]:
    """Each role's people, written 户号-姓名."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for role, said in reading.part("staff").items():
        if role not in ROLES:
            continue
        people: Sequence[object] = said if isinstance(said, list) else [said]
        found[role] = tuple(who for one in people if (who := _person(reading, f"staff.{role}", one)) is not None)
    return found


def _person(reading: _Reading, key: str, said: object) -> tuple[str, str] | None:
    household, dash, name = values.narrow(said).rpartition("-") if isinstance(said, str) else ("", "", "")
    if not dash or not household.strip() or not name.strip():
        reading.refuse(key, "staff_household_and_name", value=str(said)[:40])
        return None
    return household.strip(), values.name_of(name)
