"""XLSX as Excel and WPS write it: merged cells, dates, full columns of empty formats, hidden sheets.

Read as a stream; merged ranges are taken from the sheet itself, because the whole-file reader
would lay out every cell of a range, however large a hostile file says it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from numbers import Real
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from gongfen.files.limits import MOST_BYTES, MOST_COLUMNS, MOST_MEMBERS, MOST_MERGED, MOST_ROWS, MOST_UNPACKED
from gongfen.files.problems import Problem, Unreadable

Rows = list[tuple[int, list[str]]]
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)  # what a damaged workbook makes the reader stumble over


def read(name: str, data: bytes) -> list[tuple[str, Rows]]:
    """The visible sheets: (name, rows with their numbers). Empty rows are counted, not kept."""
    _check_size(name, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return [
                (sheet.title, _rows(name, sheet, _merged(name, pack, sheet)))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
    except BROKEN as no:
        raise Unreadable(Problem(name, 0, "", "file_damaged")) from no


def _check_size(name: str, data: bytes) -> None:
    """Refuse before unpacking: a small file may say that it holds a whole disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            members = pack.infolist()
    except BROKEN as no:
        raise Unreadable(Problem(name, 0, "", "file_damaged")) from no
    unpacked = sum(member.file_size for member in members)
    if len(data) > MOST_BYTES or len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Unreadable(Problem(name, 0, "", "file_unpacks_too_large"))
    if not any(member.filename == "[Content_Types].xml" for member in members):
        raise Unreadable(Problem(name, 0, "", "file_not_xlsx"))


def _merged(name: str, pack: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int, int, int]]:
    """The merged ranges as (first column, first row, last column, last row), cut to the columns that are read."""
    path = str(sheet._worksheet_path)  # the reader knows where the sheet lies
    ranges = []
    covered = 0
    for found in MERGED.findall(pack.read(path)):
        left, top, right, bottom = (int(side or 0) for side in range_boundaries(found.decode()))
        covered += (right - left + 1) * (bottom - top + 1)
        ranges.append((left, top, min(right, MOST_COLUMNS), min(bottom, MOST_ROWS)))
    if covered > MOST_MERGED:
        raise Unreadable(Problem(name, 0, "", "file_unpacks_too_large"))
    return ranges


def _rows(name: str, sheet: Any, merged: Iterable[tuple[int, int, int, int]]) -> Rows:
    sheet.reset_dimensions()  # what the file says of its own size may be a lie
    found: dict[int, list[str]] = {}
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if cells.count(None) == len(cells):
            continue
        plain = [text_of(cell) for cell in cells]
        if not any(plain):
            continue
        if number > MOST_ROWS:
            raise Unreadable(Problem(name, number, "", "file_too_many_rows", {"most": MOST_ROWS}))
        found[number] = plain
    for left, top, right, bottom in merged:
        _fill(found, left, top, right, bottom)
    return sorted(found.items())


def _fill(rows: dict[int, list[str]], left: int, top: int, right: int, bottom: int) -> None:
    """What stands in a merged range stands in each of its cells that has a row."""
    first = rows.get(top, [])
    value = first[left - 1] if left <= len(first) else ""
    if not value:
        return
    for number in range(top, bottom + 1):
        if number in rows:
            cells = rows[number]
            cells.extend([""] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)


def text_of(cell: object) -> str:
    """A cell as a person reads it: dates as 2026-01-31, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, Real):
        return str(cell) if isinstance(cell, int) else format(cell, ".15g")
    return str(cell).strip().strip("\ufeff\u200b")
