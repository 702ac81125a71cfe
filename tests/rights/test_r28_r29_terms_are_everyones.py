"""R28: terms name the decision of residents and its count. R29: same activity, same points, whoever you are."""

from itertools import combinations

import pytest

from gongfen.activities.models import TermsVersion
from gongfen.activities.terms import CountWrong, Decision, NotCarried, check_decision
from gongfen.rules.notice import village_day
from tests.earning_life import Life

pytestmark = pytest.mark.django_db


def test_every_version_in_force_names_its_decision_and_how_many_took_part() -> None:
    life = Life()
    decided = TermsVersion.of(life.town).filter(state="decided")
    assert decided
    for version in decided:
        assert version.decided_how in ("meeting", "poll")
        assert version.took_part
        assert version.said_yes is not None
        assert version.said_yes * 2 > version.took_part
        assert version.act


@pytest.mark.parametrize(("took_part", "said_yes"), [(0, 0), (10, 5), (10, 4)])
def test_without_a_majority_the_old_terms_stay(took_part: int, said_yes: int) -> None:
    today = village_day(Life().now)
    with pytest.raises((NotCarried, CountWrong)):
        check_decision(Decision("meeting", today, took_part=took_part, said_yes=said_yes), today)


def test_two_people_who_did_the_same_get_the_same() -> None:
    """A head and a spouse, an elder without a phone, a staff member: the same hours, the same points."""
    life = Life()
    activity = life.publish()
    names = ("li", "lis_wife", "grandma_wang", "treasurer", "zhao")
    made = {name: life.claim(activity, name, minutes=180) for name in names}
    for one, other in combinations(names, 2):
        assert (made[one].points, made[one].minutes) == (made[other].points, made[other].minutes)


def test_terms_cannot_even_name_a_person() -> None:
    """No column of the terms says anything about people."""
    personal = ("age", "sex", "gender", "household", "resident", "group", "role", "phone", "standing", "name")
    columns = {field.attname for field in TermsVersion._meta.concrete_fields}
    assert not [column for column in columns if any(word in column.split("_") for word in personal)]
