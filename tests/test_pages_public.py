"""The pages that the whole village can read, without signing in."""

import pytest

from gongfen.people.models import JoinRequest
from tests.village import YUAN

PAGES = ("/", "/money", "/join")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_public_page_is_small_and_carries_nothing_from_elsewhere(client, daicun, address, lang):
    answer = client.get(address, {"lang": lang})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    assert f'<html lang="{"en" if lang == "en" else "zh-Hans"}"' in page
    assert "<script>" not in page
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
