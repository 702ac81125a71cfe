"""The audit of a town: from the first act on, and of one day more."""

import resource
from time import perf_counter
from typing import Any

from gongfen.bench.town import reopened
from gongfen.ledger.audit import Report, audit
from gongfen.town.models import Town

A_DAY = 9_000  # acts of two moves: the highest claimed activity of a town
DAYS = 3


class BooksDiffer(Exception):
    """The bench found what an audit must never find."""


def timed(town: Town, *, full: bool) -> tuple[Report, float]:
    """An audit that passes, and how long it took."""
    began = perf_counter()
    report = audit(town, full=full)
    if not report.passed:
        raise BooksDiffer(*report.differences)
    return report, perf_counter() - began


def measure(*, code: int) -> dict[str, Any]:
    """The figures of `work` audit. The first look warms the caches, as the night before does."""
    bench = reopened(Town.objects.get(code=code))
    report, whole = timed(bench.town, full=True)
    nights = []
    for _ in range(DAYS):
        bench.pay(A_DAY)
        nights.append(timed(bench.town, full=False)[1])
    return {
        "transfers_per_s": round(report.transfers / whole),
        "unchecked_per_s": None,
        "seconds": round(whole, 2),
        "nightly_seconds": round(sorted(nights)[len(nights) // 2], 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
