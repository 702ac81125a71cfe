"""A migrated SQLite database that nobody is at: made once in a run of the tests, and copied by whoever needs one."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def env_of(folder: Path) -> dict[str, str]:
    """The environment of a program whose data lies in this folder, on SQLite."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("GONGFEN_")}
    return {**found, "GONGFEN_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gongfen.settings"}


@cache
def migrated() -> Path:
    """Its file."""
    folder = Path(tempfile.mkdtemp(prefix="gongfen-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    words = [sys.executable, "-m", "gongfen.cli", "migrate"]
    done = subprocess.run(words, env=env_of(folder), cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "gongfen.sqlite3"


def migrated_into(folder: Path) -> None:
    """A copy as this folder's database."""
    shutil.copy(migrated(), folder / "gongfen.sqlite3")
