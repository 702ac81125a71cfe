"""A machine of its own for whole commands: an empty folder, an empty database, and `gongfen` as a sysadmin types it."""

import gzip
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.elsewhere import LONG, Elsewhere, in_server, on_postgresql
from tests.old_village import KEPT

NOT_FOR_IT = ("GONGFEN_TEST_DB", "GONGFEN_SECRET")
made = count(1)


def gongfen(place: Elsewhere, *words: object) -> subprocess.CompletedProcess[str]:
    """The command, as a sysadmin types it, on this database."""
    command = [sys.executable, "-m", "gongfen.cli", *map(str, words)]
    environment = {**place.environment, "LC_ALL": "C"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONG)


@contextmanager
def machine(folder: Path) -> Iterator[Elsewhere]:
    """An empty folder and an empty database, which go away."""
    name = f"gongfen_keeping_{os.getpid()}_{next(made)}"
    environment = {
        name: value for name, value in os.environ.items() if name not in ("GONGFEN_TEST_DB", "GONGFEN_SECRET")
    }
    environment["GONGFEN_DIR"] = str(folder)
    if not on_postgresql():
        yield Elsewhere(name, environment | {"GONGFEN_DATABASE": f"sqlite:///{folder / name}.sqlite3"})
        return
    server = os.environ["GONGFEN_DATABASE"]
    in_server(server, f"CREATE DATABASE {name}")
    try:
        yield Elsewhere(
            name, environment | {"GONGFEN_DATABASE": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        )
    finally:
        in_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def bring(place: Elsewhere) -> tuple[int, int]:
    """Put the earlier version's rows into the empty database; how many acts and transfers they are."""
    counts = ("SELECT count(*) FROM journal_act", "SELECT count(*) FROM ledger_transfer")
    address = place.environment["GONGFEN_DATABASE"]
    if on_postgresql():
        sql = gzip.decompress(KEPT["postgresql"].read_bytes()).decode()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.encode())
            acts, transfers = (connection.execute(one.encode()).fetchone() for one in counts)
    else:
        sql = gzip.decompress(KEPT["sqlite"].read_bytes()).decode()
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
            connection.executescript(sql)
            acts, transfers = (connection.execute(one).fetchone() for one in counts)
    assert acts and transfers
    return acts[0], transfers[0]
