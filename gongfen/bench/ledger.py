"""Posting, statements, the audit and the size of a transfer."""

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from gongfen.bench.books import audit_of, statements_of
from gongfen.bench.storage_size import Size, analyze, how_many, size_now
from gongfen.bench.town import AT_ONCE, Bench, found, post
from gongfen.bench.unchecked import append, append_with_balances, rows

SIZES = (1, 10, 100, 1_000, 10_000)
MOVES = 2
FAR_AWAY = 1 << 30  # numbers of the unchecked rows: no act of the book has come so far
Leaf = dict[str, Any]


class Patience(NamedTuple):
    """How long each size is measured, at least how many rounds, and whether the second ruler is laid beside it."""

    seconds: float
    rounds: int
    balances: bool


def tell(text: str) -> None:
    """Progress, for the person who waits."""
    print(text, file=sys.stderr, flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def measure(*, quick: bool, transfers: int) -> dict[str, dict[str, Leaf]]:
    """Everything about the ledger on this process's database."""
    accounts = 4_000 if quick else 100_000
    patience = Patience(0.2, 3, balances=False) if quick else Patience(6.0, 7, balances=True)
    bench, ruler = found(accounts, code=1), found(accounts, code=2)
    empty = size_now(bench.town, ruler.town)
    result: dict[str, dict[str, Leaf]] = {}
    for work in ("random_accounts", "one_hot_account"):
        result[work] = {}
        for size in SIZES:
            leaf = posting(bench, ruler, work, size, patience)
            result[work][str(size)] = leaf
            share = leaf["transfers_per_s"] / leaf["unchecked_per_s"]
            tell(f"  {work} × {size}: {leaf['transfers_per_s']:,}/s, {share:.0%} of unchecked rows")
    return result | books(bench, ruler, transfers, empty)


def posting(bench: Bench, ruler: Bench, work: str, size: int, patience: Patience) -> Leaf:
    """Medians of our own way and of the unchecked rows, taken in turns so that both meet the same machine."""
    make, make_ruler = getattr(bench, work), getattr(ruler, work)
    balances = dict.fromkeys((address.account for address in (*ruler.cash, ruler.fund)), 1 << 50)
    ours: list[float] = []
    plain: list[float] = []
    written: list[float] = []
    rulers = [(plain, append), (written, append_with_balances)][: 2 if patience.balances else 1]
    number, until = FAR_AWAY + ruler.made, perf_counter() + patience.seconds
    while len(ours) < patience.rounds or perf_counter() < until:
        wishes = [make() for _ in range(size)]
        ours.append(seconds(partial(post, bench.town, wishes)))
        for times, write in rulers:
            made = rows(ruler.town, number, [make_ruler() for _ in range(size)], balances)
            number += size
            times.append(seconds(partial(write, made)))
    return {
        "transfers_per_s": round(MOVES * size / median(ours)),
        "unchecked_per_s": round(MOVES * size / median(plain)),
        "unchecked_with_balances_per_s": round(MOVES * size / median(written)) if written else None,
        "median_ms": round(median(ours) * 1000, 3),
        "rounds": len(ours),
    }


def books(bench: Bench, ruler: Bench, transfers: int, empty: Size) -> dict[str, dict[str, Leaf]]:
    """Fill up to that many transfers by the book's own way; then size, statement page and audit."""
    there = how_many(bench.town)
    began, filled = perf_counter(), 0
    while there + filled < transfers:
        bench.pay(AT_ONCE)
        filled += AT_ONCE * MOVES
    rate = round(filled / (perf_counter() - began)) if filled else None
    full = size_now(bench.town, ruler.town)
    a_transfer = round((full.bytes - empty.bytes) / (full.transfers - empty.transfers))
    tell(f"  {there + filled:,} transfers, {a_transfer} bytes each with its share of the act")
    analyze()
    size = str(there + filled)
    leaf = {"transfers_per_s": rate, "unchecked_per_s": None, "bytes_per_transfer": a_transfer}
    return {"fill": {size: leaf}, "statement": {size: statements_of(bench)}, "audit": {size: audit_of(bench)}}
