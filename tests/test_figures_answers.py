"""Metres that were made, and how long people waited for an answer: what a month tells of them."""

from datetime import timedelta

import pytest

from gongfen.activities.models import Activity
from gongfen.activities.publishing import close_activity
from gongfen.journal.models import Act
from gongfen.ledger.audit import audit
from gongfen.ledger.models import DaySum
from gongfen.rules.refusals import Refusal
from gongfen.statements import answers, day_sums
from gongfen.statements.figures import glance
from gongfen.statements.glances import told_glance
from tests.desk import at_desk
from tests.earning_life import DAY, MORNING, Life
from tests.rights.test_r17_village_figures import SOME, village_that_worked

pytestmark = pytest.mark.django_db
OCTOBER = MORNING.date().replace(day=1)


def told(life: Life):
    day_sums.follow_all(life.town)
    answers.count_due(life.town, now=life.now)
    return glance(life.village, "zh", life.now, OCTOBER).month


def test_who_closes_an_activity_at_the_desk_says_how_many_metres_were_made(life: Life) -> None:
    ditch = life.publish("labor", "unpaid", title="修水渠", ends_at=life.now + DAY)
    life.now += 2 * DAY
    Activity.of(life.town).filter(id=ditch.id).update(state="open")
    desk = at_desk(life, "organiser")
    wrong = desk.post(f"/desk/activities/{ditch.id}/close", {"metres": "很多"})
    assert wrong.status_code == 422 and "很多" in wrong.content.decode()
    assert desk.post(f"/desk/activities/{ditch.id}/close", {"metres": "0"}).status_code == 422
    for _ in range(2):  # pressed twice
        assert desk.post(f"/desk/activities/{ditch.id}/close", {"metres": "320"}).status_code == 303
    assert Activity.of(life.town).get(id=ditch.id).metres == 320
    assert Act.of(life.town).get(verb="activity.close").facts["metres"] == 320
    assert "320 米" in desk.get(f"/desk/activities/{ditch.id}").content.decode()


def test_a_month_tells_metres_of_what_was_closed_in_it() -> None:
    life = village_that_worked(days=0)
    canal = Activity.of(life.town).get(title="修水渠")
    life.now = MORNING + 20 * DAY
    close_activity(life.organiser, canal.id, now=life.now, metres=1_320)
    life.now += 20 * DAY
    assert told(life).metres == 1_320
    page = told_glance(life.village, "en", life.now, OCTOBER)
    assert page.month is not None and page.month.metres == "1,320 m"
    street = Activity.of(life.town).get(title="扫街")
    with pytest.raises(Refusal):
        close_activity(life.organiser, street.id, now=life.now, metres=100_001)
    close_activity(life.organiser, street.id, now=life.now, metres=50)  # in November
    assert told(life).metres == 1_320


def test_half_of_the_claims_were_answered_within_so_many_days() -> None:
    life = village_that_worked(days=0)
    roof = life.publish("labor", "unpaid", title="修屋顶", ends_at=life.now + 30 * DAY)
    made = [life.claim(roof, name, grade="witnessed", by=life.clerk, day="whole") for name in SOME[:30]]
    life.now += timedelta(days=2, hours=3)
    life.approve(*made)
    life.object(made[0], "zhao", "那天没见到人")
    life.now += 3 * DAY
    life.approve(made[0], by=life.second)  # the second answer counts nowhere
    life.now += 30 * DAY
    month = told(life)
    assert month.answered_in == 212  # hundredths of a day: of 49 answers 19 came at once, 30 two days and three hours
    page = told_glance(life.village, "zh", life.now, OCTOBER)
    assert page.month is not None and page.month.answered_in == "3 天"
    kept = list(DaySum.of(life.town).filter(what="answer").values_list("host", "day", "count", "amount"))
    assert answers.count_due(life.town, now=life.now) == {"answered": 0}
    assert list(DaySum.of(life.town).filter(what="answer").values_list("host", "day", "count", "amount")) == kept
    assert audit(life.town, full=True, now=life.now).passed  # no transfers stand behind them


def test_how_long_a_few_people_waited_is_not_told() -> None:
    life = Life()
    work = life.publish("labor", "unpaid", title="修水渠", ends_at=life.now + 5 * DAY)
    life.approve(*[life.claim(work, name, grade="witnessed", by=life.clerk, day="whole") for name in ("li", "wang")])
    life.days_pass(7)
    life.now += 40 * DAY
    assert told(life).answered_in is None
