"""The demo's first start: the village is loaded and its year played, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from gongfen.demo.season import play
from gongfen.demo.world import YEAR
from gongfen.files.load import load
from gongfen.files.loading import Refused
from gongfen.ledger.queries import number_at
from gongfen.notices.following import follow_all
from gongfen.notices.models import Mark
from gongfen.people.models import Village
from gongfen.rules.notice import HOME, village_day
from gongfen.statements import answers, day_sums
from gongfen.town.models import Town

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "daicun"
OnStep = Callable[[int, int], None]
TOLD_LATELY = timedelta(days=9)  # what was before was told at its time


def found(now: datetime, *, on_load: OnStep, on_play: OnStep, days: int = YEAR, example: Path = EXAMPLE) -> Village:
    """Load and play. Whatever stops this leaves nothing, so that the next start begins anew."""
    with transaction.atomic():
        morning = datetime.combine(village_day(now) - timedelta(days=days), time(6), HOME)
        loaded = load(example, now=morning, on_step=on_load)
        if loaded.village is None:
            raise Refused(loaded.problems)
        play(loaded.village, now, days, on_play)
        _tell(loaded.village.town, now)
    return loaded.village


def _tell(town: Town, now: datetime) -> None:
    """Write the notices of the last days, and the sums of all."""
    Mark.objects.get_or_create(town=town)
    Mark.objects.filter(town=town).update(number=number_at(town, now - TOLD_LATELY))
    follow_all(town, now=now)
    day_sums.follow_all(town)
    answers.count_due(town, now=now)
