"""A roster cannot be stuffed: additions are public as counts, and drawn neighbours go and see who is there."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from gongfen.journal.models import Act
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import AgeBand, Group, Resident, Village
from gongfen.rules.rechecks import Errand, draw_errands, quarter_of
from gongfen.rules.refusals import Refusal

HOME = ZoneInfo("Asia/Shanghai")
FOUND = ("handed", "moved_away", "unknown_here")


class NotOnThisErrand(Refusal):
    """The statement was given to somebody else to hand over."""

    code = "recheck_not_your_errand"


class NoSuchRecheck(Refusal):
    """Nothing was drawn for this group in this quarter."""

    code = "recheck_not_drawn"


class UnknownFinding(Refusal):
    """A statement was handed over, or its owner moved away, or nobody knows the person."""

    code = "recheck_unknown_finding"


@dataclass(frozen=True, slots=True)
class Additions:
    """How many joined a group in a quarter, and how many belong to it: counts, no names."""

    group: int
    name: str
    quarter: str
    joined: int
    belong: int


def roster_additions(village: Village, *, quarter: str) -> list[Additions]:
    """Every group's additions in a quarter (2026Q4), for everyone to read and to object to."""
    since, until = _days_of(quarter)
    here = Q(residents__left_at=None)
    during = Q(residents__joined_at__gte=since, residents__joined_at__lt=until)
    counted = Group.of(village.town_id).filter(village=village).order_by("name", "id")
    counted = counted.annotate(joined=Count("residents", filter=during), belong=Count("residents", filter=here))
    return [Additions(group.id, group.name, quarter, group.joined, group.belong) for group in counted]


def draw_recheck(group: Group, *, by: int, now: datetime, seed: str = "") -> Written:
    """Draw this quarter's errands of a group. Drawn once: whoever asks again is given the same act."""
    quarter = quarter_of(now.astimezone(HOME).date())
    key = recheck_key(group.id, quarter)
    with one_batch(group.town, now) as batch:
        if known := batch.written([key]):
            return known[key]
        seed = seed or secrets.token_hex(16)
        batch.act(
            key=key, verb="people.recheck", by=by, about=group.village.subject,
            facts={"group": str(group.id), "quarter": quarter, "seed": seed, **_drawn(group, seed)},
        )  # fmt: skip
    return one(batch.answers)


def errands_of(group: Group, quarter: str) -> list[Errand]:
    """Whose statements are handed over by whom (subjects)."""
    act = Act.of(group.town_id).filter(key=recheck_key(group.id, quarter)).first()
    if act is None:
        raise NoSuchRecheck(group=str(group.id), quarter=quarter)
    pairs = zip(act.facts["cardholders"], act.facts["carriers"], strict=True)
    return [Errand(int(cardholder), int(carrier)) for cardholder, carrier in pairs]


def errands_for(carrier: Resident, *, now: datetime) -> list[tuple[Group, str, Errand]]:
    """This quarter's statements that a resident was drawn to hand over and has not reported."""
    quarter = quarter_of(now.astimezone(HOME).date())
    groups = {
        recheck_key(group.id, quarter): group for group in Group.of(carrier.town_id).filter(village=carrier.village)
    }
    found = []
    for act in Act.of(carrier.town_id).filter(key__in=list(groups)).order_by("id"):
        errands = errands_of(groups[act.key], quarter)
        mine = [errand for errand in errands if errand.carrier == carrier.subject]
        keys = {f"{act.key}/{errand.cardholder}" for errand in mine}
        done = set(Act.of(carrier.town_id).filter(key__in=keys).values_list("key", flat=True))
        found += [(groups[act.key], quarter, one) for one in mine if f"{act.key}/{one.cardholder}" not in done]
    return found


def report_errand(group: Group, quarter: str, *, cardholder: int, carrier: int, found: str, now: datetime) -> Written:
    """The carrier says what was found at the door. Once for each statement."""
    if found not in FOUND:
        raise UnknownFinding(found=found[:40])
    if Errand(cardholder, carrier) not in errands_of(group, quarter):
        raise NotOnThisErrand()
    with one_batch(group.town, now) as batch:
        batch.act(
            key=f"{recheck_key(group.id, quarter)}/{cardholder}",
            verb="people.recheck_found",
            by=carrier,
            about=cardholder,
            facts={"group": str(group.id), "quarter": quarter, "found": found},
        )
    return one(batch.answers)


def recheck_counts(group: Group, quarter: str) -> dict[str, int]:
    """What a quarter's re-check of a group found, as counts for the public page."""
    keys = [f"{recheck_key(group.id, quarter)}/{errand.cardholder}" for errand in errands_of(group, quarter)]
    found = [act.facts["found"] for act in Act.of(group.town_id).filter(key__in=keys)]
    return {"drawn": len(keys), **{finding: found.count(finding) for finding in FOUND}}


def recheck_key(group: int, quarter: str) -> str:
    """The act that drew a group's errands of a quarter."""
    return f"recheck/{group}/{quarter}"


def _drawn(group: Group, seed: str) -> dict[str, list[str]]:
    grown = Resident.of(group.town_id).filter(village=group.village_id, left_at=None)
    grown = grown.filter(age_band__in=(AgeBand.ADULT, AgeBand.ELDER))
    cardholders = _subjects(grown.filter(group=group, has_phone=False))
    errands = draw_errands(seed, cardholders, _subjects(grown.exclude(group=group)))
    return {
        "cardholders": [str(errand.cardholder) for errand in errands],
        "carriers": [str(errand.carrier) for errand in errands],
    }


def _subjects(residents: Iterable[Resident]) -> list[int]:
    return [resident.subject for resident in residents]


def _days_of(quarter: str) -> tuple[datetime, datetime]:
    year, number = int(quarter[:4]), int(quarter[5:])
    first = datetime(year, number * 3 - 2, 1, tzinfo=HOME)
    after = (date(year, number * 3, 1) + timedelta(days=31)).replace(day=1)
    return first, datetime(after.year, after.month, 1, tzinfo=HOME)
