"""A database of a test's own, for what needs several processes or a real commit: on the engine the tests run on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.migrated import migrated

ROOT = Path(__file__).resolve().parent.parent
LONG = 300  # seconds after which a child is certainly stuck
_made = count(1)


@dataclass
class Elsewhere:
    """A migrated database (town, journal and ledger), and children that work on it."""

    name: str
    environment: dict[str, str]
    children: list[subprocess.Popen[str]] = field(default_factory=list)

    def child(self, *words: object) -> subprocess.Popen[str]:
        """Start `tests/child.py` with these words; returns when it says that it is ready."""
        command = [sys.executable, "-m", "tests.child", *map(str, words)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        child = subprocess.Popen(command, cwd=ROOT, env=self.environment, text=True, **pipes)
        self.children.append(child)
        line = read_line(child)
        assert line == "ready", line
        return child

    def run(self, *words: object) -> str:
        """Start a child, let it go and return the last line it said."""
        child = self.child(*words)
        out, _ = child.communicate("go\n", timeout=LONG)
        assert child.returncode == 0
        return out.strip().splitlines()[-1] if out.strip() else ""

    def end(self) -> None:
        for child in self.children:
            if child.poll() is None:
                child.kill()
            child.wait(LONG)
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()


def read_line(child: subprocess.Popen[str]) -> str:
    """What a child says next."""
    assert child.stdout
    return child.stdout.readline().strip()


def go(child: subprocess.Popen[str]) -> None:
    """Let a child that is ready begin."""
    assert child.stdin
    child.stdin.write("go\n")
    child.stdin.flush()


def on_postgresql() -> bool:
    """Which engine the tests run on."""
    return os.environ.get("GONGFEN_DATABASE", "").startswith("postgres")


@contextmanager
def elsewhere(folder: Path, like: Elsewhere | None = None, *, sqlite: bool = False) -> Iterator[Elsewhere]:
    """A database that goes away with everything in it: newly migrated, or a copy of one that nobody is at."""
    name = f"gongfen_elsewhere_{os.getpid()}_{next(_made)}"
    environment = {**os.environ, "GONGFEN_DIR": str(folder)}
    environment.pop("GONGFEN_TEST_DB", None)
    server = "" if sqlite or not on_postgresql() else os.environ["GONGFEN_DATABASE"]
    if server:
        environment["GONGFEN_DATABASE"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        in_server(server, f"CREATE DATABASE {name} TEMPLATE {like.name if like else 'template1'}")
    else:
        file = folder / f"{name}.sqlite3"
        environment["GONGFEN_DATABASE"] = f"sqlite:///{file}"
        shutil.copy(folder_of(like) / f"{like.name}.sqlite3" if like else migrated(), file)
    place = Elsewhere(name, environment)
    try:
        if like is None:
            place.run("migrate")
        yield place
    finally:
        place.end()
        if server:
            in_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def folder_of(place: Elsewhere) -> Path:
    return Path(place.environment["GONGFEN_DIR"])


def in_server(server: str, sql: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql)
