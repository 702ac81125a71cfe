"""A database for one measurement: made, measured, dropped. A village's own database is never touched."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit


class MeasurementFailed(Exception):
    """The measuring process did not end well; its own words are on stderr."""


@contextmanager
def scratch(address: str | None, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a process that uses an empty database: a file, or a database beside the given one."""
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix="bench-", dir=folder))
    environment = {
        name: value for name, value in os.environ.items() if name not in ("GONGFEN_DATABASE", "GONGFEN_DEMO")
    }
    environment["GONGFEN_DIR"] = str(own)
    try:
        if address is None:
            yield environment
        else:
            with _database_beside(address) as made:
                yield {**environment, "GONGFEN_DATABASE": made}
    finally:
        shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _database_beside(address: str) -> Iterator[str]:
    import psycopg

    name = f"gongfen_bench_{os.getpid()}"
    parts = urlsplit(address)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def measure(work: str, options: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    """Run one work in a process of its own; what it found. Its progress goes to stderr as it comes."""
    command = [sys.executable, "-m", "gongfen.bench.child", work, json.dumps(options)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, text=True)
    if done.returncode != 0:
        raise MeasurementFailed(work)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
