"""An activity's way over the desk: drafted, approved by a second person, published with its money, closed."""

import re

import pytest
from django.test import Client

from gongfen.activities.models import Activity
from gongfen.fund import moves
from tests.desk import at_desk
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
DRAFT = {
    "of": "volunteering/common", "title": "清渠", "day": "2026-10-12", "begins": "8:00", "ends": "1130",
    "place": "渠首", "places": "20", "reserved_places": "5", "paper_path": "村委会签到表",
}  # fmt: skip


def drafted(life: Life, organiser: Client, **more: str) -> Activity:
    """An organiser fills in the form."""
    answer = organiser.post("/desk/activities/new", DRAFT | {"key": f"k{len(more)}"} | more)
    assert answer.status_code == 303, answer.content.decode()
    return Activity.of(life.town).select_related("terms").get(id=int(answer.url.rsplit("/", 1)[1]))


def test_an_activity_is_drafted_approved_published_and_closed(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    one = drafted(life, organiser)
    assert (one.title, one.state, one.places) == ("清渠", "draft", 20)
    assert one.budget_points == 20 * 400  # three and a half hours begin four, a point each
    assert "批准" not in re.findall(
        r"<button[^>]*>(.*?)</button>", organiser.get(f"/desk/activities/{one.id}").content.decode()
    )
    supervisor.post(f"/desk/activities/{one.id}/approve")
    before = life.fund()
    answer = organiser.post(f"/desk/activities/{one.id}/publish")
    assert answer.status_code == 303
    assert before - life.fund() == moves.worth(life.town, one.budget_points) == life.budget(one)
    assert organiser.post(f"/desk/activities/{one.id}/publish").status_code == 303  # pressed twice
    assert before - life.fund() == life.budget(one)
    assert "取消活动" in organiser.get(f"/desk/activities/{one.id}").content.decode()
    organiser.post(f"/desk/activities/{one.id}/close")
    assert life.fund() == before
    assert Activity.of(life.town).get(id=one.id).state == "closed"


def test_a_draft_is_written_anew_in_place_and_approved_again(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    one = drafted(life, organiser)
    seen = supervisor.get(f"/desk/activities/{one.id}").content.decode().split('name="seen" value="')[1].split('"')[0]
    form = organiser.get(f"/desk/activities/{one.id}/edit").content.decode()
    assert 'value="清渠"' in form and 'value="08:00"' in form and 'value="20"' in form
    life.now += DAY / 1440
    changed = DRAFT | {"title": "清渠和扫街", "places": "10", "key": "e1"}
    wrong = organiser.post(f"/desk/activities/{one.id}/edit", changed | {"ends": "没定"})
    assert wrong.status_code == 422 and "没定" in wrong.content.decode() and "清渠和扫街" in wrong.content.decode()
    for _ in range(2):
        assert organiser.post(f"/desk/activities/{one.id}/edit", changed).status_code == 303
    one.refresh_from_db()
    assert (one.title, one.places, one.budget_points, one.state) == ("清渠和扫街", 10, 4_000, "draft")
    late = supervisor.post(f"/desk/activities/{one.id}/approve", {"seen": seen})
    assert late.status_code == 422 and "刚刚有人先改过" in late.content.decode(), "other words than one read"
    supervisor.post(f"/desk/activities/{one.id}/approve")
    assert "再批准一次" in organiser.get(f"/desk/activities/{one.id}").content.decode()
    life.now += DAY / 1440
    organiser.post(f"/desk/activities/{one.id}/edit", changed | {"budget": "50", "key": "e2"})
    one.refresh_from_db()
    assert (one.state, one.approved_by, one.budget_points) == ("draft", None, 5_000)
    supervisor.post(f"/desk/activities/{one.id}/approve")
    assert organiser.post(f"/desk/activities/{one.id}/publish").status_code == 303
    other = drafted(life, organiser, title="夜巡")
    supervisor.post(f"/desk/activities/{other.id}/edit", changed | {"key": "e3"})
    assert supervisor.post(f"/desk/activities/{other.id}/approve").status_code == 422, "whoever wrote it"
    at_desk(life, "other_supervisor").post(f"/desk/activities/{other.id}/approve")
    life.now += DAY / 1440
    assert organiser.post(f"/desk/activities/{other.id}/publish").status_code == 303
    assert organiser.get(f"/desk/activities/{other.id}/edit").status_code == 409, "what is announced stays"


def test_the_page_says_by_how_much_the_fund_is_short(life: Life) -> None:
    organiser, supervisor = at_desk(life, "organiser"), at_desk(life, "supervisor")
    one = drafted(life, organiser, budget="10250.5")
    supervisor.post(f"/desk/activities/{one.id}/approve")
    shown = organiser.get(f"/desk/activities/{one.id}").content.decode()
    assert "还差 ¥250.50" in shown
    answer = organiser.post(f"/desk/activities/{one.id}/publish")
    assert answer.status_code == 422 and "还差¥250.50" in answer.content.decode()
    assert Activity.of(life.town).get(id=one.id).state == "approved"


def test_who_drafted_cannot_approve_and_the_page_says_why(life: Life) -> None:
    supervisor = at_desk(life, "supervisor")
    one = drafted(life, supervisor)
    shown = supervisor.get(f"/desk/activities/{one.id}").content.decode()
    assert "另一户的工作人员" in shown and f"/desk/activities/{one.id}/approve" not in shown
    assert supervisor.post(f"/desk/activities/{one.id}/approve").status_code == 422


def test_worth_comes_from_the_terms_and_cannot_be_typed(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    form = organiser.get("/desk/activities/new?of=volunteering/common").content.decode()
    assert "1 小时 1 工分" in form
    asked = set(re.findall(r'name="(\w+)"', form.split("<main")[1]))
    assert asked & {"points", "worth", "terms", "minutes"} == set()
    one = drafted(life, organiser, points="999", worth="999", terms="1")
    assert one.terms.points == 100


BAD = [
    ({"title": ""}, "title"), ({"day": "nonsense"}, "day"), ({"ends": "25:00"}, "ends"), ({"ends": "7:00"}, "ends"),
    ({"day": "2026-01-01"}, "day"), ({"places": "-3"}, "places"), ({"places": "1e9"}, "places"),
    ({"reserved_places": "21"}, "reserved_places"), ({"paper_path": " "}, "paper_path"),
    ({"title": "长" * 61}, "title"), ({"places": "", "budget": ""}, "budget"), ({"budget": "abc"}, "budget"),
    ({"text": "\u202eevil"}, "text"),
]  # fmt: skip


def test_bad_input_has_words_beside_its_field_and_keeps_the_rest(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    for typed, beside in BAD:
        answer = organiser.post("/desk/activities/new", DRAFT | {"place": "老槐树下"} | typed)
        shown = answer.content.decode()
        assert answer.status_code == 422, typed
        assert f'id="w-{beside}"' in shown and 'value="老槐树下"' in shown, typed
    assert not Activity.of(life.town).exists()


def test_paid_labor_asks_who_pays_and_from_which_money(life: Life) -> None:
    order = life.order(5_000)
    organiser = at_desk(life, "organiser")
    form = organiser.get("/desk/activities/new?template=order").content.decode()
    assert 'name="payer"' in form and "果品合作社订单" in form
    paid = {
        "of": "labor/paid",
        "payer": "合作社",
        "pay_yuan": "150",
        "earmark": str(order),
        "places": "2",
        "reserved_places": "1",
    }
    one = drafted(life, organiser, **paid)
    assert (one.payer, one.pay_money, one.pay_minutes) == ("合作社", 150 * 10_000, 480)
    wrong = organiser.post("/desk/activities/new", DRAFT | paid | {"earmark": "12"})
    assert 'id="w-earmark"' in wrong.content.decode()


def test_a_template_and_an_earlier_activity_fill_the_form(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    assert 'value="清渠"' in organiser.get("/desk/activities/new?template=canal").content.decode()
    before = life.publish(title="扫街", place="主街", places=5, ends_at=life.now + DAY / 8)
    begin = organiser.get("/desk/activities/new").content.decode()
    assert f"?copy={before.id}" in begin and "扫街" in begin
    copied = organiser.get(f"/desk/activities/new?copy={before.id}").content.decode()
    assert 'value="扫街"' in copied and 'value="2026-10-16"' in copied  # the same weekday, a week later


def test_a_draft_sent_twice_is_one_draft(life: Life) -> None:
    organiser = at_desk(life, "organiser")
    assert drafted(life, organiser, key="same").id == drafted(life, organiser, key="same").id


def test_more_is_set_aside_by_another_person_than_the_publisher(life: Life) -> None:
    one = life.publish()
    supervisor = at_desk(life, "other_supervisor")
    before = life.budget(one)
    for _ in range(2):
        supervisor.post(f"/desk/activities/{one.id}/budget", {"points": "50", "key": "k"})
    assert life.budget(one) - before == moves.worth(life.town, 5_000)
    answer = supervisor.post(f"/desk/activities/{one.id}/budget", {"points": "many", "key": "k2"})
    assert answer.status_code == 422 and 'value="many"' in answer.content.decode()


def test_the_calendar_shows_a_month(life: Life) -> None:
    one = life.publish(
        title="村民会议",
        kind="affairs",
        what="meeting",
        starts_at=life.now + 3 * DAY,
        ends_at=life.now + 3 * DAY + DAY / 12,
    )
    life.publish(title="本月须知", kind="article", what="notices", budget_points=1000)
    shown = at_desk(life, "organiser").get("/desk/activities/calendar?month=2026-10").content.decode()
    assert f"/desk/activities/{one.id}" in shown.split('class="month"')[1] and "2026年10月" in shown
    assert "本月须知" in shown.split('class="month"')[0]
    organiser = at_desk(life, "second")
    for asked in ("nonsense", "9999-99", "%00", "2026-11", "9999-12", "0001-01"):
        assert organiser.get(f"/desk/activities/calendar?month={asked}").status_code == 200


def test_a_poster_is_printed(life: Life) -> None:
    one = life.publish()
    answer = at_desk(life, "organiser").get(f"/desk/activities/{one.id}/poster.pdf")
    assert answer.content.startswith(b"%PDF")
