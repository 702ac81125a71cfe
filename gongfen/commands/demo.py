"""`gongfen demo`: a village of invented people with a year behind it, and a door into it."""

import os
import shutil
import socket
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from gongfen.commands.serve import refusal, serve
from gongfen.demo.bar import Bar
from gongfen.demo.played import played
from gongfen.ledger.audit import audit
from gongfen.people.models import Village
from gongfen.town import clock, ids, leases

SUMMARY = ("演示：一个过了一年的村", "Demo: a village with a year behind it")
HOST = "127.0.0.1"
YEAR = 365
FEWEST_DAYS = 75  # with fewer the stories of the demo have no room


def add(parser: ArgumentParser) -> None:
    """Where to serve, whether to serve, and whether to begin anew."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="只准备，不启动服务 · prepare only")
    parser.add_argument("--days", type=_days, default=YEAR, help="过几天，默认一年 · how many days are played")
    parser.add_argument("--fresh", action="store_true", help="删掉演示数据，从头来 · begin anew")


def run(options: Namespace) -> int:
    """Migrate, load, play, audit and print on the first start; then serve. 1 when something cannot be."""
    if not options.no_serve and not _is_free(options.port):
        zh = f"端口 {options.port} 已被占用，请用 --port 换一个。"
        print(options.say(zh, f"Port {options.port} is taken; choose another with --port."), file=sys.stderr)
        return 1
    try:
        village = _village(options)
    except OperationalError as stopped:
        zh, en = f"数据库停了（{stopped}），什么都没有写。", f"The database stopped ({stopped}); nothing was written."
        print(options.say(zh, en), file=sys.stderr)
        return 1
    if village is None:
        return 1
    if options.no_serve:
        return 0
    address = f"http://{HOST}:{options.port}/demo"
    print(options.say(f"打开 {address}（按 Ctrl+C 结束）", f"Open {address} (Ctrl+C ends it)"), flush=True)
    os.environ["GONGFEN_DEMO"] = "1"
    connections.close_all()
    return serve(HOST, options.port, 1)


def _village(options: Namespace) -> Village | None:
    """The demo's village, played and audited; None when its books are wrong."""
    say = options.say
    if refusal():
        print(say("准备数据库……", "Preparing the database …"), flush=True)
        call_command("migrate", verbosity=0)
    village = played()
    if village is not None and options.fresh:
        if connection.vendor != "sqlite":
            zh, en = (
                "这里用的是 PostgreSQL：请换一个空的数据库。",
                "This is PostgreSQL: choose an empty database instead.",
            )
            print(say(zh, en), file=sys.stderr)
            return None
        _begin_anew()
        village = None
    if village is None:
        village = _first(options)
        report = audit(village.town, full=True)
        print(say(f"查账：{report.transfers:,} 笔转账", f"Audit: {report.transfers:,} transfers"), end=" ")
        print(say("分文不差", "right to the hundredth") if report.passed else say("有差错", "differ"), flush=True)
        if not report.passed:
            return None
    _print(options, village)
    return village


def _print(options: Namespace, village: Village) -> None:
    """On the first start, or when the papers were thrown away. (A later start does without the library of PDFs.)"""
    folder = Path(settings.FOLDER) / "print"
    if folder.exists():
        return
    from gongfen.demo.papers import print_all

    printed = print_all(village, folder, f"http://{HOST}:{options.port}", clock.now())
    names = "  ".join(path.name for path in printed)
    print(options.say(f"打印好了（{folder}）：{names}", f"Printed into {folder}: {names}"), flush=True)


def _days(said: str) -> int:
    days = int(said)
    if not FEWEST_DAYS <= days <= YEAR:
        raise ValueError(said)
    return days


def _first(options: Namespace) -> Village:
    from gongfen.demo import first_start

    load, play = Bar(options.say("建村　", "Loading")), Bar(options.say("过一年", "A year "))
    held = leases.lease(leases.holder())
    ids.use(held)
    try:
        return first_start.found(clock.now(), on_load=load, on_play=play, days=options.days)
    finally:
        leases.give_back(held, leases.holder())


def _begin_anew() -> None:
    """Take the demo's own books away. Only ever called when they are the demo's."""
    folder, place = Path(settings.FOLDER), str(connection.settings_dict["NAME"])
    connections.close_all()
    for name in (place, f"{place}-wal", f"{place}-shm", str(folder / "days")):
        Path(name).unlink(missing_ok=True)
    shutil.rmtree(folder / "print", ignore_errors=True)
    call_command("migrate", verbosity=0)


def _is_free(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True
