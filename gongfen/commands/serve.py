"""`gongfen serve`: serve the API and the pages."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from threading import Event, Thread

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from gongfen.clockwork import hold_node, run_on
from gongfen.files import set_up
from gongfen.ledger import guards
from gongfen.ledger.storage import look_again

SUMMARY = ("启动服务", "Serve the API and the pages")
NOT_MIGRATED = (
    "数据库还没有升级：请先运行 gongfen migrate。",
    "The database is not up to date: run `gongfen migrate` first.",
)
NO_GUARDS = (
    "防篡改的保护不在：{names}。请先运行 gongfen migrate。",
    "The guards of append-only tables are missing: {names}. Run `gongfen migrate` first.",
)

LONGEST_STOP = 60  # seconds: granian gives its workers 30 of them


def add(parser: ArgumentParser) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=0)


def refusal() -> tuple[str, str] | None:
    """Why this database must not be served, in zh and en; None when it may."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return NOT_MIGRATED
    if missing := guards.missing():
        names = ", ".join(missing)
        return NO_GUARDS[0].format(names=names), NO_GUARDS[1].format(names=names)
    return None


def workers_for(vendor: str, asked: int) -> int:
    """One process on SQLite; all cores but one on PostgreSQL, unless asked otherwise."""
    if vendor == "sqlite":
        return 1
    return asked or max(1, (os.cpu_count() or 2) - 1)


def run(options: Namespace) -> int:
    """Serve until told to stop. Refuses to start on a database that is not up to date or not guarded."""
    if why := refusal():
        print(options.say(*why), file=sys.stderr)
        return 1
    workers = workers_for(connection.vendor, options.workers)
    if set_up.is_open():
        address = f"http://{options.host}:{options.port}/desk/set-up?code={set_up.code()}"
        zh, en = (
            "这台服务器上还没有村。打开这个地址建一个（一次性）：",
            "There is no village here yet. Set one up at this one-time address:",
        )
        print(options.say(zh, en), address, flush=True)
    connections.close_all()
    stop = Event()
    hold_node(stop)
    Thread(target=run_on, args=(stop,), name="clock", daemon=True).start()
    try:
        return serve(options.host, options.port, workers)
    finally:
        stop.set()
        look_again()


def serve(host: str, port: int, workers: int) -> int:
    """Run granian in a process of its own; its exit code."""
    words = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "64", "--backpressure", "128", "--no-ws",
        "--workers-kill-timeout", "30", "gongfen.wsgi:application",
    ]  # fmt: skip
    # In a group of its own it hears of a stop only from us, and once: two at the same time can lock each other up.
    process = subprocess.Popen(words, env={**os.environ, "GONGFEN_SERVED": "1"}, process_group=0)
    _pass_stops_on(process)
    return process.wait()


def _pass_stops_on(process: subprocess.Popen[bytes]) -> None:
    """Pass the first stop on, so that the writer drains; end what has not ended by itself in time."""
    told: list[int] = []

    def stop(sign: int, _: object) -> None:
        if not told:
            told.append(sign)
            process.terminate()
            signal.alarm(LONGEST_STOP)

    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, stop)
    # What was answered is durable; what was not is asked again.
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
