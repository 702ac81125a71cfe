"""`gongfen demo`: a killed first start leaves nothing, the next begins anew, a later one repeats nothing."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files_of_a_village import write
from tests.migrated import env_of, migrated_into

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent


def gongfen(folder, *words, lang="en_US.UTF-8"):
    """A command in a process of its own, on a folder of its own."""
    env = {**env_of(folder), "LC_ALL": lang}
    pipe = subprocess.PIPE
    words = [sys.executable, "-m", "gongfen.cli", *words]
    return subprocess.Popen(words, env=env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture
def place(tmp_path):
    """A folder with a database of its own."""
    migrated_into(tmp_path)
    return tmp_path


def demo(folder, *more):
    process = gongfen(folder, "demo", "--no-serve", "--days", "75", *more)
    out, err = process.communicate()
    return process.returncode, out, err


def count(folder, table):
    with sqlite3.connect(folder / "gongfen.sqlite3") as books:
        return books.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_killed_first_start_leaves_nothing_and_a_second_start_repeats_nothing(place):
    process = gongfen(place, "demo", "--no-serve", "--days", "75")
    while "A year 50 %" not in process.stderr.readline():
        assert process.poll() is None, process.stdout.read()
    process.kill()
    process.communicate()
    assert [count(place, table) for table in ("town_town", "people_resident", "ledger_transfer")] == [0, 0, 0]

    code, out, err = demo(place)
    assert (code, "right to the hundredth" in out) == (0, True), err
    assert len(list((place / "print").iterdir())) == 6
    acts, transfers = count(place, "journal_act"), count(place, "ledger_transfer")
    assert transfers > 8_000

    assert demo(place) == (0, "", "")
    assert (count(place, "journal_act"), count(place, "ledger_transfer")) == (acts, transfers)


def test_another_towns_books_are_left_alone(place):
    files = write(place / "files")
    loading = gongfen(place, "load", str(files))
    assert loading.wait() == 0, loading.stderr.read()
    acts = count(place, "journal_act")

    for more in ((), ("--fresh",)):
        code, out, err = demo(place, *more)
        assert (code, out) == (1, "")
        assert "holds the books of 戴村镇" in err
    assert count(place, "journal_act") == acts
