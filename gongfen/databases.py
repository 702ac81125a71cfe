"""Which database: SQLite in a folder by default, PostgreSQL by URL."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE_AT_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-2000;"
)


class BadDatabaseAddress(ValueError):
    """The address is neither sqlite:///path nor postgresql://…"""


def database(url: str | None, folder: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`, or for the SQLite file in `folder` without one."""
    if not url:
        return _sqlite(folder / "gongfen.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(url.removeprefix("sqlite:///"))))
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(url)
    raise BadDatabaseAddress(url)


def _sqlite(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # a thread keeps its connection: to open one costs more than to read a statement
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_AT_START},
    }
    if name := os.environ.get("GONGFEN_TEST_DB"):
        found["TEST"] = {"NAME": name}
    return found


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = asked.pop("host", None) or unquote(parts.hostname or "")
    found: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "gongfen",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or asked.pop("port", "")),
        # A statement prepared while a table was empty would keep a sequential scan for ever.
        "OPTIONS": {
            "pool": {"min_size": 0, "max_size": 16},
            "options": "-c plan_cache_mode=force_custom_plan",
            **asked,
        },
    }
    if name := os.environ.get("GONGFEN_TEST_DB"):
        found["TEST"] = {"NAME": name}
    return found
