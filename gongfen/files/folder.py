"""A village's folder: four files read together, because they name each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from gongfen.files.merchants import MerchantRow, read_merchants
from gongfen.files.problems import Problem, Remark, Unreadable, in_order
from gongfen.files.residents import ResidentRow, read_residents
from gongfen.files.sheets import Sheet, read_sheets
from gongfen.files.tables import Table
from gongfen.files.terms import TermsRow, read_terms
from gongfen.files.village import FILE, VillageFile, check_staff, read_village

R = TypeVar("R")
TABLES = ("residents", "terms", "merchants")


@dataclass
class Folder:
    """What a village's files say, and everything that is wrong with them or worth saying."""

    village: VillageFile | None = None
    residents: list[ResidentRow] = field(default_factory=list)
    terms: list[TermsRow] = field(default_factory=list)
    merchants: list[MerchantRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)
    digest: str = ""  # of the files' bytes: the same files, the same digest

    def without_refused_rows(self) -> bool:
        """May the rest stand alone? Only rows of the points table may be left out, and some must stay."""
        terms = self.paths.get("terms")
        return (
            terms is not None
            and bool(self.terms)
            and all(problem.file == terms.name and problem.row > 0 for problem in self.problems)
        )


def read_folder(folder: Path, today: date) -> Folder:
    """Read all files of a folder and check them against each other. Nothing is written."""
    found = Folder()
    if not folder.is_dir():
        found.problems.append(Problem(folder.name, 0, "", "folder_not_found", {"folder": str(folder)}))
        return found
    _find(folder, found)
    _village(folder, found, today)
    groups = found.village.groups if found.village else ()
    found.residents = _rows(found, "residents", lambda sheets: read_residents(sheets, groups, today))
    found.terms = _rows(found, "terms", read_terms)
    who = {row.who for row in found.residents}
    found.merchants = _rows(found, "merchants", lambda sheets: read_merchants(sheets, who))
    residents = found.paths.get("residents")
    if found.village and residents and not any(problem.file == residents.name for problem in found.problems):
        grown = {row.who for row in found.residents if row.age_band in ("adult", "elder")}
        found.problems.extend(check_staff(found.village, who, grown))
    found.problems = in_order(found.problems)
    found.digest = _digest(folder / FILE, *found.paths.values())
    return found


def _find(folder: Path, found: Folder) -> None:
    for name in TABLES:
        there = [path for ending in ("csv", "xlsx") if (path := folder / f"{name}.{ending}").is_file()]
        if len(there) > 1:
            found.problems.append(Problem(name, 0, "", "file_in_two_forms", {"name": name}))
        elif there:
            found.paths[name] = there[0]
        else:
            found.problems.append(Problem(name, 0, "", "file_missing", {"name": f"{name}.csv / {name}.xlsx"}))


def _village(folder: Path, found: Folder, today: date) -> None:
    path = folder / FILE
    if not path.is_file():
        found.problems.append(Problem(FILE, 0, "", "file_missing", {"name": FILE}))
        return
    try:
        found.village, problems = read_village(path, today)
        found.problems.extend(problems)
    except Unreadable as no:
        found.problems.append(no.problem)


def _rows(found: Folder, name: str, read: Callable[[list[Sheet]], tuple[list[R], Table]]) -> list[R]:
    path = found.paths.get(name)
    if path is None:
        return []
    try:
        rows, table = read(read_sheets(path))
    except Unreadable as no:
        found.problems.append(no.problem)
        return []
    found.problems.extend(table.problems)
    found.remarks.extend(table.remarks)
    return rows


def _digest(*paths: Path) -> str:
    whole = hashlib.sha256()
    for path in paths:
        if path.is_file():
            whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
