"""What else belongs to a resident alone: notices, standing, proofs, slips; and the week that is everybody's."""

import pytest

from gongfen.notices.following import follow_all
from tests.pages_village import Visit


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", ["/me/inbox", "/me/standing", "/me/dividend", "/me/seen", "/week"])
def test_pages_open_in_both_languages(visit: Visit, address, lang):
    visit.earned("li")
    answer = visit.browser("li", lang).get(address)
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert " style=" not in text(answer)


def test_the_inbox_tells_what_came_in_and_forgets_that_it_was_new(visit: Visit):
    visit.earned("li")
    follow_all(visit.life.town, now=visit.life.now)
    visit.life.now += 2 * (visit.life.now - visit.life.now.replace(hour=0))
    li = visit.browser("li")
    first = text(li.get("/me/inbox"))
    assert "8 工分到账" in first
    assert "新</span>" in first
    assert "新</span>" not in text(li.get("/me/inbox"))


def test_standing_stands_in_its_own_place_and_not_on_the_home_page(visit: Visit):
    visit.earned("li", days=3)
    li = visit.browser("li")
    assert li.get("/me/standing").context["standing"].value == 48
    assert ">48<" not in text(li.get("/me"))
    assert "不打开、也不关上任何东西" in text(li.get("/me/standing"))


def test_a_proof_shows_the_picked_line_until_its_owner_ends_it(visit: Visit):
    visit.earned("li", days=3)
    li, anyone = visit.browser("li"), visit.browser()
    line = li.get("/me/standing").context["standing"].lines[0].number
    said = {"line": line, "purpose": "申请合作社社员", "days": "14", "key": "proof-key-1"}
    assert li.post("/me/proof", said).status_code == 303
    ((proof, code),) = li.get("/me/standing").context["proofs"]
    page = text(anyone.get(f"/proof/{code}"))
    assert "申请合作社社员" in page
    assert "不是办理任何事务的条件" in page
    assert page.count("8 小时") == 1
    assert li.get(f"/me/proof/{proof.id}.pdf").content.startswith(b"%PDF")
    assert visit.browser("wang").get(f"/me/proof/{proof.id}.pdf").status_code == 422
    li.post(f"/me/proof/{proof.id}/end")
    assert anyone.get(f"/proof/{code}").status_code == 404


def test_a_proof_without_a_line_is_refused_and_the_purpose_is_kept(visit: Visit):
    visit.earned("li")
    answer = visit.browser("li").post("/me/proof", {"purpose": "租房", "days": "14", "key": "proof-key-1"})
    assert answer.status_code == 422
    assert 'value="租房"' in text(answer)


def test_the_week_tells_work_and_money_and_no_name(visit: Visit):
    visit.earned("li", days=2)
    page = text(visit.browser().get("/week"))
    assert "修水渠 8 小时" in page
    assert "li" not in [word.strip("<>") for word in page.split()]
    assert visit.browser().get("/week.pdf").content.startswith(b"%PDF")


def test_the_money_page_is_there_as_a_table(visit: Visit):
    table = text(visit.browser().get("/money.csv"))
    assert "合作社" in table
    assert ",10000.00," in table


def test_signing_out_ends_this_device(visit: Visit):
    li = visit.browser("li")
    assert li.post("/me/leave").status_code == 303
    other = visit.browser()
    other.cookies["gongfen_device"] = visit.tokens["li"]
    assert other.get("/me").status_code == 302
