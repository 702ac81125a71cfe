"""Points tables of real villages: what a village may have is read, the rest is refused in a clerk's words."""

from pathlib import Path

import pytest

from gongfen.demo import make
from gongfen.files.folder import read_folder
from gongfen.files.problems import in_words
from gongfen.files.sheets import read_sheets
from gongfen.files.terms import read_terms
from tests.files_of_a_village import TODAY

REAL = Path(__file__).parent / "data" / "real"
EXAMPLE = Path(__file__).parent.parent / "examples" / "daicun"


def table_of(name):
    rows, table = read_terms(read_sheets(REAL / name))
    good = {row.row: (row.kind, row.terms.what, row.terms.unit, row.terms.points) for row in rows}
    refused = {problem.row: (problem.code, problem.facts.get("right")) for problem in table.problems}
    return good, refused, table


def test_a_village_with_a_base_civility_and_gifts():
    good, refused, _ = table_of("village-a.xlsx")

    assert good == {5: ("affairs", "meeting", "once", 200), 7: ("volunteering", "common", "once", 500)}
    assert refused == {
        4: ("not_earned", "R33"),
        6: ("nobody_can_check", "R33"),
        8: ("for_a_gift", "R33"),
        9: ("for_honour", "R33"),
    }


def test_a_table_in_gb18030_with_an_empty_value_and_prices():
    good, refused, _ = table_of("village-b.csv")

    assert good == {2: ("affairs", "meeting", "once", 500)}
    assert refused == {
        3: ("unit_not_of_kind", None),
        4: ("points_missing", None),
        5: ("price_in_terms", None),
        6: ("price_in_terms", None),
        7: ("price_in_terms", None),
    }


def test_a_booklet_with_full_width_digits_and_a_clean_yard():
    good, refused, table = table_of("village-c.xlsx")

    assert good == {5: ("volunteering", "common", "once", 500)}
    assert refused == {4: ("of_the_home", "R09"), 7: ("price_in_terms", None)}
    assert ("work_same_as", 6) in {(remark.code, remark.row) for remark in table.remarks}


def test_a_table_of_what_must_not_be():
    good, refused, table = table_of("village-d.xlsx")

    assert good == {4: ("volunteering", "common", "once", 200)}
    assert refused == {
        5: ("deduction", "R03"),
        6: ("deduction", "R03"),
        7: ("for_study", "R12"),
        8: ("for_reporting", "R31"),
    }
    for problem in table.problems:
        said = in_words(problem, "zh")
        assert str(problem.facts["right"]) in said
        assert "可以" in said  # what may be done instead


@pytest.mark.parametrize("name", ["village-a.xlsx", "village-c.xlsx", "village-d.xlsx"])
def test_totals_and_signatures_are_left_out_aloud(name):
    _, _, table = table_of(name)

    assert [remark.facts["text"] for remark in table.remarks if remark.code == "line_not_read"] == [
        "合计",
        "制表： 审核： 日期：2026年１月",
    ]


def test_the_example_is_what_its_script_makes():
    assert {path.name: path.read_bytes() for path in EXAMPLE.iterdir()} == make.files()


def test_the_example_is_a_village_of_its_size():
    found = read_folder(EXAMPLE, TODAY)

    assert found.problems == []
    assert found.village is not None
    assert (len(found.village.groups), len(found.terms), len(found.merchants)) == (13, 13, 8)
    assert len({row.household for row in found.residents}) == 480
    assert len(found.residents) == 1600
    without = sum(not row.has_phone for row in found.residents)
    assert 480 <= without <= 580  # about a third
    assert all(row.guardian for row in found.residents if row.age_band == "under_14")
