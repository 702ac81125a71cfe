"""Taking part over HTTP, as phones do it: one Saturday at the ditch, a survey, and a neighbour's tap."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from gongfen.activities import codes, neighbours, places
from gongfen.activities.models import Presence
from gongfen.fund import moves
from gongfen.ledger.batch import one, one_batch
from gongfen.town import clock
from tests.doors import token_of
from tests.taking_part import DAY, HOUR, MINUTE, QUESTIONS, SATURDAY, announce, crowd
from tests.village import NOW, POINT

NINE, ELEVEN = SATURDAY, SATURDAY + 2 * HOUR


class Phone:
    """A resident's device, and the village's clock."""

    def __init__(self, resident, monkeypatch):
        self.token, self.monkeypatch, self.keys = token_of(resident), monkeypatch, 0

    def send(self, method, path, body=None, *, at, key=None, lang="zh"):
        self.monkeypatch.setattr(clock, "now", lambda: at)
        self.keys += 1
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key or f"a-new-key-{self.keys}",
            "Accept-Language": lang,
        }
        text = "" if body is None else json.dumps(body, default=str)
        return Client().generic(method, f"/api/v1{path}", text, content_type="application/json", headers=headers)

    def ok(self, method, path, body=None, *, at, **more):
        answer = self.send(method, path, body, at=at, **more)
        assert answer.status_code < 300, answer.content.decode()
        return answer.json()

    def no(self, method, path, body=None, *, at, **more):
        answer = self.send(method, path, body, at=at, **more)
        assert answer["Content-Type"] == "application/problem+json"
        return answer.status_code, answer.json()


@pytest.fixture
def phone(settled, monkeypatch):
    return lambda name: Phone(settled[name], monkeypatch)


def test_a_saturday_at_the_ditch(settled, phone):
    ditch = announce(settled, "volunteering", "清渠")
    path, wang, leader = f"/activities/{ditch.id}", phone("王芳"), phone("林队长")
    assert wang.ok("POST", f"{path}/place", {}, at=NOW)["state"] == "has_place"
    assert [row["called"] for row in leader.ok("GET", f"{path}/places", at=NOW)] == ["王芳"]
    assert wang.ok("POST", f"{path}/place/confirmation", at=SATURDAY - 20 * HOUR)["state"] == "reconfirmed"

    shown = leader.ok("GET", f"{path}/code", at=NINE)["codes"]
    came = wang.ok("POST", f"{path}/in", {"code": shown[0]["digits"]}, at=NINE)
    assert (came["grade"], came["out_at"]) == ("machine", None)
    assert wang.ok("POST", f"{path}/in", {"code": shown[0]["digits"]}, at=NINE)["id"] == came["id"]

    shown = leader.ok("GET", f"{path}/code", at=ELEVEN)["codes"]
    gone = wang.ok("POST", f"{path}/out", {"code": shown[0]["qr"]}, at=ELEVEN)
    assert (gone["minutes"], gone["points"]) == (120, 200)
    (there,) = leader.ok("GET", f"{path}/attendance", at=ELEVEN)
    assert (there["minutes"], there["is_own"], there["is_mine"]) == (120, True, False)
    looks = wang.ok("GET", "/me/looks", at=ELEVEN)
    assert {(look["called"], look["why"]) for look in looks} == {("林队长", "attendance")}


def test_every_no_says_what_is_wrong_and_what_to_do(settled, phone):
    ditch = announce(settled, "volunteering", "清渠")
    path, wang = f"/activities/{ditch.id}", phone("王芳")
    stale = codes.show(ditch, now=NINE - 10 * MINUTE)[0].qr
    cases = {
        "presence_code_stale": ("POST", f"{path}/in", {"code": stale}, 409, "现在显示的"),
        "presence_code_unreadable": ("POST", f"{path}/in", {"code": "hello"}, 409, "带队人"),
        "presence_not_in": (
            "POST", f"{path}/out", {"code": codes.show(ditch, now=NINE)[0].qr}, 409, "还没有签到",
        ),
        "no_place_to_confirm": ("POST", f"{path}/place/confirmation", None, 409, "没有可以确认的名额"),
        "unknown_activity": ("POST", "/activities/1/place", {}, 404, ""),
        "bad_request": ("POST", f"{path}/in", {"code": "1", "read_at": 5}, 422, ""),
    }  # fmt: skip
    for code, (method, where, body, status, words) in cases.items():
        found, problem = wang.no(method, where, body, at=NINE)
        assert (found, problem["code"]) == (status, code)
        assert words in problem["title"]


def test_guessing_digits_is_slowed_and_the_answer_says_how_long(settled, phone):
    ditch = announce(settled, "volunteering", "清渠")
    right = codes.show(ditch, now=NINE)[0].digits
    wrong = f"{(int(right) + 500_000) % 1_000_000:06d}"
    wang, path = phone("王芳"), f"/activities/{ditch.id}/in"
    assert wang.no("POST", path, {"code": wrong}, at=NINE)[1]["code"] == "presence_code_wrong"
    status, problem = wang.no("POST", path, {"code": right}, at=NINE)
    assert (status, problem["facts"]) == (429, {"seconds": 1})
    assert wang.ok("POST", path, {"code": right}, at=NINE + 2 * MINUTE / 60)["grade"] == "machine"


def test_without_network_the_phone_sends_later_and_the_leader_says_yes(settled, phone):
    ditch = announce(settled, "volunteering", "清渠")
    wang, leader, path = phone("王芳"), phone("林队长"), f"/activities/{ditch.id}"
    wrong_by = timedelta(days=300)
    body = {
        "code": codes.show(ditch, now=NINE)[0].qr,
        "read_at": (NINE - wrong_by).isoformat(),
        "sent_at": (ELEVEN - wrong_by).isoformat(),
    }
    late = wang.ok("POST", f"{path}/in", body, at=ELEVEN)
    assert (late["grade"], late["waits_for_leader"]) == ("typed", True)
    (yes,) = leader.ok("POST", f"{path}/confirmations", {"presences": [late["id"]]}, at=ELEVEN)
    assert yes["grade"] == "machine"


def test_each_line_of_a_set_has_its_own_answer(settled, phone):
    ditch = announce(settled, "volunteering", "清渠")
    ticks = [
        {"resident": str(settled["李大伯"].id), "in_at": NINE.isoformat(), "out_at": ELEVEN.isoformat()},
        {"resident": str(settled["林队长"].id), "in_at": NINE.isoformat()},
    ]
    told = phone("林队长").ok("POST", f"/activities/{ditch.id}/ticks", {"ticks": ticks}, at=ELEVEN)
    assert [(line["grade"], line["refused"]) for line in told] == [("typed", ""), ("", "own_matter")]
    assert Presence.of(settled.town).count() == 1


def test_a_full_activity_is_said_in_both_languages(settled, phone):
    ditch = announce(settled, "volunteering", "清渠", places=1)
    places.sign_up(ditch, settled["陈小芳"], now=NOW)
    places.draw_lot(ditch, by=settled["林队长"].subject, now=NOW + 2 * DAY)
    for lang, words in (("zh", "名额满了"), ("en", "All places are taken")):
        _, problem = phone("王芳").no(
            "POST", f"/activities/{ditch.id}/place", {"or_wait": False}, at=NOW + 2 * DAY, lang=lang
        )
        assert (problem["code"], problem["facts"]) == ("activity_full", {"waiting": 0})
        assert words in problem["title"]


def test_a_survey_from_the_draft_to_the_published_figures(settled, phone):
    activity = announce(settled, "survey", "路灯问卷", hours=48)
    leader, wang = phone("林队长"), phone("王芳")
    body = {"title": "路灯", "closes_at": (SATURDAY + DAY).isoformat(), "questions": QUESTIONS}
    drafted = leader.ok("POST", f"/activities/{activity.id}/surveys", body, at=SATURDAY, key="draft-of-lamps")
    assert leader.ok("POST", f"/activities/{activity.id}/surveys", body, at=SATURDAY, key="draft-of-lamps") == drafted
    assert leader.ok("GET", f"/activities/{activity.id}/surveys", at=SATURDAY) == [drafted]  # for a second person, too
    path, public = f"/surveys/{drafted['id']}", f"/villages/{settled.village.id}/surveys/{drafted['id']}"
    assert wang.no("POST", f"{path}/answers", {"answers": {}}, at=SATURDAY)[1]["code"] == "survey_not_open"
    leader.ok("POST", f"{path}/opening", at=SATURDAY)
    assert len(wang.ok("GET", public, at=SATURDAY)["questions"]) == 3

    assert wang.no("POST", f"/activities/{activity.id}/claims", {}, at=SATURDAY)[1]["code"] == "hand_the_survey_in"
    sent = {"answers": {"lamp": "yes", "hours": 23}}
    first = wang.send("POST", f"{path}/answers", sent, at=SATURDAY, key="my-answers-1")
    again = wang.send("POST", f"{path}/answers", sent, at=SATURDAY, key="my-answers-1")
    assert (first.json()["points"], again["Idempotency-Replayed"]) == (100, "true")
    assert wang.no("POST", f"{path}/answers", sent, at=SATURDAY)[1]["code"] == "answered_before"
    assert wang.no("GET", f"{public}/results", at=SATURDAY)[1]["code"] == "survey_still_open"

    leader.ok("POST", f"{path}/closing", at=SATURDAY + DAY)
    results = wang.ok("GET", f"{public}/results", at=SATURDAY + DAY)
    assert results["columns"][:2] == ["lamp.yes", "lamp.no"]
    assert set(results["values"]) == {None}  # one answer is fewer than ten


def test_a_neighbour_mends_the_tap(settled, phone):
    announce(settled, "neighbours_help", "邻里互助", at=NOW - HOUR, hours=24 * 90)
    ditch = announce(settled, "volunteering", "清渠")
    with one_batch(settled.town, NOW) as batch:
        act = batch.act(key="earned", verb="claim.award", by=settled.town.subject, about=settled["王芳"].subject)
        act.moves(*moves.award(settled.town, ditch.subject, settled["王芳"].subject, 5 * POINT))
    one(batch.answers)
    wang, chen = phone("王芳"), phone("陈小芳")
    note = wang.ok("POST", "/board", {"says": "asked", "words": "修水龙头", "until": "2026-03-20"}, at=NOW)
    (seen,) = chen.ok("GET", "/board", at=NOW)
    assert (seen["called"], seen["is_own"]) == ("阿芳", False)
    body = {"other": seen["resident"], "i_helped": True, "points": 300, "minutes": 40, "happened_on": "2026-03-18"}
    help_ = chen.ok("POST", "/helps", body, at=NOW)
    assert chen.no("POST", f"/helps/{help_['id']}/agreement", at=NOW)[1]["code"] == "help_not_yours_to_agree"
    assert wang.ok("POST", f"/helps/{help_['id']}/agreement", at=NOW)["points"] == 300
    assert (settled.points("王芳"), settled.points("陈小芳")) == (200, 300)
    wang.ok("DELETE", f"/board/{note['id']}", at=NOW)
    assert wang.no("DELETE", f"/board/{note['id']}", at=NOW)[0] == 404


def test_nobody_else_gets_at_a_help_between_two(settled, phone):
    announce(settled, "neighbours_help", "邻里互助", at=NOW - HOUR, hours=24 * 90)
    proposal = neighbours.Proposal(settled["陈小芳"], settled["王芳"], POINT, 30, NOW.date())
    made = neighbours.propose(settled["陈小芳"], proposal, key="k", now=NOW)
    for name in ("赵大伯", "林队长", "韩监督"):
        assert phone(name).no("POST", f"/helps/{made.id}/agreement", at=NOW)[0] == 404
        assert phone(name).no("DELETE", f"/helps/{made.id}", at=NOW)[0] == 404


def test_a_whole_meeting_checks_in_with_one_code(settled, monkeypatch):
    meeting = announce(settled, "affairs", "村民会议")
    text = codes.show(meeting, now=NINE)[0].qr
    for resident in crowd(settled, 12):
        assert Phone(resident, monkeypatch).ok("POST", f"/activities/{meeting.id}/in", {"code": text}, at=NINE)
    assert Presence.of(settled.town).filter(grade="machine").count() == 12
