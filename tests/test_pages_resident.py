"""A resident's own pages: what one has, where it comes from, what waits, and that nobody else sees it."""

import pytest

from gongfen.activities.models import Appeal, Objection
from tests.pages_village import Visit

OWN = ("/me", "/me/statement", "/me/pay", "/me/shop", "/review")


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("address", OWN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_own_pages_open_in_both_languages_and_stay_small(visit: Visit, address, lang):
    answer = visit.browser("li", lang).get(address)
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert " style=" not in text(answer)


@pytest.mark.parametrize("address", ["/me", "/me/statement", "/me/pay", "/review"])
def test_who_is_not_signed_in_is_led_to_the_door_and_back(visit: Visit, address):
    answer = visit.browser().get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/join?back=")


def test_a_resident_sees_points_and_what_they_are_worth(visit: Visit):
    visit.earned("li", days=2)
    page = text(visit.browser("li").get("/me"))
    assert ">16<" in page
    assert "¥16.00" in page


def test_a_line_shows_rule_proof_and_approver(visit: Visit):
    visit.earned("li")
    page = text(visit.browser("li").get("/me/statement"))
    assert "修水渠 · 8 工分到账" in page
    assert "一个标准工日 8 工分" in page
    assert "有人见证" in page
    assert "谁同意的：reviewer" in page
    assert "请复查" in page


def test_nobody_finds_anothers_points_on_any_page(visit: Visit):
    visit.earned("li", days=3)
    for name in ("wang", "reviewer", "clerk"):
        for address in ("/", "/me", "/me/statement", "/money", "/review"):
            assert ">24<" not in text(visit.browser(name).get(address)), (name, address)


def test_what_is_on_notice_is_told_with_its_day_and_worth(visit: Visit):
    made = visit.life.claim(visit.labor(), "li", grade="typed", day="whole")
    visit.life.approve(made)
    page = text(visit.browser("li").get("/me"))
    assert "公示到10月14日" in page
    assert "≈ ¥8.00" in page
    assert "另有 8 工分" in page


def test_a_no_can_be_looked_at_again(visit: Visit):
    made = visit.life.claim(visit.labor(), "li", grade="typed", day="whole")
    visit.life.refuse(made, reason="没有来")
    li = visit.browser("li")
    assert "没同意：没有来" in text(li.get("/me"))
    answer = li.post(f"/me/again/{made.id}", {"how": "appeal", "said": "我在的，问老赵"})
    assert answer.status_code == 303
    assert Appeal.of(visit.life.town).get().said == "我在的，问老赵"
    assert "换一个人复查" in text(li.get(answer.headers["Location"]))


def test_a_wrong_line_can_be_objected_to_from_the_statement(visit: Visit):
    visit.earned("li")
    li = visit.browser("li")
    claim = li.get("/me/statement").context["lines"][0].claim
    assert li.post(f"/me/again/{claim}", {"how": "object", "said": "少记了半天"}).status_code == 303
    assert Objection.of(visit.life.town).get().said == "少记了半天"


def test_saying_nothing_is_refused_in_words(visit: Visit):
    made = visit.life.claim(visit.labor(), "li", grade="typed", day="whole")
    visit.life.refuse(made)
    answer = visit.browser("li").post(f"/me/again/{made.id}", {"how": "appeal", "said": " "})
    assert answer.status_code == 422
    assert "没办成" in text(answer)


def test_numbers_can_be_hidden_on_this_device(visit: Visit):
    visit.earned("li")
    li = visit.browser("li")
    assert li.post("/me/hide").status_code == 303
    assert "¥8.00" not in text(li.get("/me")).split("最近的账")[0]
    li.post("/me/hide")
    assert "¥8.00" in text(li.get("/me"))


def test_a_name_from_the_villages_list_cannot_carry_a_script(visit: Visit):
    type(visit.who("li")).of(visit.life.town).filter(id=visit.who("li").id).update(
        name="<script>x()</script>", nickname='"><img src=x onerror=x()>'
    )
    visit.life.claim(visit.labor(), "li", grade="typed", day="whole")
    for name, address in (("li", "/me"), ("reviewer", "/review")):
        page = text(visit.browser(name).get(address))
        assert "<script>x()" not in page
        assert "<img src=x" not in page


def test_a_months_statement_can_be_kept_on_paper_and_as_a_table(visit: Visit):
    visit.earned("li")
    li = visit.browser("li")
    assert li.get("/me/statement/2026-10.pdf").content.startswith(b"%PDF")
    table = text(li.get("/me/statement/2026-10.csv"))
    assert "修水渠 · 8 工分到账" in table
    assert table.splitlines()[1].endswith(",8,0.00")


def test_another_sites_address_is_no_way_back(visit: Visit):
    answer = visit.browser("li").post("/me/hide", {"back": "https://example.org/"})
    assert answer.headers["Location"] == "/me"
