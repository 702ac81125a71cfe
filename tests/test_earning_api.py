"""Earning over HTTP: a resident's phone, an organiser's and a reviewer's, and a calendar for everyone."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongfen.activities.models import Claim, Evidence
from gongfen.api.earning_calendar import escaped, folded
from gongfen.fund.acts import MoneyIn, approve_slip, record_slip
from gongfen.rules.notice import village_day
from tests.doors import token_of
from tests.doors_earning import a_photo
from tests.earning import announcement, approved, claimed, drafted, form, on_notice, published, refused, usual_terms
from tests.village import NOW, YUAN, Daicun

pytestmark = pytest.mark.django_db


class Phone:
    """One person's device."""

    def __init__(self, daicun: Daicun, name: str) -> None:
        self.token, self.keys = token_of(daicun[name]), 0

    def send(self, method, path, body=None, *, key=None, lang="zh"):
        self.keys += 1
        headers = {
            "Authorization": f"Bearer {self.token}", "Accept-Language": lang,
            "Idempotency-Key": key or f"key-number-{self.keys}",
        }  # fmt: skip
        text = "" if body is None else json.dumps(body)
        return Client().generic(method, f"/api/v1{path}", text, content_type="application/json", headers=headers)

    def read(self, path):
        answer = self.send("GET", path)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path, body=None, **more):
        answer = self.send("POST", path, body, **more)
        assert answer.status_code in (200, 201), answer.content.decode()
        return answer.json()


@pytest.fixture
def phone(daicun):
    return lambda name: Phone(daicun, name)


def test_from_a_draft_to_the_card(daicun, phone):
    usual_terms(daicun)
    lin, han, wu, wang = phone("林队长"), phone("韩监督"), phone("吴审核"), phone("王芳")
    draft = lin.post("/organise/activities", {**form(announcement()), "village": str(daicun.village.id)})
    assert phone("沈审核").read(f"/organise/activities?village={daicun.village.id}")["items"][0]["id"] == draft["id"]
    han.post(f"/organise/activities/{draft['id']}/approve")
    desk = lin.post(f"/organise/activities/{draft['id']}/publish")
    assert (desk["activity"]["state"], desk["left_money"]) == ("published", 100 * YUAN)
    made = wang.post(f"/activities/{draft['id']}/claims", {"form": {"minutes": 120}})
    assert (made["points"], made["money"], made["next"], made["grade"]) == (200, 2 * YUAN, "review", "typed")
    waiting = wu.read(f"/review/claims?village={daicun.village.id}")["items"]
    assert [(one["name"], one["household"], one["money"]) for one in waiting] == [("王芳", "10", 2 * YUAN)]
    assert wu.read(f"/review/waiting?village={daicun.village.id}") == {"claims": 1, "points": 200, "money": 2 * YUAN}
    (line,) = wu.post("/review/approve", {"claims": [made["id"]]})
    assert line["number"] > 0
    assert wang.read("/me/waiting") == {"points": 200, "money": 2 * YUAN, "next_on": "2026-03-26"}
    (shown,) = wang.read("/me/participations")["items"]
    assert (shown["state"], shown["next"], shown["next_until"]) == ("in_notice", "notice", "2026-03-25")


def test_every_point_is_explained(daicun, phone):
    claim = on_notice(daicun)
    told = phone("王芳").read(f"/me/participations/{claim.id}")
    assert told["terms"]["took_part"] == 120
    assert told["evidence"] == {"minutes": 120}
    assert {one["part"]: one["name"] for one in told["people"]} == {
        "recorded": "阿芳", "reviewed": "吴审核", "activity_approved": "韩监督", "activity_published": "林队长",
    }  # fmt: skip
    assert told["acts"].keys() == {"made", "decided"}


