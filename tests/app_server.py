"""The real server for every walk of the app: made once, however many files walk."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

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
