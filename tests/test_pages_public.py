"""The pages that the whole village can read, without signing in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongfen.clockwork import turn
from gongfen.people.models import JoinRequest
from gongfen.shops.merchants import MerchantToList, list_merchants
from gongfen.town import clock
from tests.village import NOW, YUAN

PAGES = ("/", "/week", "/terms", "/money", "/figures", "/join")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_public_page_is_small_and_carries_nothing_from_elsewhere(client, daicun, address, lang):
    answer = client.get(address, {"lang": lang})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert f'<html lang="{"en" if lang == "en" else "zh-Hans"}"' in page
    assert "<script" not in page  # readable without any
    assert " style=" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_front_page_tells_the_fund_and_that_every_point_is_backed(client, daicun):
    page = client.get("/").content.decode()
    assert "¥9,000.00" in page
    assert "每一工分都有钱兑付" in page
    assert "¥9,000.00" in client.get("/", {"lang": "en"}).content.decode()


def test_the_money_page_names_donor_and_slip(client, daicun):
    daicun.receive(600 * YUAN, "slip-2", purpose="摘柑橘")
    page = client.get("/money").content.decode()
    assert "县果业合作社" in page
    assert "slip-2" in page
    assert "+¥600.00" in page


def test_an_empty_server_says_so(client, db):
    assert "还没有村" in client.get("/").content.decode()


def test_the_language_that_was_chosen_stays(client, daicun):
    client.get("/", {"lang": "en"})
    assert "Common money" in client.get("/money").content.decode()


def test_the_browsers_language_is_spoken_where_nothing_was_chosen(client, daicun):
    assert "Common money" in client.get("/money", headers={"Accept-Language": "en-GB,en;q=0.9"}).content.decode()
    assert "村里的钱" in client.get("/money", headers={"Accept-Language": "fr,zh;q=0.5"}).content.decode()


def test_large_text_stays_large(client, daicun):
    assert 'data-size="large"' in client.get("/", {"size": "large"}).content.decode()
    assert 'data-size="large"' in client.get("/money").content.decode()


def test_somebody_asks_to_join_with_a_name_and_a_household(client, daicun):
    answer = client.post("/join", {"name": "周阿婆", "household": "12", "band": "elder", "key": "k1"})
    assert answer.status_code == 303
    asked = JoinRequest.of(daicun.town).get()
    assert (asked.name, asked.household_number, asked.age_band) == ("周阿婆", "12", "elder")


def test_a_wrong_join_code_is_told_and_what_was_typed_is_kept(client, daicun):
    answer = client.post("/join", {"code": "AAAA-BBBB-CCCC"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没办成" in page
    assert "AAAA-BBBB-CCCC" in page


def test_a_name_cannot_carry_a_script(client, daicun):
    page = client.post("/join", {"code": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("本村这周", "积分标准", "公示", "村里一览", "哪里不对，找谁", "12345")),
        ("en", ("This week", "Terms", "notice", "At a glance", "If something is wrong", "12345")),
    ],
)
def test_the_front_page_leads_to_everything_that_a_village_should_know(client, daicun, lang, words):
    page = client.get("/", {"lang": lang}).content.decode()
    for word in words:
        assert word in page
    for address in ("/terms", "/figures", "/week", "/money", "/join"):
        assert f'href="{address}' in page
        assert client.get(address).status_code == 200


def test_the_front_page_with_its_look_is_read_on_a_slow_line(client, daicun):
    look = Path(finders.find("gongfen/look.css")).stat().st_size
    assert len(client.get("/").content) + look < 60_000


def test_every_morning_the_front_page_says_that_the_books_are_right(client, daicun, monkeypatch):
    turn(now=NOW)
    page = client.get("/").content.decode()
    assert "查过账" in page and "全对" in page
    tomorrow = NOW + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert turn(now=tomorrow.replace(hour=5)).get("audit.audited") is None
    assert turn(now=tomorrow.replace(hour=6, minute=1))["audit.audited"] == 1
    assert "今天 06:01查过账" in client.get("/").content.decode()
    assert turn(now=tomorrow).get("audit.audited") is None


def test_a_busy_villages_front_page_is_small_too(client, daicun):
    """Many activities and shops: the page tells the next ones and leads to the rest."""
    life = daicun
    told = [
        MerchantToList(name=f"小店{n:02}", hours=("08:00-20:00",) * 7, village=life.village.id, owner=None)
        for n in range(80)
    ]
    list_merchants(life.town, told, life.town.subject, NOW)
    answer = client.get("/")
    assert "小店00" in answer.content.decode()
    assert len(answer.content) + Path(finders.find("gongfen/look.css")).stat().st_size < 60_000
