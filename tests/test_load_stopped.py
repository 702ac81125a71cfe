"""A load that is stopped in the middle leaves nothing half: neither a killed process nor a full disk."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files_of_a_village import write
from tests.migrated import env_of, migrated_into

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
LOADING = """
import sys
from datetime import datetime
from pathlib import Path
import django
django.setup()
from django.db import connection
from gongfen.files.load import load

def on_step(done, of):
    print(f"step {done}", flush=True)
    if sys.argv[2] == str(done):
        sys.stdin.read()  # stands still until it is killed

if sys.argv[2] == "full":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + 2}")
loaded = load(Path(sys.argv[1]), now=datetime.fromisoformat("2026-01-05T09:00:00+08:00"), on_step=on_step)
print(loaded.counts, flush=True)
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a database of its own."""
    migrated_into(tmp_path)
    return tmp_path


def loading(place, stop_at):
    files = ROOT / "examples" / "daicun" if stop_at == "full" else write(place / "files")
    words = [sys.executable, "-c", LOADING, str(files), stop_at]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, env=env_of(place), cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def towns_and_people(place):
    with sqlite3.connect(place / "gongfen.sqlite3") as books:
        return [
            books.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("town_town", "people_resident")
        ]


@pytest.mark.parametrize("step", ["1", "5"])
def test_a_killed_load_leaves_nothing_and_can_be_run_again(place, step):
    process = loading(place, step)
    while process.stdout.readline() != f"step {step}\n":
        assert process.poll() is None, process.stderr.read()
    process.kill()
    process.communicate()

    assert towns_and_people(place) == [0, 0]
    again = loading(place, "no")
    out, err = again.communicate()
    assert "'residents': 7" in out, err
    assert towns_and_people(place) == [1, 7]


def test_a_full_disk_leaves_nothing(place):
    process = loading(place, "full")
    _, err = process.communicate()

    assert process.returncode == 1
    assert "full" in err
    assert towns_and_people(place) == [0, 0]


def test_the_command_says_what_it_did_and_ends_with_the_right_code(place):
    files = write(place / "files")

    def gongfen(*words, lang="zh_CN.UTF-8"):
        found = {**env_of(place), "LC_ALL": lang}
        return subprocess.run(
            [sys.executable, "-m", "gongfen.cli", "load", *words], env=found, cwd=ROOT, capture_output=True, text=True
        )

    dry = gongfen(str(files), "--dry-run")
    assert (dry.returncode, "什么都没有写" in dry.stdout) == (0, True), dry.stderr
    assert towns_and_people(place) == [0, 0]
    first = gongfen(str(files))
    assert (first.returncode, first.stdout) == (0, "小村载入完毕：居民 7，工作人员 6，积分标准 2，店家 1，商品 2\n")
    again = gongfen(str(files), lang="en_US.UTF-8")
    assert (again.returncode, again.stdout) == (0, "The same as what stands; nothing changed.\n")
    (files / "terms.csv").write_text("类别,项目,单位,分值\n环境,乱倒垃圾,次,-5\n", encoding="utf-8")
    wrong = gongfen(str(files), "--marked", str(place / "back"))
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "terms.csv 第 2 行“分值”：不许扣分（R03）" in wrong.stderr
    assert (place / "back" / "terms.xlsx").exists()
    assert gongfen(str(place / "nowhere")).returncode == 2
