"""R08: standing opens and closes nothing. Every answer is the same for residents with none and with much."""

import ast
from pathlib import Path

import pytest

from tests.doors import GUEST, RESIDENT, all_doors
from tests.sharing import award
from tests.twins import at, differing, unequal
from tests.village import Daicun, daicun

__all__ = ["daicun"]

ROOT = Path(__file__).parent.parent.parent / "gongfen"
ITS_OWN_PLACE = ("/me/standing", "/me/proofs", "/me/acts", "/me/export", "/towns/{town}/proofs")
MAY_ASK = (
    "standing/",
    "api/standing.py",
    "api/own_papers.py",  # proofs on paper, for their owner
    "office/leaving.py",  # who leaves is forgotten there, too
    "office/record.py",  # one's own record, taken away by its owner
    "rules/standing.py",
    "prints/",
    "statements/",
    "pages/",
    "demo/",
    "clockwork.py",
)


def test_only_its_own_room_reads_standing() -> None:
    """The shops, the activities, the dividend and the notices cannot even ask."""
    asking = []
    for file in ROOT.rglob("*.py"):
        named = file.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(module.startswith(("gongfen.standing", "gongfen.rules.standing")) for module in modules):
                asking.append(named)
    assert [name for name in asking if not name.startswith(MAY_ASK)] == []


@pytest.mark.slow
def test_every_answer_is_the_same_with_none_and_with_much(daicun: Daicun) -> None:
    """Eight days of work without points, of the caller or of somebody else: nothing but standing differs."""

    def none(caller: str) -> None:
        for _ in range(8):
            award(daicun, "赵大伯", 0, minutes=480)

    def much(caller: str) -> None:
        for _ in range(8):
            award(daicun, caller, 0, minutes=480)

    reading = [door for door in all_doors() if door.method == "GET" or "preview" in door.path]
    reading = [door for door in reading if "/lot" not in door.path]  # its list is public, and of one activity
    doors = [door for door in reading if door.who in (GUEST, RESIDENT) and not door.path.startswith(ITS_OWN_PLACE)]
    assert len(doors) > 15
    assert unequal(doors, daicun, none, much) == []


def test_the_comparison_finds_what_does_depend_on_standing(daicun: Daicun) -> None:
    own = [door for door in all_doors() if door.path == "/me/standing/export"]
    found = unequal(
        own, daicun, lambda _: None, lambda caller: [award(daicun, caller, 0, minutes=480) for _ in range(8)]
    )
    assert [(path, ("body", "value") in places) for _, path, places in found] == [("/me/standing/export", True)]
    plain = {"status": 200, "body": {"price": 500, "id": "1", "lines": [1, 2]}}
    dearer = {"status": 200, "body": {"price": 400, "id": "1", "lines": [1, 3]}}
    assert list(differing(plain, dearer)) == [("body", "price"), ("body", "lines", 1)]
    assert at(dearer, ("body", "lines", 1)) == "3"
    assert at(dearer, ("body", "lines", 7)) == "nothing there"
