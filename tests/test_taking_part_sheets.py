"""Paper: a sheet is printed, photographed, typed, and seen by a second person."""

from datetime import timedelta

import pytest

from gongfen.activities import sheets, surveys
from gongfen.activities.attendance import attendance, claim_presences
from gongfen.activities.models import Claim, Evidence, Survey
from gongfen.activities.photos import PhotoUnreadable, forget_unused
from gongfen.activities.sheets import Line
from gongfen.rules.review import TwoPeopleNeeded
from tests.taking_part import DAY, HOUR, SATURDAY, announce, come, picture

NINE, ELEVEN = SATURDAY, SATURDAY + 2 * HOUR
SUNDAY = SATURDAY + DAY


@pytest.fixture
def meeting(settled):
    return announce(settled, "affairs", "村民会议")


def photographed(village, activity):
    sheet = sheets.print_sheet(activity)
    sheets.photograph(sheet, picture(), by=village["林队长"], now=SUNDAY)
    return sheets.find_sheet(activity, sheet.slip)


def lines(village, *names, out=ELEVEN):
    return [Line(village[name], NINE, out) for name in names]


def test_two_typings_that_agree_make_witnessed_presences_and_claims(settled, meeting):
    sheet = photographed(settled, meeting)
    both = lines(settled, "李大伯", "陈小芳")
    assert sheets.type_sheet(sheet, both, by=settled["林队长"], now=SUNDAY).state == "typed"
    assert sheets.type_sheet(sheet, both[::-1], by=settled["钱文书"], now=SUNDAY).state == "done"
    told = {(row.resident.name, row.grade, row.out_at) for row in attendance(meeting)}
    assert told == {("李大伯", "witnessed", ELEVEN), ("陈小芳", "witnessed", ELEVEN)}
    made = claim_presences(meeting, now=SUNDAY)
    assert [(act.facts["grade"], act.facts["points"]) for act in made] == [("witnessed", 200)] * 2


def test_where_they_differ_nothing_is_written_and_the_first_can_be_put_right(settled, meeting):
    sheet = photographed(settled, meeting)
    sheets.type_sheet(sheet, lines(settled, "李大伯", "陈小芳"), by=settled["林队长"], now=SUNDAY)
    second = lines(settled, "李大伯", "陈小芳", out=ELEVEN - timedelta(minutes=30))
    with pytest.raises(sheets.SheetsDiffer) as no:
        sheets.type_sheet(sheet, second, by=settled["钱文书"], now=SUNDAY)
    assert no.value.facts == {"lines": 2}
    assert attendance(meeting) == []
    sheets.type_sheet(sheet, second, by=settled["林队长"], now=SUNDAY)
    assert sheets.type_sheet(sheet, second, by=settled["钱文书"], now=SUNDAY).state == "done"


def test_a_second_person_may_compare_with_the_photo_instead(settled, meeting):
    sheet = photographed(settled, meeting)
    sheets.type_sheet(sheet, lines(settled, "李大伯"), by=settled["林队长"], now=SUNDAY)
    with pytest.raises(TwoPeopleNeeded):
        sheets.review_sheet(sheet, by=settled["林队长"])
    assert sheets.review_sheet(sheet, by=settled["吴审核"]).checked_by == settled["吴审核"].subject
    assert [row.grade for row in attendance(meeting)] == ["witnessed"]


def test_for_ones_own_household_the_second_person_is_no_witness(settled, meeting):
    sheet = photographed(settled, meeting)
    sheets.type_sheet(sheet, lines(settled, "赵二", "李大伯"), by=settled["林队长"], now=SUNDAY)
    sheets.review_sheet(sheet, by=settled["赵大伯"])
    assert {row.resident.name: row.grade for row in attendance(meeting)} == {"赵二": "typed", "李大伯": "witnessed"}


