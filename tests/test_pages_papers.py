"""What the village prints from its books, and the dividend as a resident reads it."""

from datetime import timedelta

import pytest
from django.test import Client

from gongfen.dividends import paying
from gongfen.pages.ground import DEVICE
from gongfen.people.acts import sign_in
from gongfen.statements import village_papers, years
from gongfen.town import clock
from tests.pages_village import Visit
from tests.sharing import LATER, award, drafted, paying_begun
from tests.village import NOW, Daicun


def text(answer) -> str:
    return answer.content.decode()


def pdf(answer) -> bool:
    return answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_a_year_leads_from_the_sheet_or_scan_to_the_award(visit: Visit):
    visit.earned("li", days=2)
    told = years.the_year(visit.who("li"), 2026, "zh")
    assert [(line.what, line.points, line.proof) for line in told.lines] == [("修水渠", 800, "有人见证")] * 2
    assert all(line.number and line.claim for line in told.lines)
    assert (told.earned, told.subject) == (1600, str(visit.who("li").subject))
    li = visit.browser("li")
    assert told.subject in text(li.get("/me/year/2026"))
    assert pdf(li.get("/me/year/2026.pdf"))
    assert pdf(li.get("/me/book.pdf"))
    assert "这一年还没有" in text(li.get("/me/year/2019"))


def test_a_years_spending_is_what_was_paid_less_what_came_back(visit: Visit):
    visit.earned("li", days=2)
    visit.browser("li").post(f"/pay/{visit.shop.id}", {"sum": "7.5", "sure": "yes", "key": "k1"})
    assert years.the_year(visit.who("li"), 2026, "zh").spent == 75_000


def test_cards_sheets_and_signs_come_from_the_books(visit: Visit):
    life = visit.life
    people = [life.people[name] for name in ("li", "wang", "zhao")]
    activity = life.publish("volunteering", "common", title="清渠", places=5, budget_points=200_000)
    cards = village_papers.cards_pdf([(one, "A" * 26) for one in people], life.now)
    sheet = village_papers.sheet_pdf(activity, "S-1", "林志刚", "https://example.org/a/1", "zh", life.now)
    sign = village_papers.sign_pdf(visit.shop, "https://example.org/pay/1", "zh", life.now)
    assert all(paper.startswith(b"%PDF") for paper in (cards, sheet, sign))


def test_the_owner_prints_the_shops_sign_and_nobody_else(visit: Visit):
    address = f"/till/sign/{visit.shop.id}.pdf"
    assert pdf(visit.browser("chen").get(address))
    assert visit.browser("li").get(address).status_code == 404


@pytest.fixture
def shared(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> Daicun:
    """A dividend of 1,000 yuan, 70 by heads and 30 by points, paid."""
    award(daicun, "王芳", 3_000)
    award(daicun, "赵二", 1_000)
    run = paying_begun(daicun, drafted(daicun))
    paying.pay_all(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=30))
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(days=31))
    return daicun


def browser(daicun: Daicun, name: str, lang: str = "zh") -> Client:
    client = Client(headers={"Accept-Language": lang})
    client.cookies[DEVICE] = f"browser of {daicun[name].id}"
    sign_in(daicun[name], f"browser of {daicun[name].id}", label="browser", now=NOW)
    return client


def test_a_slip_is_read_step_by_step_by_its_owner(shared: Daicun):
    fang = browser(shared, "王芳")
    page = text(fang.get("/me/dividend"))
    assert "按人分 70%" in page
    assert "÷ 全村 40 工分" in page
    assert "孩子的一份" in page
    assert pdf(fang.get("/me/dividend.pdf"))
    assert "2026 年分红 · 您这一份" in text(fang.get("/me"))


def test_a_slip_is_read_in_english_too(shared: Daicun):
    assert "by points 30%" in text(browser(shared, "赵二", "en").get("/me/dividend"))


def test_the_slips_of_a_run_are_one_document(shared: Daicun):
    from gongfen.dividends.models import Run

    run = Run.of(shared.town).get()
    assert village_papers.slips_pdf(run, "zh", LATER).startswith(b"%PDF")
