"""What is to be done on a day, put down in any order and done in the order of its moments."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ParamSpec

P = ParamSpec("P")


class Agenda:
    """The jobs of one day. Numbers of the journal and moments go the same way, as they do in life."""

    def __init__(self) -> None:
        self._jobs: list[tuple[datetime, Callable[[], object]]] = []

    def at(self, moment: datetime, job: Callable[P, object], *args: P.args, **more: P.kwargs) -> None:
        """Put a job down."""
        self._jobs.append((moment, partial(job, *args, **more)))

    def follow(self) -> None:
        """Do everything, the earliest first."""
        for _, job in sorted(self._jobs, key=lambda pair: pair[0]):
            job()