def test_the_order_is_print_photograph_type_check(settled, meeting):
    sheet = sheets.print_sheet(meeting)
    with pytest.raises(sheets.SheetWrongStep):
        sheets.type_sheet(sheet, lines(settled, "李大伯"), by=settled["林队长"], now=SUNDAY)
    with pytest.raises(sheets.SheetWrongStep):
        sheets.review_sheet(sheet, by=settled["吴审核"])
    for slip in ("NOTHERE2", "", "\x00", "表"):
        with pytest.raises(sheets.UnknownSheet):
            sheets.find_sheet(meeting, slip)


def test_a_better_photo_replaces_the_first_until_the_sheet_is_typed(settled, meeting):
    sheet = photographed(settled, meeting)
    sheets.photograph(sheet, picture("gray"), by=settled["林队长"], now=SUNDAY)
    assert Evidence.of(settled.town).count() == 1
    with pytest.raises(PhotoUnreadable):
        sheets.photograph(sheet, b"no photo", by=settled["林队长"], now=SUNDAY)
    sheets.type_sheet(sheet, lines(settled, "李大伯"), by=settled["林队长"], now=SUNDAY)
    with pytest.raises(sheets.SheetWrongStep):
        sheets.photograph(sheet, picture(), by=settled["林队长"], now=SUNDAY)


@pytest.mark.parametrize(
    ("names", "out", "code"),
    [
        (("林队长",), ELEVEN, "own_matter"),
        (("李大伯", "李大伯"), ELEVEN, "sheet_line_twice"),
        (("李大伯",), NINE - HOUR, "presence_out_before_in"),
        (("李大伯",), SUNDAY, "presence_not_the_time"),
        (("李大伯",) * 41, ELEVEN, "sheet_too_long"),
    ],
)
def test_a_line_that_cannot_be_is_refused(settled, meeting, names, out, code):
    sheet = photographed(settled, meeting)
    with pytest.raises(Exception, match=code):
        sheets.type_sheet(sheet, lines(settled, *names, out=out), by=settled["林队长"], now=SUNDAY)


def test_who_checked_in_by_phone_is_not_counted_twice(settled, meeting):
    come(meeting, settled["王芳"], NINE)
    sheet = photographed(settled, meeting)
    sheets.type_sheet(sheet, lines(settled, "王芳", "李大伯"), by=settled["林队长"], now=SUNDAY)
    sheets.review_sheet(sheet, by=settled["吴审核"])
    assert [row.grade for row in attendance(meeting) if row.resident.name == "王芳"] == ["machine"]


def test_a_survey_on_paper_brings_the_receipt_first_and_then_the_slip(settled):
    activity = announce(settled, "survey", "路灯问卷", hours=48)
    draft = surveys.draft_survey(
        settled["林队长"],
        activity,
        [{"code": "words", "asks": "text", "zh": "说吧"}],
        title="路灯",
        closes_at=SUNDAY + DAY,
    )
    surveys.open_survey(settled["林队长"], draft, now=SATURDAY)
    sheet = photographed(settled, activity)
    sheets.type_sheet(sheet, lines(settled, "李大伯", out=NINE), by=settled["林队长"], now=SUNDAY)
    done = sheets.review_sheet(sheet, by=settled["吴审核"])
    (made,) = sheets.claim_sheet(done, now=SUNDAY)
    assert (made.facts["points"], made.facts["grade"]) == (100, "witnessed")
    assert sheets.claim_sheet(done, now=SUNDAY) == []
    survey = Survey.of(settled.town).select_related("town", "activity").get()
    assert (survey.paper_receipts, surveys.type_slips(survey, [{"words": "亮一点"}], now=SUNDAY)) == (1, 1)
    with pytest.raises(surveys.AnsweredBefore):
        surveys.hand_in(survey, settled["李大伯"], {}, key="phone-too", now=SUNDAY)
    assert Claim.of(settled.town).count() == 1


def test_a_sheets_photo_is_not_taken_back_and_fills_nobodys_drawer(settled, meeting):
    sheet = photographed(settled, meeting)
    assert not forget_unused(settled["林队长"], sheet.photo)
    assert sheets.photo_of(sheet)[:2] == b"\xff\xd8"
