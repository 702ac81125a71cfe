"""Reading the books: a page of a statement, and the audit."""

import os
from statistics import median
from time import perf_counter
from typing import Any

from gongfen.bench.scratch import measure
from gongfen.bench.town import Bench
from gongfen.ledger.queries import statement

PAGE = 50
PAGES = 2_000


def statements_of(bench: Bench) -> dict[str, Any]:
    """The first page of random residents' statements."""
    for who in bench.cash[:100]:
        statement(bench.town, who.account, limit=PAGE)
    times, entries = [], 0
    for who in bench.random.choices(bench.cash, k=PAGES):
        began = perf_counter()
        entries += len(statement(bench.town, who.account, limit=PAGE))
        times.append(perf_counter() - began)
    total = sum(times)
    return {
        "transfers_per_s": round(entries / total),
        "unchecked_per_s": None,
        "pages_per_s": round(PAGES / total),
        "median_ms": round(median(times) * 1000, 3),
        "p99_ms": round(sorted(times)[int(PAGES * 0.99)] * 1000, 3),
        "entries_a_page": round(entries / PAGES, 1),
    }


def audit_of(bench: Bench) -> dict[str, Any]:
    """The whole audit, and the nightly one after a day of a town; in a process of its own, to see its memory."""
    return measure("audit", {"code": bench.town.code}, dict(os.environ))
