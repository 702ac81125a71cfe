"""Tables that we give out: no spreadsheet runs them, and a clerk gets the own file back with what to change."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.files.problems import in_words
from gongfen.files.sheets import read_sheets
from gongfen.files.terms import read_terms
from gongfen.files.writer import STARTS_A_FORMULA, csv_of, marked, xlsx_of
from tests.files_of_a_village import TERMS
from tests.test_files_real import REAL

HARMFUL = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("x")')


@pytest.mark.parametrize("text", HARMFUL)
def test_no_text_becomes_a_formula(text):
    (row,) = csv.reader(io.StringIO(csv_of([[text]]).decode("utf-8-sig"), newline=""))
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_of("x", [[text]]))).active["A1"]

    assert row[0] == "'" + text
    assert (cell.data_type, cell.value) == ("s", text)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10), min_size=1, max_size=5))
def test_every_cell_comes_back_and_none_starts_a_formula(cells):
    (row,) = csv.reader(io.StringIO(csv_of([cells]).decode("utf-8-sig"), newline=""))

    assert [said.removeprefix("'") for said in row] == [cell.removeprefix("'") for cell in cells]
    for said in row:
        assert not said.startswith(STARTS_A_FORMULA) or said.lstrip("+-－＋").replace(".", "").isdecimal()


def test_the_same_rows_are_the_same_bytes():
    assert xlsx_of("x", [["王芳", 3]]) == xlsx_of("x", [["王芳", 3]])


@pytest.mark.parametrize("name", ["village-a.xlsx", "village-b.csv"])
def test_the_same_file_comes_back_with_a_red_column(name):
    path = REAL / name
    _, table = read_terms(read_sheets(path))

    sheet = openpyxl.load_workbook(io.BytesIO(marked(path, table.problems))).active

    last = sheet.max_column
    for problem in table.problems:
        cell = sheet.cell(problem.row, last)
        assert in_words(problem, "zh") in cell.value
        assert cell.font.color.rgb == "FF9B1C1C"
    assert all(sheet.cell(problem.row, 3).value for problem in table.problems if name.endswith("xlsx"))


def test_a_corrected_file_with_its_red_column_reads_again(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text(TERMS.replace("次,2,4", "次,,4"), encoding="utf-8")
    rows, table = read_terms(read_sheets(path))
    assert [problem.code for problem in table.problems] == ["points_missing"]

    back = tmp_path / "terms.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(marked(path, table.problems)))
    book.active["D2"] = 2
    book.save(back)

    rows, table = read_terms(read_sheets(back))
    assert (len(rows), table.problems) == (2, [])
