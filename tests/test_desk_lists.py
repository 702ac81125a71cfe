"""Every list of the desk keeps its filter in the address, sorts, pages, is searched, and goes out as a file."""

import csv
import io

import openpyxl
import pytest

from gongfen.console.listing import A_PAGE
from gongfen.fund.models import Slip, SlipState
from tests.desk import open_account
from tests.village import NOW, YUAN, Daicun

pytestmark = pytest.mark.django_db


def write_slips(daicun: Daicun, donors: list[str]) -> None:
    """As many slips as donors, the first the smallest."""
    Slip.objects.bulk_create(
        Slip(
            town=daicun.town,
            id=10_000 + number,
            host=daicun.village.subject,
            money=number * YUAN,
            donor=donor,
            number=f"单-{number}",
            received_on=NOW.date(),
            state=SlipState.RECORDED,
            recorded_by=daicun["周会计"].subject,
        )
        for number, donor in enumerate(donors, 1)
    )


def test_a_list_is_searched_sorted_and_paged_by_its_address(daicun: Daicun) -> None:
    write_slips(daicun, [f"合作社{n}" for n in range(A_PAGE + 5)])
    treasurer = open_account(daicun, "周会计")
    first = treasurer.get("/desk/money?q=合作社&sort=money").content.decode()
    assert "单-1<" in first and f"单-{A_PAGE + 1}<" not in first.split("<table")[-1]
    assert "sort=-money" in first and "page=2" in first and "1 / 2" in first
    second = treasurer.get("/desk/money?q=合作社&sort=money&page=2").content.decode()
    assert f"单-{A_PAGE + 1}<" in second
    assert "没有找到" in treasurer.get("/desk/money?q=没有这家").content.decode()


@pytest.mark.parametrize("asked", ["sort=nonsense", "page=nonsense", "page=99999999999", "state=nonsense", "q=%00"])
def test_nonsense_in_the_address_is_harmless(daicun: Daicun, asked: str) -> None:
    assert open_account(daicun, "周会计").get(f"/desk/money?{asked}").status_code == 200


def test_a_list_goes_out_as_a_file_that_runs_no_formula(daicun: Daicun) -> None:
    write_slips(daicun, ["=HYPERLINK(1)", "小芳超市"])
    treasurer = open_account(daicun, "周会计")
    rows = list(csv.reader(io.StringIO(treasurer.get("/desk/money?as=csv&q=单-").content.decode("utf-8-sig"))))
    assert rows[0] == ["日期", "谁给的", "单号", "用途", "状态", "多少"]
    assert {row[1] for row in rows[1:]} == {"'=HYPERLINK(1)", "小芳超市"}
    assert {row[5] for row in rows[1:]} == {"1.00", "2.00"}
    book = openpyxl.load_workbook(io.BytesIO(treasurer.get("/desk/money?as=xlsx&q=单-").content))
    assert {cell.data_type for cell in book.worksheets[0]["B"]} == {"s"}


def test_household_numbers_are_sorted_as_people_count(daicun: Daicun) -> None:
    clerk = open_account(daicun, "钱文书")
    for sort, first in (("number", ["1", "2", "3"]), ("-number", ["11", "10", "9"])):
        rows = list(csv.reader(io.StringIO(clerk.get(f"/desk/households?sort={sort}&as=csv").content.decode())))
        assert [row[0] for row in rows[1:4]] == first
    assert "王芳" in clerk.get("/desk/people?q=10").content.decode(), "found by the household's number"
