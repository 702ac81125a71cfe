"""The public file of a run: random slip numbers, no names, no order but the numbers', and every sum.

Anyone can recompute it: here, with `gongfen dividend verify`, or with `tools/verify_dividend.py`, which was written
apart from this code and needs nothing but Python. The layout is in `docs/dividend.md`.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongfen.rules.dividend import Line, Outcome, Plan, Share, Sharer, Sums, share_out
from gongfen.rules.refusals import Refusal

TITLE = ("gongfen dividend", "1")
COLUMNS = ("slip", "heads", "points", "advance", "share", "payout", "forgiven")
TOTALS = ("rest", "shared", "heads", "points", "shares", "payouts", "advances", "forgiven")


class BrokenFile(Refusal):
    """The file cannot be read: `line` says where."""

    code = "broken_dividend_file"


@dataclass(frozen=True)
class Difference:
    """Where the file says one thing and the sum another."""

    what: str  # the name of a total, or the number of a slip
    said: str
    found: str


@dataclass(frozen=True)
class PublicFile:
    """What a file says."""

    names: dict[str, str]  # run, from, until
    plan: Plan
    lines: tuple[int, ...]
    totals: dict[str, int]
    shares: list[Share]


def make(names: dict[str, str], plan: Plan, sums: Sums, shares: Iterable[Share]) -> Iterator[str]:
    """The file, line by line. The shares come in the order of their random slip numbers."""
    head: list[tuple[object, ...]] = [TITLE, *names.items(), ("pool", plan.pool)]
    for line, money in zip(plan.lines, sums.lines, strict=True):
        head.append(("line", line.kind, line.percent, line.money, money))
    head += [("head_percent", plan.head_percent), ("unit", int(plan.unit)), ("turn", plan.turn)]
    head += [(name, getattr(sums, name)) for name in TOTALS]
    for row in [*head, COLUMNS]:
        yield ",".join(map(str, row)) + "\n"
    for share in shares:
        yield ",".join(map(str, share)) + "\n"


def read(text: str) -> PublicFile:
    """The file's values, or the first line that cannot be read."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows or tuple(rows[0]) != TITLE:
        raise BrokenFile(line=1)
    body = next((at for at, row in enumerate(rows) if tuple(row) == COLUMNS), None)
    if body is None:
        raise BrokenFile(line=len(rows))
    shares = []
    for at, row in enumerate(rows[body + 1 :], body + 2):
        if not row:
            continue
        if len(row) != len(COLUMNS) or not all(_is_whole(cell) for cell in row):
            raise BrokenFile(line=at)
        shares.append(Share(*(int(cell) for cell in row)))
    return _read_head(rows[1:body], shares)


def _is_whole(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 19


def _read_head(rows: list[list[str]], shares: list[Share]) -> PublicFile:
    names: dict[str, str] = {}
    lines, taken = [], []
    numbers: dict[str, int] = {}
    for at, row in enumerate(rows, 2):
        match row:
            case ["run" | "from" | "until", text]:
                names[row[0]] = text
            case ["line", kind, percent, money, total] if all(map(_is_whole, (percent, money, total))):
                lines.append(Line(kind, int(percent), int(money)))
                taken.append(int(total))
            case [name, number] if _is_whole(number):
                numbers[name] = int(number)
            case _:
                raise BrokenFile(line=at)
    missing = [name for name in ("pool", "head_percent", "unit", "turn", *TOTALS) if name not in numbers]
    if missing:
        raise BrokenFile(line=len(rows) + 2)
    plan = Plan(numbers["pool"], numbers["head_percent"], tuple(lines), numbers["unit"], numbers["turn"])
    totals = {name: numbers[name] for name in TOTALS}
    return PublicFile(names, plan, tuple(taken), totals, shares)


def verify(text: str) -> list[Difference]:
    """Recompute the whole file; an empty list means that it is right to the hundredth of a fen."""
    said = read(text)
    slip, times = max(Counter(share.slip for share in said.shares).items(), key=lambda pair: pair[1], default=(0, 0))
    if times > 1:
        return [Difference(str(slip), "1", str(times))]
    found = share_out(said.plan, [Sharer(s.slip, s.heads, s.points, s.advance) for s in said.shares])
    return [*_compare_sums(said, found), *_compare_shares(said.shares, found.shares)]


def _compare_sums(said: PublicFile, found: Outcome) -> Iterator[Difference]:
    if said.lines != found.sums.lines:
        yield Difference("line", str(sum(said.lines)), str(sum(found.sums.lines)))
    for name in TOTALS:
        if said.totals[name] != getattr(found.sums, name):
            yield Difference(name, str(said.totals[name]), str(getattr(found.sums, name)))


def _compare_shares(said: list[Share], found: list[Share]) -> Iterator[Difference]:
    for one, other in zip(sorted(said), found, strict=True):
        if one != other:
            yield Difference(str(one.slip), str(one.payout), str(other.payout))
