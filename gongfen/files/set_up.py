"""A village that is being set up: what was typed so far, kept in a folder of the server until all of it is written at
once. It can be left and gone on with from any browser that knows the server's one-time code.

The code follows from the server's secret, so every process knows it; it is dead once somebody has an account.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from gongfen.activities.kinds import all_kinds
from gongfen.files.folder import Folder
from gongfen.files.load import Loaded, load_folder
from gongfen.files.problems import Problem, Unreadable, in_order
from gongfen.files.residents import ResidentRow, read_residents
from gongfen.files.sheets import read_sheets
from gongfen.files.terms import TermsRow
from gongfen.files.village import Decision, VillageFile, check_staff
from gongfen.files.writer import csv_of
from gongfen.people.models import StaffAccount, Village
from gongfen.rules.notice import village_day
from gongfen.town.models import Town

ENDINGS = (".csv", ".xlsx")
LETTERS = 12
# Told as what is still to come, never as a problem: a role that nobody has, and a second reviewer.
TO_COME = {("staff_missing", ""), ("staff_one_household", "staff.reviewer")}
SAMPLE = (
    ("户号", "姓名", "村民小组", "年龄段", "户主", "有手机", "监护人"),
    ("1", "王芳", "一组", "18-59岁", "是", "是", ""),
    ("1", "王小明", "一组", "14岁以下", "否", "否", "王芳"),
    ("2", "李建国", "二组", "60岁以上", "是", "否", ""),
)
SAMPLE_EN = (
    ("household", "name", "group", "age band", "head", "has phone", "guardian"),
    ("1", "Wang Fang", "1", "18-59", "yes", "yes", ""),
    ("1", "Wang Xiaoming", "1", "under 14", "no", "no", "Wang Fang"),
    ("2", "Li Jianguo", "2", "60+", "yes", "no", ""),
)


def code() -> str:
    """The one-time code of this server: three groups of four."""
    made = base64.b32encode(salted_hmac("gongfen.set-up", "", algorithm="sha256").digest()).decode()[:LETTERS]
    return "-".join(made[place : place + 4] for place in range(0, LETTERS, 4))


def is_code(typed: str) -> bool:
    """Is this the server's code? Small letters, blanks and dashes are forgiven."""
    plain = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return constant_time_compare(plain, code().replace("-", ""))


def is_open() -> bool:
    """No town yet; or one that was set up here and that nobody has an account in."""
    town = Town.objects.first()
    return town is None or (Draft.read().is_founded and not StaffAccount.of(town).exists())


def sample(lang: str) -> bytes:
    """A table to fill in."""
    return csv_of(SAMPLE_EN if lang == "en" else SAMPLE)


