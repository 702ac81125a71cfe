"""R01, R02, R11, R25: nobody can lower another's standing; it is a short published function of the journal."""

import inspect
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client

from gongfen.people.acts import give_roles
from gongfen.people.models import RoleName
from gongfen.rules import standing as formula
from gongfen.standing.queries import StandingNotYet, recompute, standing_of
from tests.doors import OWNER, all_doors, knock, token_of
from tests.sharing import award
from tests.village import DAY, NOW, POINT, Daicun, daicun

__all__ = ["daicun"]


def test_r01_there_is_no_column_to_write_and_no_endpoint_to_revoke() -> None:
    stored = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if "standing" in field.name or "trust" in field.name or "rating" in field.name
    }
    assert stored == set()
    ours = {model.__name__ for model in apps.get_app_config("standing").get_models()}
    assert ours == {"Proof"}
    writing = {door.path for door in all_doors() if "standing" in door.path and door.method != "GET"}
    assert writing == set()


ATTACKS = (
    "UPDATE journal_act SET facts = '{}' WHERE town_id = %s AND about = %s",
    "UPDATE journal_act SET about = about + 1 WHERE town_id = %s AND about = %s",
    "DELETE FROM journal_act WHERE town_id = %s AND about = %s",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_r01_raw_sql_cannot_lower_it(daicun: Daicun, attack: str) -> None:
    award(daicun, "王芳", 3 * POINT, minutes=600)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack, [daicun.town.id, daicun["王芳"].subject])
    assert standing_of(daicun["王芳"], NOW).value == 20


@pytest.mark.slow
def test_r01_whoever_has_every_role_cannot_lower_it_with_any_call(daicun: Daicun) -> None:
    """Somebody with all roles makes every call there is, against a neighbour's standing."""
    award(daicun, "王芳", 3 * POINT, minutes=600)
    every = [(daicun["赵二"], role, daicun.village) for role in RoleName]
    give_roles(daicun.town, every, by=daicun.town.subject, approved_by=daicun.town.subject, now=NOW)
    hostile = token_of(daicun["赵二"])
    lowered = []
    for door in all_doors():
        if door.method == "GET" or door.who == OWNER:
            continue
        with transaction.atomic():
            knock(door, door.call(daicun), hostile)
            if standing_of(daicun["王芳"], NOW).value < 20:
                lowered.append(door.path)
            transaction.set_rollback(True)
    assert [path for path in lowered if "reversal" not in path] == []  # a ruling on an objection is the one exception


def test_r02_anyone_recomputes_it_from_ones_own_export(daicun: Daicun) -> None:
    award(daicun, "王芳", 3 * POINT, minutes=333)
    award(daicun, "王芳", POINT, kind="survey", minutes=10)
    told = Client().get("/api/v1/me/standing/export", headers={"Authorization": f"Bearer {token_of(daicun['王芳'])}"})
    record = told.json()
    assert recompute(record["lines"], date.fromisoformat(record["day"])) == record["value"] > 0


def test_r02_the_formula_is_short_pure_and_published() -> None:
    text = inspect.getsource(formula)
    assert len(text.splitlines()) <= 130
    imports = [line for line in text.splitlines() if line.startswith(("import", "from"))]
    assert imports == [
        "from collections.abc import Iterable",
        "from dataclasses import dataclass",
        "from datetime import date",
    ]


def test_r11_what_was_read_or_answered_is_no_part_of_it(daicun: Daicun) -> None:
    assert list(inspect.signature(formula.Deed).parameters) == [
        "day",
        "number",
        "kind",
        "minutes",
        "grade",
    ]
    for who in ("王芳", "赵二"):
        for _ in range(9):
            award(daicun, who, POINT, kind="article", minutes=5)
            award(daicun, who, POINT, kind="survey", minutes=10 if who == "王芳" else 60)
    values = [standing_of(daicun[who], NOW + DAY).value for who in ("王芳", "赵二")]
    assert values == [2, 2]  # an hour a year, whoever one is


@pytest.mark.parametrize("name", ["王小刘"])
def test_r25_from_14_to_17_there_are_points_but_no_standing(daicun: Daicun, name: str) -> None:
    award(daicun, name, 3 * POINT, minutes=600)
    assert daicun.points(name) == 3 * POINT
    with pytest.raises(StandingNotYet):
        standing_of(daicun[name], NOW)
    bearer = {"Authorization": f"Bearer {token_of(daicun[name])}"}
    for path in ("/me/standing", "/me/standing/export"):
        assert Client().get(f"/api/v1{path}", headers=bearer).json()["code"] == "standing_not_yet"


def test_r25_under_14_there_is_no_account(daicun: Daicun) -> None:
    assert not daicun["王小明"].has_account
    with pytest.raises(StandingNotYet):
        standing_of(daicun["王小明"], NOW)
