"""Which terms were in force with a host on a day."""

from bisect import bisect_right
from collections.abc import Collection
from datetime import date

from gongfen.activities.models import TermsVersion
from gongfen.rules.claim_states import TermsState
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class NoTerms(Refusal):
    """The host has no terms for this kind of work on that day."""

    code = "no_terms"


class InForce:
    """Every decided version of some hosts, by day. Read once for a whole set."""

    def __init__(self, town: Town, hosts: Collection[int]) -> None:
        self._versions: dict[tuple[int, str, str], list[TermsVersion]] = {}
        decided = TermsVersion.of(town).filter(host__in=list(hosts), state=TermsState.DECIDED)
        for version in decided.order_by("in_force_from"):
            self._versions.setdefault((version.host, version.kind, version.what), []).append(version)

    def on(self, host: int, kind: str, what: str, day: date) -> TermsVersion:
        """The version in force on this day."""
        versions = self._versions.get((host, kind, what), [])
        place = bisect_right(versions, day, key=lambda version: version.in_force_from)
        if place == 0:
            raise NoTerms(kind=kind, what=what, day=day.isoformat())
        return versions[place - 1]

    def knows(self, host: int, kind: str, what: str) -> bool:
        """Was anything ever decided for this work?"""
        return (host, kind, what) in self._versions

    def every(self, day: date) -> list[TermsVersion]:
        """All that is in force on a day."""
        found = []
        for versions in self._versions.values():
            place = bisect_right(versions, day, key=lambda version: version.in_force_from)
            if place:
                found.append(versions[place - 1])
        return found
