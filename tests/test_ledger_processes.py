"""Several processes at once, a process killed, a process asked to stop, a disk that fills: the books stay exact."""

import json
import signal
from collections import Counter

import pytest
from django.db import OperationalError
from psycopg.errors import DiskFull as NoSpaceLeft

from gongfen.ledger import storage
from gongfen.ledger.batch import DiskFull
from tests.books import LI, new_books
from tests.children import PEOPLE
from tests.elsewhere import LONG, Elsewhere, elsewhere, go, on_postgresql, read_line

PROCESSES = 4 if on_postgresql() else 2


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A database that is migrated once, for copies."""
    with elsewhere(tmp_path_factory.mktemp("founded")) as place:
        yield place


@pytest.fixture
def place(founded, tmp_path):
    with elsewhere(tmp_path, like=founded) as place:
        yield place


def stands(place: Elsewhere) -> dict:
    """What another process finds: audited, and the same as the journal played again."""
    found = json.loads(place.run("check"))
    assert found["differences"] == [] and found["refused"] == [] and found["same"], found
    return found


def test_processes_that_post_the_same_keys_on_the_same_accounts(place):
    children = [place.child("post", seed, 12) for seed in range(PROCESSES)]
    for child in children:
        go(child)
    answered: Counter[str] = Counter()
    for child in children:
        out, _ = child.communicate(timeout=LONG)
        assert child.returncode == 0
        answered.update(json.loads(out))
    found = stands(place)
    assert sum(answered.values()) == PROCESSES * 12 * 25
    assert answered["new"] == found["acts"] - len(PEOPLE), "each key acted once, whoever came first"
    assert answered.keys() <= {"new", "again", "act_conflict", "insufficient_balance"}
    assert answered["again"] and answered["act_conflict"] and answered["insufficient_balance"]


def test_processes_that_start_together_have_nodes_of_their_own(place):
    children = [place.child("lease", f"child {i}") for i in range(PROCESSES)]
    for child in children:
        go(child)
    told = [json.loads(child.communicate(timeout=LONG)[0]) for child in children]
    assert sorted(found["node"] for found in told) == list(range(PROCESSES))
    assert len({made for found in told for made in found["ids"]}) == PROCESSES * 1000


def test_a_process_killed_in_the_middle_leaves_whole_books(place):
    child = place.child("load")
    go(child)
    told = [read_line(child) for _ in range(5)]
    child.send_signal(signal.SIGKILL)
    assert child.stdout
    told += [line for line in child.stdout.read().split("\n") if line.endswith("00")]
    child.wait(LONG)
    found = stands(place)
    sent = max(int(line.removeprefix("load/")) for line in told)
    written = found["acts"] - len(PEOPLE)
    assert written >= sent and written % 200 == 0, "what was answered is there, and a set is whole or not there"
    assert json.loads(place.run("again", written)) == {"again": written}, "and may be sent again"


def test_asked_to_stop_it_answers_all_who_wait_and_takes_nobody_new(place):
    child = place.child("drain", 16)
    child.send_signal(signal.SIGTERM)
    out, _ = child.communicate(timeout=LONG)
    assert child.returncode == 0
    assert json.loads(out) == {"new": 16, "closing()": 1}
    assert stands(place)["acts"] == 16 + len(PEOPLE)


def test_a_disk_that_fills_refuses_and_loses_nothing(tmp_path):
    """On SQLite, whatever the tests run on: its file may be given a size."""
    with elsewhere(tmp_path, sqlite=True) as place:
        found = json.loads(place.run("fill"))
        assert found["before"] == ["disk_full", "new"] and found["waited"] == "disk_full"
        assert found["after"] == ["new", "again"], "with room again it goes on, and the key was not used up"
        assert stands(place)["acts"] == found["written"] + 1 + len(PEOPLE)


@pytest.mark.django_db
@pytest.mark.parametrize("cause", [NoSpaceLeft("could not extend file"), None], ids=["postgresql", "sqlite"])
def test_each_engine_says_in_its_own_way_that_the_disk_is_full(monkeypatch, cause):
    def full(rows):
        raise OperationalError("database or disk is full" if cause is None else "no space") from cause

    books = new_books()
    monkeypatch.setattr(storage, "write_transfers", full)
    with pytest.raises(DiskFull):
        books.give(LI, 5, "a")
    monkeypatch.undo()
    assert books.has(books.points(LI)) == 0 and books.give(LI, 5, "a").is_new


@pytest.mark.django_db
def test_another_trouble_of_the_engine_is_not_called_a_full_disk(monkeypatch):
    def locked(rows):
        raise OperationalError("database is locked")

    books = new_books()
    monkeypatch.setattr(storage, "write_transfers", locked)
    with pytest.raises(OperationalError, match="locked"):
        books.give(LI, 5, "a")
