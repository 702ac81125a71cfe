"""R05: every point shows its rule, its evidence, who approved it, and how to appeal."""

import pytest

from gongfen.activities import queries
from gongfen.activities.models import Claim
from gongfen.journal.models import Act
from gongfen.ledger.queries import statement
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


def test_the_statement_of_any_resident_is_complete():
    life = Life()
    weeding = life.publish(ends_at=life.now + 60 * DAY)
    notices = life.publish("article", "notices", title="十月须知", budget_points=5_000)
    for who in ("li", "wang", "grandma_wang"):
        by = life.clerk if who == "grandma_wang" else None
        life.approve(life.claim(weeding, who, grade="witnessed" if by else "machine", by=by, minutes=90))
        life.claim(notices, who, said="read")
    life.days_pass(6)
    for who in ("li", "wang", "grandma_wang"):
        resident = life.people[who]
        entries = statement(life.town, resident.points.account)
        assert len(entries) == 2
        for entry in entries:
            act = Act.of(life.town).get(id=entry.act)
            found = queries.explain(resident, int(act.facts["claim"]))
            assert found.claim.points == entry.amount
            assert found.claim.terms.took_part == 120  # the rule, and who decided it
            assert found.claim.grade in ("machine", "witnessed")
            assert found.claim.evidence or found.claim.kind == "article"
            approved = {found.claim.decided_by, found.claim.activity.approved_by} - {None}
            assert approved <= set(found.people)
            assert queries.act_numbers(found.claim)["awarded"] == act.number


def test_a_no_says_why_and_until_when_it_can_be_appealed():
    life = Life()
    claim = life.claim(life.publish(), "li", minutes=60)
    life.refuse(claim, reason="签到表上没有")
    (shown,) = queries.my_claims(life.li)
    assert shown.reason == "签到表上没有"
    step, until = queries.what_next(shown)
    assert (step, until.isoformat()) == ("may_appeal", "2026-10-23")


def test_no_claim_is_stored_without_its_rule_its_activity_and_who_recorded_it():
    for name in ("activity", "terms", "resident", "recorded_by", "made_act", "grade"):
        assert not Claim._meta.get_field(name).null
