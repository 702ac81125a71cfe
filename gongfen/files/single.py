"""One table at the desk: read, tried without a trace, and only then written; all of it or nothing.

What needs a second person waits for one afterwards, as if each row had been typed: shops, terms, money received.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongfen.activities.models import Activity
from gongfen.files.loading import Loading, Refused
from gongfen.files.problems import Problem, Remark, Unreadable, in_order
from gongfen.files.sheets import Sheet, read_sheets
from gongfen.files.single_rows import attendance, merchants, money_in, residents, terms
from gongfen.files.writer import marked
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident, Village

MOST_BYTES = 2_000_000  # of one table at the desk
READERS: dict[str, Callable[[Wanted, list[Sheet], Loading], list[Remark]]] = {
    "residents": residents,
    "terms": terms,
    "merchants": merchants,
    "money": money_in,
    "attendance": attendance,
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to bring in: which table, the file as sent, whose village, who does it."""

    kind: str
    name: str
    data: bytes
    village: Village
    by: Resident
    now: datetime
    activity: Activity | None = None

    @property
    def digest(self) -> str:
        """What a dry run saw: the same bytes, the same digest."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass
class Found:
    """What would be written, or was; what stands in the way; and the same file with a red column where it does."""

    counts: dict[str, int] = field(default_factory=dict)
    changes: list[tuple[int, str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    red: bytes = b""

    @property
    def is_fine(self) -> bool:
        return not self.problems


class _DryRun(Exception):
    """Nothing of this was meant to stay."""


def bring_in(wanted: Wanted, lang: str, *, dry_run: bool) -> Found:
    """Read the table and write it, or only look what would be written."""
    loading = Loading(wanted.village, wanted.now, is_new=False, by=wanted.by.subject)
    with _kept(wanted) as path:
        try:
            return _tried(wanted, loading, read_sheets(path), dry_run=dry_run)
        except Unreadable as no:
            return Found(problems=[no.problem])
        except Refused as no:
            problems = in_order(no.problems)
            there = any(problem.row for problem in problems)
            return Found(problems=problems, red=marked(path, problems, lang) if there else b"")


def _tried(wanted: Wanted, loading: Loading, sheets: list[Sheet], *, dry_run: bool) -> Found:
    found = Found()
    try:
        with transaction.atomic():
            remarks = READERS[wanted.kind](wanted, sheets, loading)
            if loading.problems:
                raise Refused(loading.problems)
            found = Found(loading.counts, sorted(loading.changes), [], [*remarks, *loading.remarks])
            if dry_run:
                raise _DryRun
            if loading.counts:
                _say(wanted, loading)
    except _DryRun:
        pass
    return found


def _say(wanted: Wanted, loading: Loading) -> None:
    """One act says that a table was brought in, by whom, and what it brought: one line for the whole file."""
    with one_batch(wanted.village.town, wanted.now) as batch:
        batch.act(
            key=f"import/{wanted.kind}/{wanted.digest[:32]}/{wanted.now.timestamp():.0f}",
            verb="village.import",
            by=wanted.by.subject,
            about=wanted.village.subject,
            facts={"table": wanted.kind, "file": wanted.digest, **loading.counts},
        )
    one(batch.answers)


@contextmanager
def _kept(wanted: Wanted) -> Iterator[Path]:
    """The file on disk while it is read, under a name of ours: the sender's is never used as a path."""
    ending = Path(wanted.name).suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{wanted.kind}{ending if ending in ('.csv', '.xlsx') else '.unknown'}"
        path.write_bytes(wanted.data)
        yield path
