"""Tables out: CSV and XLSX that no spreadsheet takes for formulas, and a file given back with what is wrong in red."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongfen.files import values
from gongfen.files.csv_file import STARTS_A_FORMULA
from gongfen.files.problems import Problem, in_words
from gongfen.files.sheets import read_sheets

RED = Font(color="FF9B1C1C", bold=True)
ROSE = PatternFill("solid", fgColor="FFFDECEC")
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")

Value = str | int | None


def neutral(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets a mark before it; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) and values.hundredths(value) is None:
        return "'" + value
    return value


def csv_of(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with mark, as Excel and WPS open it without asking."""
    out = io.StringIO(newline="")
    written = csv.writer(out)
    for row in rows:
        written.writerow([neutral(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def csv_of_old(rows: Iterable[Sequence[Value]]) -> bytes:
    """The same in GB18030, for spreadsheets that know nothing else."""
    return csv_of(rows).decode("utf-8-sig").encode("gb18030")


def xlsx_of(title: str, rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet. Text is stored as text, whatever it begins with."""
    book = Workbook()
    sheet = _only_sheet(book)
    sheet.title = title[:31]
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _write(sheet.cell(number, place), value)
    return _bytes(book)


def marked(path: Path, problems: Iterable[Problem], lang: str = "zh") -> bytes:
    """The same table as XLSX, its rows where they were, with one more column that says in red what to change."""
    book = _opened(path)
    sentences: dict[int, list[str]] = {}
    for problem in problems:
        if problem.file == path.name:
            sentences.setdefault(max(problem.row, 1), []).append(_sentence(problem, lang))
    sheet = _only_sheet(book)
    place = sheet.max_column + 1
    sheet.cell(1, place)
    for number, said in sentences.items():
        cell = sheet.cell(number, place)
        _write(cell, "；".join(said) if lang == "zh" else "; ".join(said))
        cell.font, cell.fill, cell.alignment = RED, ROSE, Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(place)].width = 60
    return _bytes(book)


def _sentence(problem: Problem, lang: str) -> str:
    said = in_words(problem, lang)
    return f"{problem.column}：{said}" if problem.column and lang == "zh" else said


def _opened(path: Path) -> Workbook:
    """The workbook with its looks and without formulas; a CSV becomes one sheet. Checked by reading it first."""
    sheets = read_sheets(path)
    if path.suffix.lower() == ".xlsx":
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, keep_links=False)
    book = Workbook()
    sheet = _only_sheet(book)
    for number, cells in sheets[0].rows:
        for place, value in enumerate(cells, 1):
            _write(sheet.cell(number, place), value)
    return book


def _only_sheet(book: Workbook) -> Worksheet:
    found = book.active
    assert isinstance(found, Worksheet)
    return found


def _write(cell: Cell | object, value: Value) -> None:
    assert isinstance(cell, Cell)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
        cell.quotePrefix = value.startswith(STARTS_A_FORMULA)


def _bytes(book: Workbook) -> bytes:
    """The same rows, the same bytes: no moment of writing stands in the file."""
    out, packed = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as first, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as second:
        for name in sorted(first.namelist()):
            text = MOMENT.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", first.read(name))
            second.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()
