"""R24: full rights without a phone. The card-only twin of a resident earns the same, point for point."""

import pytest

from gongfen.activities import places, sheets, surveys
from gongfen.activities.attendance import Tick, claim_presences, confirm_many, tick_many
from gongfen.activities.awards import award_due
from gongfen.activities.drafting import Announcement, PaperPathMissing, draft_activity
from gongfen.activities.models import Claim, Place
from gongfen.activities.reviews import approve_claims
from gongfen.activities.sheets import Line
from tests.taking_part import DAY, HOUR, QUESTIONS, SATURDAY, announce, come, crowd, leave, picture
from tests.village import NOW

NINE, ELEVEN = SATURDAY, SATURDAY + 2 * HOUR
SUNDAY = SATURDAY + DAY


@pytest.fixture
def twins(settled):
    """One with a phone, one with a card; alike in everything else."""
    (phone,) = crowd(settled, 1)
    (card,) = crowd(settled, 1, has_phone=False)
    return phone, card


def on_paper(village, activity, card, out=ELEVEN):
    sheet = sheets.print_sheet(activity)
    sheets.photograph(sheet, picture(), by=village["林队长"], now=SUNDAY)
    sheets.type_sheet(sheet, [Line(card, NINE, out)], by=village["林队长"], now=SUNDAY)
    return sheets.review_sheet(sheet, by=village["吴审核"])


def approve_all(village):
    waiting = list(Claim.of(village.town).filter(state="made").values_list("id", flat=True))
    approve_claims(village["沈审核"], waiting, now=SUNDAY)
    award_due(village.town, now=SATURDAY + 30 * DAY)


def earned(village, resident):
    rows = Claim.of(village.town).filter(resident=resident, state="awarded").order_by("kind")
    return list(rows.values_list("kind", "points", "minutes", "happened_on", "terms_id"))


def test_a_year_of_the_card_equals_a_year_of_the_phone(settled, twins):
    phone, card = twins
    ditch = announce(settled, "volunteering", "清渠")
    meeting = announce(settled, "affairs", "村民会议", at=SATURDAY + 4 * HOUR)
    lamps = announce(settled, "survey", "路灯问卷", hours=48)
    draft = surveys.draft_survey(settled["林队长"], lamps, QUESTIONS, title="路灯", closes_at=SATURDAY + 3 * DAY)
    surveys.open_survey(settled["林队长"], draft, now=NOW)

    for activity in (ditch, meeting):
        come(activity, phone, activity.starts_at)
        leave(activity, phone, activity.starts_at + 2 * HOUR)
    surveys.hand_in(surveys.find_survey(settled.town, draft.id), phone, {"lamp": "yes"}, key="k", now=SUNDAY)

    (tick,) = tick_many(ditch, [Tick(card, NINE, ELEVEN)], by=settled["林队长"], now=ELEVEN)
    confirm_many(ditch, [tick.id], by=settled["陈小芳"])
    sheet = sheets.print_sheet(meeting)
    sheets.photograph(sheet, picture(), by=settled["林队长"], now=SUNDAY)
    times = Line(card, meeting.starts_at, meeting.starts_at + 2 * HOUR)
    sheets.type_sheet(sheet, [times], by=settled["林队长"], now=SUNDAY)
    sheets.review_sheet(sheet, by=settled["吴审核"])
    slip = on_paper(settled, lamps, card, out=NINE)

    for activity in (ditch, meeting):
        claim_presences(activity, now=SUNDAY)
    sheets.claim_sheet(slip, now=SUNDAY)
    approve_all(settled)
    of_phone, of_card = earned(settled, phone), earned(settled, card)
    assert [row[:3] for row in of_card] == [("affairs", 200, 120), ("survey", 100, 5), ("volunteering", 200, 120)]
    assert [row[:3] for row in of_phone] == [row[:3] for row in of_card]
    assert [row[4] for row in of_phone] == [row[4] for row in of_card]


def test_what_two_people_saw_on_paper_counts_for_the_standing(settled, twins):
    """`typed` alone would not: a sheet with a photo and a second person is `witnessed`."""
    meeting = announce(settled, "affairs", "村民会议")
    on_paper(settled, meeting, twins[1])
    (made,) = claim_presences(meeting, now=SUNDAY)
    assert made.facts["grade"] == "witnessed"


def test_no_activity_opens_without_a_way_on_paper(settled):
    told = Announcement("affairs", "meeting", "村民会议", SATURDAY, SATURDAY + HOUR, budget_points=1_000)
    with pytest.raises(PaperPathMissing):
        draft_activity(settled["林队长"], settled.village.subject, told, now=NOW)


def test_in_a_lot_the_card_has_a_turn_like_everyone_and_reserved_places_besides(settled):
    ditch = announce(settled, "volunteering", "清渠", places=4, reserved_places=2, budget=100_000)
    for resident in crowd(settled, 20) + crowd(settled, 3, has_phone=False):
        places.sign_up(ditch, resident, now=NOW)
    places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    reserved = Place.of(settled.town).filter(activity=ditch, is_reserved=True)
    assert [row.without_phone for row in reserved] == [True, True]


def test_silence_on_the_evening_before_costs_nobody_without_a_phone_the_place(settled):
    ditch = announce(settled, "volunteering", "清渠", places=1)
    (card,) = crowd(settled, 1, has_phone=False)
    (phone,) = crowd(settled, 1)
    places.sign_up(ditch, card, now=NOW)
    places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    places.sign_up(ditch, phone, now=NOW + 2 * DAY)
    assert places.pass_on(ditch, now=SATURDAY - 12 * HOUR) == []
    assert Place.of(settled.town).get(activity=ditch, resident=card).state == "has_place"
