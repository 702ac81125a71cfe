"""What the clock does in this room: safe to run at any time and as often as anyone likes."""

from datetime import datetime

from gongfen.activities.appeals import grant_overdue
from gongfen.activities.attendance import claim_due
from gongfen.activities.awards import award_due
from gongfen.activities.places import draw_due, pass_on_due
from gongfen.activities.publishing import open_due
from gongfen.activities.surveys import close_due
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Lots, places that pass on, activities that begin, claims of those that ended, appeals, awards, surveys."""
    return {
        "lots": draw_due(town, now=now),
        "passed_on": pass_on_due(town, now=now),
        "opened": _accepted(open_due(town, now=now)),
        "claims": claim_due(town, now=now),
        "granted": _accepted(grant_overdue(town, now=now)),
        "awards": _accepted(award_due(town, now=now)),
        "surveys": close_due(town, now=now),  # last: a box that cannot be opened must hold up nothing else
    }


def _accepted(answers: object) -> int:
    return sum(1 for one in answers if not isinstance(one, Refusal)) if isinstance(answers, list) else 0
