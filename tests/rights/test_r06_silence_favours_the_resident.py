"""R06: an appeal is decided by someone else within 14 days; silence favours the resident."""

import pytest

from gongfen.activities import appeals
from gongfen.activities.models import Appeal
from gongfen.journal.models import Act
from gongfen.rules.review import DecidedBefore
from tests.earning_life import DAY, Life, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def life():
    life = Life()
    life.refused = life.claim(life.publish(ends_at=life.now + 60 * DAY), "li", minutes=60)
    life.refuse(life.refused)
    life.appeal(life.refused)
    return life


@pytest.mark.parametrize("answered_after", range(0, 15))
def test_until_the_fourteenth_day_somebody_else_may_answer(life, answered_after):
    life.days_pass(answered_after)
    assert [type(no) for no in life.refuse(life.refused)] == [DecidedBefore]
    assert refusals(life.refuse(life.refused, by=life.second)) == []
    assert life.state(life.refused) == "refused"


def test_on_the_fifteenth_day_the_clock_says_yes(life):
    life.days_pass(14)
    assert life.state(life.refused) == "appealed"
    life.days_pass(1)
    assert refusals(life.refuse(life.refused, by=life.second)) == ["wrong_state"]
    assert life.state(life.refused) == "in_notice"
    life.days_pass(6)
    assert life.points("li") == 100
    granted = Act.of(life.town).get(verb="appeal.overdue")
    assert granted.by == life.town.subject


def test_the_clock_grants_once(life):
    life.now += 15 * DAY
    assert len(appeals.grant_overdue(life.town, now=life.now)) == 1
    assert appeals.grant_overdue(life.town, now=life.now) == []
    assert Appeal.of(life.town).get().state == "overdue"
