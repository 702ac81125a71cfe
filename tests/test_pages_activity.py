"""An activity's page: signing up, being there, claiming, and the reviewer's yes or no."""

import pytest

from gongfen.activities import codes
from gongfen.activities.models import Claim, Place, Presence
from tests.earning_life import DAY
from tests.pages_village import Visit


def text(answer) -> str:
    return answer.content.decode()


def ditch(visit: Visit, **more):
    """A morning at the ditch in three days."""
    starts = visit.life.now + 3 * DAY
    return visit.life.publish(
        "volunteering", "common", title="清渠", starts_at=starts, ends_at=starts + DAY / 8, places=5, **more
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_poster_page_tells_what_when_and_worth_without_signing_in(visit: Visit, lang):
    activity = ditch(visit)
    page = text(visit.browser(lang=lang).get(f"/a/{activity.id}"))
    assert "清渠" in page
    assert ("an hour" in page) if lang == "en" else ("1 小时 1 工分" in page)
    assert visit.browser().get(f"/a/{activity.id}/poster.pdf").content.startswith(b"%PDF")


def test_a_draft_is_seen_by_nobody(visit: Visit):
    draft = visit.life.draft()
    assert visit.browser("li").get(f"/a/{draft.id}").status_code == 404
    assert visit.browser("li").post(f"/a/{draft.id}/sign-up").status_code == 404


def test_signing_up_and_thinking_again(visit: Visit):
    activity, li = ditch(visit), visit.browser("li")
    assert li.post(f"/a/{activity.id}/sign-up").status_code == 303
    assert "我的名额" in text(li.get(f"/a/{activity.id}"))
    assert li.post(f"/a/{activity.id}/cancel").status_code == 303
    assert not Place.of(visit.life.town).exists()


def test_checking_in_and_out_with_the_code_of_the_place(visit: Visit):
    activity, li = visit.life.publish("affairs", "meeting", title="村民会议"), visit.browser("li")
    digits = codes.show(activity, now=visit.life.now)[0].digits
    assert li.post(f"/a/{activity.id}/in", {"digits": digits}).status_code == 303
    visit.life.now += DAY / 24
    digits = codes.show(activity, now=visit.life.now)[0].digits
    assert li.post(f"/a/{activity.id}/out", {"digits": digits}).status_code == 303
    assert Presence.of(visit.life.town).get().out_at is not None
    assert "在场 60 分钟" in text(li.get(f"/a/{activity.id}"))


def test_a_wrong_code_is_told_and_kept(visit: Visit):
    activity = visit.life.publish("affairs", "meeting", title="村民会议")
    answer = visit.browser("li").post(f"/a/{activity.id}/in", {"digits": "000000"})
    assert answer.status_code == 422
    assert 'value="000000"' in text(answer)


def test_only_the_leader_sees_the_code(visit: Visit):
    activity = visit.life.publish("affairs", "meeting", title="村民会议")
    digits = codes.show(activity, now=visit.life.now)[0].digits
    assert digits in text(visit.browser("organiser").get(f"/a/{activity.id}/screen"))
    refused = visit.browser("li").get(f"/a/{activity.id}/screen")
    assert refused.status_code == 403
    assert digits not in text(refused)


def test_a_months_notices_are_one_tap_and_go_on_notice_at_once(visit: Visit):
    activity, li = visit.life.publish("article", "notices", title="十月须知"), visit.browser("li")
    assert li.post(f"/a/{activity.id}/claim", {"said": "knew"}).status_code == 303
    assert Claim.of(visit.life.town).get().state == "in_notice"
    visit.life.days_pass(6)
    assert "十月须知 · 1 工分到账" in text(li.get("/me"))


def test_a_missing_field_is_refused_in_words(visit: Visit):
    activity = visit.labor()
    answer = visit.browser("li").post(f"/a/{activity.id}/claim", {})
    assert answer.status_code == 422
    assert "没办成" in text(answer)


def test_a_no_keeps_what_was_chosen_and_typed(visit: Visit):
    activity = visit.labor()
    answer = visit.browser("li").post(f"/a/{activity.id}/claim", {"day": "whole", "done": "三十"})
    assert answer.status_code == 422
    assert 'value="whole" required checked' in text(answer)
    assert 'value="三十"' in text(answer)


def test_a_claim_waits_for_a_reviewer_who_says_yes(visit: Visit):
    activity, li, reviewer = visit.labor(), visit.browser("li"), visit.browser("reviewer")
    li.post(f"/a/{activity.id}/claim", {"day": "whole"})
    desk = reviewer.get("/review")
    assert "li · 修水渠" in text(desk)
    claim = desk.context["waiting"][0].id
    assert reviewer.post("/review/decide", {"claim": claim, "answer": "yes"}).status_code == 303
    assert "都审完了" in text(reviewer.get("/review"))
    visit.life.days_pass(6)
    assert visit.life.points("li") == 800


def test_a_no_wants_no_second_press_and_tells_its_reason(visit: Visit):
    activity, reviewer = visit.labor(), visit.browser("reviewer")
    visit.browser("li").post(f"/a/{activity.id}/claim", {"day": "whole"})
    claim = reviewer.get("/review").context["waiting"][0].id
    said = {"claim": claim, "answer": "no", "reason": "那天没见到人"}
    assert reviewer.post("/review/decide", said).status_code == 303
    reviewer.post("/review/decide", said)
    assert Claim.of(visit.life.town).get().rounds == 1
    assert "没同意：那天没见到人" in text(visit.browser("li").get("/me"))


def test_nobody_reviews_for_the_own_household_or_without_the_role(visit: Visit):
    made = visit.life.claim(visit.labor(), "reviewers_wife", grade="typed", day="whole")
    assert "reviewers_wife" not in text(visit.browser("reviewer").get("/review"))
    for name in ("reviewer", "wang"):
        answer = visit.browser(name).post("/review/decide", {"claim": made.id, "answer": "yes"})
        assert answer.status_code == 422
        assert "没办成" in text(answer)
    assert visit.life.state(made) == "made"


def test_who_reviewed_is_told_to_whom_it_was_about(visit: Visit):
    visit.life.claim(visit.labor(), "li", grade="typed", day="whole")
    visit.browser("reviewer").get("/review")
    assert "审核您的登记" in text(visit.browser("li").get("/me/seen"))


def lamps(visit: Visit):
    """A survey about the street lamps, open now."""
    from gongfen.activities.surveys import draft_survey, open_survey

    life = visit.life
    activity = life.publish("survey", "survey", title="路灯问卷")
    asks = [
        {"code": "lamps", "asks": "one", "zh": "够亮吗？", "en": "Bright enough?", "options": [
            {"code": "yes", "zh": "够亮", "en": "Bright"}, {"code": "no", "zh": "不够", "en": "Too dark"}]},
        {"code": "said", "asks": "text", "zh": "想说的", "en": "Anything else"},
    ]  # fmt: skip
    survey = draft_survey(life.organiser, activity, asks, title="路灯", closes_at=life.now + 5 * DAY)
    survey.town, survey.activity = life.town, activity
    open_survey(life.organiser, survey, now=life.now)
    return activity


def test_a_survey_is_handed_in_once_and_blank_brings_the_same(visit: Visit):
    activity = lamps(visit)
    li, wang = visit.browser("li"), visit.browser("wang")
    assert "不想说" in text(li.get(f"/a/{activity.id}"))
    assert li.post(f"/a/{activity.id}/answers", {"q-lamps": "no", "q-said": "桥头", "key": "k1"}).status_code == 303
    assert wang.post(f"/a/{activity.id}/answers", {"key": "k2"}).status_code == 303
    assert "交过了" in text(li.get(f"/a/{activity.id}"))
    assert li.post(f"/a/{activity.id}/answers", {"q-lamps": "yes", "key": "k3"}).status_code == 422
    visit.life.days_pass(6)
    assert (visit.life.points("li"), visit.life.points("wang")) == (100, 100)


def test_a_survey_cannot_be_claimed_without_handing_it_in(visit: Visit):
    activity = lamps(visit)
    assert f"/a/{activity.id}/claim" not in text(visit.browser("li").get(f"/a/{activity.id}"))