class Draft:
    """What was typed so far."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    @staticmethod
    def folder() -> Path:
        return Path(settings.FOLDER) / "set-up"

    @classmethod
    def read(cls) -> Draft:
        """As it was left; empty where nothing was typed."""
        try:
            return cls(json.loads((cls.folder() / "draft.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return cls({})

    def keep(self, **more: Any) -> None:
        """Keep more of it, whole or not at all."""
        self.said |= more
        self.folder().mkdir(parents=True, exist_ok=True)
        new = self.folder() / "draft.new"
        new.write_text(json.dumps(self.said, ensure_ascii=False), encoding="utf-8")
        new.replace(self.folder() / "draft.json")

    @property
    def is_founded(self) -> bool:
        return bool(self.said.get("founded"))

    @property
    def list_path(self) -> Path | None:
        """The residents' list, where one was kept."""
        return next((path for end in ENDINGS if (path := self.folder() / f"residents{end}").is_file()), None)

    def keep_list(self, name: str, data: bytes) -> None:
        """Keep a residents' list under its own kind of name; the one before is gone."""
        self.folder().mkdir(parents=True, exist_ok=True)
        for end in ENDINGS:
            (self.folder() / f"residents{end}").unlink(missing_ok=True)
        end = Path(name).suffix.lower()
        (self.folder() / f"residents{end if end in ENDINGS else '.csv'}").write_bytes(data)

    def drop_list(self) -> None:
        """Forget the residents' list."""
        for end in ENDINGS:
            (self.folder() / f"residents{end}").unlink(missing_ok=True)

    def people(self, today: date) -> tuple[list[ResidentRow], list[Problem]]:
        """The residents of the list, and what is wrong with it."""
        path = self.list_path
        if path is None:
            return [], []
        try:
            rows, table = read_residents(read_sheets(path), (), today)
        except Unreadable as no:
            return [], [no.problem]
        return rows, in_order(table.problems)

    def staff(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Role → (household, name), …"""
        return {role: tuple((home, name) for home, name in those) for role, those in self.said.get("staff", {}).items()}

    def village(self, today: date) -> VillageFile:
        """As village.toml would say it."""
        place, decided = self.said.get("place", {}), self.said.get("decision")
        decision = (
            Decision(date.fromisoformat(decided["met_on"]), decided["took_part"], decided["yes"])
            if decided
            else Decision(today, 1, 1)
        )
        return VillageFile(
            town=place.get("town", ""), town_en=place.get("town_en", ""), code=place.get("code", 0),
            par=place.get("par", 100), name=place.get("name", ""), name_en=place.get("name_en", ""),
            notice_days=place.get("notice_days", 7), groups=(), decision=decision, staff=self.staff(),
        )  # fmt: skip

    def problems_of_staff(self, rows: Sequence[ResidentRow], today: date) -> list[Problem]:
        """What the roles break: not on the list, too young, two that must be of two households in one."""
        grown = {row.who for row in rows if row.age_band in ("adult", "elder")}
        found = check_staff(self.village(today), {row.who for row in rows}, grown)
        return [one for one in found if not TO_COME & {(one.code, ""), (one.code, one.column)}]

    def may_decide_terms(self) -> bool:
        """Terms need a meeting, an organiser who proposes and a supervisor of another household."""
        staff = self.staff()
        homes = [{home for home, _ in staff.get(role, ())} for role in ("organiser", "supervisor")]
        return bool(self.said.get("decision")) and all(homes) and len(homes[0] | homes[1]) > 1


def pasted(text: str) -> bytes:
    """Cells copied from a spreadsheet, or typed with commas, as a CSV file."""
    out = io.StringIO(newline="")
    written = csv.writer(out)
    for line in text.replace("，", ",").splitlines():
        if line.strip():
            written.writerow([cell.strip() for cell in line.split("\t" if "\t" in line else ",")])
    return out.getvalue().encode("utf-8-sig")


def usual_terms() -> list[TermsRow]:
    """What each kind of work is usually worth: a beginning that residents may change."""
    return [TermsRow(0, kind.key, kind.zh, terms) for kind in all_kinds().values() for terms in kind.usual]


def found(draft: Draft, now: datetime) -> Loaded:
    """Write town, village, residents, roles and terms: all of it or nothing. Asked twice it is done once."""
    today = village_day(now)
    rows, problems = draft.people(today)
    problems += draft.problems_of_staff(rows, today)
    if problems:
        return Loaded(problems=problems)
    folder = Folder(
        village=draft.village(today),
        residents=rows,
        terms=usual_terms() if draft.may_decide_terms() else [],
        paths={name: Path(f"{name}.csv") for name in ("residents", "terms", "merchants")},
        digest=hashlib.sha256(json.dumps(draft.said, sort_keys=True).encode()).hexdigest(),
    )
    loaded = load_folder(folder, now=now)
    if loaded.village is not None:
        draft.drop_list()
        draft.keep(founded=True)
    return loaded


def founded_village() -> Village | None:
    """The village that was set up here."""
    town = Town.objects.first()
    return Village.of(town).select_related("town").order_by("id").first() if town and Draft.read().is_founded else None
