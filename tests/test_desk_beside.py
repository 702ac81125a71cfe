"""What is wrong with a form is said beside the field that it is about, and everything that was typed is still there."""

import re

import pytest
from django.test import Client

from tests.desk import signed_in
from tests.sharing import drafted
from tests.village import NOW, Daicun

pytestmark = pytest.mark.django_db
BESIDE = re.compile(r'<(?:input|select|textarea)[^>]* id="([^"]+)"[^>]*aria-invalid="true" aria-describedby="([^"]+)"')
SLIP = {"number": "银-1", "donor": "县果业合作社", "yuan": "1,200.50", "received_on": "2026-03-17", "purpose": "修路"}
ADVANCE = {"household": "9", "name": "陈小芳", "yuan": "5"}


def said(desk: Client, path: str, typed: dict[str, object]) -> str:
    """The one field that has a no beside it."""
    answer = desk.post(path, typed)
    html = answer.content.decode()
    assert answer.status_code == 422, path
    assert all(str(value) in html for value in typed.values() if not str(value).isdecimal()), "what was typed is kept"
    ((field, words),) = BESIDE.findall(html)
    assert html.count(f'id="{words}"') == 1, "the words stand there, once"
    return str(field)


@pytest.mark.parametrize(
    ("field", "value"), [("number", ""), ("donor", " "), ("yuan", "很多"), ("received_on", "昨天"), ("yuan", "0")]
)
def test_a_slip_says_which_field(daicun: Daicun, field: str, value: str) -> None:
    treasurer = signed_in(daicun["周会计"], NOW)
    assert said(treasurer, "/desk/money/slips", SLIP | {field: value, "once": "a"}) == field


def test_a_slips_number_is_used_once(daicun: Daicun) -> None:
    treasurer = signed_in(daicun["周会计"], NOW)
    assert treasurer.post("/desk/money/slips", SLIP | {"once": "a"}).status_code == 303
    assert said(treasurer, "/desk/money/slips", SLIP | {"once": "b", "yuan": "7"}) == "number"


def test_advances_and_slips_by_hand_say_whom_they_cannot_find(daicun: Daicun) -> None:
    treasurer, run = signed_in(daicun["周会计"], NOW), drafted(daicun)
    path = f"/desk/runs/{run.id}/advances"
    for field, value in {"name": "没这人", "yuan": "一些", "household": " "}.items():
        assert said(treasurer, path, ADVANCE | {field: value, "once": "a"}) == field


def test_who_moves_says_which_number(daicun: Daicun) -> None:
    clerk, wang = signed_in(daicun["钱文书"], NOW), daicun["王芳"]
    home, long = f"/desk/households/{wang.household_id}", "很长的户号" * 5
    move = {"group": wang.group_id, "number": long}
    assert said(clerk, f"/desk/people/{wang.id}/move", move) == "number"
    assert said(clerk, f"{home}/split", move | {"resident": wang.id}) == "number"
    assert said(clerk, f"{home}/merge", {"number": long}) == "into"


def test_a_bank_statement_says_what_was_expected(daicun: Daicun) -> None:
    assert said(signed_in(daicun["周会计"], NOW), "/desk/money/statement", {"once": "a"}) == "file"
