"""How each engine is copied while others work on it, and how the copy gets back into its place."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, nullcontext
from pathlib import Path

from django.db import connection, connections

from gongfen.keeping.queries import stepped_aside

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class CannotKeep(Exception):
    """Why a backup or a restore did not happen, in zh and en. Nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def copy_database(to: Path) -> None:
    """A copy of one moment; nobody has to stop."""
    if connection.vendor == "sqlite":
        _copy_sqlite(to)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(to))


def _copy_sqlite(to: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def is_taken() -> bool:
    """Is there anything in the database?"""
    if connection.vendor == "sqlite":
        there = Path(connection.settings_dict["NAME"])
        return there.exists() and there.stat().st_size > 0
    return bool(connection.introspection.table_names())


def place_database(copy: Path, *, replace: bool) -> None:
    """Put the copy where the database is; what was there stays until the copy is in its place."""
    if connection.vendor == "sqlite":
        _place_sqlite(copy)
    else:
        _restore_postgresql(copy, replace)


def _place_sqlite(copy: Path) -> None:
    place = Path(connection.settings_dict["NAME"])
    connections.close_all()
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.new")
    shutil.move(copy, new)
    for name in (f"{place}-wal", f"{place}-shm"):  # of the old one: they must never meet the new one
        Path(name).unlink(missing_ok=True)
    new.replace(place)


def _restore_postgresql(copy: Path, replace: bool) -> None:
    with stepped_aside() if replace else nullcontext():
        connections.close_all()
        words = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", *words, "--dbname", str(connection.settings_dict["NAME"]), str(copy))


def _run(program: str, *words: str) -> None:
    """One of PostgreSQL's own programs, on our database."""
    if shutil.which(program) is None:
        raise CannotKeep(f"这台机器没有 {program}，请先安装 PostgreSQL 客户端。", f"{program} is not on this machine.")
    there = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    known = {name: str(there[key]) for name, key in names.items() if there.get(key)}
    told = subprocess.run([program, *words], env={**os.environ, **known}, capture_output=True, text=True)
    if told.returncode:
        raise CannotKeep(f"{program}：{told.stderr[-400:]}", f"{program}: {told.stderr[-400:]}")
