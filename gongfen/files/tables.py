"""Finds the table in a sheet: title rows above, the header in one row or two, totals and signatures below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongfen.files.columns import Shape, forbidden, plain
from gongfen.files.limits import MOST_LETTERS
from gongfen.files.problems import Named, Problem, Remark, Unreadable
from gongfen.files.sheets import Sheet

HEADER_WITHIN = 20
TOTALS = ("合计", "总计", "小计", "共计", "总分", "累计", "total", "sum")
SIGNED = re.compile(
    r"^(制表|填表|审核|复核|审批|批准|负责|经办|记录|日期|时间|签字|签名|盖章|单位盖章|村委会|注|备注|说明|"
    r"prepared|checked|approved|signed|date|note)\S{0,6}?\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Record:
    """One row of a table: its number in the file, and its cells by column."""

    row: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Table:
    """The rows of one file, and what was found wrong or worth saying on the way."""

    file: str
    headers: dict[str, str]  # column → how the file calls it
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    sheet: str = ""

    def refuse(self, row: int, column: str, code: str, **facts: object) -> None:
        """Name a cell (or a row, column empty) that cannot stand."""
        self.problems.append(Problem(self.file, row, self.headers.get(column, column), code, facts))

    def tell(self, row: int, column: str, code: str, **facts: object) -> None:
        """Say aloud how something was read."""
        self.remarks.append(Remark(self.file, row, self.headers.get(column, column), code, facts))

    @property
    def refused_rows(self) -> set[int]:
        """The rows with a problem."""
        return {problem.row for problem in self.problems}


def find_table(sheets: Sequence[Sheet], shape: Shape) -> Table:
    """The one table of this shape in a file. Raises Unreadable when there is none, or more than one."""
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, shape)) is not None]
    file = sheets[0].file
    if not found:
        wanted = [Named(f"{shape.name}.{key}") for key in shape.required]
        raise Unreadable(Problem(file, 0, "", "header_not_found", {"columns": wanted}))
    if len(found) > 1:
        raise Unreadable(Problem(file, 0, "", "several_tables", {"sheets": [sheet.name for sheet, _ in found]}))
    sheet, (first, last) = found[0]
    table, places = _columns(sheet, shape, first, last)
    for number, cells in sheet.rows[last + 1 :]:
        _read_row(table, places, number, cells)
    missing = [key for key in shape.required if key not in table.headers]
    for key in missing:
        table.refuse(sheet.rows[first][0], "", "column_missing", wanted=Named(f"{shape.name}.{key}"))
    return table


def _header(sheet: Sheet, shape: Shape) -> tuple[int, int] | None:
    """The first and last place of the header rows: those that name at least two columns, one of them required."""
    for place, (_, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        if _names_columns(cells, shape):
            below = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else (0, [])
            two = _names_columns(below[1], shape) and below[0] == sheet.rows[place][0] + 1
            return place, place + 1 if two else place
    return None


def _names_columns(cells: Sequence[str], shape: Shape) -> bool:
    keys = {shape.column_of(cell) for cell in cells} - {""}
    return bool(keys & set(shape.required)) and len(keys) >= min(2, len(shape.columns))


def _columns(sheet: Sheet, shape: Shape, first: int, last: int) -> tuple[Table, dict[int, str]]:
    """Which place holds which column: of two header rows the lower, nearer one speaks first."""
    number, upper = sheet.rows[first]
    lower = sheet.rows[last][1]
    table = Table(sheet.file, {}, sheet=sheet.name)
    places: dict[int, str] = {}
    at: dict[str, int] = {}
    for place in range(max(len(upper), len(lower))):
        ways = [row[place] for row in (lower, upper) if place < len(row) and row[place]]
        header = next((way for way in ways if shape.column_of(way)), ways[0] if ways else "")
        key = shape.column_of(header)
        if not key:
            _unknown(table, number, header)
        elif key in at and not (places.get(place - 1) == key and plain(header) == plain(table.headers[key])):
            table.problems.append(Problem(table.file, number, header, "column_twice", {"other": table.headers[key]}))
        else:
            places[place] = key
            at.setdefault(key, place)
            table.headers.setdefault(key, header)
    return table, places


def _unknown(table: Table, number: int, header: str) -> None:
    kind = forbidden(header)
    if kind:
        facts = {"right": "R09", "what": Named(f"forbidden.{kind}")}
        table.problems.append(Problem(table.file, number, header, "column_forbidden", facts))
    elif header:
        table.remarks.append(Remark(table.file, number, header, "column_not_read"))


def _read_row(table: Table, places: dict[int, str], number: int, cells: Sequence[str]) -> None:
    known: dict[str, str] = {}
    for place, key in places.items():
        value = cells[place] if place < len(cells) else ""
        if value and known.get(key, value) != value:
            table.refuse(number, key, "two_values", first=known[key], second=value)
        if len(value) > MOST_LETTERS:
            table.refuse(number, key, "cell_too_long", most=MOST_LETTERS)
            value = value[:MOST_LETTERS]
        known[key] = known.get(key) or value
    if not any(known.values()):
        return
    written = [cell for cell in cells if cell]
    if _closes(written, known):
        table.tell(number, "", "line_not_read", text=" ".join(dict.fromkeys(written))[:60])
    else:
        table.records.append(Record(number, known))


def _closes(written: Sequence[str], known: dict[str, str]) -> bool:
    """A totals line, a line to sign, or only a serial number: nothing of the table."""
    words = [cell for cell in written if not cell.strip().isdigit()]
    if any(plain(cell) in TOTALS for cell in words[:3]) or SIGNED.match(written[0]):
        return True
    return not any(value for key, value in known.items() if key != "serial")
