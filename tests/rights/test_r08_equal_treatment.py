"""R08: standing opens and closes nothing. Every answer is the same for residents with none and with much."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from tests.doors import GUEST, RESIDENT, Door, all_doors, knock, token_of
from tests.sharing import award
from tests.village import Daicun, daicun

__all__ = ["daicun"]

ROOT = Path(__file__).parent.parent.parent / "gongfen"
ITS_OWN_PLACE = ("/me/standing", "/me/proofs", "/me/acts", "/me/export", "/towns/{town}/proofs")
MAY_ASK = ("standing/", "api/standing.py", "rules/standing.py", "prints/", "statements/", "pages/", "demo/")


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


def values(answer: Any) -> Any:
    """What an answer says, with its status; a file or page as its text."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    try:
        return {"status": answer.status_code, "body": json.loads(body)}
    except ValueError:
        return {"status": answer.status_code, "body": body.decode("utf-8", "replace").splitlines()}


def differing(one: Any, other: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Where two answers say something else."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for name in one:
            yield from differing(one[name], other[name], (*path, name))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differing(left, right, (*path, place))
    elif one != other:
        yield path


def asked(door: Door, daicun: Daicun, *, much: bool) -> Any:
    """One call's answer; the world is then as it was before. `much` gives its caller eight days of work first."""
    with transaction.atomic():
        call = door.call(daicun)
        for _ in range(8):  # deeds without points, of the caller or of somebody else: nothing but standing differs
            award(daicun, call.owner if much else "赵大伯", 0, minutes=480)
        answer = values(knock(door, call, token_of(daicun[call.owner])))
        transaction.set_rollback(True)
    return answer


def test_every_answer_is_the_same_with_none_and_with_much(daicun: Daicun) -> None:
    """What differs between two calls of the same person is chance (ids, codes, moments), and is no difference here."""
    doors = [door for door in all_doors() if door.who in (GUEST, RESIDENT) and not door.path.startswith(ITS_OWN_PLACE)]
    assert len(doors) > 20
    unequal = []
    for door in doors:
        first, second, third = (asked(door, daicun, much=much) for much in (False, False, True))
        chance = set(differing(first, second))
        found = [path for path in differing(second, third) if not any(path[: len(c)] == c for c in chance)]
        if found or first["status"] != third["status"]:
            unequal.append((door.method, door.path, found))
    assert unequal == []
