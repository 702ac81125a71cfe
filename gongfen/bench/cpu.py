"""How long processes have worked, by what Linux keeps of them; None elsewhere."""

import os
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may hold anything; empty for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def with_children(pid: int) -> set[int]:
    """A process and everything that it started."""
    parents = {int(p.name): int(stat[1]) for p in Path("/proc").glob("[0-9]*") if (stat := _stat(int(p.name)))}
    found, more = {pid}, {pid}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def seconds_of(pids: set[int]) -> float | None:
    """User and system time of these processes, ended children that were waited for included."""
    if not Path("/proc/self/stat").exists():
        return None
    return sum(sum(map(int, stat[11:15])) for pid in pids if (stat := _stat(pid))) / TICK


def database_seconds() -> float | None:
    """The same of PostgreSQL, where it runs on this machine; SQLite works inside our own processes."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = _stat(int(cursor.fetchone()[0]))
    if not backend or len(backend) < 2:
        return None
    return seconds_of(with_children(int(backend[1])))
