"""Objections, appeals and corrections: one line stops, a third person answers, and nothing moves by force."""

from datetime import timedelta

import pytest

from gongfen.activities import appeals, objections, publishing, reversals
from gongfen.activities.appeals import AppealedBefore
from gongfen.activities.kinds.form import FieldMissing, FieldWrong, TextTooLong
from gongfen.activities.models import Appeal, Objection
from gongfen.activities.objections import NoticeOver, ObjectedBefore
from gongfen.activities.reversals import NoObjection, PointsSpent, UnknownReversal
from gongfen.activities.reviews import UnknownClaim
from gongfen.fund import moves
from gongfen.ledger.batch import one_batch
from gongfen.people.acts import NotYourRole
from gongfen.rules.claim_states import WrongState
from gongfen.rules.notice import AppealTooLate
from gongfen.rules.review import DecidedBefore, OwnHousehold, OwnMatter
from tests.earning_life import DAY, Life, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def life():
    return Life()


@pytest.fixture
def two(life):
    """Li and Wang at the ditch, both on notice."""
    weeding = life.publish()
    made = [life.claim(weeding, who, minutes=120) for who in ("li", "wang")]
    life.approve(*made)
    return made


def awarded(life, who="li"):
    claim = life.claim(life.publish(), who, minutes=120)
    life.approve(claim)
    life.days_pass(6)
    return claim


def test_an_objection_stops_one_line_only(life, two):
    lis, wangs = two
    life.object(lis)
    life.days_pass(6)
    assert (life.state(lis), life.state(wangs)) == ("objected", "awarded")
    assert (life.points("li"), life.points("wang")) == (0, 200)


def test_another_reviewer_decides_the_objection(life, two):
    lis, _ = two
    life.object(lis)
    life.object(lis, who="chen", said="我也没看见")
    assert [type(answer) for answer in life.approve(lis)] == [DecidedBefore]
    assert refusals(life.approve(lis, by=life.second)) == []
    assert set(Objection.of(life.town).values_list("state", flat=True)) == {"dismissed"}
    life.days_pass(6)
    assert life.points("li") == 200


def test_an_objection_that_is_upheld_can_be_appealed(life, two):
    lis, _ = two
    life.object(lis)
    life.refuse(lis, by=life.second, reason="签到表上没有")
    assert life.state(lis) == "refused"
    life.appeal(lis)
    deciders = [life.approve(lis), life.approve(lis, by=life.second)]
    assert [type(answers[0]) for answers in deciders] == [DecidedBefore, DecidedBefore]
    assert refusals(life.approve(lis, by=life.third)) == []
    life.days_pass(6)
    assert life.points("li") == 200


def test_who_objects_does_not_rule_on_it(life, two):
    lis, _ = two
    life.object(lis, who="second")
    assert [type(answer) for answer in life.refuse(lis, by=life.second)] == [OwnHousehold]


def test_objecting_twice_is_objecting_once_and_too_late_is_too_late(life, two):
    lis, wangs = two
    first = life.object(lis)
    assert life.object(lis).number == first.number
    with pytest.raises(ObjectedBefore):
        life.object(lis, said="还有一件事")
    life.now += 6 * DAY
    with pytest.raises(NoticeOver):
        life.object(wangs)
    with pytest.raises(UnknownClaim):
        objections.object_to(life.zhao, 5, "没有", now=life.now)


@pytest.mark.parametrize(("said", "refusal"), [("", FieldMissing), ("  ", FieldMissing), ("字" * 201, TextTooLong),
                                               ("a\x00", FieldWrong), ("x" * 1_000_000, TextTooLong)])  # fmt: skip
def test_what_is_said_is_a_line_or_two(life, two, said, refusal):
    with pytest.raises(refusal):
        life.object(two[0], said=said)


def test_silence_grants_an_appeal(life):
    claim = life.claim(life.publish(), "li", minutes=120)
    life.refuse(claim)
    life.appeal(claim)
    life.days_pass(14)
    assert life.state(claim) == "appealed"  # the fourteenth day is still theirs to answer
    life.days_pass(1)
    assert life.state(claim) == "in_notice"
    assert Appeal.of(life.town).get().state == "overdue"
    life.days_pass(6)
    assert life.points("li") == 200


