"""The description and the server say the same: schemathesis asks every endpoint what it can think of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import settings
from schemathesis.generation import GenerationMode

from gongfen.people.acts import give_roles, sign_in
from gongfen.people.models import RoleName
from gongfen.wsgi import application
from tests.village import NOW, Daicun

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
TOKEN = "a-device-that-may-do-everything-there-is"


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """As Django's own test client does it: the end of a request must not close the connection under the test."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def signed_in(one_connection: None, daicun: Daicun) -> Daicun:
    """Somebody with every role, so that what is asked comes far."""
    everything = [(daicun["赵二"], role, daicun.village) for role in RoleName]
    give_roles(daicun.town, everything, by=daicun.town.subject, approved_by=daicun.town.subject, now=NOW)
    sign_in(daicun["赵二"], TOKEN, label="手机", now=NOW)
    return daicun


def only_what_is_described(case: Any) -> None:
    """Leave made-up fields out of a form: with control characters in their names a form cannot be read at all, and
    a refusal of it says nothing about the endpoint."""
    is_right = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if is_right and case.media_type == "multipart/form-data" and isinstance(case.body, dict):
        described = case.operation.body[0].definition["schema"].get("properties", {})
        for made_up in set(case.body) - set(described):
            del case.body[made_up]


@schema.parametrize()
@settings(max_examples=6)
def test_the_description_holds(case: Any, signed_in: Daicun) -> None:
    only_what_is_described(case)
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"})
