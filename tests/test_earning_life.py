"""From an announced activity to points: the ordinary days of a village, and every no on the way."""

from datetime import timedelta

import pytest

from gongfen.activities import attendance, claims, drafting, publishing
from gongfen.activities.awards import BudgetShort, InNotice, award_claims
from gongfen.activities.claims import ClaimedBefore, NoAccount, NotOpen, OutsideDays
from gongfen.activities.kinds.form import FieldMissing, FieldOutOfRange
from gongfen.activities.models import Claim, Presence
from gongfen.activities.publishing import BudgetTooSmall, StillUndecided
from gongfen.fund.moves import FundShort
from gongfen.people.acts import give_roles
from gongfen.people.models import RoleName
from gongfen.rules.claim_states import WrongState
from gongfen.rules.review import OwnHousehold, OwnMatter, OwnRecord, TwoPeopleNeeded
from tests.earning_life import DAY, Life, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def life():
    return Life()


def test_from_the_ditch_to_thirty_points(life):
    weeding = life.publish(budget_points=6_000)
    assert life.fund() == 10_000 * 10_000 - 600_000
    assert life.budget(weeding) == 600_000
    claim = life.claim(weeding, "li", minutes=180)
    assert (claim.state, claim.points, claim.minutes) == ("made", 300, 180)
    assert refusals(life.approve(claim)) == []
    assert life.state(claim) == "in_notice"
    assert life.points("li") == 0
    assert life.days_pass(5) == []  # still its last day
    life.days_pass(1)
    assert life.state(claim) == "awarded"
    assert life.points("li") == 300
    assert life.backing() == 30_000
    life.now += 30 * DAY
    publishing.close_activity(life.organiser, weeding.id, now=life.now)
    assert life.fund() == 10_000 * 10_000 - 30_000
    assert life.budget(weeding) == 0


def test_the_months_notices_are_one_tap(life):
    notices = life.publish("article", "notices", title="十月须知", budget_points=10_000)
    claim = life.claim(notices, "li", said="read")
    assert (claim.state, claim.points, claim.evidence, claim.turn) == ("in_notice", 100, {}, "article/2026-10")
    with pytest.raises(ClaimedBefore):
        life.claim(notices, "li", said="knew")
    again = claims.claim_many(life.town, [life.wanted(notices, "li", said="read")], life.now)
    assert again[0].is_new is False
    life.days_pass(6)
    assert life.points("li") == 100


def test_a_paper_slip_does_the_same_with_a_second_pair_of_eyes(life):
    notices = life.publish("article", "notices", title="十月须知", budget_points=10_000)
    claim = life.claim(notices, "grandma_wang", grade="witnessed", by=life.clerk, said="knew")
    assert claim.state == "made"
    assert refusals(life.approve(claim)) == []
    life.days_pass(6)
    assert life.points("grandma_wang") == 100


def test_caps_trim_in_order_and_hours_stay(life):
    first, second = life.publish(), life.publish(title="扫街")
    one, two = claims.claim_many(
        life.town,
        [life.wanted(first, "li", minutes=300), life.wanted(second, "li", minutes=300)],
        life.now,
    )
    assert [life.claim_of(answer).points for answer in (one, two)] == [500, 300]
    assert life.claim_of(two).minutes == 300
    third = life.publish(title="植树")
    assert life.claim(third, "li", minutes=60).points == 0


def test_a_set_answers_each_line(life):
    weeding = life.publish()
    answers = claims.claim_many(
        life.town,
        [
            life.wanted(weeding, "li", minutes=60),
            life.wanted(weeding, "li", minutes=60),
            life.wanted(weeding, "wang"),
            life.wanted(weeding, "zhao", minutes=5_000),
            life.wanted(weeding, "lis_child", minutes=60),
            life.wanted(weeding, "chen", minutes=90),
        ],
        life.now,
    )
    assert [type(answer) for answer in answers[2:5]] == [FieldMissing, FieldOutOfRange, NoAccount]
    assert answers[0].is_new
    assert not answers[1].is_new
    assert life.claim_of(answers[5]).points == 150


def test_a_claim_belongs_to_a_day_of_its_activity(life):
    soon = life.publish(starts_at=life.now + 2 * DAY, ends_at=life.now + 3 * DAY)
    with pytest.raises(OutsideDays):
        life.claim(soon, "li", minutes=60)
    with pytest.raises(OutsideDays):
        life.claim(soon, "li", minutes=60, on=(life.now + 2 * DAY).date())
    life.now += 2 * DAY
    assert life.claim(soon, "li", minutes=60).state == "made"


def test_nothing_can_be_claimed_from_a_draft_or_a_closed_activity(life):
    draft = life.draft()
    with pytest.raises(NotOpen):
        life.claim(draft, "li", minutes=60)
    closed = life.publish(title="扫街")
    publishing.close_activity(life.organiser, closed.id, now=life.now)
    with pytest.raises(NotOpen):
        life.claim(closed, "li", minutes=60)


