"""R04: no rule works backwards. An award names the version in force on its day."""

from datetime import timedelta

import pytest

from gongfen.activities import terms
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.models import Claim, TermsVersion
from gongfen.journal.models import Act
from gongfen.rules.caps import Caps
from gongfen.rules.notice import TermsTooSoon, village_day
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


def change(life, points):
    value = Terms("common", "hour", points, 60, Caps(day=10_000))
    start = village_day(life.now) + timedelta(days=7)
    version = terms.propose_terms(life.organiser, life.host, "volunteering", value, start, now=life.now)
    decision = terms.Decision("meeting", village_day(life.now), 100, 70)
    terms.decide_terms(life.supervisor, version.id, decision, now=life.now)


def test_every_award_names_the_terms_of_its_day():
    life = Life()
    weeding = life.publish(ends_at=life.now + 120 * DAY)
    people = ("li", "wang", "zhao", "chen", "lis_wife")
    for i, who in enumerate(people):
        if i in (1, 3):
            change(life, 100 + 50 * i)
        life.approve(life.claim(weeding, who, minutes=60))
        life.days_pass(8)
    awards = Act.of(life.town).filter(verb="claim.award")
    assert awards.count() == len(people)
    for award in awards:
        claim = Claim.of(life.town).get(id=int(award.facts["claim"]))
        assert award.facts["terms"] == str(claim.terms_id)
        in_force = TermsVersion.of(life.town).filter(
            host=life.host, kind="volunteering", what="common", state="decided", in_force_from__lte=claim.happened_on
        )
        assert claim.terms_id == in_force.order_by("-in_force_from").first().id
        assert award.facts["points"] == claim.terms.points


def test_what_was_claimed_keeps_its_worth_whatever_is_decided_later():
    life = Life()
    claim = life.claim(life.publish(ends_at=life.now + 60 * DAY), "li", minutes=60)
    change(life, 0)
    life.now += 8 * DAY
    life.approve(claim)
    life.days_pass(6)
    assert life.points("li") == 100


def test_terms_of_today_or_before_cannot_be_decided():
    life = Life()
    for days in (-300, -1, 0, 6):
        with pytest.raises(TermsTooSoon):
            terms.propose_terms(
                life.organiser, life.host, "volunteering", Terms("common", "hour", 0, 60),
                village_day(life.now) + timedelta(days=days), now=life.now,
            )  # fmt: skip
