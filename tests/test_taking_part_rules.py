"""Codes at the place, lots and survey forms: what anybody can check with a clock, a seed and a pencil."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.rules import lots, presence, surveys
from gongfen.rules.presence import Stay
from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import Asks, Form, OnlyIf, Option, Question

KEY = bytes(range(32))
DYKE = 77
EIGHT = datetime(2026, 10, 10, 8, tzinfo=UTC)
SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)


def read(text, *, now, **clocks):
    return presence.read_code(KEY, DYKE, text, now=now, **clocks)


def qr_at(moment):
    return presence.qr_of(KEY, DYKE, presence.step_at(moment))


def digits_at(moment):
    return presence.digits_of(KEY, presence.step_at(moment))


class TestTheCode:
    @pytest.mark.parametrize("shown", [qr_at, digits_at])
    @pytest.mark.parametrize("after", [0, 29, 60, 89])
    def test_a_code_on_the_screen_or_just_gone_is_taken(self, shown, after):
        reading = read(shown(EIGHT), now=EIGHT + after * SECONDS)
        assert (reading.at, reading.is_late) == (EIGHT, False)

    @pytest.mark.parametrize("shown", [qr_at, digits_at])
    def test_an_old_code_is_called_stale_and_says_when_it_was_shown(self, shown):
        with pytest.raises(presence.CodeStale) as no:
            read(shown(EIGHT), now=EIGHT + 3 * MINUTES)
        assert no.value.facts == {"shown_at": EIGHT.isoformat(), "seconds": 180}

    @pytest.mark.parametrize("shown", [qr_at, digits_at])
    def test_a_leader_whose_clock_runs_ahead_is_told_by_how_much(self, shown):
        with pytest.raises(presence.CodeAhead) as no:
            read(shown(EIGHT + 4 * MINUTES), now=EIGHT)
        assert no.value.facts == {"seconds": 240}

    def test_half_a_minute_ahead_is_forgiven_and_never_lies_in_the_future(self):
        reading = read(qr_at(EIGHT + 30 * SECONDS), now=EIGHT + 5 * SECONDS)
        assert reading.at == EIGHT + 5 * SECONDS

    def test_a_code_read_without_network_counts_from_when_it_was_shown(self):
        reading = read(qr_at(EIGHT), now=EIGHT + 4 * MINUTES, read_at=EIGHT, sent_at=EIGHT + 4 * MINUTES)
        assert (reading.at, reading.is_late) == (EIGHT, False)

    @pytest.mark.parametrize("shown", [qr_at, digits_at])
    def test_sent_an_hour_later_it_is_late(self, shown):
        reading = read(shown(EIGHT), now=EIGHT + 60 * MINUTES, read_at=EIGHT, sent_at=EIGHT + 60 * MINUTES)
        assert (reading.at, reading.is_late) == (EIGHT, True)

    @pytest.mark.parametrize("wrong", [timedelta(days=-400), timedelta(hours=-3), timedelta(hours=9)])
    def test_a_phone_whose_clock_is_wrong_is_no_worse_off(self, wrong):
        now = EIGHT + 20 * MINUTES
        reading = read(digits_at(EIGHT), now=now, read_at=EIGHT + wrong, sent_at=now + wrong)
        assert reading.at == EIGHT

    def test_an_old_picture_does_not_become_fresh_by_saying_it_was_read_now(self):
        now = EIGHT + 60 * MINUTES
        with pytest.raises(presence.CodeStale):
            read(qr_at(EIGHT), now=now, read_at=now, sent_at=now)

    def test_after_a_week_it_is_the_leaders_to_write(self):
        with pytest.raises(presence.SentTooLate):
            read(qr_at(EIGHT), now=EIGHT + timedelta(days=8), read_at=EIGHT, sent_at=EIGHT + timedelta(days=8))

    def test_a_code_of_another_activity_says_which(self):
        with pytest.raises(presence.CodeOfAnother) as no:
            read(presence.qr_of(KEY, 78, presence.step_at(EIGHT)), now=EIGHT)
        assert no.value.facts == {"activity": "78"}

    def test_a_code_of_another_key_is_wrong(self):
        with pytest.raises(presence.CodeWrong):
            read(presence.qr_of(b"x" * 32, DYKE, presence.step_at(EIGHT)), now=EIGHT)

    @given(st.text(max_size=80))
    def test_anything_else_gets_a_refusal_and_never_a_crash(self, text):
        with pytest.raises(Refusal):
            presence.read_code(KEY, DYKE, "GF1:" + text, now=EIGHT)

    @pytest.mark.parametrize("text", ["", "12345", "１２３４５６", "GF1:77:1:!!!!", "GF1:77:-1:AAAA", "GF1:7٧:1:AA"])
    def test_what_is_no_code_is_unreadable(self, text):
        with pytest.raises(presence.CodeUnreadable):
            read(text, now=EIGHT)

    def test_wrong_tries_grow_slower_up_to_a_minute(self):
        assert [presence.wait_after(tries) for tries in range(10)] == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


class TestTheMinutes:
    def test_whole_minutes_between_in_and_out(self):
        assert presence.minutes_present([Stay(EIGHT, EIGHT + 119 * SECONDS)]) == 1

    def test_time_counted_twice_counts_once(self):
        stays = [Stay(EIGHT, EIGHT + 60 * MINUTES), Stay(EIGHT + 30 * MINUTES, EIGHT + 90 * MINUTES)]
        assert presence.minutes_present(stays) == 90

    def test_only_the_announced_time_counts_and_an_open_stay_nothing(self):
        stays = [Stay(EIGHT - 60 * MINUTES, EIGHT + 60 * MINUTES), Stay(EIGHT + 70 * MINUTES, None)]
        assert presence.minutes_present(stays, opens=EIGHT, closes=EIGHT + 45 * MINUTES) == 45

    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=6))
    def test_it_is_the_number_of_minutes_in_any_stay(self, pairs):
        stays = [Stay(EIGHT + a * MINUTES, EIGHT + b * MINUTES) for a, b in pairs]
        assert presence.minutes_present(stays) == len({m for a, b in pairs for m in range(a, b)})

    def test_shifts_overlap_unless_one_ends_as_the_other_begins(self):
        morning = Stay(EIGHT, EIGHT + 60 * MINUTES)
        assert presence.overlap(morning, Stay(EIGHT + 59 * MINUTES, EIGHT + 80 * MINUTES))
        assert not presence.overlap(morning, Stay(EIGHT + 60 * MINUTES, EIGHT + 80 * MINUTES))
        assert presence.overlap(Stay(EIGHT, None), Stay(EIGHT + 600 * MINUTES, None))


class TestTheLot:
    def test_it_is_redrawn_with_a_seed_and_a_calculator(self):
        askers = [lots.Asker(slip) for slip in (11, 22, 33, 44)]
        by_hand = sorted((11, 22, 33, 44), key=lambda slip: hashlib.sha256(f"rain/{slip}".encode()).hexdigest())
        drawn = lots.draw("rain", askers, places=2, reserved=0)
        assert [*drawn.open_places, *drawn.waiting] == by_hand

    def test_the_order_of_asking_makes_no_difference(self):
        askers = [lots.Asker(slip, slip % 3 == 0) for slip in range(1, 40)]
        drawn = lots.draw("s", askers, places=10, reserved=3)
        assert drawn == lots.draw("s", askers[::-1], places=10, reserved=3)

    @given(st.dictionaries(st.integers(1, 999), st.booleans(), max_size=30), st.integers(0, 20), st.integers(0, 20))
    def test_reserved_places_are_for_people_without_phones_and_nobody_draws_twice(self, people, free, reserved):
        askers = [lots.Asker(slip, without) for slip, without in people.items()]
        drawn = lots.draw("seed", askers, places=free + reserved, reserved=reserved)
        assert sorted((*drawn.open_places, *drawn.reserved_places, *drawn.waiting)) == sorted(people)
        assert all(people[slip] for slip in drawn.reserved_places)
        assert len(drawn.open_places) == min(free, len(people) - len(drawn.reserved_places))
        assert len(drawn.reserved_places) == min(reserved, sum(people.values()))

    def test_a_free_place_passes_to_the_first_waiting_who_may_take_it(self):
        waiting = [lots.Asker(5), lots.Asker(6, without_phone=True)]
        assert lots.next_in_line(waiting, is_reserved=False) == waiting[0]
        assert lots.next_in_line(waiting, is_reserved=True) == waiting[1]
        assert lots.next_in_line(waiting[:1], is_reserved=True) is None

    def test_forty_eight_hours_are_forty_eight_hours(self):
        lots.check_open_long_enough(EIGHT, EIGHT + timedelta(hours=48))
        with pytest.raises(lots.LotTooEarly) as no:
            lots.check_open_long_enough(EIGHT, EIGHT + timedelta(hours=47, minutes=1))
        assert no.value.facts["hours"] == 1

    def test_the_day_before_by_village_time(self):
        since, until = lots.reconfirm_between(datetime(2026, 10, 9, 23, tzinfo=UTC))  # 07:00 on the 10th at home
        assert (since.isoformat(), until.isoformat()) == ("2026-10-09T08:00:00+08:00", "2026-10-09T20:00:00+08:00")


ROAD = Form(
    (
        Question(
            "uses",
            Asks.ONE,
            "您走这条路吗",
            options=(Option("yes", "走"), Option("no", "不走"), Option("some", "偶尔")),
        ),
        Question("why", Asks.MANY, "为什么", options=(Option("mud", "泥"), Option("dark", "黑")), most=1),
        Question("good", Asks.SCALE, "满意吗", least=1, most=5, only_if=OnlyIf("uses", ("yes", "some"))),
        Question("hours", Asks.NUMBER, "几小时", least=0, most=24, bands=(0, 2, 8)),
        Question("words", Asks.TEXT, "想说的", most=20),
    )
)


class TestTheForm:
    def test_it_can_be_asked_and_its_columns_depend_on_nothing_else(self):
        ROAD.check()
        assert surveys.columns(ROAD)[:7] == (
            *("uses.yes", "uses.no", "uses.some", "uses.prefer_not", "uses.blank"),
            *("why.mud", "why.dark"),
        )
        assert "hours.from_2" in surveys.columns(ROAD)

    def test_answers_are_made_whole(self):
        answers = surveys.read_answers(ROAD, {"uses": "yes", "good": 4, "hours": 3, "words": "  路灯  坏了 "})
        assert answers == {"uses": "yes", "why": "blank", "good": 4, "hours": 3, "words": "路灯 坏了"}

    def test_marks_that_break_pages_and_databases_do_not_get_in(self):
        answers = surveys.read_answers(ROAD, {"words": "灯\x00坏\ud800了\u202e"})
        assert answers["words"] == "灯 坏 了"

    def test_what_is_not_asked_is_not_heard(self):
        assert surveys.read_answers(ROAD, {"uses": "no", "good": 4})["good"] == "not_asked"

    def test_every_question_takes_prefer_not_to_say_and_silence(self):
        refused = surveys.read_answers(ROAD, dict.fromkeys((q.code for q in ROAD.questions), "prefer_not"))
        assert set(refused.values()) == {"prefer_not", "not_asked"}
        assert set(surveys.read_answers(ROAD, {}).values()) == {"blank", "not_asked"}

    @pytest.mark.parametrize(
        ("given_", "code"),
        [
            ([1], "answers_unreadable"),
            ({"who": "me"}, "question_unknown"),
            ({"uses": "perhaps"}, "answer_not_offered"),
            ({"uses": 3}, "answer_not_offered"),
            ({"uses": ["yes"]}, "answer_not_offered"),
            ({"why": "mud"}, "answer_not_offered"),
            ({"why": ["mud", "dark"]}, "answer_too_many_chosen"),
            ({"why": ["mud"] * 1000}, "answer_too_many_chosen"),
            ({"uses": "yes", "good": 6}, "answer_number_out_of_range"),
            ({"hours": True}, "answer_number_out_of_range"),
            ({"hours": 2.5}, "answer_number_out_of_range"),
            ({"hours": 10**5000}, "answer_number_out_of_range"),
            ({"words": "好" * 21}, "answer_text_too_long"),
            ({"words": 5}, "answer_not_offered"),
        ],
    )
    def test_what_does_not_fit_is_refused_by_name(self, given_, code):
        with pytest.raises(Refusal) as no:
            surveys.read_answers(ROAD, given_)
        assert no.value.code == code

    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x, max_size=3)))
    @settings(max_examples=200)
    def test_whatever_is_sent_is_read_or_refused(self, thing):
        for question in ROAD.questions:
            try:
                answer = surveys.read_answers(ROAD, {"uses": "yes", question.code: thing})[question.code]
            except Refusal as no:
                answer = no.facts["question"]
            assert answer is not None

    @pytest.mark.parametrize(
        ("question", "reason"),
        [
            (Question("uses", Asks.TEXT, "再问"), "code"),
            (Question("路", Asks.TEXT, "路"), "code"),
            (Question("a", Asks.ONE, "一", options=(Option("x", "只有一个"),)), "options"),
            (Question("a", Asks.ONE, "一", options=(Option("x", "甲"), Option("blank", "乙"))), "options"),
            (Question("a", Asks.SCALE, "几分", least=1, most=1), "range"),
            (Question("a", Asks.NUMBER, "几", least=5, most=5), "range"),
            (Question("a", Asks.NUMBER, "几", least=0, most=9, bands=(3, 5)), "bands"),
            (Question("a", Asks.TEXT, "为何", only_if=OnlyIf("later", ("x",))), "condition"),
            (Question("a", Asks.TEXT, "为何", only_if=OnlyIf("uses", ("never",))), "condition"),
        ],
    )
    def test_a_form_that_cannot_be_asked_says_where(self, question, reason):
        with pytest.raises(surveys.FormWrong) as no:
            Form((*ROAD.questions, question)).check()
        assert no.value.facts == {"question": question.code, "reason": reason}


class TestTheDocument:
    """What `docs/taking-part.md` promises to people who write clients or draw again by hand."""

    TOLD = (Path(__file__).parent.parent / "docs" / "taking-part.md").read_text(encoding="utf-8")

    def test_the_code_of_the_example(self):
        midnight = datetime(2026, 10, 10, tzinfo=UTC)
        for value in (presence.step_at(midnight), qr_at(midnight), digits_at(midnight)):
            assert str(value) in self.TOLD

    def test_the_lot_of_the_example(self):
        askers = [lots.Asker(11), lots.Asker(22), lots.Asker(33, without_phone=True), lots.Asker(44)]
        drawn = lots.draw("rain", askers, places=2, reserved=1)
        told = f"reserved {drawn.reserved_places[0]} · open {drawn.open_places[0]} · waiting 44, 22"
        assert drawn.waiting == (44, 22)
        assert told in self.TOLD
