"""`gongfen export books --format beancount|hledger`: the books for other bookkeepers, to standard output."""

import sys
from argparse import ArgumentParser, Namespace

SUMMARY = ("把账本导出给别的记账软件", "Give the books to other bookkeepers")
FORMATS = ("beancount", "hledger")


def add(parser: ArgumentParser) -> None:
    """`books --format …`."""
    parser.add_argument("what", choices=["books"])
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("--town", type=int, help="乡镇编号，默认全部 · a town's code; all towns without it")


def run(options: Namespace) -> int:
    """Write line by line, so that books of any size pass through."""
    from gongfen.ledger.batch import UnknownTown
    from gongfen.ledger.books import Format, books
    from gongfen.town.models import Town

    towns = Town.objects.order_by("code")
    if options.town is not None:
        towns = towns.filter(code=options.town)
        if not towns:
            raise UnknownTown(town=str(options.town))
    for town in towns:
        for line in books(town, Format(options.format)):
            sys.stdout.write(f"{line}\n")
    return 0
