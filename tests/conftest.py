"""What holds for every test: one engine at a time, chosen from outside, and no statement that forgets its town."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.village",
    "tests.desk",
    "tests.taking_part",
    "tests.pages_village",
    "tests.app_server",
    "tests.busy_desk",
]

ROOT = Path(__file__).resolve().parent.parent

# What never asks a database, or brings one of its own that is always on SQLite: beside PostgreSQL it would be the same.
ONCE = {
    "test_app_logic",
    "test_app_package",
    "test_app_words",
    "test_demo_start",
    "test_house",
    "test_ledger_posting",
    "test_load_stopped",
    "test_words",
    "test_workshop",
}

# The same examples on every machine, so that a red test is red for everyone; HYPOTHESIS_PROFILE=explore looks further.
calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
settings.register_profile("village", deadline=None, max_examples=50, derandomize=True, suppress_health_check=calm)
settings.register_profile("explore", deadline=None, max_examples=2_000, suppress_health_check=calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "village"))

# Whole stories with many processes, every endpoint with everything one can think of: `./run test` has the time.
SLOW = {
    "test_api_schema",
    "test_api_who_may",
    "test_bench",
    "test_keeping",
    "test_ledger_processes",
    "test_load_stopped",
    "test_old_village",
    "test_shops_killed",
}


def walks(item: pytest.Item) -> bool:
    """Whether a test opens a browser, which brings a server of its own on SQLite."""
    return item.get_closest_marker("browser") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow ones out of the inner loop, and beside PostgreSQL what never asks it."""
    for item in items:
        if item.path.stem in SLOW or walks(item):
            item.add_marker("slow")
    if os.environ.get("GONGFEN_DATABASE"):
        once = {item for item in items if walks(item) or item.path.stem in ONCE}
        config.hook.pytest_deselected(items=list(once))
        items[:] = [item for item in items if item not in once]


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A walk in a browser is walked once more before it is red: a busy machine may be late, a fault is there twice."""
    if not walks(item):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if any(report.failed for report in reports):
        first = "\n".join(report.longreprtext for report in reports if report.failed)
        sys.__stderr__.write(f"\nwalked once more: {item.nodeid}\n{first}\n")
        item._initrequest()  # fresh fixtures, as before the first walk
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@cache
def town_tables() -> tuple[str, ...]:
    """The tables of every model that belongs to a town."""
    from django.apps import apps

    from gongfen.town.models import TownModel

    return tuple(model._meta.db_table for model in apps.get_models() if issubclass(model, TownModel))


def forgets_its_town(sql: str, tables: tuple[str, ...]) -> bool:
    """Whether a statement reads or writes a town's table without saying of which town."""
    verb = sql.lstrip(" (\n\t")[:8].upper()
    start = {"INSERT": "INTO", "SELECT": "FROM", "WITH": "FROM", "UPDATE": "WHERE", "DELETE": "WHERE"}
    after = next((word for name, word in start.items() if verb.startswith(name)), None)
    if after is None or not any(table in sql for table in tables):
        return False
    place = sql.upper().find(after)
    if place < 0:
        return after == "WHERE"  # all rows are changed; a SELECT from nowhere reads none
    return "town_id" not in sql[place:]


def written_by_gongfen(frame: FrameType | None) -> bool:
    """Whether our own code asked for a statement: tests may look at all towns at once, and so may migrations."""
    while frame is not None:
        file = frame.f_code.co_filename
        if "/migrations/" in file:
            return False
        if file.startswith(str(ROOT / "gongfen")):
            return True
        if file.startswith(str(ROOT / "tests")) and not file.endswith("conftest.py"):
            return False
        frame = frame.f_back
    return False


@pytest.fixture(autouse=True)
def every_statement_names_its_town() -> Iterator[list[str]]:
    """On many machines a town's rows lie on one of them: a statement without the town would ask them all."""
    from django.db import connection

    forgetful: list[str] = []

    def look(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if isinstance(sql, str) and forgets_its_town(sql, town_tables()) and written_by_gongfen(sys._getframe(1)):
            forgetful.append(sql)
            raise AssertionError(f"a statement without town_id: {sql[:2000]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield forgetful
    assert not forgetful, f"statements without town_id: {forgetful}"
