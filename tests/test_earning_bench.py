"""The bench of earning measures the whole way of a claim, and stops at a refusal."""

import pytest

from gongfen.activities.models import Claim
from gongfen.bench import earning
from gongfen.fund.queries import cover
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

pytestmark = pytest.mark.django_db


def test_every_claim_becomes_points():
    found = earning.measure(quick=True, claims=12)
    assert found["earning"].keys() == {"12"}
    assert list(Claim.of(Town.objects.get()).values_list("state", "points").distinct()) == [("awarded", 200)]
    assert cover(Town.objects.get()).outstanding == 12 * 200


def test_a_refusal_spoils_the_figures():
    with pytest.raises(Refusal):
        earning._timed(lambda: [Refusal()])
