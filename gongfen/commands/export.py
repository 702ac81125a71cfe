"""`gongfen export books --format beancount|hledger` to standard output; `gongfen export bundle FILE` for auditors."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # models can be read only once Django is ready
    from gongfen.town.models import Town

SUMMARY = (
    "把账本导出给别的记账软件，或打成审计包",
    "Give the books to other bookkeepers, or to an auditor as a bundle",
)
FORMATS = ("beancount", "hledger")


def add(parser: ArgumentParser) -> None:
    """`books --format …`, `bundle FILE`."""
    parser.add_argument("what", choices=["books", "bundle"])
    parser.add_argument("file", nargs="?", type=Path, help="审计包存到这里（.zip） · where the bundle goes (.zip)")
    parser.add_argument("--format", choices=FORMATS)
    parser.add_argument("--town", type=int, help="乡镇编号，默认全部 · a town's code; all towns without it")


def run(options: Namespace) -> int:
    """Write line by line, so that books of any size pass through."""
    if options.what == "bundle":
        return _bundle(options)
    if options.format is None:
        print(
            options.say("请选 --format beancount 或 hledger", "Choose --format beancount or hledger"), file=sys.stderr
        )
        raise SystemExit(2)
    from gongfen.ledger.books import Format, books

    for town in _towns(options):
        for line in books(town, Format(options.format)):
            sys.stdout.write(f"{line}\n")
    return 0


def _towns(options: Namespace) -> "list[Town]":
    from gongfen.ledger.batch import UnknownTown
    from gongfen.town.models import Town

    towns = Town.objects.order_by("code")
    if options.town is not None:
        towns = towns.filter(code=options.town)
        if not towns:
            raise UnknownTown(town=str(options.town))
    return list(towns)


def _bundle(options: Namespace) -> int:
    """Audit, write the bundle of one town, verify it as an auditor would. 1 when anything differs."""
    from gongfen.ledger.audit import audit
    from gongfen.statements.bundle import write_bundle
    from gongfen.statements.verify_bundle import differences
    from gongfen.town import clock

    towns = _towns(options)
    if options.file is None or len(towns) != 1:
        zh, en = "请给出文件名；有几个乡镇时用 --town 选一个", "Give a file; with several towns choose one with --town"
        print(options.say(zh, en), file=sys.stderr)
        raise SystemExit(2)
    (town,) = towns
    report = audit(town)
    with options.file.open("wb") as out:
        name = write_bundle(town, out, now=clock.now())
    found = list(differences(options.file))
    for one in found[:20]:
        print(one, file=sys.stderr)
    print(options.say(f"审计包 {options.file}，校验 {name}", f"Bundle {options.file}, hash {name}"))
    good = report.passed and not found
    print(options.say("分文不差", "OK: right to the hundredth") if good else options.say("有差错", "It differs"))
    return 0 if good else 1
