"""The reviewer's morning at the desk: what waits, a yes to many, a no with a reason, and nothing of one's own."""

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.people.models import Resident
from gongfen.town import clock
from tests.desk import open_account_of
from tests.earning_life import Life

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(db: None, monkeypatch: pytest.MonkeyPatch) -> Life:
    cache.clear()
    found = Life()
    monkeypatch.setattr(clock, "now", lambda: found.now)
    return found


@pytest.fixture
def reviewer(life: Life) -> Client:
    return open_account_of(life.reviewer, life.clerk, life.now)


def test_what_waits_is_decided_many_at_once(life: Life, reviewer: Client) -> None:
    activity = life.publish()
    made = [life.claim(activity, who, minutes=120) for who in ("li", "wang", "zhao")]
    shown = reviewer.get("/desk/review").content.decode()
    assert all(name in shown for name in ("li", "wang", "zhao", "清渠"))
    answer = reviewer.post("/desk/review", {"claim": [claim.id for claim in made], "answer": "yes"})
    assert answer.status_code == 303
    assert {life.state(claim) for claim in made} == {"in_notice"}
    assert "都审完了" in reviewer.get("/desk/review").content.decode()


def test_a_no_has_a_reason_and_what_was_typed_stays(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    typed = {"claim": claim.id, "answer": "no", "own_reason": "x" * 300}
    answer = reviewer.post("/desk/review", typed)
    assert answer.status_code == 422
    assert "x" * 300 in answer.content.decode()
    assert life.state(claim) == "made"
    reviewer.post("/desk/review", {"claim": claim.id, "answer": "no", "own_reason": "那天没有签到"})
    assert life.state(claim) == "refused"


def test_two_people_on_one_claim_the_second_sees_who_decided(life: Life, reviewer: Client) -> None:
    claim = life.claim(life.publish(), "li", minutes=60)
    life.approve(claim, by=life.second)
    answer = reviewer.post("/desk/review", {"claim": claim.id, "answer": "no", "own_reason": "没来"})
    assert "second" in answer.content.decode()
    assert life.state(claim) == "in_notice"


def test_ones_own_household_is_not_even_shown(life: Life, reviewer: Client) -> None:
    wife = Resident.of(life.town).get(name="reviewers_wife")
    wife.town = life.town
    claim = life.claim(life.publish(), wife, minutes=60)
    assert f'value="{claim.id}"' not in reviewer.get("/desk/review").content.decode()
    answer = reviewer.post("/desk/review", {"claim": claim.id, "answer": "yes"})
    assert 'role="alert"' in answer.content.decode()
    assert life.state(claim) == "made"


def test_the_room_is_for_reviewers(life: Life) -> None:
    treasurer = open_account_of(life.treasurer, life.clerk, life.now)
    assert treasurer.get("/desk/review").status_code == 403
    assert "/desk/review" not in treasurer.get("/desk/").content.decode()


def test_names_cannot_write_on_the_page(life: Life, reviewer: Client) -> None:
    Resident.of(life.town).filter(name="li").update(name="<script>alert(1)</script>")
    life.claim(life.publish(title="<b>清渠</b>"), "li", minutes=60)
    shown = reviewer.get("/desk/review").content.decode()
    assert "<script>alert(1)" not in shown
    assert "<b>清渠" not in shown
