"""Slips from the paper box, typed by two people who do not see each other's typing; then they lie in the sealed box.

A slip carries no name: that its writer handed one in stands on a signed sheet, and the two are never joined.
"""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongfen.activities import box
from gongfen.activities.models import SlipPile, Survey
from gongfen.activities.surveys import MOST_SLIPS, TooManySlips, check_open, form_of, type_slips
from gongfen.activities.who import check_other
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import read_answers


class NoSlips(Refusal):
    """Not a single slip was typed."""

    code = "survey_no_slips"


class SlipsDiffer(Refusal):
    """The second typing is not the first one. `lines` are those of this typing that the first has not; `other` how
    many the first has more."""

    code = "survey_slips_differ"


def pile_of(survey: Survey) -> SlipPile | None:
    """What waits for its second typing."""
    return SlipPile.of(survey.town_id).filter(survey=survey).first()


def slips_left(survey: Survey) -> int:
    """How many slips may still be typed: as many as residents handed in, by the signed sheets."""
    return int(survey.paper_receipts - survey.paper_slips)


def own_slips(survey: Survey, by: Resident) -> list[dict[str, object]]:
    """What this person typed and nobody has typed again: to be mended by them alone."""
    pile = pile_of(survey)
    if pile is None or pile.typed_by != by.subject:
        return []
    return box.open_pile(survey.town, survey.id, bytes(pile.sealed))


def type_pile(survey: Survey, slips: Sequence[dict[str, object]], *, by: Resident, now: datetime) -> bool:
    """Type a pile. The first typing is kept, sealed; the second, by another household, must be the same: then every
    slip goes into the box and the pile is gone. True where it went in."""
    if not slips:
        raise NoSlips()
    with transaction.atomic():
        fresh = Survey.of(survey.town_id).select_for_update().select_related("activity").get(id=survey.id)
        fresh.town = survey.town
        check_open(fresh, now)
        if len(slips) > min(MOST_SLIPS, slips_left(fresh)):
            raise TooManySlips(most=min(MOST_SLIPS, slips_left(fresh)))
        for given in slips:
            read_answers(form_of(fresh), given)
        pile = pile_of(fresh)
        if pile is not None and pile.typed_by != by.subject:
            check_other(by, pile.typed_by)
            _check_same(fresh, box.open_pile(fresh.town, fresh.id, bytes(pile.sealed)), slips)
            SlipPile.of(survey.town_id).filter(id=pile.id).delete()
            type_slips(fresh, slips, now=now)
            return True
        SlipPile.of(survey.town_id).filter(survey=fresh).delete()
        sealed = box.seal_pile(fresh.town, fresh.id, slips)
        SlipPile.objects.bulk_create(
            [SlipPile(town=fresh.town, survey=fresh, sealed=sealed, count=len(slips), typed_by=by.subject)]
        )
    return False


def _check_same(survey: Survey, first: Sequence[dict[str, object]], second: Sequence[dict[str, object]]) -> None:
    form = form_of(survey)
    left = Counter(json.dumps(read_answers(form, given)) for given in first)
    lines = []
    for at, given in enumerate(second, 1):
        told = json.dumps(read_answers(form, given))
        if left[told]:
            left[told] -= 1
        else:
            lines.append(at)
    if lines or left.total():
        raise SlipsDiffer(lines="、".join(map(str, lines)) or "0", other=left.total())
