"""The real server for every walk of the app: made once, however many files walk."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.app_phone import Phone, WebPhone
from tests.walking import served, started


@pytest.fixture(scope="session")
def app_village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The server's address, and what a walk must know of its village."""
    with served(tmp_path_factory.mktemp("app"), "tests.app_village") as (address, told):
        yield address, json.loads(told[0])


@pytest.fixture(scope="module")
def app_browser() -> Iterator[Browser]:
    """The system's Chromium; closed after each file, so that no loop of its own runs beside other tests."""
    with started() as chromium:
        yield chromium


@pytest.fixture
def phone_of(app_browser, app_village):
    """A phone of somebody; all are put away at the end."""
    server, facts = app_village
    made: list[Phone] = []

    def phone(who: str, kind: type[Phone] = WebPhone, **kept: Any) -> Any:
        made.append(kind(app_browser, server, kept={"token": facts["tokens"][who], **kept}))
        return made[-1]

    yield phone
    for one in made:
        one.close()


def asked(facts: dict[str, Any], server: str, who: str, path: str) -> Any:
    request = urllib.request.Request(
        f"{server}/api/v1{path}", headers={"Authorization": f"Bearer {facts['tokens'][who]}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())