def test_an_appeal_is_ones_own_in_time_and_once(life):
    claim = life.claim(life.publish(), "li", minutes=120)
    with pytest.raises(WrongState):
        life.appeal(claim)
    life.refuse(claim)
    with pytest.raises(UnknownClaim):
        life.appeal(claim, who="lis_wife")
    first = life.appeal(claim)
    assert life.appeal(claim).number == first.number
    with pytest.raises(AppealedBefore):
        life.appeal(claim, said="还有话说")
    life.refuse(claim, by=life.second)
    with pytest.raises(AppealedBefore):
        life.appeal(claim, said="再来一次")
    late = life.claim(life.publish(), "wang", minutes=60)
    life.refuse(late)
    life.now += 15 * DAY
    with pytest.raises(AppealTooLate):
        life.appeal(late, who="wang")


def test_the_first_reviewer_does_not_answer_the_appeal(life):
    claim = life.claim(life.publish(), "li", minutes=120)
    life.refuse(claim)
    life.appeal(claim)
    assert [type(answer) for answer in life.refuse(claim)] == [DecidedBefore]
    assert refusals(life.refuse(claim, by=life.second, reason="问过了，不在")) == []
    assert Appeal.of(life.town).get().state == "refused"
    appeals.grant_overdue(life.town, now=life.now + 60 * DAY)
    assert life.state(claim) == "refused"


def test_points_go_back_only_when_their_owner_says_yes(life):
    claim = awarded(life)
    asked = reversals.ask_reversal(life.reviewer, claim.id, "记重了", now=life.now)
    assert life.points("li") == 200
    with pytest.raises(UnknownReversal):
        reversals.consent_to_reversal(life.wang, asked.id, now=life.now)
    with pytest.raises(NoObjection):
        reversals.rule_reversal(life.supervisor, asked.id, now=life.now)
    first = reversals.consent_to_reversal(life.li, asked.id, now=life.now)
    assert (life.points("li"), life.backing(), life.state(claim)) == (0, 0, "reversed")
    assert first.facts["reason"] == "consent"
    with pytest.raises(WrongState):
        reversals.ask_reversal(life.reviewer, claim.id, "再来一次", now=life.now)


def test_a_declined_correction_leaves_the_award(life):
    claim = awarded(life)
    asked = reversals.ask_reversal(life.reviewer, claim.id, "记重了", now=life.now)
    assert reversals.ask_reversal(life.second, claim.id, "记重了", now=life.now).id == asked.id
    reversals.decline_reversal(life.li, asked.id, now=life.now)
    with pytest.raises(UnknownReversal):
        reversals.decline_reversal(life.li, asked.id, now=life.now)
    assert life.points("li") == 200


def test_a_ruling_needs_an_objection_and_a_supervisor_without_a_part_in_it(life):
    claim = awarded(life)
    life.object(claim)
    assert life.state(claim) == "awarded"  # it stops nothing any more
    asked = reversals.ask_reversal(life.second, claim.id, "查过了，确实没到", now=life.now)
    with pytest.raises(NotYourRole):
        reversals.rule_reversal(life.second, asked.id, now=life.now)
    act = reversals.rule_reversal(life.supervisor, asked.id, now=life.now)
    assert act.facts["reason"] == "ruling"
    assert (life.points("li"), life.state(claim)) == (0, "reversed")
    assert Objection.of(life.town).get().state == "upheld"


def test_nobody_rules_on_ones_own_award(life):
    claim = life.claim(life.publish(), "supervisor", minutes=60)
    life.approve(claim)
    life.days_pass(6)
    life.object(claim)
    asked = reversals.ask_reversal(life.second, claim.id, "查过了", now=life.now)
    with pytest.raises(OwnMatter):
        reversals.rule_reversal(life.supervisor, asked.id, now=life.now)


def test_spent_points_stay_spent_and_nobody_goes_below_nothing(life):
    claim = awarded(life)
    with one_batch(life.town, life.now) as batch:
        act = batch.act(key="redeem/1", verb="points.redeem", by=life.li.subject, about=life.li.subject)
        act.moves(*moves.redeem(life.town, life.li.subject, 150))
    asked = reversals.ask_reversal(life.reviewer, claim.id, "记重了", now=life.now)
    with pytest.raises(PointsSpent):
        reversals.consent_to_reversal(life.li, asked.id, now=life.now)
    assert life.points("li") == 50


def test_money_of_a_closed_activity_goes_home(life):
    weeding = life.publish()
    claim = life.claim(weeding, "li", minutes=120)
    life.approve(claim)
    life.days_pass(6)
    life.now += timedelta(days=30)
    publishing.close_activity(life.organiser, weeding.id, now=life.now)
    before = life.fund()
    asked = reversals.ask_reversal(life.reviewer, claim.id, "记重了", now=life.now)
    reversals.consent_to_reversal(life.li, asked.id, now=life.now)
    assert life.fund() - before == 20_000
    assert life.budget(weeding) == 0
    assert life.backing() == 0
