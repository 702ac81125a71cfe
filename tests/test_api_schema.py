"""The description and the server say the same: schemathesis asks every endpoint what it can think of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import settings

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


@schema.parametrize()
@settings(max_examples=6)
def test_the_description_holds(case: Any, signed_in: Daicun) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN}"})
