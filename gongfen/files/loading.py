"""What the parts of a load share: the village, the moment, what was counted and what is to be said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongfen.files.problems import Problem, Remark
from gongfen.people.models import Resident, Village

People = dict[tuple[str, str], Resident]  # household number and name → resident


class Refused(Exception):
    """The files cannot be loaded into this database; nothing of them is written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(*[problem.code for problem in self.problems])


class Loading:
    """One load of one village."""

    def __init__(self, village: Village, now: datetime, *, is_new: bool, by: int = 0) -> None:
        self.village, self.now, self.is_new = village, now, is_new
        self.by = by or village.town.subject  # who answers for it: the town itself at its founding
        self.counts: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []
        self.changes: list[tuple[int, str, str, str]] = []  # row, what happens, to whom, in which columns

    def count(self, what: str, more: int) -> None:
        """So many more of these were written."""
        if more:
            self.counts[what] = self.counts.get(what, 0) + more

    def change(self, row: int, what: str, whom: str, columns: Iterable[str] = ()) -> None:
        """Something would be different: for whoever reads a dry run."""
        self.changes.append((row, what, whom, " ".join(columns)))

    def refuse(self, file: str, row: int, column: str, code: str, **facts: object) -> None:
        """Something in the files does not go with what is written already."""
        self.problems.append(Problem(file, row, column, code, facts))

    def tell(self, file: str, code: str, row: int = 0, **facts: object) -> None:
        """Say aloud what was left as it is."""
        self.remarks.append(Remark(file, row, "", code, facts))
