"""Conditional changes of ordinary rows by a set of acts: each as if it came alone, all written together."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError

from gongfen.ledger import storage
from gongfen.ledger.draft import THIS_ACT, Change
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town, TownModel


class ChangedMeanwhile(Refusal):
    """Somebody was first: the row is no longer as the caller saw it."""

    code = "changed_meanwhile"


class Changes:
    """The rows that a set of acts wants to change, as they are at each act's turn."""

    def __init__(self, town: Town, wanted: Sequence[Change]) -> None:
        self._town = town
        self._fields: dict[type[TownModel], dict[str, int]] = {}
        rows: dict[type[TownModel], set[int]] = {}
        for change in wanted:
            fields = self._fields.setdefault(change.model, {})
            for name in sorted(change.fields):
                fields.setdefault(name, len(fields))
            rows.setdefault(change.model, set()).add(change.row)
        self._values = {
            model: storage.read_rows(model, town.id, rows[model], list(fields))
            for model, fields in self._fields.items()
        }
        self._written: dict[tuple[type[TownModel], tuple[str, ...]], dict[int, None]] = {}

    def check(self, wanted: Sequence[Change]) -> Refusal | None:
        """Is every row as these changes expect it, now?"""
        for change in wanted:
            values, fields = self._values[change.model].get(change.row), self._fields[change.model]
            if values is None:
                return ChangedMeanwhile(row=str(change.row))
            if any(values[fields[name]] != was for name, was in change.was.items()):
                return ChangedMeanwhile(row=str(change.row))
        return None

    def apply(self, wanted: Sequence[Change], act: int) -> None:
        """An accepted act's changes: what comes later in the set sees them."""
        for change in wanted:
            values, fields = self._values[change.model][change.row], self._fields[change.model]
            for name, new in change.new.items():
                values[fields[name]] = act if new is THIS_ACT else new
            for name, more in change.adds.items():
                values[fields[name]] += more
            names = tuple(sorted({*change.new, *change.adds}))
            self._written.setdefault((change.model, names), {})[change.row] = None

    def write(self) -> None:
        """Write what changed, one statement for each kind of change."""
        for (model, names), rows in self._written.items():
            if not names:
                continue
            places = [self._fields[model][name] for name in names]
            values: dict[int, list[Any]] = {row: [self._values[model][row][place] for place in places] for row in rows}
            if storage.write_rows(model, self._town.id, names, values) != len(values):
                raise IntegrityError("a row of this town was changed by something that does not hold its head")
