"""What holds for reviewers, the paper sheet's photo, a town's lines on the notice, and doubts about the roster."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongfen.activities import reviews
from gongfen.activities.kinds import KindUnknown
from gongfen.activities.models import Claim, Evidence
from gongfen.activities.photos import PhotoTooLarge
from gongfen.activities.review_rules import (
    UnknownWish,
    WishWaits,
    agree_rules,
    ask_rules,
    drop_rules,
    rules_of,
    wish_of,
)
from gongfen.ledger.changes import ChangedMeanwhile
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Group, Resident
from gongfen.people.roster_objections import (
    NotYourVillage,
    RosterObjectedBefore,
    SayWhatIsWrong,
    UnknownRosterObjection,
    answer_objection,
    object_to_additions,
    objections_in,
    own_objections,
)
from gongfen.rules.review import DAILY_BUDGET, SECOND_LOOK_FROM, TwoPeopleNeeded
from gongfen.town.models import Town
from tests.doors import Call, Door, knock, token_of
from tests.doors_earning import a_photo
from tests.earning import claimed, on_notice, published
from tests.village import NOW, POINT, Daicun

pytestmark = pytest.mark.django_db


def wished(daicun: Daicun, budget: int = 100 * POINT, second: int = 90 * POINT) -> int:
    host = daicun.village.subject
    return ask_rules(daicun["林队长"], host, daily_budget=budget, second_look_from=second, now=NOW).id


def held(daicun: Daicun) -> tuple[int, int]:
    found = rules_of(daicun.town, daicun.village.subject)
    return found.daily_budget, found.second_look_from


def test_two_people_change_what_holds_for_reviewers(daicun):
    assert held(daicun) == (DAILY_BUDGET, SECOND_LOOK_FROM)
    wish = wished(daicun)
    assert held(daicun) == (DAILY_BUDGET, SECOND_LOOK_FROM)
    agree_rules(daicun["韩监督"], wish, now=NOW)
    assert held(daicun) == (100 * POINT, 90 * POINT)
    assert not agree_rules(daicun["韩监督"], wish, now=NOW).is_new
    agree_rules(daicun["韩监督"], wished(daicun, 200 * POINT), now=NOW)
    assert held(daicun) == (200 * POINT, 90 * POINT)


def test_the_new_budget_stops_the_reviewer_of_the_day(daicun):
    agree_rules(daicun["韩监督"], wished(daicun, budget=0), now=NOW)
    (answer,) = reviews.approve_claims(daicun["吴审核"], [claimed(daicun).id], now=NOW)
    assert answer.code == "review_budget_spent"


def test_two_people_look_at_each_claim_of_a_kind(daicun):
    host, leader = daicun.village.subject, daicun["林队长"]
    given = {"daily_budget": DAILY_BUDGET, "second_look_from": SECOND_LOOK_FROM, "now": NOW}
    wish = ask_rules(leader, host, kinds=("volunteering", "labor", "labor"), **given)
    assert ask_rules(leader, host, kinds=("labor", "volunteering"), **given).id == wish.id
    with pytest.raises(WishWaits):
        ask_rules(leader, host, kinds=("labor",), **given)
    with pytest.raises(KindUnknown):
        ask_rules(leader, host, kinds=("gossip",), **given)
    agree_rules(daicun["韩监督"], wish.id, now=NOW)
    claim = claimed(daicun)
    reviews.approve_claims(daicun["吴审核"], [claim.id], now=NOW)
    claim.refresh_from_db()
    assert claim.state == "second_look"
    reviews.approve_claims(daicun["沈审核"], [claim.id], now=NOW)
    claim.refresh_from_db()
    assert claim.state == "in_notice"


def test_nobody_agrees_to_the_own_wish(daicun):
    host = daicun.village.subject
    wish = ask_rules(daicun["韩监督"], host, daily_budget=1, second_look_from=1, now=NOW)
    with pytest.raises(TwoPeopleNeeded):
        agree_rules(daicun["韩监督"], wish.id, now=NOW)
    Resident.of(daicun.town).filter(name="林队长").update(household=daicun["韩监督"].household, is_head=False)
    other = ask_rules(daicun["韩监督"], host, daily_budget=1, second_look_from=1, now=NOW)
    assert other.id == wish.id  # the same wish again is the same
    with pytest.raises(NotYourRole):
        agree_rules(daicun["林队长"], wish.id, now=NOW)


def test_one_wish_waits_at_a_time_and_may_be_dropped(daicun):
    wish = wished(daicun)
    with pytest.raises(WishWaits):
        wished(daicun, budget=7)
    drop_rules(daicun["韩监督"], wish, now=NOW)
    assert wish_of(daicun.town, daicun.village.subject) is None
    with pytest.raises(ChangedMeanwhile):
        agree_rules(daicun["韩监督"], wish, now=NOW)
    with pytest.raises(UnknownWish):
        agree_rules(daicun["韩监督"], 5, now=NOW)
    with pytest.raises(NotYourRole):
        ask_rules(daicun["吴审核"], daicun.village.subject, daily_budget=1, second_look_from=1, now=NOW)


def send_photo(daicun: Daicun, who: str, activity: int, sent: bytes) -> Any:
    door = Door("POST", "/organise/activities/{activity}/evidence", "organiser")
    files = {"photo": SimpleUploadedFile("签到表.jpg", sent, "image/jpeg")}
    call = Call({"activity": activity}, query={"resident": daicun[who].id}, files=files)
    return knock(door, call, token_of(daicun["林队长"]))


def test_the_photo_of_a_paper_sheet_backs_the_claim_of_who_has_no_phone(daicun):
    activity = published(daicun)
    answer = send_photo(daicun, "李大伯", activity.id, a_photo())
    assert answer.status_code == 201, answer.content
    (photo,) = Evidence.of(daicun.town)
    assert (photo.resident_id, photo.uploaded_by) == (daicun["李大伯"].id, daicun["林队长"].subject)
    line = {"resident": str(daicun["李大伯"].id), "form": {"minutes": 60, "photo": answer.json()["id"]}}
    (told,) = Client().post(
        f"/api/v1/organise/activities/{activity.id}/claims", {"grade": "witnessed", "lines": [line]},
        "application/json",
        headers={"Authorization": f"Bearer {token_of(daicun['林队长'])}", "Idempotency-Key": "the-tally-of-today"},
    ).json()  # fmt: skip
    assert told["code"] is None, told
    photo.refresh_from_db()
    assert photo.claim_id == Claim.of(daicun.town).get().id


def test_a_photo_that_is_none_is_refused_in_words(daicun):
    activity = published(daicun).id
    assert send_photo(daicun, "李大伯", activity, b"no photo").json()["code"] == "photo_unreadable"
    assert PhotoTooLarge.code == "photo_too_large"


def test_the_lines_of_the_town_are_on_the_village_s_notice(daicun):
    claim = on_notice(daicun)
    Claim.of(daicun.town).filter(id=claim.id).update(host=daicun.town.subject)
    door = Door("GET", "/villages/{village}/on-notice", "guest")

    def lines(of: str = "") -> list[Any]:
        return knock(door, Call({"village": daicun.village.id}, query={"of": of}), None).json()["items"]

    assert [(line["id"], line["village"]) for line in lines()] == [(str(claim.id), "戴村")]
    assert len(lines("town")) == 1
    assert lines("village") == []


def group(daicun: Daicun) -> Group:
    return Group.of(daicun.town).select_related("village").get(village=daicun.village, name="一组")


def test_a_resident_doubts_the_roster_and_a_supervisor_answers(daicun):
    object_to_additions(daicun["王芳"], group(daicun), "2026Q1", "来了三个，册上写了九个", now=NOW)
    again = object_to_additions(daicun["王芳"], group(daicun), "2026Q1", "来了三个，册上写了九个", now=NOW)
    assert not again.is_new
    with pytest.raises(RosterObjectedBefore):
        object_to_additions(daicun["王芳"], group(daicun), "2026Q1", "还有别的", now=NOW)
    door = Door("GET", "/villages/{village}/roster-additions", "guest")
    shown = knock(door, Call({"village": daicun.village.id}, query={"quarter": "2026Q1"}), None).json()
    assert [(row["name"], row["objections"], row["waiting"]) for row in shown] == [("一组", 1, 1), ("二组", 0, 0)]
    (row,) = objections_in(daicun.village, waiting=True)
    answer_objection(daicun["韩监督"], row.id, "right", "划掉六个", now=NOW)
    assert objections_in(daicun.village, quarter="2026Q1", waiting=True) == []
    (mine,) = own_objections(daicun["王芳"])
    assert (mine.state, mine.answer, mine.decided_by) == ("right", "划掉六个", daicun["韩监督"].subject)


def test_who_may_not_doubt_or_answer(daicun):
    stranger = elsewhere(daicun.town)
    with pytest.raises(NotYourVillage):
        object_to_additions(stranger, group(daicun), "2026Q1", "不对", now=NOW)
    with pytest.raises(SayWhatIsWrong):
        object_to_additions(daicun["王芳"], group(daicun), "2026Q1", "  ", now=NOW)
    object_to_additions(daicun["韩监督"], group(daicun), "2026Q1", "不对", now=NOW)
    (row,) = objections_in(daicun.village)
    with pytest.raises(NeedsTwoPeople):
        answer_objection(daicun["韩监督"], row.id, "unfounded", "都在", now=NOW)
    with pytest.raises(NotYourRole):
        answer_objection(daicun["林队长"], row.id, "unfounded", "都在", now=NOW)
    with pytest.raises(UnknownRosterObjection):
        answer_objection(daicun["韩监督"], 5, "unfounded", "都在", now=NOW)


def elsewhere(town: Town) -> Resident:
    village = found_village(town, name="石桥", now=NOW)
    village.town = town
    (stranger,) = join_many(village, [Joining("1", "一组", "外村人")], by=town.subject, now=NOW)
    return stranger
