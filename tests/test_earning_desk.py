"""The desk: drafts and budgets, paid labor from an order, reviewers' days, and large claims that two people see."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongfen.activities import claims, drafting, publishing, reviews
from gongfen.activities.drafting import (
    ActivityPast,
    ActivityWrong,
    OrderMissing,
    PaperPathMissing,
    UnknownActivity,
)
from gongfen.activities.kinds import KindUnknown
from gongfen.activities.kinds.form import FieldWrong, TextTooLong
from gongfen.activities.models import Activity, Claim, ReviewRules
from gongfen.activities.publishing import BudgetTooSmall
from gongfen.activities.reviews import UnknownClaim
from gongfen.activities.terms_in_force import NoTerms
from gongfen.activities.who import UnknownHost
from gongfen.fund.moves import FundShort
from gongfen.ledger.batch import ActConflict
from gongfen.ledger.queries import balance_of
from gongfen.people.acts import NotYourRole
from gongfen.people.founding import Joining, join_many
from gongfen.rules.caps import ReadingShareFull
from gongfen.rules.claim_states import WrongState
from gongfen.rules.posting import Address, Kind
from gongfen.rules.review import DecidedBefore, ReviewBudgetSpent, TwoPeopleNeeded
from tests.earning_life import DAY, Life, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def life():
    return Life()


def test_paid_labor_comes_from_its_order_and_the_rest_goes_back_there(life):
    order = life.order(6_000)
    told = {"payer": "果品合作社", "pay_money": 1_200_000, "pay_minutes": 480, "earmark": order}
    thinning = life.publish("labor", "paid", budget_points=240_000, places=10,
                            ends_at=life.now + timedelta(hours=8), **told)  # fmt: skip
    fund, earmark = life.fund(), Address(Kind.EARMARK, thinning.earmark)
    assert balance_of(life.town, earmark) == 6_000 * 10_000 - 24_000_000
    claim = life.claim(thinning, "li", grade="witnessed", by=life.organiser, day="half")
    assert (claim.state, claim.points, claim.minutes) == ("made", 6_000, 240)
    life.approve(claim)
    life.days_pass(6)
    assert life.points("li") == 6_000
    publishing.close_activity(life.organiser, thinning.id, now=life.now)
    assert balance_of(life.town, earmark) == 6_000 * 10_000 - 600_000
    assert life.fund() == fund


@pytest.mark.parametrize("left_out", ["payer", "pay_money", "earmark"])
def test_paid_labor_says_who_pays_and_how_much(life, left_out):
    told = {"payer": "果品合作社", "pay_money": 1_200_000, "earmark": life.order(6_000)}
    del told[left_out]
    with pytest.raises(OrderMissing):
        life.draft("labor", "paid", **told)


def test_the_order_of_another_host_is_not_ours(life):
    with pytest.raises(OrderMissing):
        life.draft("labor", "paid", payer="合作社", pay_money=100, earmark=5)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"title": ""}, ActivityWrong),
        ({"title": "   "}, ActivityWrong),
        ({"title": "字" * 61}, TextTooLong),
        ({"text": "x" * 1_000_000}, TextTooLong),
        ({"text": "a\x00b"}, FieldWrong),
        ({"paper_path": ""}, PaperPathMissing),
        ({"places": 0}, ActivityWrong),
        ({"places": 5, "reserved_places": 6}, ActivityWrong),
        ({"reserved_places": 1}, ActivityWrong),
        ({"budget_points": -1}, ActivityWrong),
        ({"budget_points": 10**15}, ActivityWrong),
        ({"pay_money": -5}, ActivityWrong),
        ({"kind": "bonus"}, KindUnknown),
        ({"what": "bonus"}, NoTerms),
    ],
)
def test_an_announcement_that_cannot_be_is_refused(life, more, refusal):
    kind, what = more.pop("kind", "volunteering"), more.pop("what", "common")
    with pytest.raises(refusal):
        life.draft(kind, what, **more)
    assert not Activity.of(life.town).exists()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (0, 400)])
def test_an_activity_begins_before_it_ends(life, start, end):
    with pytest.raises(ActivityWrong):
        life.draft(starts_at=life.now + start * DAY, ends_at=life.now + end * DAY)


def test_what_is_over_cannot_be_announced(life):
    with pytest.raises(ActivityPast):
        life.draft(starts_at=life.now - 2 * DAY, ends_at=life.now - DAY)


def test_the_same_draft_again_is_the_same_draft(life):
    told = life.told()
    first, again = (
        drafting.draft_activity(life.organiser, life.host, told, now=life.now, key="client/1/a") for _ in range(2)
    )
    assert first.id == again.id
    with pytest.raises(ActConflict):
        drafting.draft_activity(life.organiser, life.host, life.told(title="扫街"), now=life.now, key="client/1/a")


def test_only_the_hosts_staff_drafts(life):
    with pytest.raises(NotYourRole):
        drafting.draft_activity(life.li, life.host, life.told(), now=life.now)
    with pytest.raises(NotYourRole):
        drafting.draft_activity(life.organiser, life.town.subject, life.told(), now=life.now)
    with pytest.raises(UnknownHost):
        drafting.draft_activity(life.organiser, 12345, life.told(), now=life.now)
    with pytest.raises(UnknownActivity):
        drafting.approve_activity(life.supervisor, 5, now=life.now)


def test_a_dropped_draft_is_never_published(life):
    draft = life.draft()
    drafting.drop_activity(life.organiser, draft.id, now=life.now)
    with pytest.raises(WrongState):
        drafting.approve_activity(life.supervisor, draft.id, now=life.now)
    with pytest.raises(WrongState):
        publishing.publish_activity(life.organiser, draft.id, now=life.now)


def test_publishing_twice_sets_aside_once(life):
    weeding = life.publish()
    left = life.fund()
    assert not publishing.publish_activity(life.organiser, weeding.id, now=life.now).is_new
    assert life.fund() == left


def test_a_budget_covers_everyone_who_has_a_place(life):
    with pytest.raises(BudgetTooSmall) as no:
        life.publish("affairs", "meeting", places=50, budget_points=9_900)
    assert no.value.facts["points"] == 100
    assert life.publish("affairs", "meeting", places=50, budget_points=10_000).state == "published"


def test_reading_is_at_most_a_tenth(life):
    with pytest.raises(ReadingShareFull):
        life.publish("article", "notices", title="十月须知", budget_points=100_100)
    assert life.publish("article", "notices", title="十月须知", budget_points=100_000).state == "published"
    with pytest.raises(ReadingShareFull):
        life.publish("article", "notices", title="十一月须知", budget_points=100)


def test_only_another_household_adds_to_the_budget(life):
    weeding = life.publish()
    with pytest.raises(NotYourRole):
        publishing.add_budget(life.organiser, weeding.id, 100, key="1", now=life.now)
    publishing.add_budget(life.supervisor, weeding.id, 100, key="1", now=life.now)
    publishing.add_budget(life.supervisor, weeding.id, 100, key="1", now=life.now)
    assert drafting.find(life.town, weeding.id).budget_points == 100_100
    with pytest.raises(FundShort):
        publishing.add_budget(life.supervisor, weeding.id, 10**9, key="2", now=life.now)
    with pytest.raises(BudgetTooSmall):
        publishing.add_budget(life.supervisor, weeding.id, -100, key="3", now=life.now)


def test_it_opens_when_it_begins(life):
    soon = life.publish(starts_at=life.now + DAY)
    assert publishing.open_due(life.town, now=life.now) == []
    life.days_pass(1)
    assert drafting.find(life.town, soon.id).state == "open"
    assert publishing.open_due(life.town, now=life.now) == []


def test_where_points_count_only_for_the_dividend(life):
    life = Life(par=0, code=8, yuan=0)
    claim = life.claim(life.publish(), "li", minutes=90)
    life.approve(claim)
    life.days_pass(6)
    assert (life.points("li"), life.backing()) == (150, 0)


def test_a_reviewers_day_is_spent_and_begins_again_at_midnight(life):
    ReviewRules.objects.create(town=life.town, host=life.host, daily_budget=300)
    weeding = life.publish()
    made = [life.claim(weeding, who, minutes=120) for who in ("li", "wang")]
    answers = life.approve(*made)
    assert answers[1] == ReviewBudgetSpent(left=100, points=200)
    assert refusals(life.refuse(made[1])) == []  # a no costs nothing
    zhaos = life.claim(weeding, "zhao", minutes=120)
    assert refusals(life.approve(zhaos)) == ["review_budget_spent"]
    assert refusals(life.approve(zhaos, by=life.second)) == []
    life.now += DAY
    chens = life.claim(weeding, "chen", minutes=120)
    assert refusals(life.approve(chens)) == []


def test_two_reviewers_see_a_large_claim(life):
    ReviewRules.objects.create(town=life.town, host=life.host, second_look_from=200)
    claim = life.claim(life.publish(), "li", minutes=120)
    (first,) = life.approve(claim)
    assert life.state(claim) == "second_look"
    (again,) = life.approve(claim)
    assert isinstance(again, DecidedBefore)
    assert refusals(life.approve(claim, by=life.second)) == []
    seen = Claim.of(life.town).get(id=claim.id)
    assert (seen.state, seen.decided_by, seen.second_by) == (
        "in_notice", life.reviewer.subject, life.second.subject,
    )  # fmt: skip
    assert first.is_new


def test_a_no_needs_no_second_look(life):
    ReviewRules.objects.create(town=life.town, host=life.host, second_look_from=200)
    claim = life.claim(life.publish(), "li", minutes=120)
    life.refuse(claim, reason="签到表上没有")
    seen = Claim.of(life.town).get(id=claim.id)
    assert (seen.state, seen.reason) == ("refused", "签到表上没有")


def test_the_publishers_family_is_looked_at_by_somebody_else(life):
    notices = life.publish("article", "notices", title="十月须知", budget_points=10_000)
    assert life.claim(notices, "organisers_son", said="read").state == "made"
    assert life.claim(notices, "li", said="read").state == "in_notice"


def test_a_claim_nobody_knows_and_the_same_line_twice(life):
    claim = life.claim(life.publish(), "li", minutes=60)
    answers = reviews.approve_claims(life.reviewer, [claim.id, 5, claim.id], now=life.now)
    assert isinstance(answers[1], UnknownClaim)
    assert (answers[0].number, answers[2].is_new) == (answers[2].number, False)


def test_the_database_itself_wants_two_people(life):
    claim = life.claim(life.publish(), "li", minutes=60)
    for broken in ({"decided_by": life.li.subject}, {"second_by": life.li.subject}, {"points": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.of(life.town).filter(id=claim.id).update(**broken)
    draft = life.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.of(life.town).filter(id=draft.id).update(approved_by=life.organiser.subject)


def test_a_supervisor_who_approved_does_not_publish(life):
    draft = life.draft()
    drafting.approve_activity(life.supervisor, draft.id, now=life.now)
    with pytest.raises(TwoPeopleNeeded):
        publishing.publish_activity(life.supervisor, draft.id, now=life.now)


def test_four_hundred_people_in_one_set(life):
    crowd = join_many(
        life.village, [Joining(f"h{i}", "二组", f"r{i}") for i in range(400)], by=life.town.subject, now=life.now
    )
    for resident in crowd:
        resident.town = life.town
    weeding = life.publish()
    made = claims.claim_many(life.town, [life.wanted(weeding, one, minutes=60) for one in crowd], life.now)
    ids = [int(answer.facts["claim"]) for answer in made]
    assert refusals(reviews.approve_claims(life.reviewer, ids, now=life.now)) == []
    assert refusals(life.days_pass(6)) == []
    assert life.backing() == 400 * 10_000
    assert Claim.of(life.town).filter(state="awarded").count() == 400


def test_a_neighbours_help_is_never_claimed_by_one_alone(life):
    board = life.publish("neighbours_help", "help", title="互助板", budget_points=1_000)
    with pytest.raises(claims.AgreedByBoth):
        life.claim(board, "li", points=900)
    assert not Claim.of(life.town).exists()
