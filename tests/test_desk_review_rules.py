"""What holds for reviewers, over the desk: one asks, a supervisor of another household agrees, and it holds."""

import pytest

from gongfen.activities.models import Claim
from gongfen.activities.review_rules import rules_of, wish_of
from gongfen.statements.approvals import approvals
from tests.desk import at_desk
from tests.earning_life import Life

pytestmark = pytest.mark.django_db
ROOM = "/desk/review/rules"


def wished(life: Life, budget: str = "2000", second: str = "90.5", *kinds: str) -> dict[str, object]:
    host = life.host
    return {"host": host, f"budget_{host}": budget, f"second_{host}": second, "kind": kinds}


def test_two_people_change_what_two_reviewers_look_at(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    shown = organiser.get(ROOM).content.decode()
    assert "5,000 工分" in shown and "一笔 200 工分或更多的" in shown
    for _ in range(2):
        assert organiser.post(f"{ROOM}/ask", wished(life, "2000", "90.5", "volunteering")).status_code == 303
    assert rules_of(life.town, life.host).daily_budget == 500_000, "nothing changes before the second person"
    assert "/desk/review/rules/agree" not in organiser.get(ROOM).content.decode()
    assert "份审核规则的改动等您同意" in supervisor.get("/desk/").content.decode()
    shown = supervisor.get(f"{ROOM}?lang=en").content.decode()
    assert "organiser asks" in shown and "90.5 points or more" in shown and "and at every claim of: " in shown
    wish = wish_of(life.town, life.host)
    assert wish is not None
    for _ in range(2):
        assert supervisor.post(f"{ROOM}/agree", {"wish": wish.id}).status_code == 303
    held = rules_of(life.town, life.host)
    assert (held.daily_budget, held.second_look_from, held.second_look_kinds) == (200_000, 9_050, "volunteering")
    assert [(one.first, one.second) for one in approvals(life.town) if one.verb == "review_rules.agree"] == [
        (life.organiser.subject, life.supervisor.subject)
    ]
    claim = life.claim(life.publish(), "li", minutes=60)
    at_desk(life, "reviewer").post("/desk/review", {"claim": claim.id, "answer": "yes"})
    assert Claim.of(life.town).get(id=claim.id).state == "second_look", "a point is little, but of that kind"


def test_bad_numbers_stay_beside_their_field_and_ones_own_wish_waits(life: Life) -> None:
    supervisor = at_desk(life, "supervisor")
    shown = supervisor.post(f"{ROOM}/ask", wished(life, "viel", "90", "labor"))
    page = shown.content.decode()
    assert shown.status_code == 422 and f'id="w-budget_{life.host}"' in page
    assert 'value="viel"' in page and 'value="labor" checked' in page
    assert supervisor.post(f"{ROOM}/ask", wished(life, "10", "90", "<b>")).status_code == 422
    assert supervisor.post(f"{ROOM}/ask", wished(life)).status_code == 303
    wish = wish_of(life.town, life.host)
    assert wish is not None
    assert supervisor.post(f"{ROOM}/agree", {"wish": wish.id}).status_code == 422
    assert supervisor.post(f"{ROOM}/ask", wished(life, "1", "1")).status_code == 422, "one change waits at a time"
    assert supervisor.post(f"{ROOM}/drop", {"wish": wish.id}).status_code == 303
    assert wish_of(life.town, life.host) is None
    assert supervisor.post(f"{ROOM}/agree", {"wish": "nonsense"}).status_code == 422
