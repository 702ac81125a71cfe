"""Terms over the desk: tried on the last quarter, proposed, decided by residents with their count, kept for ever."""

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.activities.models import Claim, TermsVersion
from gongfen.town import clock
from tests.desk import PASSWORD, at_desk
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
NEW = {
    "of": "volunteering/common", "unit": "hour", "points": "1.5", "minutes": "60", "cap_day": "9",
    "in_force_from": "2026-10-20",
}  # fmt: skip
YES = {"how": "meeting", "on": "2026-10-09", "took_part": "120", "said_yes": "80"}


def proposed(life: Life, organiser: Client, **more: str) -> TermsVersion:
    answer = organiser.post("/desk/terms/new", NEW | more)
    assert answer.status_code == 303, answer.content.decode()
    return TermsVersion.of(life.town).get(id=int(answer.url.rsplit("/", 1)[1]))


def test_terms_are_proposed_decided_and_hold_from_their_day(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    one = proposed(life, organiser)
    assert (one.points, one.caps, one.state) == (150, {"day": 900}, "proposed")
    own = organiser.get(f"/desk/terms/{one.id}").content.decode()
    assert f"/desk/terms/{one.id}/decide" not in own
    assert "1.5 工分" in supervisor.get("/desk/terms").content.decode()
    for _ in range(2):
        assert supervisor.post(f"/desk/terms/{one.id}/decide", YES).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.took_part, one.said_yes, one.decided_by) == ("decided", 120, 80, life.supervisor.subject)
    shown = organiser.get(f"/desk/terms/{one.id}").content.decode()
    assert "120 人参加，80 人同意" in shown and "1 小时 1 工分" in shown  # the count, and what was before
    assert "1 小时 1 工分" in organiser.get("/desk/activities/new?of=volunteering/common").content.decode()
    life.now += 11 * DAY
    organiser.post("/desk/terms", {"desk_password": PASSWORD})
    assert "1 小时 1.5 工分" in organiser.get("/desk/activities/new?of=volunteering/common").content.decode()


def test_a_proposal_is_tried_on_the_last_quarter_first(life: Life) -> None:
    activity = life.publish(ends_at=life.now + 40 * DAY, budget_points=1_000_00)
    for who in ("li", "wang", "zhao", "chen"):
        life.approve(life.claim(activity, who, minutes=120))
    life.now += 2 * DAY
    organiser = at_desk(life, "organiser")
    before = Claim.of(life.town).values_list("points", flat=True)
    answer = organiser.post("/desk/terms/new", NEW | {"try": "yes", "in_force_from": "2026-11-01"})
    shown = answer.content.decode()
    assert "<svg" in shown and "2026-10" in shown and "要多备 ¥4.00" in shown
    assert ">8</td>" in shown and ">12</td>" in shown  # the table under the chart
    assert "不到 10 个人" in shown  # four people are not told apart
    assert 'value="1.5"' in shown
    assert not TermsVersion.of(life.town).filter(state="proposed").exists()
    assert set(before) == set(Claim.of(life.town).values_list("points", flat=True))


def test_who_proposed_does_not_write_the_decision_down(life: Life) -> None:
    supervisor = at_desk(life, "supervisor")
    one = proposed(life, supervisor)
    assert "另一户的工作人员来记" in supervisor.get(f"/desk/terms/{one.id}").content.decode()
    assert supervisor.post(f"/desk/terms/{one.id}/decide", YES).status_code == 422
    one.refresh_from_db()
    assert one.state == "proposed"


BAD = [
    ({"points": ""}, "points"), ({"points": "1.234"}, "points"), ({"points": "-1"}, "points"),
    ({"points": "99999"}, "points"), ({"minutes": "61"}, "minutes"), ({"unit": "week"}, "unit"),
    ({"cap_day": "lots"}, "cap_day"), ({"in_force_from": "2026-10-10"}, "in_force_from"),
    ({"in_force_from": "soon"}, "in_force_from"),
]  # fmt: skip


def test_bad_terms_have_words_beside_their_field_and_keep_the_rest(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    for typed, beside in BAD:
        answer = organiser.post("/desk/terms/new", NEW | {"cap_month": "77"} | typed)
        shown = answer.content.decode()
        assert answer.status_code == 422, typed
        assert f'id="w-{beside}"' in shown and 'value="77"' in shown, typed
    assert organiser.get("/desk/terms/new?of=nonsense/x").status_code == 404
    assert organiser.get("/desk/terms/new?of=volunteering/common&host=12").status_code == 404
    assert organiser.get("/desk/terms/999").status_code == 404


def test_a_decision_that_was_not_carried_is_not_written_down(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    one = proposed(life, organiser)
    for typed, beside in (
        ({"said_yes": "60"}, "said_yes"), ({"said_yes": "121"}, "took_part"), ({"took_part": "x"}, "took_part"),
        ({"on": "2026-12-31"}, "on"), ({"how": "whim"}, "how"),
    ):  # fmt: skip
        answer = supervisor.post(f"/desk/terms/{one.id}/decide", YES | typed)
        assert answer.status_code == 422 and f'id="w-{beside}"' in answer.content.decode(), typed
    organiser.post(f"/desk/terms/{one.id}/drop")
    one.refresh_from_db()
    assert one.state == "dropped"


def test_every_version_stands_in_a_list_that_goes_out_as_a_file(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    proposed(life, organiser)
    shown = organiser.get("/desk/terms?kind=volunteering&state=proposed").content.decode()
    assert "共 1 条" in shown
    table = organiser.get("/desk/terms?kind=volunteering&as=csv").content.decode("utf-8-sig")
    assert "1.50" in table and "95 / 120" in table


def test_usual_terms_fill_the_form_where_there_are_none_yet(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    life = Life(terms=False, code=8)
    monkeypatch.setattr(clock, "now", lambda: life.now)
    organiser = at_desk(life, "organiser")
    begin = organiser.get("/desk/activities/new").content.decode()
    assert "/desk/terms/new?of=volunteering/common" in begin
    form = organiser.get("/desk/terms/new?of=volunteering/common").content.decode()
    assert 'value="2026-10-09"' in form and 'value="8"' in form  # a new village may begin today
