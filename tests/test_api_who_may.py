"""Who may call what: everyone else is tried at every endpoint, those of another town too."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.conf import settings
from ninja import Schema

import gongfen.api
from gongfen.api.doors import api
from gongfen.people.models import Resident
from gongfen.people.queries import has_role
from tests.doors import GUEST, OWNER, RESIDENT, TILL, Call, Door, all_doors, knock, token_of
from tests.village import Daicun, founded

pytestmark = pytest.mark.django_db
DOORS = all_doors()
NOT_LET_IN = (401, 403, 404)


@pytest.fixture(autouse=True)
def a_wechat_that_knows_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WECHAT_SIGN_IN", "tests.doors_me.known_to_wechat")


def name(door: Door) -> str:
    return f"{door.method} {door.path}"


def has_one_of(person: Resident, roles: str, village: int) -> bool:
    """Roles where several may: "treasurer|supervisor"."""
    return any(has_role(person, role, village) for role in roles.split("|"))


def test_every_endpoint_says_who_may_call_it() -> None:
    described = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }
    assert {name(door) for door in DOORS} == described


def may(person: Resident, door: Door, call: Call, village: int) -> bool:
    """Whether a door is open for somebody of this village."""
    if door.who in (RESIDENT, OWNER):
        return person.name == call.owner or door.who == RESIDENT
    return has_one_of(person, door.who, village)


@pytest.mark.parametrize("door", [door for door in DOORS if door.who != GUEST], ids=name)
def test_nobody_else_gets_in_and_who_may_does(door: Door, daicun: Daicun) -> None:
    """Without a token, with one that was never made, from another town, and as everyone else of this village."""
    call = door.call(daicun)
    for nobody in (None, "a-token-that-nobody-has-ever-made"):
        assert knock(door, call, nobody).status_code == 401
    if door.who == TILL:
        return  # a till is a device, not a person
    here = [person for person in daicun.people.values() if person.has_account]
    others = [person for person in here if not may(person, door, call, daicun.village.id)]
    if door.who != RESIDENT:
        others += [person for person in founded(code=28, name="浦阳").people.values() if person.has_account]
    for person in others:
        answer = knock(door, call, token_of(person))
        assert answer.status_code in NOT_LET_IN, (person.name, answer.content.decode())
    if door.who in (RESIDENT, OWNER):
        answer = knock(door, call, token_of(daicun[call.owner]))
        assert answer.status_code < 300, answer.content.decode()
    else:
        staff = next(person for person in here if may(person, door, call, daicun.village.id))
        answer = knock(door, call, token_of(staff))
        assert answer.status_code not in (*NOT_LET_IN, 422), answer.content.decode()


@pytest.mark.parametrize("door", [door for door in DOORS if door.who == GUEST], ids=name)
def test_a_guest_gets_in(door: Door, daicun: Daicun) -> None:
    answer = knock(door, door.call(daicun), None)
    assert answer.status_code < 300, answer.content.decode()


def test_no_two_shapes_share_a_name() -> None:
    """In the description one name is one shape: of two, the later would hide the other."""
    shapes = [
        shape for shape in _shapes(Schema) if shape.__module__.startswith("gongfen.") and "[" not in shape.__name__
    ]
    names = [shape.__name__ for shape in shapes]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _shapes(shape: type[Schema]) -> list[type[Schema]]:
    return [found for one in shape.__subclasses__() for found in (one, *_shapes(one))]


def test_no_two_shapes_of_the_description_share_a_name() -> None:
    """Two of one name become one of them, and clients are told the wrong one."""
    shapes: dict[str, set[str]] = {}
    for module in iter_modules(gongfen.api.__path__, "gongfen.api."):
        for name, found in vars(import_module(module.name)).items():
            if isinstance(found, type) and issubclass(found, Schema) and found.__name__ == name:
                shapes.setdefault(name, set()).add(found.__module__)
    assert {name: sorted(where) for name, where in shapes.items() if len(where) > 1} == {}
