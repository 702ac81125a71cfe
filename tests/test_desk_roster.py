"""Doubts about the roster at the desk: read by the supervisor without a name, answered by another household."""

import re

import pytest

from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Group
from gongfen.people.roster_objections import object_to_additions, own_objections
from tests.desk import at_desk
from tests.earning_life import Life

pytestmark = pytest.mark.django_db
ROOM = "/desk/review/rechecks"


def doubted(life: Life, who: str, said: str = "来了三个，册上写了九个") -> int:
    person = life.people[who]
    group = Group.of(life.town).select_related("village").get(id=person.group_id)
    object_to_additions(person, group, "2026Q4", said, now=life.now)
    return RosterObjection.of(life.town).get(resident=person).id


def state(life: Life, doubt: int) -> str:
    return str(RosterObjection.of(life.town).get(id=doubt).state)


def test_a_supervisor_reads_the_doubt_without_a_name_and_answers_once(life: Life) -> None:
    doubt, desk = doubted(life, "wang", "<b>九个</b>"), at_desk(life, "supervisor")
    assert "条对名单的异议等您答复" in desk.get("/desk/").content.decode()
    shown = desk.get(ROOM).content.decode()
    assert "&lt;b&gt;九个" in shown and "<b>九个" not in shown and "wang" not in shown
    for _ in range(2):
        sent = desk.post(f"{ROOM}/objections/{doubt}", {"found": "right", "answer": "划掉六个"})
        assert sent.status_code == 303
    (mine,) = own_objections(life.people["wang"])
    assert (mine.state, mine.answer, mine.decided_by) == ("right", "划掉六个", life.supervisor.subject)
    told = desk.get(f"{ROOM}?lang=en").content.decode()
    assert "划掉六个" in told and "right: put right" in told and "/objections/" not in told
    assert "条对名单的异议" not in at_desk(life, "other_supervisor").get("/desk/").content.decode()


def test_what_was_typed_stays_and_half_an_answer_is_none(life: Life) -> None:
    doubt, desk = doubted(life, "wang"), at_desk(life, "supervisor")
    for typed in ({"found": "unfounded", "answer": "都" * 201}, {"found": "open", "answer": "都在"}, {}):
        sent = desk.post(f"{ROOM}/objections/{doubt}", typed)
        assert sent.status_code == 422 and state(life, doubt) == "open"
        assert f'value="{typed.get("answer", "")}"' in sent.content.decode()
    typed = {"found": "unfounded", "answer": "都" * 201}
    shown = desk.post(f"{ROOM}/objections/{doubt}", typed).content.decode()
    assert re.search(r'value="unfounded" checked', shown)


def test_ones_own_household_other_roles_and_other_villages_do_not_answer(life: Life) -> None:
    own, yes = doubted(life, "supervisor"), {"found": "unfounded", "answer": "都在"}
    desk = at_desk(life, "supervisor")
    shown = desk.get(ROOM).content.decode()
    assert "由另一户的监督员答复" in shown and "/objections/" not in shown
    assert "条对名单的异议" not in desk.get("/desk/").content.decode()
    assert desk.post(f"{ROOM}/objections/{own}", yes).status_code == 422
    reviewer = at_desk(life, "reviewer")
    assert "来了三个" not in reviewer.get(ROOM).content.decode()
    assert reviewer.post(f"{ROOM}/objections/{own}", yes).status_code == 403
    there = found_village(life.town, name="东山村", name_en="Dongshan", notice_days=5, now=life.now)
    (stranger,) = join_many(there, [Joining("1", "一组", "他乡", is_head=True)], by=life.town.subject, now=life.now)
    stranger.town = life.town
    group = Group.of(life.town).select_related("village").get(id=stranger.group_id)
    object_to_additions(stranger, group, "2026Q4", "不对", now=life.now)
    far = RosterObjection.of(life.town).get(resident=stranger).id
    for nowhere in (far, 5, 10**30):
        assert desk.post(f"{ROOM}/objections/{nowhere}", yes).status_code == 422
    assert {state(life, own), state(life, far)} == {"open"}
    assert at_desk(life, "other_supervisor").post(f"{ROOM}/objections/{own}", yes).status_code == 303
    assert state(life, own) == "unfounded"
