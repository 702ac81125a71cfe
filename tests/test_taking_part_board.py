"""The board: asked, offered, agreed by both; points of the helped go to who helped, and no point is made."""

from datetime import date, timedelta

import pytest

from gongfen.activities import neighbours
from gongfen.activities.claims import OutsideDays
from gongfen.activities.models import Help, HelpNote, TermsVersion
from gongfen.activities.neighbours import Proposal
from gongfen.fund import moves
from gongfen.journal.models import Act
from gongfen.ledger.batch import one, one_batch
from gongfen.rules.posting import InsufficientBalance, Kind
from tests.taking_part import DAY, HOUR, announce
from tests.village import NOW, POINT

TODAY = date(2026, 3, 18)


@pytest.fixture
def board(settled):
    """The village's neighbours' help is open, and 王芳 has twelve points."""
    announce(settled, "neighbours_help", "邻里互助", at=NOW - HOUR, hours=24 * 90)
    ditch = announce(settled, "volunteering", "清渠")
    with one_batch(settled.town, NOW) as batch:
        act = batch.act(key="earned", verb="claim.award", by=settled.town.subject, about=settled["王芳"].subject)
        act.moves(*moves.award(settled.town, ditch.subject, settled["王芳"].subject, 12 * POINT))
    one(batch.answers)
    return settled


def proposal(village, points=3 * POINT, giver="陈小芳", taker="王芳", on=TODAY, minutes=40):
    return Proposal(village[giver], village[taker], points, minutes, on)


def proposed(village, by="陈小芳", key="tap-mended", **more):
    return neighbours.propose(village[by], proposal(village, **more), key=key, now=NOW)


def test_both_agree_and_the_points_of_the_helped_go_to_who_helped(board):
    mended = proposed(board)
    assert board.points("陈小芳") == 0
    act = neighbours.agree(board["王芳"], mended.id, now=NOW)
    assert (board.points("王芳"), board.points("陈小芳")) == (9 * POINT, 3 * POINT)
    assert (act.verb, act.by, act.about) == ("neighbour.help", board["王芳"].subject, board["陈小芳"].subject)
    assert Help.of(board.town).get().act_id == act.id


def test_no_point_is_made_and_the_backing_stays(board):
    before = board.has(Kind.ISSUANCE, board.town.subject), board.has(Kind.BACKING, board.town.subject)
    neighbours.agree(board["王芳"], proposed(board).id, now=NOW)
    assert before == (board.has(Kind.ISSUANCE, board.town.subject), board.has(Kind.BACKING, board.town.subject))


def test_the_same_request_twice_is_one_help(board):
    assert proposed(board).id == proposed(board).id
    first = neighbours.agree(board["王芳"], proposed(board).id, now=NOW)
    again = neighbours.agree(board["王芳"], proposed(board).id, now=NOW)
    assert (again.id, again.is_new) == (first.id, False)
    assert board.points("陈小芳") == 3 * POINT


def test_who_proposed_does_not_agree_and_nobody_else_finds_it(board):
    mended = proposed(board)
    with pytest.raises(neighbours.NotYoursToAgree):
        neighbours.agree(board["陈小芳"], mended.id, now=NOW)
    with pytest.raises(neighbours.UnknownHelp):
        neighbours.agree(board["赵大伯"], mended.id, now=NOW)
    with pytest.raises(neighbours.UnknownHelp):
        neighbours.propose(board["赵大伯"], proposal(board), key="not-mine", now=NOW)


def test_nobody_gives_more_than_one_has(board):
    poor = proposed(board, giver="王芳", taker="陈小芳")
    with pytest.raises(InsufficientBalance):
        neighbours.agree(board["王芳"], poor.id, now=NOW)


@pytest.mark.parametrize("points", [0, -1, 1_001])
def test_a_help_brings_between_a_hundredth_and_ten_points(board, points):
    with pytest.raises(neighbours.HelpPointsWrong) as no:
        proposed(board, points=points)
    assert no.value.facts == {"least": 1, "most": 1_000}


def test_help_at_home_is_not_counted(board):
    with pytest.raises(neighbours.HelpWithinHousehold):
        proposed(board, by="王芳", giver="王小刘")


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - DAY])
def test_help_is_of_a_day_that_was_announced_and_has_come(board, day):
    with pytest.raises(OutsideDays):
        proposed(board, on=day)


def test_without_an_announcement_no_points_move(settled):
    with pytest.raises(neighbours.NoHelpOpen):
        proposed(settled)


def test_a_no_leaves_nothing_behind(board):
    mended = proposed(board)
    neighbours.decline(board["王芳"], mended.id)
    assert not Help.of(board.town).exists()
    assert not Act.of(board.town).filter(verb="neighbour.help").exists()
    done = proposed(board)
    neighbours.agree(board["王芳"], done.id, now=NOW)
    with pytest.raises(neighbours.HelpDecided):
        neighbours.decline(board["王芳"], done.id)


def test_caps_of_the_terms_hold_for_who_helps(board):
    TermsVersion.of(board.town).filter(kind="neighbours_help").update(caps={"each": 1_000, "month": 500})
    neighbours.agree(board["王芳"], proposed(board).id, now=NOW)
    with pytest.raises(neighbours.HelpCapReached) as no:
        neighbours.agree(board["王芳"], proposed(board, key="second-help").id, now=NOW)
    assert no.value.facts == {"left": 2 * POINT}
    assert board.points("王芳") == 9 * POINT


class TestNotes:
    def test_a_note_hangs_until_its_day_or_until_it_is_taken_down(self, settled):
        note = neighbours.post_note(settled["王芳"], "asked", "修水龙头", until=TODAY + DAY, key="a", now=NOW)
        again = neighbours.post_note(settled["王芳"], "asked", "修水龙头", until=TODAY + DAY, key="a", now=NOW)
        assert note.id == again.id
        assert [(one.words, one.resident.called) for one in neighbours.board(settled.village, now=NOW)] == [
            ("修水龙头", "阿芳")
        ]
        assert neighbours.board(settled.village, now=NOW + 2 * DAY) == []
        with pytest.raises(neighbours.UnknownHelp):
            neighbours.take_down(settled["陈小芳"], note.id)
        neighbours.take_down(settled["王芳"], note.id)
        assert not HelpNote.of(settled.town).exists()

    def test_a_note_is_a_line_and_hangs_a_month_at_most(self, settled):
        note = neighbours.post_note(settled["王芳"], "offered", "帮写信", until=TODAY + 400 * DAY, key="a", now=NOW)
        assert note.until == TODAY + timedelta(days=30)
        for words, code in (("  ", "note_empty"), ("长" * 121, "text_too_long"), ("a\x00b", "field_wrong")):
            with pytest.raises(Exception, match=code):
                neighbours.post_note(settled["王芳"], "asked", words, until=TODAY, key="b", now=NOW)

    def test_five_notes_are_enough(self, settled):
        for n in range(5):
            neighbours.post_note(settled["王芳"], "asked", f"第{n}", until=TODAY, key=str(n), now=NOW)
        with pytest.raises(neighbours.TooManyNotes):
            neighbours.post_note(settled["王芳"], "asked", "第六", until=TODAY, key="6", now=NOW)
        later = NOW + DAY  # what is over makes room
        assert neighbours.post_note(settled["王芳"], "asked", "第六", until=TODAY + DAY, key="6", now=later)
