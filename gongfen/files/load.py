"""Loads a village from its folder: all or nothing, in one transaction. Loading the same files again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from gongfen.files.folder import Folder, read_folder
from gongfen.files.loading import Loading, Refused
from gongfen.files.problems import Problem, Remark
from gongfen.files.roles import give_roles_of
from gongfen.files.rooms import load_merchants, load_terms
from gongfen.files.roster import load_residents
from gongfen.files.village import FILE, VillageFile
from gongfen.ledger.batch import one, one_batch
from gongfen.people.founding import found_town, found_village
from gongfen.people.models import Village
from gongfen.rules.notice import village_day
from gongfen.town.models import Town

STEPS = 5
OnStep = Callable[[int, int], None]


@dataclass
class Loaded:
    """What was written (or, in a dry run, would be): how many of each; the problems that stopped it; what to know."""

    village: Village | None = None
    is_new: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Was anything new in the files?"""
        return any(self.counts.values())


class _DryRun(Exception):
    """Nothing of this was meant to stay."""


def load(
    folder: Path,
    *,
    now: datetime,
    dry_run: bool = False,
    leave_out: bool = False,
    on_step: OnStep = lambda done, of: None,
) -> Loaded:
    """Load the village of a folder. Any problem: nothing is written, and all problems are in the answer.

    `leave_out`: refused rows of the points table are left out, and the rest loads. `dry_run`: as if, but nothing stays.
    """
    found = read_folder(folder, village_day(now))
    answer = Loaded(problems=found.problems, remarks=found.remarks)
    if leave_out and found.without_refused_rows():
        answer.problems, answer.left_out = [], found.problems
    if answer.problems or found.village is None:
        return answer
    return _write_whole(found, found.village, answer, now, on_step, dry_run=dry_run)


def load_folder(found: Folder, *, now: datetime) -> Loaded:
    """Load what was read, or typed, elsewhere: all or nothing."""
    if found.village is None or found.problems:
        return Loaded(problems=found.problems, remarks=found.remarks)
    return _write_whole(found, found.village, Loaded(remarks=found.remarks), now, lambda done, of: None)


def _write_whole(
    found: Folder, said: VillageFile, answer: Loaded, now: datetime, on_step: OnStep, *, dry_run: bool = False
) -> Loaded:
    try:
        with transaction.atomic():
            _write(found, said, answer, now, on_step)
            if dry_run:
                raise _DryRun
    except Refused as no:
        return Loaded(problems=no.problems, remarks=answer.remarks)
    except _DryRun:
        answer.village = None
    return answer


def _write(found: Folder, said: VillageFile, answer: Loaded, now: datetime, on_step: OnStep) -> None:
    on_step(0, STEPS)
    town = _town(said, now)
    before = Village.of(town).filter(name=said.name).first()
    village = found_village(town, name=said.name, name_en=said.name_en, notice_days=said.notice_days, now=now)
    village.town = town
    loading = Loading(village, now, is_new=before is None)
    if village.notice_days != said.notice_days:
        loading.tell(FILE, "notice_days_kept", days=village.notice_days)
    on_step(1, STEPS)
    people = load_residents(loading, found.residents, found.paths["residents"].name)
    on_step(2, STEPS)
    give_roles_of(loading, said, people)
    on_step(3, STEPS)
    if found.terms:
        load_terms(loading, found.terms, said, people, found.paths["terms"].name)
    on_step(4, STEPS)
    load_merchants(loading, found.merchants, people, found.paths["merchants"].name)
    if loading.problems:
        raise Refused(loading.problems)
    answer.village, answer.is_new, answer.counts = village, before is None, loading.counts
    answer.remarks = [*answer.remarks, *loading.remarks]
    if answer.changed:
        _say_loaded(loading, found)
    on_step(5, STEPS)


def _town(said: VillageFile, now: datetime) -> Town:
    """The town with this code, founded when there is none. A code and a par belong to one town for ever."""
    town = Town.objects.filter(code=said.code).first()
    if town is None:
        return found_town(code=said.code, name=said.town, name_en=said.town_en, par=said.par, now=now)
    if town.name != said.town:
        facts = {"code": said.code, "name": town.name}
        raise Refused([Problem(FILE, said.lines.get("town.code", 0), "town.code", "town_is_another", facts)])
    if town.par != said.par:
        facts = {"par": town.par}
        raise Refused([Problem(FILE, said.lines.get("town.par", 0), "town.par", "par_never_moves", facts)])
    return town


def _say_loaded(loading: Loading, found: Folder) -> None:
    """One act says that these files were loaded, and what they brought."""
    village = loading.village
    with one_batch(village.town, loading.now) as batch:
        batch.act(
            key=f"load/{village.id}/{found.digest[:24]}/{loading.now.timestamp():.0f}",
            verb="village.load",
            by=village.town.subject,
            about=village.subject,
            facts={"files": found.digest, **loading.counts},
        )
    one(batch.answers)
