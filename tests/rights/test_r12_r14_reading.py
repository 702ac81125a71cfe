"""R12: reading pays flat, is capped, and can be switched off. R14: what you read is not recorded."""

from datetime import UTC, datetime

import pytest

from gongfen.activities import terms
from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.models import Claim
from gongfen.journal.models import Act
from gongfen.rules.caps import Caps, ReadingShareFull
from gongfen.rules.notice import village_day
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


def notices(life, budget=1_000):
    month = village_day(life.now).month
    return life.publish("article", "notices", title=f"{month}月须知", budget_points=budget, ends_at=life.now + 27 * DAY)


def test_one_a_month_and_twelve_a_year_whatever_is_tapped():
    life = Life()
    life.now = datetime(2027, 1, 2, 1, 0, tzinfo=UTC)
    for month in range(1, 13):
        life.now = datetime(2027, month, 2, 1, 0, tzinfo=UTC)
        first, second = notices(life), notices(life)
        life.claim(first, "li", said="read")
        assert life.wanted(second, "li").key == life.wanted(first, "li").key  # a second page is the same month
        life.days_pass(6)
    assert life.points("li") == 1_200
    assert Claim.of(life.town).filter(kind="article", resident=life.li).count() == 12


def test_a_budget_for_reading_is_a_tenth_of_the_year():
    life = Life(yuan=100)
    with pytest.raises(ReadingShareFull):
        notices(life, budget=1_001)
    assert notices(life, budget=1_000).state == "published"
    with pytest.raises(ReadingShareFull):
        notices(life, budget=100)


def test_the_village_switches_it_off():
    life = Life()
    off = Terms("notices", "month", 0, 5, Caps(month=0, year=0))
    version = terms.propose_terms(
        life.organiser, life.host, "article", off, village_day(life.now + 7 * DAY), now=life.now
    )
    terms.decide_terms(
        life.supervisor, version.id, terms.Decision("meeting", village_day(life.now), 90, 60), now=life.now
    )
    life.now += 30 * DAY
    claim = life.claim(notices(life, budget=0), "li", said="read")
    assert (claim.points, claim.minutes) == (0, 5)
    life.days_pass(6)
    assert (life.state(claim), life.points("li")) == ("awarded", 0)


def test_the_form_has_no_timer_no_quiz_and_keeps_no_answer():
    fields = kind_of("article").form
    assert [(field.name, field.asks, field.kept) for field in fields] == [("said", "choice", False)]


def test_who_read_and_who_knew_leave_the_same_rows():
    life = Life()
    page = notices(life)
    life.claim(page, "li", said="read")
    life.claim(page, "wang", said="knew")
    rows = (
        Claim.of(life.town)
        .order_by("id")
        .values("activity_id", "kind", "turn", "evidence", "grade", "points", "minutes", "state")
    )
    lis, wangs = rows
    assert lis == wangs
    assert lis["evidence"] == {}
    assert lis["turn"] == "article/2026-10"
    acts = Act.of(life.town).filter(verb="claim.make").order_by("id")
    told = [{name: value for name, value in act.facts.items() if name != "claim"} for act in acts]
    assert told[0] == told[1]
    assert "said" not in told[0]
