"""A young village's desk says on every page what comes next, for whom, and leads there; later it is silent."""

import pytest

from gongfen.people.acts import give_roles
from gongfen.people.joining import make_codes
from gongfen.people.models import Resident, RoleName
from gongfen.town import clock
from tests.desk import at_desk
from tests.earning_life import Life

pytestmark = pytest.mark.django_db


@pytest.fixture
def young(monkeypatch: pytest.MonkeyPatch) -> Life:
    """A village with people, roles and terms: no money, no activity, no shop yet."""
    life = Life(yuan=0)
    given = [(life.people["zhao"], RoleName.AUDITOR, life.village)]
    give_roles(life.town, given, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    monkeypatch.setattr(clock, "now", lambda: life.now)
    return life


def text(life: Life, who: str, path: str) -> str:
    answer = at_desk(life, who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_of_a_young_village_leads_to_the_next_step(young: Life) -> None:
    page = text(young, "clerk", "/desk/people")
    assert 'class="next-step"' in page and "第一家店" in page and 'href="/desk/shops"' in page
    page = text(young, "treasurer", "/desk/glance?lang=en")
    assert "First steps: 4 to go" in page and "The first money" in page and 'href="/desk/money">Go there now' in page


def test_who_cannot_do_it_learns_who_can(young: Life) -> None:
    page = text(young, "reviewer", "/desk/review")
    assert "第一笔钱" in page and "会计 treasurer" in page and 'href="/desk/money">现在做' not in page


def test_the_line_goes_away_once_everything_is_done(young: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongfen.console.templatetags.young.steps_of", lambda staff: [])
    assert "next-step" not in text(young, "clerk", "/desk/people")
    monkeypatch.setattr("gongfen.console.templatetags.young.steps_of", lambda staff: pytest.fail("asked once more"))
    assert "next-step" not in text(young, "clerk", "/desk/shops")


def test_a_small_village_has_printed_for_everyone_when_it_has(young: Life) -> None:
    wanted = "文书在“居民”里打勾、打印"
    assert wanted in text(young, "clerk", "/desk/first-steps")
    grown = Resident.of(young.town).exclude(age_band="under_14")
    make_codes(young.clerk, list(grown.select_related("household", "village")[:12]), now=young.now)
    assert wanted in text(young, "clerk", "/desk/first-steps")
    make_codes(young.clerk, list(grown.select_related("household", "village")), now=young.now)
    assert wanted not in text(young, "clerk", "/desk/first-steps")