def test_a_claim_sent_twice_is_one_claim(daicun, phone):
    activity, wang = published(daicun), phone("王芳")
    sent = [
        wang.send("POST", f"/activities/{activity.id}/claims", {"form": {"minutes": 90}}, key="same-key-12")
        for _ in (1, 2)
    ]
    assert sent[0].json() == sent[1].json()
    assert [answer.headers.get("Idempotency-Replayed") for answer in sent] == [None, "true"]
    other = wang.send("POST", f"/activities/{activity.id}/claims", {"form": {"minutes": 95}})
    assert (other.status_code, other.json()["code"]) == (409, "claimed_before")
    assert Claim.of(daicun.town).count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"form": {}}, 409, "field_missing"),
        ({"form": {"minutes": "很久"}}, 409, "field_wrong"),
        ({"form": {"minutes": 5_000}}, 409, "field_out_of_range"),
        ({"form": {"minutes": 60, "tip": 5}}, 409, "field_unknown"),
        ({"form": {"minutes": 60, "note": "x" * 100_000}}, 409, "text_too_long"),
        ({"form": {"minutes": 60, "photo": "77"}}, 409, "evidence_not_yours"),
        ({"form": {"minutes": 60}, "happened_on": "2031-01-01"}, 409, "claim_outside_days"),
        ({"form": {"minutes": 60.5}}, 422, "bad_request"),
        ({"form": [60]}, 422, "bad_request"),
        ({"form": {str(i): i for i in range(50)}}, 422, "bad_request"),
    ],
)
def test_a_form_that_does_not_fit_gets_a_plain_sentence(daicun, phone, body, status, code):
    activity = published(daicun)
    answer = phone("王芳").send("POST", f"/activities/{activity.id}/claims", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Claim.of(daicun.town).exists()


def test_a_reviewer_reads_why_not_in_both_languages(daicun, phone):
    own = claimed(daicun, "吴审核")
    wu = phone("吴审核")
    (zh,) = wu.post("/review/approve", {"claims": [str(own.id)]})
    (en,) = wu.post("/review/approve", {"claims": [str(own.id)]}, lang="en")
    assert (zh["code"], zh["title"]) == ("own_matter", "自己的登记要由别人审核。")
    assert en["title"].startswith("Somebody else")
    assert wu.read(f"/review/claims?village={daicun.village.id}")["items"] == []  # not theirs to decide: not shown
    too_many = wu.send("POST", "/review/approve", {"claims": [str(own.id)] * 401})
    assert too_many.status_code == 422


def test_an_appeal_from_the_phone(daicun, phone):
    claim, wang = refused(daicun), phone("王芳")
    (shown,) = wang.read("/me/participations")["items"]
    assert (shown["next"], shown["next_until"], shown["reason"]) == ("may_appeal", "2026-04-01", "签到表上没有")
    wang.post(f"/me/participations/{claim.id}/appeal", {"said": "我在的，问老赵"})
    assert wang.read("/me/participations")["items"][0]["next"] == "answer"
    (waiting,) = phone("沈审核").read(f"/review/claims?village={daicun.village.id}")["items"]
    assert waiting["said"] == ["我在的，问老赵"]
    assert phone("吴审核").read(f"/review/claims?village={daicun.village.id}")["items"] == []


def test_the_notice_names_households_and_nobody(daicun, phone):
    on_notice(daicun)
    answer = Client().get(f"/api/v1/villages/{daicun.village.id}/on-notice")
    (line,) = answer.json()["items"]
    assert (line["household"], line["activity"], line["points"], line["money"]) == ("10", "清渠", 200, 2 * YUAN)
    assert not any(name in answer.content.decode() for name in ("王芳", "阿芳", str(daicun["王芳"].id)))


def test_a_photo_goes_up_once_and_comes_back_to_its_owner_alone(daicun, phone):
    wang = phone("王芳")
    headers = {"Authorization": f"Bearer {wang.token}", "Idempotency-Key": "one-photo-1"}

    def send(content):
        photo = SimpleUploadedFile("清渠.jpg", content, "image/jpeg")
        return Client().post("/api/v1/evidence", {"photo": photo}, headers=headers)

    first, again = send(a_photo()), send(a_photo())
    assert first.status_code == 201
    assert first.json() == again.json()
    assert Evidence.of(daicun.town).count() == 1
    found = Client().get(f"/api/v1/evidence/{first.json()['id']}", headers=headers)
    assert (found.headers["Content-Type"], found.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    headers["Idempotency-Key"] = "another-photo"
    assert send(b"GIF89a").json()["code"] == "photo_unreadable"
    activity = published(daicun)
    wang.post(f"/activities/{activity.id}/claims", {"form": {"minutes": 60, "photo": first.json()["id"]}})
    (waiting,) = phone("吴审核").read(f"/review/claims?village={daicun.village.id}")["items"]
    assert waiting["photos"] == [first.json()["id"]]


def test_activities_are_found_by_day_kind_and_word(daicun):
    published(daicun, title="清渠修路", place="东头桥边")
    published(daicun, kind="affairs", what="meeting", title="村民大会", ends_at=NOW + timedelta(hours=2))
    path = f"/api/v1/villages/{daicun.village.id}/activities"

    def titles(**query):
        return [one["title"] for one in Client().get(path, query).json()["items"]]

    assert titles() == ["村民大会", "清渠修路"]
    assert titles(q="修路") == titles(q="桥边") == titles(kind="volunteering") == ["清渠修路"]
    assert titles(q="修路 大会") == titles(q="100%") == titles(q="' OR 1=1") == []
    assert titles(day="2026-03-18") == ["村民大会", "清渠修路"]
    assert titles(day="2026-03-20") == ["清渠修路"]
    assert titles(day="2027-01-01") == []
    first = Client().get(path, {"limit": 1}).json()
    assert [one["title"] for one in first["items"]] == ["村民大会"]
    assert titles(limit=1, after=first["next"]) == ["清渠修路"]


def test_a_draft_is_nobodys_to_read(daicun, phone):
    draft = drafted(daicun)
    path = f"/api/v1/villages/{daicun.village.id}/activities"
    assert Client().get(path).json()["items"] == []
    assert Client().get(f"{path}/{draft.id}").status_code == 404


def test_terms_and_their_history_are_public(daicun):
    usual_terms(daicun)
    path = f"/api/v1/villages/{daicun.village.id}/terms"
    reading = next(one for one in Client().get(path).json() if one["kind"] == "article")
    assert (reading["points"], reading["caps"]["year"], reading["took_part"]) == (100, 1200, 120)
    assert len(Client().get(f"{path}/history", {"kind": "affairs"}).json()) == 4
    assert Client().get(path, {"of": "town"}).json() == []


def test_an_organiser_begins_with_a_template_and_paid_work_with_an_order(daicun, phone):
    usual_terms(daicun)
    lin, at = phone("林队长"), f"?village={daicun.village.id}"
    ready = {one["key"]: one for one in lin.read(f"/organise/templates{at}")}
    assert (ready["canal"]["title"], ready["canal"]["begins"], ready["canal"]["places"]) == ("清渠", "08:00", 20)
    slip = record_slip(
        daicun["周会计"], daicun.village.subject,
        MoneyIn("slip-7", "果品合作社", 6_000 * YUAN, village_day(NOW), "疏果订单"), now=NOW,
    )  # fmt: skip
    approve_slip(daicun["韩监督"], slip.id, now=NOW)
    (order,) = lin.read(f"/organise/orders{at}")
    assert (order["name"], order["donor"], order["left_money"]) == ("疏果订单", "果品合作社", 6_000 * YUAN)
    paid = form(announcement(kind="labor", what="paid", title="疏果", places=10, ends_at=NOW + timedelta(hours=9)))
    paid |= {"village": str(daicun.village.id), "payer": "果品合作社", "pay_money": 120 * YUAN, "pay_minutes": 480}
    without = lin.send("POST", "/organise/activities", paid | {"budget_points": None})
    assert (without.status_code, without.json()["code"]) == (409, "order_missing")
    made = lin.post("/organise/activities", paid | {"budget_points": None, "earmark": order["id"]})
    assert lin.read(f"/organise/activities/{made['id']}")["budget_points"] == 10 * 12_000  # by the terms, for ten
    free = form(announcement(places=None)) | {"village": str(daicun.village.id), "budget_points": None}
    assert lin.send("POST", "/organise/activities", free).json()["code"] == "activity_wrong"


def test_the_fund_is_short_and_the_organiser_learns_by_how_much(daicun, phone):
    activity = approved(daicun, budget_points=1_000_000)
    answer = phone("林队长").send("POST", f"/organise/activities/{activity.id}/publish")
    assert (answer.status_code, answer.json()["code"]) == (409, "fund_short")
    assert answer.json()["facts"]["missing"] == 1_000 * YUAN


def test_the_foremans_tally_is_approved_by_a_second_person(daicun, phone):
    canal = published(daicun, kind="labor", what="unpaid", title="修渠")
    lines = [
        {"resident": str(daicun[name].id), "form": {"day": day}}
        for name, day in (("王芳", "whole"), ("李大伯", "half"), ("王小明", "whole"), ("赵二", "all week"))
    ]
    lin, path = phone("林队长"), f"/organise/activities/{canal.id}/claims"
    told = lin.post(path, {"grade": "witnessed", "lines": lines})
    assert [line["code"] for line in told] == [None, None, "no_account", "field_wrong"]
    assert lin.post(path, {"grade": "witnessed", "lines": lines[:2]}) == told[:2]
    made = [line["claim"] for line in told[:2]]
    answers = phone("吴审核").post("/review/approve", {"claims": made})
    assert all(line["number"] for line in answers)
    assert [(one.points, one.grade, one.state) for one in Claim.of(daicun.town).order_by("-points")] == [
        (800, "witnessed", "in_notice"), (400, "witnessed", "in_notice"),
    ]  # fmt: skip
    stranger = lin.send("POST", path, {"grade": "typed", "lines": [{"resident": "5", "form": {"day": "half"}}]})
    assert stranger.status_code == 404


def test_the_calendar_of_the_village(daicun):
    published(daicun, title="清渠；修路, 第一段", place="东头桥边", text="带锹\n中午管饭" + "，自带水杯" * 20)
    answer = Client().get(f"/api/v1/villages/{daicun.village.id}/activities.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20260318T010000Z" in lines
    assert "SUMMARY:清渠；修路\\, 第一段" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "带锹\\n中午管饭" in text.replace("\r\n ", "")


def test_folding_cuts_no_letter():
    line = "DESCRIPTION:" + "工分" * 60
    pieces = list(folded(line))
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


def test_what_if_over_http(daicun, phone):
    claimed(daicun)
    body = {
        "village": str(daicun.village.id), "kind": "volunteering", "what": "common",
        "unit": "hour", "points": 150, "minutes": 60, "caps": {"day": 1_200},
    }  # fmt: skip
    told = phone("林队长").post("/terms/what-if", body)
    assert (told["before"], told["after"], told["residents"]) == (200, 300, None)
    wrong = phone("林队长").send("POST", "/terms/what-if", {**body, "unit": "smile"})
    assert wrong.json()["code"] == "terms_out_of_grammar"
    begins = (datetime.fromisoformat("2026-03-18T09:00:00+08:00") + timedelta(days=3)).date().isoformat()
    soon = phone("林队长").send("POST", "/terms", {**body, "in_force_from": begins})
    assert soon.json()["code"] == "terms_too_soon"
