"""Coming and going: the code of the place, phones without network, ticks for people without phones."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from gongfen.activities import codes, presence
from gongfen.activities.attendance import (
    AttendanceOver,
    NothingToConfirm,
    Tick,
    attendance,
    claim_due,
    claim_presences,
    confirm_many,
    minutes_of,
    tick_many,
    undo_tick,
)
from gongfen.activities.drafting import UnknownActivity
from gongfen.activities.models import Claim, Presence, WrongTries
from gongfen.activities.publishing import close_activity
from gongfen.rules.presence import CodeAhead, CodeOfAnother, CodeStale, CodeWrong
from gongfen.rules.review import OwnHousehold, OwnMatter, OwnRecord, TwoPeopleNeeded
from tests.taking_part import DAY, HOUR, MINUTE, SATURDAY, announce, come, leave, seen

SECOND = MINUTE / 60
NINE, ELEVEN = SATURDAY, SATURDAY + 2 * HOUR


@pytest.fixture
def ditch(settled):
    return announce(settled, "volunteering", "清渠")


def check(requests, now):
    return presence.check_in_many(requests[0].resident.town, requests, now=now)


class TestOwnPhone:
    def test_in_and_out_with_the_code_of_the_place(self, settled, ditch):
        there = come(ditch, settled["王芳"], NINE)
        assert (there.in_at, there.grade, there.recorded_by) == (NINE, "machine", settled["王芳"].subject)
        gone = leave(ditch, settled["王芳"], ELEVEN + 29 * SECOND)
        assert (gone.id, gone.out_at) == (there.id, ELEVEN)
        assert minutes_of(ditch, attendance(ditch)) == 120

    def test_six_digits_are_as_good_as_the_picture(self, settled, ditch):
        assert come(ditch, settled["王芳"], NINE, digits=True).grade == "machine"

    def test_the_same_request_twice_is_one_coming(self, settled, ditch):
        first = come(ditch, settled["王芳"], NINE)
        assert come(ditch, settled["王芳"], NINE).id == first.id
        assert come(ditch, settled["王芳"], NINE + 5 * MINUTE).id == first.id
        assert leave(ditch, settled["王芳"], ELEVEN) == leave(ditch, settled["王芳"], ELEVEN)
        assert come(ditch, settled["王芳"], NINE).out_at == ELEVEN
        assert Presence.of(settled.town).count() == 1

    def test_in_one_set_too(self, settled, ditch):
        asked = [seen(ditch, settled["王芳"], NINE), seen(ditch, settled["王芳"], NINE)]
        one, other = check(asked, NINE)
        assert one.id == other.id
        both = [seen(ditch, settled["陈小芳"], NINE), seen(ditch, settled["陈小芳"], NINE, leaves=True)]
        assert [answer.resident.name for answer in check(both, NINE)] == ["陈小芳"] * 2
        assert Presence.of(settled.town).count() == 2

    def test_after_a_walk_home_the_time_away_does_not_count(self, settled, ditch):
        come(ditch, settled["王芳"], NINE)
        leave(ditch, settled["王芳"], NINE + 40 * MINUTE)
        come(ditch, settled["王芳"], NINE + 60 * MINUTE)
        leave(ditch, settled["王芳"], NINE + 90 * MINUTE)
        assert minutes_of(ditch, attendance(ditch)) == 70

    def test_nobody_leaves_who_has_not_come(self, settled, ditch):
        assert leave(ditch, settled["王芳"], NINE) == presence.NotThere(activity=str(ditch.id))

    def test_one_is_in_one_place_at_a_time(self, settled, ditch):
        choir = announce(settled, "affairs", "夜校", what="training")
        come(ditch, settled["王芳"], NINE)
        no = come(choir, settled["王芳"], NINE + 10 * MINUTE)
        assert (no.code, no.facts["activity"]) == ("presence_elsewhere", str(ditch.id))
        leave(ditch, settled["王芳"], NINE + 20 * MINUTE)
        assert come(choir, settled["王芳"], NINE + 21 * MINUTE).activity_id == choir.id

    def test_who_forgot_to_leave_yesterday_can_come_today(self, settled, ditch):
        today = announce(settled, "affairs", "夜校", what="training", at=SATURDAY + DAY)
        come(ditch, settled["王芳"], NINE)
        assert come(today, settled["王芳"], SATURDAY + DAY).activity_id == today.id

    def test_in_work_of_many_days_a_forgotten_leaving_is_written_down_first(self, settled):
        road = announce(settled, "volunteering", "修路", hours=24 * 20, budget=400_000)
        come(road, settled["王芳"], NINE)
        for day in (1, 12):
            assert come(road, settled["王芳"], NINE + day * DAY).code == "presence_still_there"
            assert leave(road, settled["王芳"], NINE + day * DAY).code == "presence_still_there"
        tick_many(road, [Tick(settled["王芳"], NINE, ELEVEN)], by=settled["林队长"], now=NINE + 12 * DAY)
        assert come(road, settled["王芳"], NINE + 12 * DAY).in_at == NINE + 12 * DAY

    def test_one_cannot_come_hours_early_or_to_what_is_not_announced(self, settled, ditch):
        no = come(ditch, settled["王芳"], NINE - 3 * HOUR)
        assert no.code == "presence_not_the_time"
        nowhere = presence.Seen(12345, settled["王芳"], 1, "123456")
        assert check([nowhere], NINE) == [UnknownActivity()]

    @pytest.mark.parametrize(
        ("read_at", "now", "refusal"),
        [(NINE, NINE + 5 * MINUTE, CodeStale), (NINE + 5 * MINUTE, NINE, CodeAhead)],
    )
    def test_a_wrong_moment_says_which(self, settled, ditch, read_at, now, refusal):
        assert isinstance(check([seen(ditch, settled["王芳"], read_at)], now)[0], refusal)

    def test_a_code_of_another_activity_says_so(self, settled, ditch):
        choir = announce(settled, "affairs", "夜校", what="training")
        wrong = presence.Seen(ditch.id, settled["王芳"], 1, codes.show(choir, now=NINE)[0].qr)
        assert check([wrong], NINE) == [CodeOfAnother(activity=str(choir.id))]

    def test_a_refusal_in_a_set_keeps_nobody_else_from_coming(self, settled, ditch):
        asked = [seen(ditch, settled["王芳"], NINE), presence.Seen(ditch.id, settled["陈小芳"], 1, "nonsense")]
        there, no = check(asked, NINE)
        assert there.in_at == NINE
        assert no.code == "presence_code_unreadable"


class TestWithoutNetwork:
    def test_sent_soon_it_counts_like_any_other(self, settled, ditch):
        late = seen(ditch, settled["王芳"], NINE, read_at=NINE, sent_at=NINE + 4 * MINUTE)
        (there,) = check([late], NINE + 4 * MINUTE)
        assert (there.in_at, there.grade, there.is_late) == (NINE, "machine", False)

    def test_sent_late_it_is_typed_until_the_leader_says_yes(self, settled, ditch):
        wang, clock_wrong = settled["王芳"], 400 * DAY
        late = seen(ditch, wang, NINE, read_at=NINE - clock_wrong, sent_at=ELEVEN - clock_wrong)
        (there,) = check([late], ELEVEN)
        assert (there.in_at, there.grade, there.is_late) == (NINE, "typed", True)
        (yes,) = confirm_many(ditch, [there.id], by=settled["林队长"])
        assert (yes.grade, yes.is_late, yes.confirmed_by) == ("machine", False, settled["林队长"].subject)

    def test_a_late_leaving_makes_the_whole_stay_late(self, settled, ditch):
        come(ditch, settled["王芳"], NINE)
        late = seen(ditch, settled["王芳"], ELEVEN, leaves=True, read_at=ELEVEN, sent_at=ELEVEN + HOUR)
        (gone,) = check([late], ELEVEN + HOUR)
        assert (gone.out_at, gone.grade) == (ELEVEN, "typed")

    def test_who_is_there_twice_at_once_by_late_codes_is_refused(self, settled, ditch):
        choir = announce(settled, "affairs", "夜校", what="training")
        come(ditch, settled["王芳"], NINE)
        leave(ditch, settled["王芳"], ELEVEN)
        late = seen(choir, settled["王芳"], NINE + HOUR, read_at=NINE + HOUR, sent_at=ELEVEN)
        assert check([late], ELEVEN)[0].code == "presence_elsewhere"


class TestGuessing:
    def wrong(self, ditch, resident, now, device=7):
        right = codes.show(ditch, now=now)[0].digits
        other = f"{(int(right) + 500_000) % 1_000_000:06d}"
        return check([presence.Seen(ditch.id, resident, device, other)], now)[0]

    def test_each_wrong_try_waits_longer_up_to_a_minute(self, settled, ditch):
        now = NINE
        for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
            assert isinstance(self.wrong(ditch, settled["王芳"], now), CodeWrong)
            no = self.wrong(ditch, settled["王芳"], now)
            assert no == codes.TriesTooFast(seconds=seconds)
            now += seconds * SECOND

    def test_a_right_one_and_the_count_begins_again(self, settled, ditch):
        self.wrong(ditch, settled["王芳"], NINE)
        assert come(ditch, settled["王芳"], NINE + 2 * SECOND, digits=True, device=7).grade == "machine"
        assert not WrongTries.of(settled.town).exists()

    def test_it_slows_that_device_alone_and_only_digits(self, settled, ditch):
        self.wrong(ditch, settled["王芳"], NINE)
        assert come(ditch, settled["王芳"], NINE, device=7).grade == "machine"
        assert come(ditch, settled["陈小芳"], NINE, digits=True, device=8).grade == "machine"


class TestTheLeader:
    def test_a_tick_is_typed_until_a_second_person_says_yes(self, settled, ditch):
        (there,) = tick_many(ditch, [Tick(settled["李大伯"], NINE)], by=settled["林队长"], now=NINE)
        (gone,) = tick_many(ditch, [Tick(settled["李大伯"], NINE, ELEVEN)], by=settled["林队长"], now=ELEVEN)
        assert (gone.id, gone.grade, gone.out_at) == (there.id, "typed", ELEVEN)
        (yes,) = confirm_many(ditch, [there.id], by=settled["陈小芳"])
        assert (yes.grade, yes.confirmed_by) == ("witnessed", settled["陈小芳"].subject)
        assert confirm_many(ditch, [there.id], by=settled["陈小芳"]) == [yes]
        assert confirm_many(ditch, [there.id], by=settled["钱文书"]) == [NothingToConfirm()]

    def test_nobody_confirms_for_oneself_the_household_or_the_own_record(self, settled, ditch):
        (there,) = tick_many(ditch, [Tick(settled["赵大伯"], NINE)], by=settled["林队长"], now=NINE)
        says = {who: confirm_many(ditch, [there.id], by=settled[who])[0] for who in ("赵大伯", "赵二", "林队长")}
        assert says == {"赵大伯": OwnMatter(), "赵二": OwnHousehold(), "林队长": OwnRecord()}
        (by_zhao,) = tick_many(ditch, [Tick(settled["李大伯"], NINE)], by=settled["赵大伯"], now=NINE)
        assert confirm_many(ditch, [by_zhao.id], by=settled["赵二"]) == [TwoPeopleNeeded()]

    def test_nobody_ticks_oneself_or_what_has_not_happened(self, settled, ditch):
        leader = settled["林队长"]
        ticks = [
            Tick(leader, NINE),
            Tick(settled["李大伯"], NINE + HOUR),
            Tick(settled["李大伯"], NINE, NINE - HOUR),
            Tick(settled["李大伯"], NINE - 5 * HOUR),
        ]
        told = [answer.code for answer in tick_many(ditch, ticks, by=leader, now=NINE)]
        assert told == ["own_matter", "presence_not_the_time", "presence_out_before_in", "presence_not_the_time"]
        close_activity(leader, ditch.id, now=SATURDAY + DAY)
        ditch.refresh_from_db()
        (no,) = tick_many(ditch, [Tick(settled["李大伯"], NINE)], by=leader, now=ELEVEN)
        assert no == AttendanceOver(state="closed")

    def test_a_slip_of_the_finger_is_taken_back_and_leaves_nothing(self, settled, ditch):
        (there,) = tick_many(ditch, [Tick(settled["李大伯"], NINE)], by=settled["林队长"], now=NINE)
        with pytest.raises(NothingToConfirm):
            undo_tick(ditch, there.id, by=settled["陈小芳"])
        undo_tick(ditch, there.id, by=settled["林队长"])
        assert attendance(ditch) == []

    def test_the_leader_cannot_take_back_an_own_coming(self, settled, ditch):
        there = come(ditch, settled["王芳"], NINE)
        with pytest.raises(NothingToConfirm):
            undo_tick(ditch, there.id, by=settled["林队长"])

    def test_who_forgot_to_leave_is_written_down_and_then_it_is_typed(self, settled, ditch):
        come(ditch, settled["王芳"], NINE)
        (gone,) = tick_many(ditch, [Tick(settled["王芳"], NINE, ELEVEN)], by=settled["林队长"], now=ELEVEN)
        assert (gone.grade, gone.out_at) == ("typed", ELEVEN)
        (yes,) = confirm_many(ditch, [gone.id], by=settled["陈小芳"])
        assert yes.grade == "witnessed"


class TestTheClaim:
    def test_time_really_present_becomes_a_claim_with_its_grade(self, settled, ditch):
        come(ditch, settled["王芳"], NINE - 20 * MINUTE)
        leave(ditch, settled["王芳"], ELEVEN)
        (made,) = claim_presences(ditch, now=ELEVEN)
        claim = Claim.of(settled.town).get(id=int(made.facts["claim"]))
        assert (claim.minutes, claim.points, claim.grade, claim.state) == (120, 200, "machine", "made")
        assert claim_presences(ditch, now=ELEVEN) == []

    def test_a_meeting_needs_no_review_and_goes_on_notice(self, settled):
        meeting = announce(settled, "affairs", "村民会议")
        come(meeting, settled["王芳"], NINE)
        leave(meeting, settled["王芳"], ELEVEN)
        (made,) = claim_presences(meeting, now=ELEVEN)
        assert (made.facts["state"], made.facts["points"]) == ("in_notice", 200)

    def test_who_is_still_there_or_unconfirmed_is_left_for_later(self, settled, ditch):
        come(ditch, settled["王芳"], NINE)
        tick_many(ditch, [Tick(settled["李大伯"], NINE, ELEVEN)], by=settled["林队长"], now=ELEVEN)
        assert claim_presences(ditch, now=ELEVEN) == []

    def test_by_the_clock_what_ended_is_claimed_and_after_three_days_the_unconfirmed_too(self, settled, ditch):
        come(ditch, settled["王芳"], NINE)
        leave(ditch, settled["王芳"], ELEVEN)
        tick_many(ditch, [Tick(settled["李大伯"], NINE, ELEVEN)], by=settled["林队长"], now=ELEVEN)
        assert claim_due(settled.town, now=ELEVEN + HOUR) == 0
        assert claim_due(settled.town, now=ELEVEN + 4 * HOUR) == 1
        assert claim_due(settled.town, now=ELEVEN + 4 * DAY) == 1
        grades = Claim.of(settled.town).values_list("resident__name", "grade")
        assert dict(grades) == {"王芳": "machine", "李大伯": "typed"}


def test_two_phones_of_one_resident_at_the_same_moment_are_one_coming(committed):
    ditch = announce(committed, "volunteering", "清渠")
    asked = seen(ditch, committed["王芳"], NINE)

    def send(_):
        try:
            return check([asked], NINE)[0].id
        finally:
            connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(8) as pool:
            ids = list(pool.map(send, range(24)))
    else:  # one writer at a time: SQLite has no two at once
        ids = [check([asked], NINE)[0].id for _ in range(24)]
    assert len(set(ids)) == 1
    assert Presence.of(committed.town).count() == 1
