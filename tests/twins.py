"""Asking the same door twice in two equal worlds, and what differs between the answers beyond chance."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from tests.doors import Door, knock, token_of
from tests.village import Daicun


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


def asked(door: Door, daicun: Daicun, before: Callable[[str], object]) -> Any:
    """One call's answer after `before(owner)`; the world is then as it was."""
    with transaction.atomic():
        call = door.call(daicun)
        before(call.owner)
        answer = values(knock(door, call, token_of(daicun[call.owner])))
        transaction.set_rollback(True)
    return answer


def at(answer: Any, path: tuple[object, ...]) -> str:
    """What an answer says at a place, as text; nothing where it has no such place."""
    for name in path:
        is_there = name in answer if isinstance(answer, dict) else isinstance(name, int) and name < len(answer)
        if not is_there:
            return "nothing there"
        answer = answer[name]
    return json.dumps(answer, sort_keys=True, default=str)


def unequal(
    doors: list[Door], daicun: Daicun, one: Callable[[str], object], other: Callable[[str], object]
) -> list[tuple[str, str, list[tuple[object, ...]]]]:
    """The doors that answer `one` world unlike the `other`. What differs between two calls in the same world is
    chance (ids, codes, moments), and no difference here."""
    found = []
    for door in doors:
        first = asked(door, daicun, one)
        paths = list(differing(first, asked(door, daicun, other)))
        if paths:  # mostly ids and moments, which differ within one world as well
            chance = set(differing(first, asked(door, daicun, one)))
            paths = [path for path in paths if not any(path[: len(c)] == c for c in chance)]
        if paths and (still := _beyond_chance(door, daicun, one, other, paths)):
            found.append((door.method, door.path, still))
    return found


def _beyond_chance(
    door: Door,
    daicun: Daicun,
    one: Callable[[str], object],
    other: Callable[[str], object],
    paths: list[tuple[object, ...]],
) -> list[tuple[object, ...]]:
    """Of these places, those that never differ within a world, and where no answer of one is the other's."""
    ones, others = [], []
    for _ in range(6):  # in turns, so that a minute that passes meanwhile is met by both
        ones.append(asked(door, daicun, one))
        others.append(asked(door, daicun, other))
    chance = {path for world in (ones, others) for answer in world[1:] for path in differing(world[0], answer)}
    return [
        path
        for path in paths
        if not any(path[: len(c)] == c for c in chance)
        and not {at(answer, path) for answer in ones} & {at(answer, path) for answer in others}
    ]