def test_who_may_not_decide(life):
    weeding = life.publish()
    own = life.claim(weeding, "reviewer", minutes=60)
    wife = life.claim(weeding, "reviewers_wife", minutes=60)
    recorded = life.claim(weeding, "li", grade="typed", by=life.reviewer, minutes=60)
    assert [type(answer) for answer in life.approve(own, wife, recorded)] == [OwnMatter, OwnHousehold, OwnRecord]
    assert refusals(life.approve(own, by=life.li)) == ["not_your_role"]
    assert refusals(life.approve(own, wife, recorded, by=life.second)) == []


def test_what_was_written_down_at_the_reviewers_table_is_for_another(life):
    claim = life.claim(life.publish(), "li", grade="typed", by=life.reviewers_wife, minutes=60)
    assert [type(answer) for answer in life.approve(claim)] == [TwoPeopleNeeded]
    assert refusals(life.approve(claim, by=life.second)) == []


def test_deciding_twice_decides_once_and_a_second_voice_comes_too_late(life):
    claim = life.claim(life.publish(), "li", minutes=60)
    (first,) = life.approve(claim)
    (again,) = life.approve(claim)
    assert (again.number, again.is_new) == (first.number, False)
    (late,) = life.refuse(claim, by=life.second)
    assert late == WrongState(state="in_notice", step="refuse")


def test_two_people_publish(life):
    activity = life.draft()
    with pytest.raises(TwoPeopleNeeded):
        drafting.approve_activity(_with_role(life, "organisers_son"), activity.id, now=life.now)
    drafting.approve_activity(life.supervisor, activity.id, now=life.now)
    with pytest.raises(TwoPeopleNeeded):
        publishing.publish_activity(life.supervisor, activity.id, now=life.now)


def _with_role(life, name):
    given = [(life.people[name], RoleName.SUPERVISOR, life.village)]
    give_roles(life.town, given, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    return life.people[name]


def test_the_host_learns_how_much_is_short_never_the_worker(life):
    with pytest.raises(FundShort) as no:
        life.publish(budget_points=1_000_100)
    assert no.value.facts == {"missing": 10_000}
    with pytest.raises(BudgetTooSmall) as small:
        life.publish(places=20, budget_points=1_000, ends_at=life.now + timedelta(hours=3))
    assert small.value.facts == {"points": 5_000, "money": 500_000, "needed": 6_000}


def test_more_came_than_was_planned(life):
    weeding = life.publish(budget_points=800, ends_at=life.now + timedelta(hours=8))
    made = [life.claim(weeding, who, minutes=300) for who in ("li", "wang")]
    life.approve(*made)
    answers = life.days_pass(6)
    assert [type(answer) for answer in answers[1:]] == [BudgetShort]
    assert answers[1].facts["missing"] == 20_000
    assert life.state(made[1]) == "in_notice"
    publishing.add_budget(life.supervisor, weeding.id, 200, key="1", now=life.now)
    assert refusals(life.days_pass(1)) == []
    assert life.points("wang") == 500
    assert life.budget(weeding) == 0


def test_nothing_closes_while_something_is_open(life):
    weeding = life.publish()
    claim = life.claim(weeding, "li", minutes=60)
    with pytest.raises(StillUndecided):
        publishing.close_activity(life.organiser, weeding.id, now=life.now)
    life.refuse(claim)
    with pytest.raises(StillUndecided):  # it may still be appealed
        publishing.close_activity(life.organiser, weeding.id, now=life.now)
    life.now += 16 * DAY
    assert publishing.close_activity(life.organiser, weeding.id, now=life.now).is_new
    assert not publishing.close_activity(life.organiser, weeding.id, now=life.now).is_new


def test_points_come_after_the_notice_and_once(life):
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim)
    assert award_claims(life.town, [claim.id], now=life.now) == [InNotice(until="2026-10-14")]
    life.now += 6 * DAY
    (first,) = award_claims(life.town, [claim.id], now=life.now)
    (again,) = award_claims(life.town, [claim.id], now=life.now)
    assert (first.number, again.is_new) == (again.number, False)
    assert life.points("li") == 100


def test_closing_forgets_nobody_who_was_there(life):
    hours = life.publish(ends_at=life.now + timedelta(hours=3))
    came = attendance.Tick(life.grandma_wang, life.now, life.now + timedelta(hours=2))
    life.now += timedelta(hours=2)
    (tick,) = attendance.tick_many(hours, [came], by=life.organiser, now=life.now)
    assert tick.resident_id == life.grandma_wang.id
    life.now += timedelta(hours=2)
    with pytest.raises(StillUndecided):  # the leader may still be confirmed
        publishing.close_activity(life.organiser, hours.id, now=life.now)
    life.now += 4 * DAY
    with pytest.raises(StillUndecided):
        publishing.close_activity(life.organiser, hours.id, now=life.now)
    claim = Claim.of(life.town).get(resident=life.grandma_wang)
    assert (claim.points, claim.grade, claim.state) == (200, "typed", "made")
    life.approve(claim)
    life.days_pass(6)
    publishing.close_activity(life.organiser, hours.id, now=life.now)
    assert life.points("grandma_wang") == 200
    assert not Presence.of(life.town).exists()
