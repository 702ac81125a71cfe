"""A resident reads the lines of one month, looks for words among them, and takes them away on paper; others ask in."""

import json

import pytest
from django.test import Client

from gongfen.people.models import AgeBand, JoinRequest
from tests.doors import token_of
from tests.doors_own_papers import SECRET
from tests.sharing import award
from tests.village import NOW, POINT, Daicun

pytestmark = pytest.mark.django_db
MONTH = f"{NOW:%Y-%m}"


def asked(daicun: Daicun, path: str, who: str = "王芳", lang: str = "zh", body: object = None):
    headers = {"Authorization": f"Bearer {token_of(daicun[who])}", "Accept-Language": lang}
    if body is not None:
        return Client().post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)
    return Client().get(f"/api/v1{path}", headers=headers)


def test_lines_say_what_came_in_and_the_next_page_goes_on(daicun: Daicun) -> None:
    first, second = award(daicun, "王芳", 3 * POINT), award(daicun, "王芳", 5 * POINT)
    page = asked(daicun, "/me/lines?limit=1").json()
    assert [line["number"] for line in page["items"]] == [second.number]
    assert page["items"][0]["points"] == 5 * POINT and page["items"][0]["told"]
    rest = asked(daicun, f"/me/lines?limit=1&after={page['next']}").json()
    assert [line["number"] for line in rest["items"]] == [first.number] and rest["next"] is None


def test_a_month_shows_its_own_lines_and_words_find_theirs(daicun: Daicun) -> None:
    made = award(daicun, "王芳", 3 * POINT)
    (line,) = asked(daicun, f"/me/lines?month={MONTH}").json()["items"]
    assert line["number"] == made.number
    assert asked(daicun, "/me/lines?month=2020-01").json() == {"items": [], "next": None}
    assert asked(daicun, f"/me/lines?q={line['told'][:2]}").json()["items"] == [line]
    assert asked(daicun, "/me/lines?q=从来没有的事").json()["items"] == []


def test_every_paper_is_a_pdf_of_the_caller_alone(daicun: Daicun) -> None:
    award(daicun, "王芳", 3 * POINT)
    for path in (f"statement?month={MONTH}", "book", "dividend"):
        paper = asked(daicun, f"/me/papers/{path}")
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF"), path
        assert paper["Cache-Control"] == "private, no-store"
    assert asked(daicun, "/me/papers/statement?month=2026-13").status_code == 422
    assert asked(daicun, "/me/papers/proofs/7").status_code == 404


def test_asking_to_join_twice_asks_once_and_says_how_it_stands(daicun: Daicun) -> None:
    body = {"name": " 新来的 ", "household": "301", "age_band": AgeBand.ADULT, "secret": SECRET}
    for _ in range(2):
        answer = Client().post(
            f"/api/v1/villages/{daicun.village.id}/join-requests", json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == 201 and answer.json() == {"state": "waiting"}
    (row,) = JoinRequest.of(daicun.town)
    assert (row.name, row.household_number) == ("新来的", "301")


def test_a_neighbour_is_found_by_name_and_house_together_and_nothing_else(daicun: Daicun) -> None:
    other = daicun["钱文书"]
    right = {"household": other.household.number, "name": other.name}
    assert asked(daicun, "/me/neighbours", body=right).json() == {"id": str(other.id), "called": other.called}
    for wrong in ({"name": "钱"}, {"household": "9999"}):
        assert asked(daicun, "/me/neighbours", body=right | wrong).status_code == 404
    own = {"household": daicun["王芳"].household.number, "name": "王芳"}
    assert asked(daicun, "/me/neighbours", body=own).status_code == 404
