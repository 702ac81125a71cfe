"""A file becomes sheets of plain text cells: the row numbers stay those that staff see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongfen.files import csv_file, xlsx_file
from gongfen.files.limits import MOST_BYTES
from gongfen.files.problems import Problem, Unreadable

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
    b"SQLite format 3": "SQLite",
}


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file: rows with their number, cells as text without blanks around them."""

    file: str
    name: str
    rows: Sequence[tuple[int, list[str]]]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets that hold something. Raises Unreadable when the file is not what its name says."""
    data = _bytes_of(path)
    check_is_what_its_name_says(path.name, data)
    read = csv_file.read if path.suffix.lower() == ".csv" else xlsx_file.read
    found = [Sheet(path.name, name, rows) for name, rows in read(path.name, data) if rows]
    if not found:
        raise Unreadable(Problem(path.name, 0, "", "file_empty"))
    return found


def check_is_what_its_name_says(name: str, data: bytes) -> None:
    """A table is named .csv or .xlsx, and is one."""
    ending = Path(name).suffix.lower()
    stranger = next((kind for start, kind in STRANGERS.items() if data.startswith(start)), None)
    code, facts = "", {}
    if ending not in (".csv", ".xlsx"):
        code = "file_ending"
    elif not data.strip():
        code = "file_empty"
    elif stranger:
        code, facts = "file_is_another_kind", {"kind": stranger}
    elif data.startswith(OLD_OFFICE):
        code = "file_old_or_locked"
    elif data[:512].lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        code, facts = "file_is_another_kind", {"kind": "HTML"}
    elif ending == ".xlsx" and not data.startswith(ZIP):
        code = "file_not_xlsx"
    elif ending == ".csv" and data.startswith(ZIP):
        code = "file_not_csv"
    if code:
        raise Unreadable(Problem(name, 0, "", code, facts))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(Problem(path.name, 0, "", "file_too_large", {"most": MOST_BYTES >> 20}))
        return path.read_bytes()
    except OSError as no:
        raise Unreadable(Problem(path.name, 0, "", "file_cannot_open", {"why": no.strerror or ""})) from no
