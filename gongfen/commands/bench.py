"""`gongfen bench`: measure this version on this machine."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.conf import settings

from gongfen.bench.scratch import MeasurementFailed, measure, scratch
from gongfen.bench.table import Found, table

SUMMARY = ("测一测这台机器有多快", "Measure how fast this machine is")
NO_POSTGRESQL = (
    "只测了 SQLite。要测 PostgreSQL，请给出地址：--database postgresql://…（只在旁边建一个临时库，用完就删）。",
    "Only SQLite was measured. For PostgreSQL give an address: --database postgresql://… "
    "(a database of our own is made beside it, and dropped).",
)
FAILED = ("没测成：{work}", "Could not be measured: {work}")
QUICK: dict[str, dict[str, int]] = {
    "ledger": {"transfers": 100_000},
    "api": {"transfers": 20_000, "seconds": 2},
    "dividend": {"residents": 5_000},
    "earning": {"claims": 2_000},
}
WHOLE: dict[str, dict[str, int]] = {
    "ledger": {"transfers": 1_000_000},
    "api": {"transfers": 1_000_000, "seconds": 10},
    "dividend": {"residents": 41_000},
    "earning": {"claims": 10_000},
}


def add(parser: ArgumentParser) -> None:
    """What to measure, and how patiently."""
    parser.add_argument("work", choices=list(WHOLE))
    parser.add_argument("--json", action="store_true", help="JSON: engine → work → size → numbers")
    parser.add_argument("--quick", action="store_true", help="< 60 s")
    parser.add_argument("--transfers", type=int, help="how many transfers the books hold when they are read")
    parser.add_argument("--residents", type=int, help="how many share the dividend")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="this one alone")


def run(options: Namespace) -> int:
    """Measure each engine in a process and a database of its own."""
    address = os.environ.get("GONGFEN_DATABASE")
    engines: dict[str, str | None] = {"sqlite": None}
    if address:
        engines["postgresql"] = address
    if options.engine:
        engines = {name: where for name, where in engines.items() if name == options.engine}
    asked: dict[str, Any] = {"quick": options.quick, **(QUICK if options.quick else WHOLE)[options.work]}
    for name in ("transfers", "residents"):
        if getattr(options, name) and name in asked:
            asked[name] = getattr(options, name)
    found: Found = {}
    for engine, where in engines.items():
        print(engine, file=sys.stderr, flush=True)
        try:
            with scratch(where, Path(settings.FOLDER)) as environment:
                found[engine] = measure(options.work, asked, environment)
        except MeasurementFailed as failed:
            print(options.say(*FAILED).format(work=failed), file=sys.stderr)
            return 1
    if not address:
        print(options.say(*NO_POSTGRESQL), file=sys.stderr)
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 0
