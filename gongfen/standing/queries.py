"""What can be asked about standing: always by its owner, always from the journal."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from gongfen.ledger.models import Reversal
from gongfen.people.models import AgeBand, Resident
from gongfen.rules.notice import village_day
from gongfen.rules.places import number_of
from gongfen.rules.refusals import Refusal
from gongfen.rules.standing import Deed, Standing, stand
from gongfen.town.models import Town

FORMULA = "docs/standing.md"

# The verb stands in the text, so that both engines see the partial index that was made for this question.
_AWARDS = """
SELECT id, facts, written_at FROM journal_act
WHERE town_id = %s AND about = %s AND verb = 'claim.award' ORDER BY id
"""


class StandingNotYet(Refusal):
    """Standing begins at 18."""

    code = "standing_not_yet"


class Recorded(NamedTuple):
    """A deed, and which activity and claim it came from (ids, 0 where none is named)."""

    deed: Deed
    activity: int
    claim: int


def recorded_of(town: Town, subject: int) -> list[Recorded]:
    """Everything that was awarded to somebody and not reversed, in the journal's order."""
    with connection.cursor() as cursor:
        cursor.execute(_AWARDS, [town.id, subject])
        rows = cursor.fetchall()
    gone = set(Reversal.of(town).filter(reversed_id__in=[row[0] for row in rows]).values_list("reversed_id", flat=True))
    return [found for row in rows if row[0] not in gone and (found := _recorded(*row))]


def _recorded(act: int, facts: Any, written_at: Any) -> Recorded | None:
    """The deed of an award; None where the act does not say what was done and how it was verified."""
    told = json.loads(facts) if isinstance(facts, str) else facts
    if not {"kind", "minutes", "grade"} <= told.keys():
        return None
    deed = Deed(_day(told, written_at), number_of(act), str(told["kind"]), int(told["minutes"]), str(told["grade"]))
    return Recorded(deed, int(told.get("activity", 0)), int(told.get("claim", 0)))


def _day(facts: dict[str, Any], written_at: Any) -> date:
    """The day it was done; the day it was written where the act does not say."""
    if told := facts.get("day"):
        return date.fromisoformat(told)
    moment = written_at if isinstance(written_at, datetime) else datetime.fromisoformat(f"{written_at}+00:00")
    return village_day(moment)


def check_age(resident: Resident) -> None:
    """Under 14 there is no account, from 14 to 17 there is no standing."""
    if resident.age_band not in (AgeBand.ADULT, AgeBand.ELDER):
        raise StandingNotYet()


def standing_of(resident: Resident, now: datetime) -> Standing:
    """The resident's own standing today, explained line by line."""
    check_age(resident)
    deeds = [found.deed for found in recorded_of(resident.town, resident.subject)]
    return stand(deeds, village_day(now))


def own_record(resident: Resident, now: datetime) -> dict[str, Any]:
    """What the owner's export holds: every line, and the number that the published formula makes of them."""
    standing = standing_of(resident, now)
    return {
        "day": village_day(now).isoformat(),
        "formula": FORMULA,
        "value": standing.value,
        "lines": [line_values(line.deed) for line in standing.lines],
    }


def line_values(deed: Deed) -> dict[str, Any]:
    """A deed as plain values."""
    return {
        "number": deed.number,
        "day": deed.day.isoformat(),
        "kind": deed.kind,
        "minutes": deed.minutes,
        "grade": deed.grade,
    }


def recompute(lines: Iterable[dict[str, Any]], day: date) -> int:
    """The number from the lines of an export: what anyone else would do with it."""
    deeds = [
        Deed(date.fromisoformat(line["day"]), line["number"], line["kind"], line["minutes"], line["grade"])
        for line in lines
    ]
    return stand(deeds, day).value
