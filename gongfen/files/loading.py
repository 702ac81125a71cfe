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

    def __init__(self, village: Village, now: datetime, *, is_new: bool) -> None:
        self.village, self.now, self.is_new = village, now, is_new
        self.counts: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []

    def count(self, what: str, more: int) -> None:
        """So many more of these were written."""
        if more:
            self.counts[what] = self.counts.get(what, 0) + more

    def refuse(self, file: str, row: int, column: str, code: str, **facts: object) -> None:
        """Something in the files does not go with what is written already."""
        self.problems.append(Problem(file, row, column, code, facts))

    def tell(self, file: str, code: str, row: int = 0, **facts: object) -> None:
        """Say aloud what was left as it is."""
        self.remarks.append(Remark(file, row, "", code, facts))
