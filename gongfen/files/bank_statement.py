"""A bank's statement as banks and spreadsheets save it, in UTF-8, GB18030 or XLSX, becomes the documented text.

What comes out is read by `rules.bank_file.read_statement` alone; a fault keeps the row number that staff see.
"""

import csv
import hashlib
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongfen.files.csv_file import decode
from gongfen.files.problems import Unreadable
from gongfen.files.sheets import OLD_OFFICE, ZIP, read_sheets
from gongfen.rules.bank_file import BankFileBroken, read_statement

FIELDS = {"H": 5, "L": 5, "T": 4}  # how many fields each kind of line has
SUM_AT = 2
NUMBER = re.compile(r"\d{1,12}(\.\d)?")  # as a spreadsheet gives back 40.00 and 40.50


def plain_statement(name: str, data: bytes) -> bytes:
    """The statement as text in UTF-8, whole and readable; else the refusal that lists every broken line."""
    if data.startswith(OLD_OFFICE):
        raise BankFileBroken(lines=[(1, "not_workbook")], count=1)
    if data.startswith(ZIP):
        return _from_workbook(data)
    try:
        text = decode(name, data)
    except Unreadable:
        raise BankFileBroken(lines=[(1, "not_text")], count=1) from None
    content = data if _is_utf8(data) else _with_checksum(data, text)
    read_statement(content)
    return content


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _with_checksum(data: bytes, text: str) -> bytes:
    """The same text in UTF-8. A checksum that is right for the bytes as they came is made right for these."""
    was, content = _checksum(data), text.encode()
    return content.replace(was, _checksum(content)) if was in data[data.rstrip().rfind(b"\n") + 1 :] else content


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content[: content.rstrip(b"\r\n").rfind(b"\n") + 1]).hexdigest().encode()


def _from_workbook(data: bytes) -> bytes:
    """The first visible sheet that holds something, row by row."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        path.write_bytes(data)
        try:
            rows = read_sheets(path)[0].rows
        except Unreadable:
            raise BankFileBroken(lines=[(1, "not_workbook")], count=1) from None
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_line(cells) for _, cells in rows])
    content = out.getvalue().encode()
    try:
        read_statement(content)
    except BankFileBroken as no:
        found: Any = no.facts["lines"]
        told = [(rows[line - 1][0] if line <= len(rows) else line, what) for line, what in found]
        raise BankFileBroken(lines=told, count=len(told)) from None
    return content


def _line(cells: list[str]) -> list[str]:
    """A row with as many fields as its kind has: empty ones at the end come and go in spreadsheets."""
    wanted = FIELDS.get(cells[0], 5)
    while len(cells) > wanted and not cells[-1]:
        cells = cells[:-1]
    cells = cells + [""] * (wanted - len(cells))
    if cells[0] in ("L", "T") and NUMBER.fullmatch(cells[SUM_AT]):
        whole, _, rest = cells[SUM_AT].partition(".")
        cells[SUM_AT] = f"{whole}.{rest:0<2}"
    return cells
