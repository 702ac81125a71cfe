"""Payments, check-ins and statements over HTTP: a real server, and a load program in a process of its own."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection

from gongfen.bench import cpu
from gongfen.bench.ledger import Leaf, tell
from gongfen.bench.market import found_market
from gongfen.bench.storage_size import analyze

CONNECTIONS = (1, 16, 64)
STARTING = 60


class ServerDidNotStart(Exception):
    """The server's own words are on stderr."""


def measure(*, quick: bool, transfers: int, seconds: int) -> dict[str, dict[str, Leaf]]:
    """Payments first, while every payer has points; then people who come to work, and statement pages."""
    payers, comers = (300, 1_000) if quick else (1_500, 8_000)
    market = found_market(payers=payers, readers=1_000, transfers=transfers, comers=comers)
    analyze()
    connection.close()
    result: dict[str, dict[str, Leaf]] = {"pay": {}, "check_in": {}, "statement": {}}
    with server() as (pid, port):
        for work, requests in (
            ("pay", market.payments),
            ("check_in", market.comings),
            ("statement", market.statements),
        ):
            for connections in CONNECTIONS:
                leaf = one_load(pid, port, connections, seconds, requests(port, connections))
                result[work][str(connections)] = leaf
                tell(f"  {work}, {connections} connections: {leaf['requests_per_s']:,}/s, p99 {leaf['p99_ms']} ms")
    return result


def one_load(pid: int, port: int, connections: int, seconds: int, requests: list[str]) -> Leaf:
    """A second to warm up, then the load; with the time that app and database worked on each request."""
    load(port, connections, 1, requests[: len(requests) // 10])
    app, database = cpu.seconds_of(cpu.with_children(pid)), cpu.database_seconds()
    seen = load(port, connections, seconds, requests[len(requests) // 10 :])
    app_after, database_after = cpu.seconds_of(cpu.with_children(pid)), cpu.database_seconds()
    good = sum(count for status, count in seen["statuses"].items() if status.startswith("2"))
    return {
        "transfers_per_s": None,
        "unchecked_per_s": None,
        "requests_per_s": seen["per_s"],
        "p50_ms": seen["p50_ms"],
        "p99_ms": seen["p99_ms"],
        "app_cpu_ms": each(app, app_after, seen["requests"]),
        "database_cpu_ms": each(database, database_after, seen["requests"]),
        "refused": seen["requests"] - good,
    }


def each(before: float | None, after: float | None, requests: int) -> float | None:
    """Milliseconds a request."""
    return None if before is None or after is None else round((after - before) * 1000 / max(requests, 1), 3)


def load(port: int, connections: int, seconds: int, requests: list[str]) -> dict[str, Any]:
    """Run the load program to its end."""
    asked = {"host": "127.0.0.1", "port": port, "connections": connections, "seconds": seconds, "requests": requests}
    command = [sys.executable, "-m", "gongfen.bench.load"]
    done = subprocess.run(command, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """`gongfen serve` on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "gongfen.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=sys.stderr)
    try:
        wait_for(process, port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until the server answers."""
    until = monotonic() + STARTING
    while monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            sleep(0.2)
    raise ServerDidNotStart()
