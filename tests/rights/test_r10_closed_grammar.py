"""R10 and R29: no inferred score, no model, no weighting by person; the same activity, the same points for everyone."""

import ast
import inspect
from itertools import permutations
from pathlib import Path

import pytest

from gongfen.activities.kinds import all_kinds, form
from gongfen.activities.models import TermsVersion
from tests.earning_life import Life

KINDS = sorted(all_kinds().values(), key=lambda kind: kind.key)
FOLDER = Path(inspect.getfile(form)).parent
ABOUT_PEOPLE = ("resident", "household", "age", "gender", "head", "party", "standing", "name", "village", "group")


def test_kinds_import_nothing_but_rules_and_each_other():
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gongfen"):
                assert node.module.startswith(("gongfen.activities.kinds", "gongfen.rules")), f"{file}: {node.module}"
            if isinstance(node, ast.Import):
                assert not any(one.name.startswith(("django", "gongfen")) for one in node.names)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_points_and_minutes_know_terms_and_evidence_alone(kind):
    for function in (kind.points, kind.minutes):
        assert list(inspect.signature(function).parameters) == ["terms", "evidence"]
    asked = {type(field) for field in kind.form}
    assert asked <= {form.Number, form.Hours, form.Choice, form.Photo, form.ShortText}
    assert not [field.name for field in kind.form if any(word in field.name for word in ABOUT_PEOPLE)]


def test_stored_terms_have_no_column_about_a_person():
    columns = {field.name for field in TermsVersion._meta.get_fields()}
    assert columns == {
        "id", "town", "host", "kind", "what", "unit", "points", "minutes", "caps", "in_force_from", "state",
        "proposed_by", "proposed_at", "decided_how", "decided_on", "decided_by", "took_part", "said_yes", "act",
    }  # fmt: skip


@pytest.mark.django_db
def test_two_residents_who_change_places_get_the_same():
    life = Life()
    work = {"li": 90, "grandma_wang": 200, "organisers_son": 480}
    seen = set()
    for i, order in enumerate(permutations(work)):
        weeding = life.publish(title=f"第{i}天", starts_at=life.now, ends_at=life.now.replace(hour=15))
        minutes = dict(zip(order, work.values(), strict=True))
        seen.add(tuple(life.claim(weeding, who, minutes=minutes[who]).points for who in order))
        life.days_pass(1)
    assert seen == {(150, 333, 800)}
