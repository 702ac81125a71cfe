"""The demo's village while a year of it is played: its people, its staff, and a moment that only goes forward."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from gongfen.activities.models import Activity
from gongfen.demo import cast
from gongfen.journal.written import Written
from gongfen.people.models import Resident, Village
from gongfen.rules.notice import HOME, village_day
from gongfen.rules.refusals import Refusal

T = TypeVar("T", bound=Hashable)
SEED = 2020
YEAR = 365
YUAN = 10_000  # hundredths of a fen
POINT = 100  # hundredths of a point


class World:
    """Who lives there, and what day it is. A day counts from the first of the season to `days`, which is today."""

    def __init__(self, village: Village, now: datetime, days: int = YEAR) -> None:
        self.village, self.town, self.host = village, village.town, village.subject
        self.now, self.days = now, days
        self.first = village_day(now) - timedelta(days=days)
        self.random = random.Random(SEED)
        people = Resident.of(self.town).filter(village=village, left_at=None).select_related("household")
        everyone = sorted(people, key=lambda resident: (int(resident.household.number), resident.id))
        for resident in everyone:
            resident.town, resident.village = self.town, village
        self.by_name = {(resident.household.number, resident.name): resident for resident in everyone}
        self.grown = [resident for resident in everyone if resident.has_account]
        self.treasurer, self.supervisor = self._of(cast.TREASURERS)[0], self._of(cast.SUPERVISORS)[0]
        self.organisers, self.reviewers = self._of(cast.ORGANISERS), self._of(cast.REVIEWERS)
        self.clerk = self._of(cast.CLERKS)[0]
        self.busy = self._busy()
        self.ditch: Activity  # the work that some of the five did, see stories.py
        self.meals: Activity

    def _of(self, who: Sequence[cast.Who]) -> list[Resident]:
        return [self.by_name[one] for one in who]

    def _busy(self) -> list[Resident]:
        """Grown residents as often as they take part: some are everywhere, most come now and then."""
        found = []
        for resident in self.grown:
            often = self.random.random()
            found += [resident] * (6 if often > 0.93 else 3 if often > 0.75 else 1 if often > 0.2 else 0)
        return found

    def who(self, one: cast.Who) -> Resident:
        """Somebody of the cast."""
        return self.by_name[one]

    def date(self, day: int) -> date:
        """The date of a day of the season."""
        return self.first + timedelta(days=day)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of a day of the season, never after now."""
        return min(datetime.combine(self.date(day), time(hour, minute), HOME), self.now)

    def ahead(self, day: int, hour: int) -> datetime:
        """A moment that may lie ahead: when something is announced for."""
        return datetime.combine(self.date(day), time(hour), HOME)

    def some(self, many: int) -> list[Resident]:
        """So many different residents, the busy ones more often."""
        return self.drawn(many, self.busy)

    def drawn(self, many: int, among: Sequence[T]) -> list[T]:
        """So many different ones of these, or as many as four times as many draws bring."""
        chosen: dict[T, None] = {}
        for _ in range(many * 4 if among else 0):
            if len(chosen) >= many:
                break
            chosen[self.pick(among)] = None
        return list(chosen)

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return among[int(self.random.random() * len(among))]


def accepted(answers: Sequence[object]) -> list[Written]:
    """The acts among the answers: who was refused, was refused."""
    return [answer for answer in answers if isinstance(answer, Written)]


def refusals(answers: Sequence[object]) -> list[Refusal]:
    """The refusals among the answers."""
    return [answer for answer in answers if isinstance(answer, Refusal)]
