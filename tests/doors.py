"""Every endpoint, who may call it, and a call that would work: the list that `test_api_who_may.py` goes through.

Each area has its list beside this file (`doors_<area>.py`, a tuple named DOORS).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from django.test import Client

from gongfen.people.acts import sign_in
from gongfen.people.models import Device, Resident
from gongfen.town import clock
from tests.village import Daicun

GUEST = "guest"  # everyone, without signing in
RESIDENT = "resident"  # whoever is signed in, about themselves
OWNER = "owner"  # only the person whose thing it is: Call.owner
TILL = "till"  # a till's own token


@dataclass(frozen=True)
class Call:
    """A call that works for who may make it. `owner` names the person whose thing it is."""

    path: Mapping[str, object] = field(default_factory=dict)
    body: object = None
    query: Mapping[str, object] = field(default_factory=dict)
    owner: str = "王芳"
    files: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Door:
    """An endpoint: `who` is GUEST, RESIDENT, OWNER, TILL or the name of a role."""

    method: str
    path: str
    who: str
    call: Callable[[Daicun], Call] = lambda _: Call()


def all_doors() -> list[Door]:
    """The lists of every area."""
    found: list[Door] = []
    for file in sorted(Path(__file__).parent.glob("doors_*.py")):
        found.extend(import_module(f"tests.{file.stem}").DOORS)
    return found


def token_of(resident: Resident) -> str:
    """A token of a device signed in for this resident, the same each time."""
    token = f"token-of-{resident.subject}-{'x' * 20}"
    if not Device.of(resident.town).filter(label=token).exists():
        sign_in(resident, token, label=token, now=clock.now())
    return token


def knock(door: Door, call: Call, token: str | None) -> Any:
    """Make this call, with a device's or till's token or without."""
    headers = {"Idempotency-Key": "a-key-of-this-knock"} | ({"Authorization": f"Bearer {token}"} if token else {})
    path = "/api/v1" + door.path.format(**call.path)
    if call.query:
        path += "?" + "&".join(f"{name}={value}" for name, value in call.query.items())
    client = Client()
    if call.files is not None:
        for file in call.files.values():
            file.seek(0)  # the knock before may have read it
        return client.post(path, data=call.files, headers=headers)
    body = "" if call.body is None else json.dumps(call.body)
    return client.generic(door.method, path, body, content_type="application/json", headers=headers)
