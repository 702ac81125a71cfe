"""Files as WPS, Excel and phones write them: the same table comes out, or a sentence."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.files import values
from gongfen.files.columns import RESIDENTS as SHAPE
from gongfen.files.problems import Unreadable
from gongfen.files.residents import read_residents
from gongfen.files.sheets import read_sheets
from gongfen.files.tables import find_table
from gongfen.files.writer import csv_of, xlsx_of
from tests.files_of_a_village import RESIDENTS, TODAY, read, said


def workbook(fill):
    """A workbook made by `fill(sheet)`, as bytes."""
    book = openpyxl.Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def refused(read):
    """The problem that a file as a whole was refused with, or None."""
    try:
        read()
    except Unreadable as no:
        return no.problem
    return None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_files_of_every_program_read_the_same(tmp_path, encoding, delimiter, line_end):
    text = RESIDENTS.replace(",", delimiter).replace("\n", line_end)
    found = read(tmp_path, residents_csv=text.encode(encoding))

    assert said(found) == set()
    assert found.residents == read(tmp_path).residents


def test_a_workbook_as_a_clerk_keeps_it(tmp_path):
    def fill(sheet):
        sheet.append(["小村居民登记表"])
        sheet.merge_cells("A1:H1")
        sheet.append(["（二〇二五年十二月）"])
        sheet.append(["序号", "家庭", None, "村民小组", "出生日期", "与户主关系", "手机", "监护人"])
        sheet.append([None, "户号", "姓 名", None, None, None, None, None])
        for column in "ADEFGH":
            sheet.merge_cells(f"{column}3:{column}4")
        sheet.merge_cells("B3:C3")
        sheet.append([])
        sheet.append([1, "１", "林　队长", "一组", date(1970, 5, 1), "户主", "√", None])
        sheet.append([2, None, "林小妹", "一组", date(2020, 1, 31), "女儿", None, "林队长"])
        sheet.merge_cells("B6:B7")
        sheet.append([3, 2.0, "吴审核", "一组", "1980年2月", "本人", "√", None])
        sheet.append([4])
        sheet.append([None, "合计", 3])
        sheet.append(["制表：钱文书", None, None, None, "日期：2025年12月"])

    path = put(tmp_path, "residents.xlsx", workbook(fill))
    rows, table = read_residents(read_sheets(path), ("一组",), TODAY)

    assert table.problems == []
    assert [
        (row.row, row.household, row.name, row.age_band, row.is_head, row.has_phone, row.guardian) for row in rows
    ] == [
        (6, "1", "林队长", "adult", True, True, ""),
        (7, "1", "林小妹", "under_14", False, False, "林队长"),
        (8, "2", "吴审核", "adult", True, True, ""),
    ]
    assert [remark.row for remark in table.remarks if remark.code == "line_not_read"] == [9, 10, 11]


def test_hidden_sheets_and_whole_formatted_columns_do_no_harm(tmp_path):
    def fill(sheet):
        for line in RESIDENTS.splitlines():
            sheet.append(line.split(","))
        sheet.cell(200_000, 50).number_format = "@"
        hidden = sheet.parent.create_sheet("草稿")
        hidden.append(["户号", "姓名"])
        hidden.sheet_state = "hidden"

    path = put(tmp_path, "residents.xlsx", workbook(fill))

    assert len(find_table(read_sheets(path), SHAPE).records) == 7


def test_a_merged_range_as_large_as_a_sheet_is_refused_before_it_is_laid_out(tmp_path):
    whole = workbook(lambda sheet: sheet.append(["户号", "姓名"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", merged))
    path = put(tmp_path, "residents.xlsx", out.getvalue())

    with pytest.raises(Unreadable) as no:
        read_sheets(path)

    assert no.value.problem.code == "file_unpacks_too_large"


@pytest.mark.parametrize(("name", "code"), [("terms.xls", "file_ending"), ("nothing.csv", "file_cannot_open")])
def test_what_is_no_table_at_all_is_said(tmp_path, name, code):
    if name.endswith("xls"):
        put(tmp_path, name, b"x")
    with pytest.raises(Unreadable) as no:
        read_sheets(tmp_path / name)

    assert no.value.problem.code == code


@given(st.binary(max_size=400), st.sampled_from(["residents.csv", "residents.xlsx"]))
def test_no_bytes_make_the_reader_stumble(tmp_path, data, name):
    path = put(tmp_path, name, data)

    no = refused(lambda: find_table(read_sheets(path), SHAPE))

    assert no is None or no.file == name


@given(st.data())
def test_no_damage_to_a_workbook_makes_the_reader_stumble(tmp_path, data):
    whole = bytearray(xlsx_of("x", [line.split(",") for line in RESIDENTS.splitlines()]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=20)):
        whole[place] = data.draw(st.integers(0, 255))
    path = put(tmp_path, "residents.xlsx", bytes(whole))

    no = refused(lambda: read_residents(read_sheets(path), (), TODAY))

    assert no is None or no.row == 0


CELLS = st.one_of(
    st.text(max_size=12).filter(lambda text: "\x00" not in text),
    st.sampled_from(
        ["1", "１２", "王芳", "是", "√", "否", "18-59岁", "14岁以下", "60岁以上", "合计", "=1+1", "-5", "2-5", ""]
    ),
)


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=8))
def test_every_row_is_read_or_named(tmp_path, rows):
    header = RESIDENTS.splitlines()[0].split(",")
    path = put(tmp_path, "residents.csv", csv_of([header, *rows]))
    no = refused(lambda: read_residents(read_sheets(path), (), TODAY))
    if no is not None:
        assert no.code == "file_not_text"
        return
    found, table = read_residents(read_sheets(path), (), TODAY)
    named = {row.row for row in found} | table.refused_rows | {remark.row for remark in table.remarks}
    assert {record.row for record in table.records} <= named


@given(st.integers(-(10**11), 10**11))
def test_amounts_are_read_exactly(hundredths):
    whole, part = divmod(abs(hundredths), 100)
    text = f"{'-' if hundredths < 0 else ''}{whole}.{part:02d}"

    assert values.hundredths(text) == hundredths
    assert values.hundredths(text.translate({ord("0") + i: 0xFF10 + i for i in range(10)})) == hundredths


@pytest.mark.parametrize("text", ["", "五", "1.234", "1,23", "1e5", "NaN", "∞", "--1", "2-5", "1 2 3a", "0x10", "²"])
def test_what_is_not_one_number_is_none(text):
    assert values.hundredths(text) is None
