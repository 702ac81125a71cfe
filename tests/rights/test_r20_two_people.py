"""R20: two different people for every award, never for oneself or one's household."""

from itertools import product

import pytest

from gongfen.activities import drafting, publishing, reviews
from gongfen.activities.models import Claim
from gongfen.people.acts import give_roles
from gongfen.people.models import RoleName
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import TwoPeopleNeeded
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
CLAIMANTS = ("li", "organiser", "organisers_son", "reviewer", "reviewers_wife", "supervisor")
RECORDERS = ("self", "clerk", "reviewer", "organiser")
REVIEWERS = ("reviewer", "second", "third")
KINDS = {
    "volunteering": ("common", {"minutes": 60}),
    "affairs": ("meeting", {"minutes": 60}),
    "article": ("notices", {"said": "read"}),
    "waste_sorting": ("sorting", {}),
    "labor": ("unpaid", {"day": "half"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_award_has_two_people_and_none_of_them_is_family(kind):
    life = Life()
    homes = {one.subject: one.household_id for one in life.people.values()}
    what, form = KINDS[kind]
    for i, (claimant, recorder) in enumerate(product(CLAIMANTS, RECORDERS)):
        activity = life.publish(kind, what, title=f"第{i}次", budget_points=1_000, ends_at=life.now + DAY)
        by = None if recorder == "self" else life.people[recorder]
        grade = "machine" if by is None else "typed"
        try:
            claim = life.claim(activity, claimant, grade=grade, by=by, **form)
        except Refusal:
            continue  # a second one in the same month or week
        for reviewer in REVIEWERS:
            life.approve(claim, by=life.people[reviewer])
    life.days_pass(6)
    awarded = Claim.of(life.town).filter(state="awarded").select_related("activity", "resident")
    assert awarded
    for claim in awarded:
        activity, home = claim.activity, claim.resident.household_id
        if claim.decided_by is None:
            pair = {activity.approved_by, activity.published_by}
            assert claim.recorded_by == claim.resident.subject
        else:
            pair = {claim.recorded_by, claim.decided_by}
            assert homes[claim.decided_by] != home
        assert len(pair) == 2
        if claim.decided_by is None:
            assert home not in {homes[subject] for subject in pair}


def test_one_insider_alone_cannot_make_a_point():
    """Somebody with every role records, reviews, drafts, approves and publishes: nothing comes of it."""
    life = Life()
    insider = life.li
    every = [(insider, role, life.village) for role in RoleName]
    give_roles(life.town, every, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    draft = drafting.draft_activity(insider, life.host, life.told(), now=life.now)
    with pytest.raises(TwoPeopleNeeded):
        drafting.approve_activity(insider, draft.id, now=life.now)
    drafting.approve_activity(life.supervisor, draft.id, now=life.now)
    publishing.publish_activity(insider, draft.id, now=life.now)
    for claimant in ("li", "lis_wife", "wang"):
        claim = life.claim(draft, claimant, grade="typed", by=insider, minutes=60)
        (no,) = reviews.approve_claims(insider, [claim.id], now=life.now)
        assert isinstance(no, Refusal)
        assert life.state(claim) == "made"
