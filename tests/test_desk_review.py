"""The reviewer's morning at the desk: what waits, a yes to many, a no with a reason, and nothing of one's own."""

import re

import pytest
from django.test import Client

from gongfen.activities import attendance, photos
from gongfen.activities.claims import claim_many
from gongfen.activities.models import Claim, Objection
from gongfen.journal.models import Act
from gongfen.notices import inbox
from gongfen.notices.following import follow_all
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import Resident
from gongfen.rules.review import SET_MOST
from tests.desk import PASSWORD, at_desk
from tests.doors_earning import a_photo
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(life: Life) -> Client:
    return at_desk(life, "reviewer")


def test_what_waits_is_decided_many_at_once(life: Life, reviewer: Client) -> None:
    activity = life.publish()
    made = [life.claim(activity, who, minutes=120) for who in ("li", "wang", "zhao")]
    shown = reviewer.get("/desk/review").content.decode()
    assert all(name in shown for name in ("li", "wang", "zhao", "清渠"))
    answer = reviewer.post("/desk/review", {"claim": [claim.id for claim in made], "answer": "yes"})
    assert answer.status_code == 303
    assert {life.state(claim) for claim in made} == {"in_notice"}
    assert "都审完了" in reviewer.get("/desk/review").content.decode()


def test_a_no_has_a_reason_and_what_was_typed_stays(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    typed = {"claim": claim.id, "answer": "no", "own_reason": "x" * 300}
    answer = reviewer.post("/desk/review", typed)
    assert answer.status_code == 422
    assert "x" * 300 in answer.content.decode()
    assert life.state(claim) == "made"
    reviewer.post("/desk/review", {"claim": claim.id, "answer": "no", "own_reason": "那天没有签到"})
    assert life.state(claim) == "refused"


def test_two_people_on_one_claim_the_second_sees_who_decided(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim, by=life.second)
    answer = reviewer.post("/desk/review", {"claim": claim.id, "answer": "no", "own_reason": "没来"})
    assert "li: second, 今天 09:00, 公示" in answer.content.decode()
    assert life.state(claim) == "in_notice"


def test_ones_own_household_is_not_even_shown(life: Life, reviewer: Client) -> None:
    wife = Resident.of(life.town).get(name="reviewers_wife")
    wife.town = life.town
    claim = life.claim(life.publish(), wife, minutes=60)
    shown = reviewer.get("/desk/review").content.decode()
    assert f'value="{claim.id}"' not in shown and "另外 1 笔是您家的" in shown
    answer = reviewer.post("/desk/review", {"claim": claim.id, "answer": "yes"})
    assert 'role="alert"' in answer.content.decode()
    assert life.state(claim) == "made"


def test_the_room_is_for_reviewers(life: Life) -> None:
    treasurer = at_desk(life, "treasurer")
    assert treasurer.get("/desk/review").status_code == 403
    assert "/desk/review" not in treasurer.get("/desk/").content.decode()


def test_names_cannot_write_on_the_page(life: Life, reviewer: Client) -> None:
    Resident.of(life.town).filter(name="li").update(name="<script>alert(1)</script>")
    life.claim(life.publish(title="<b>清渠</b>"), "li", minutes=60)
    shown = reviewer.get("/desk/review").content.decode()
    assert "<script>alert(1)" not in shown
    assert "<b>清渠" not in shown


def test_a_no_without_a_reason_is_refused(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    answer = reviewer.post("/desk/review", {"claim": claim.id, "answer": "no"})
    assert answer.status_code == 422
    assert "理由" in answer.content.decode() and life.state(claim) == "made"


def test_own_words_are_read_by_the_owner_and_stay_out_of_the_act(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    reviewer.post("/desk/review", {"claim": claim.id, "answer": "no", "own_reason": "那天您在县城"})
    claim.refresh_from_db()
    assert claim.reason == "那天您在县城"
    assert "县城" not in str(Act.of(life.town).get(id=claim.decided_act).facts)


def test_what_a_claim_rests_on_stands_beside_the_decision(life: Life, reviewer: Client) -> None:
    activity = life.publish("labor", "unpaid", title="修路")
    sent = photos.upload(life.li, life.li, a_photo(), now=life.now)
    claim = life.claim(activity, "li", day="half", photo=str(sent.id))
    shown = reviewer.get("/desk/review").content.decode()
    assert f'src="/desk/review/photo/{sent.id}"' in shown and "半天" in shown and "补录" not in shown
    assert reviewer.get(f"/desk/review/photo/{sent.id}").headers["Content-Type"] == "image/jpeg"
    ditch = life.publish(title="清渠", ends_at=life.now + DAY)
    life.now += DAY / 12
    attendance.tick_many(
        ditch, [attendance.Tick(life.wang, ditch.starts_at, life.now)], by=life.organiser, now=life.now
    )
    attendance.claim_presences(ditch, now=life.now, as_typed=True)
    reviewer.post("/desk/review", {"desk_password": PASSWORD})
    shown = reviewer.get("/desk/review").content.decode()
    assert "今天 09:00 到" in shown and "11:00" in shown and "organiser 记的" in shown and str(claim.id) in shown


def test_appeals_say_how_many_days_are_left_and_who_said_no(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.refuse(claim, by=life.second, reason="没有签到")
    life.appeal(claim, said="我在的，问老赵")
    life.now += 5 * DAY
    reviewer = at_desk(life, "third")
    shown = reviewer.get("/desk/review?state=appealed").content.decode()
    assert "还剩 9 天" in shown and "我在的，问老赵" in shown and "second" in shown and "没有签到" in shown
    life.now += 9 * DAY
    reviewer.post("/desk/review", {"desk_password": PASSWORD})
    assert "今天最后一天" in reviewer.get("/desk/review").content.decode()
    reviewer.post("/desk/review", {"claim": claim.id, "answer": "yes"})
    assert life.state(claim) == "in_notice"


def test_claims_are_filtered_by_activity_and_by_what_they_wait_for(life: Life, reviewer: Client) -> None:
    ditch, road = life.publish(title="清渠"), life.publish("labor", "unpaid", title="修路")
    first, second = life.claim(ditch, "li", minutes=60), life.claim(road, "wang", day="whole")
    shown = reviewer.get(f"/desk/review?activity={road.id}").content.decode()
    assert f'value="{second.id}"' in shown and f'value="{first.id}"' not in shown
    assert "都审完了" in reviewer.get("/desk/review?state=appealed").content.decode()
    for asked in ("activity=nonsense", "activity=99999999999999999999", "state=nonsense", "state=%00", "done=x"):
        assert f'value="{first.id}"' in reviewer.get(f"/desk/review?{asked}").content.decode() or "9999" in asked


def test_four_hundred_claims_take_three_presses(life: Life, reviewer: Client) -> None:
    """Opened, all ticked, approved: E, A, and the page is done. What the server has to do fits in one request."""
    activity = life.publish(budget_points=400 * 100)
    many = [Joining(str(1000 + n), "一组", f"村民{n}", is_head=True) for n in range(SET_MOST)]
    people = join_many(life.village, many, by=life.town.subject, now=life.now)
    for one in people:
        one.town = life.town
    claim_many(life.town, [life.wanted(activity, one, minutes=60) for one in people], life.now)
    shown = reviewer.get(f"/desk/review?activity={activity.id}").content.decode()
    every = re.findall(r'name="claim" value="(\d+)"', shown)
    assert len(every) == SET_MOST
    answer = reviewer.post("/desk/review", {"claim": every, "answer": "yes"})
    assert answer.status_code == 303 and "done=400" in answer.url
    assert "办好了 400 笔" in reviewer.get(answer.url).content.decode()
    assert Claim.of(life.town).filter(activity=activity, state="in_notice").count() == SET_MOST


def test_an_objection_after_the_award_is_looked_into(life: Life) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim)
    life.days_pass(7)
    life.object(claim, said="那天他在县城")
    desk = at_desk(life, "second")
    shown = desk.get("/desk/review/corrections").content.decode()
    assert "那天他在县城" in shown and "li" in shown
    one = Objection.of(life.town).get(claim=claim)
    answer = desk.post(f"/desk/review/corrections/{one.id}/ask", {"why": ""})
    assert answer.status_code == 422
    desk.post(f"/desk/review/corrections/{one.id}/ask", {"why": "有人说您不在"})
    supervisor = at_desk(life, "supervisor")
    before = life.points("li")
    assert supervisor.post(f"/desk/review/corrections/{one.id}/rule").status_code == 303
    assert life.points("li") == before - 100
    assert "没有等着的异议" in supervisor.get("/desk/review/corrections").content.decode()


def test_an_objection_after_the_award_may_be_dismissed_but_not_by_who_decided(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim, by=life.reviewer)
    life.days_pass(7)
    life.object(claim)
    one = Objection.of(life.town).get(claim=claim)
    third = at_desk(life, "third")
    again = {"desk_password": PASSWORD}
    assert reviewer.post(f"/desk/review/corrections/{one.id}/dismiss", again).status_code == 422
    assert third.post(f"/desk/review/corrections/{one.id}/dismiss").status_code == 303
    assert third.post(f"/desk/review/corrections/{one.id}/dismiss").status_code == 303
    one.refresh_from_db()
    assert (one.state, one.decided_by) == ("dismissed", life.third.subject)
    follow_all(life.town, now=life.now)
    assert "award_stands" in [notice.code for notice in inbox.inbox(life.li, now=life.now)]


def test_the_supervisor_draws_a_recheck_once(life: Life) -> None:
    Resident.of(life.town).filter(name="grandma_wang").update(has_phone=False)
    other = join_many(life.village, [Joining("200", "二组", "邻居", is_head=True)], by=life.town.subject, now=life.now)
    supervisor = at_desk(life, "supervisor")
    group = life.li.group_id
    first = supervisor.post(f"/desk/review/rechecks/{group}")
    assert supervisor.post(f"/desk/review/rechecks/{group}").url == first.url
    assert "份抽查抽到了，还没人回话" in supervisor.get("/desk/").content.decode()
    shown = supervisor.get(first.url).content.decode()
    assert "grandma_wang" in shown and other[0].name in shown
    reviewer = at_desk(life, "reviewer")
    assert "grandma_wang" not in reviewer.get(first.url).content.decode()
    assert reviewer.post(f"/desk/review/rechecks/{group}").status_code == 403
