"""What everyone may know and say on a page: terms, what is on notice, corrections, and one's own choices."""

import pytest

from gongfen.activities.models import Objection
from gongfen.activities.reversals import ask_reversal
from gongfen.notices.inbox import wish, wishes_of
from gongfen.people.models import Consent
from tests.pages_village import Visit
from tests.test_pages_house import faults


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", ["/terms", "/notice", "/me/choices", "/me"])
def test_pages_are_sound_in_both_languages(visit: Visit, address, lang):
    visit.life.approve(visit.life.claim(visit.labor(), "wang", grade="typed", day="whole"))
    page = text(visit.browser("li", lang).get(address))
    assert faults(page) == []


def test_the_terms_say_what_work_is_worth_and_who_decided(visit: Visit):
    page = text(visit.browser().get("/terms"))
    assert "1 小时 1 工分" in page
    assert "120 人参加，95 人同意" in page
    assert "一天最多" in page


def test_what_is_on_notice_shows_a_household_and_no_name(visit: Visit):
    visit.life.approve(visit.life.claim(visit.labor(), "wang", grade="typed", day="whole"))
    page = text(visit.browser("li").get("/notice"))
    assert "修水渠" in page
    assert f"第 {visit.who('wang').household.number} 户" in page
    assert "wang" not in page
    assert visit.browser().get("/notice").status_code == 302


def test_a_resident_objects_to_one_line_and_a_reviewer_reads_why(visit: Visit):
    made = visit.life.claim(visit.labor(), "wang", grade="typed", day="whole")
    visit.life.approve(made)
    answer = visit.browser("li").post(f"/notice/{made.id}", {"said": "那天没见到人"})
    assert answer.status_code == 303
    assert Objection.of(visit.life.town).get().said == "那天没见到人"
    assert "那天没见到人" in text(visit.browser("second").get("/review"))
    other = visit.life.claim(visit.labor(), "zhao", grade="typed", day="whole")
    visit.life.approve(other)
    silent = visit.browser("li").post(f"/notice/{other.id}", {"said": " " * 3 + "x" * 300, "to": other.id})
    assert silent.status_code == 422
    assert "x" * 300 in text(silent)


@pytest.mark.parametrize(("answer", "left"), [("yes", 0), ("no", 800)])
def test_a_correction_wants_the_owners_yes(visit: Visit, answer, left):
    visit.earned("li")
    li = visit.browser("li")
    claim = li.get("/me/statement").context["lines"][0].claim
    reversal = ask_reversal(visit.life.reviewer, claim, "记到别人名下了", now=visit.life.now)
    assert "记到别人名下了" in text(li.get("/me"))
    assert visit.browser("wang").post(f"/me/correction/{reversal.id}", {"answer": "yes"}).status_code == 422
    assert li.post(f"/me/correction/{reversal.id}", {"answer": answer}).status_code == 303
    assert visit.life.points("li") == left


def test_choices_are_off_at_first_and_kept_one_by_one(visit: Visit):
    li = visit.browser("li")
    assert "checked" not in text(li.get("/me/choices"))
    li.post("/me/choices/keep", {"purpose": "photos", "topic-money": "daily"})
    given = Consent.of(visit.life.town).filter(resident=visit.who("li"), withdrawn_at=None)
    assert list(given.values_list("purpose", flat=True)) == ["photos"]
    assert wishes_of(visit.who("li"))["money"] == ("daily", True)
    assert '<option value="daily" selected>' in li.get("/me/choices").content.decode()
    wish(visit.who("li"), "money", "daily", in_wechat=False)
    li.post("/me/choices/keep", {"topic-money": "at_once"})
    assert not given.exists()
    assert wishes_of(visit.who("li"))["money"] == ("at_once", False)  # chosen in the app, and not asked here


def test_a_way_of_telling_that_does_not_exist_is_refused(visit: Visit):
    assert visit.browser("li").post("/me/choices/keep", {"topic-money": "by owl"}).status_code == 422
