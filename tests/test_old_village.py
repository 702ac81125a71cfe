"""An upgrade of a village as an earlier version left it: everything is there after, and it audits clean."""

import gzip
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from tests.elsewhere import Elsewhere, on_postgresql
from tests.machines import gongfen, machine
from tests.old_village import KEPT


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


def test_a_village_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path) -> None:
    with machine(tmp_path) as place:
        before = bring(place)
        served = gongfen(place, "audit", "--json", "--full")
        assert served.returncode != 0 or "town" in served.stdout, "an earlier shape is told from today's"
        migrated = gongfen(place, "migrate")
        assert migrated.returncode == 0, migrated.stderr
        told = gongfen(place, "audit", "--json", "--full")
        assert told.returncode == 0, told.stdout + told.stderr
        found = json.loads(told.stdout)
        assert (found["acts"], found["transfers"], found["differences"]) == (*before, [])
        assert found["acts"] > 50 and len(found["towns"]) == 3
        again = gongfen(place, "migrate")
        assert again.returncode == 0 and "No migrations to apply" in again.stdout


def test_what_is_kept_of_it_is_small() -> None:
    assert all(os.path.getsize(file) < 300_000 for file in KEPT.values())
