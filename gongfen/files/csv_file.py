"""CSV as Excel, WPS and phones write it: three encodings, three delimiters, strict quotes."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from gongfen.files.limits import MOST_COLUMNS, MOST_ROWS
from gongfen.files.problems import Problem, Unreadable

Rows = list[tuple[int, list[str]]]
DELIMITERS = ",\t;，；|"
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
FEW_LINES = 30
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def read(name: str, data: bytes) -> list[tuple[str, Rows]]:
    """One sheet: (its name, rows with their numbers). Empty rows are counted, not kept."""
    text = decode(name, data)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True), 1):
            if number > MOST_ROWS:
                raise Unreadable(Problem(name, number, "", "file_too_many_rows", {"most": MOST_ROWS}))
            plain = [_bare(cell.strip().strip("\ufeff\u200b")) for cell in cells[:MOST_COLUMNS]]
            if any(plain):
                rows.append((number, plain))
    except csv.Error as no:
        raise Unreadable(Problem(name, number_of(no, rows), "", "file_quotes_broken")) from no
    return [("", rows)]


def _bare(cell: str) -> str:
    """Without the mark that `writer.neutral` sets before what a spreadsheet would run: our files come back whole."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in STARTS_A_FORMULA else cell


def decode(name: str, data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030; what is none of them is not text."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _text(name, data, encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _text(name, data, encoding)
    raise Unreadable(Problem(name, 0, "", "file_not_text"))


def number_of(_no: csv.Error, rows: Rows) -> int:
    """The row after the last that could be read: where the quotes went wrong."""
    return rows[-1][0] + 1 if rows else 1


def _text(name: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(Problem(name, 0, "", "file_not_text")) from None
    if any(ord(letter) < 32 and letter not in "\t\r\n\x0b\x0c\x1a" for letter in text):
        raise Unreadable(Problem(name, 0, "", "file_not_text"))
    return text


def _dialect(text: str) -> type[csv.Dialect]:
    class Found(csv.excel):
        delimiter = _delimiter(text)

    return Found


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, at least two."""
    lines = [line for line in text.splitlines()[:FEW_LINES] if line.strip()]
    alike: dict[str, int] = {}
    for one in DELIMITERS:
        counts = Counter(line.count(one) for line in lines if one in line)
        alike[one] = max((times * 100 + cuts for cuts, times in counts.items()), default=0)
    return max(DELIMITERS, key=lambda one: alike[one])
