"""The leader's side: who was there, ticks for people without a phone, a second person's yes, and claims from it all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongfen.activities.claims import Wanted, claim_many
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity, Claim, Presence
from gongfen.activities.presence import AROUND, NotThere, NotTheTime, OutBeforeIn
from gongfen.activities.who import person
from gongfen.ledger.batch import Answer
from gongfen.people.models import Resident
from gongfen.people.queries import households_of
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.notice import village_day
from gongfen.rules.presence import Stay, minutes_present
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import OwnHousehold, OwnMatter, OwnRecord, Person, TwoPeopleNeeded, check_second
from gongfen.town.models import Town

CONFIRM_WITHIN = timedelta(days=3)  # what nobody confirmed by then is claimed as typed
LOOKED_AT_FOR = timedelta(days=60)  # the clock looks at an ended activity so long; later the leader does
BY_PRESENCE = [kind.key for kind in all_kinds().values() if kind.proof == "check_in"]
GRADES = (Presence.Grade.TYPED, Presence.Grade.WITNESSED, Presence.Grade.MACHINE)  # the weakest first


class NothingToConfirm(Refusal):
    """There is no such presence of this activity, or somebody confirmed it already."""

    code = "presence_nothing_to_confirm"


class AttendanceOver(Refusal):
    """The activity is not announced, or closed: nothing can be written down for it."""

    code = "attendance_over"


@dataclass(frozen=True, slots=True)
class Tick:
    """The leader saw somebody come or go."""

    resident: Resident
    in_at: datetime
    out_at: datetime | None = None


def tick_many(activity: Activity, ticks: Sequence[Tick], *, by: Resident, now: datetime) -> list[Presence | Refusal]:
    """Write down who came and went, for people without a phone. `typed` until a second person confirms it."""
    with transaction.atomic():
        stays = _stays_of(activity, [tick.resident.id for tick in ticks])
        return [_tick(activity, tick, stays.get(tick.resident.id, []), by, now) for tick in ticks]


def confirm_many(activity: Activity, presences: Sequence[int], *, by: Resident) -> list[Presence | Refusal]:
    """A second person says "yes, they were there": a tick becomes `witnessed`, a late code `machine`.

    Nobody confirms for oneself, for one's household, or what one wrote down (or somebody of one's household did).
    """
    with transaction.atomic():
        rows = Presence.of(activity.town_id).filter(activity=activity, id__in=presences)
        found = {row.id: row for row in rows.select_related("resident")}
        households = households_of(activity.town, {row.recorded_by for row in found.values()})
        return [_confirm(found.get(one), by, households) for one in presences]


def undo_tick(activity: Activity, presence: int, *, by: Resident) -> None:
    """Take back one's own tick before anybody confirmed it: a slip of the finger leaves nothing behind."""
    mine = Presence.of(activity.town_id).filter(activity=activity, id=presence, recorded_by=by.subject)
    if not mine.filter(confirmed_by=None).exclude(resident__subject=by.subject).delete()[0]:
        raise NothingToConfirm()


def attendance(activity: Activity) -> list[Presence]:
    """Who was there, in the order of coming. Who was not there is nowhere."""
    rows = Presence.of(activity.town_id).filter(activity=activity).select_related("resident__household")
    return list(rows.order_by("in_at", "id"))


def presences_of(resident: Resident, *, most: int = 100) -> list[Presence]:
    """One's own, the latest first."""
    rows = Presence.of(resident.town_id).filter(resident=resident).select_related("activity")
    return list(rows.order_by("-in_at")[:most])


def minutes_of(activity: Activity, stays: Sequence[Presence]) -> int:
    """Whole minutes really present, within the announced time."""
    there = [Stay(stay.in_at, stay.out_at) for stay in stays]
    return minutes_present(there, opens=activity.starts_at, closes=activity.ends_at)


def claim_presences(
    activity: Activity, *, now: datetime, residents: Collection[int] | None = None, as_typed: bool = False
) -> list[Answer]:
    """Make the claims that follow from presence, one a resident; who has one already is left alone.

    Whoever is still there, or waits for the leader's yes, is left for later (with `as_typed` the latter are not).
    """
    if activity.of_kind.proof != "check_in":
        return []
    claimed = set(Claim.of(activity.town_id).filter(activity=activity).values_list("resident_id", flat=True))
    wanted = []
    for resident, stays in _stays_of(activity, residents).items():
        open_or_typed = any(
            stay.out_at is None or (stay.grade == Presence.Grade.TYPED and not as_typed) for stay in stays
        )
        minutes = minutes_of(activity, stays)
        if resident in claimed or open_or_typed or minutes == 0:
            continue
        first = stays[0]
        grade = min((Presence.Grade(stay.grade) for stay in stays), key=GRADES.index)
        recorded_by = next((stay.recorded_by for stay in stays if stay.grade == grade), first.recorded_by)
        day = village_day(max(first.in_at, activity.starts_at))
        wanted.append(Wanted(activity, first.resident, day, str(grade), recorded_by, {"minutes": min(minutes, 720)}))
    return claim_many(activity.town, wanted, now) if wanted else []


def claim_due(town: Town, *, now: datetime) -> int:
    """By the clock: activities that ended make their claims; after three days also what nobody confirmed. How many."""
    made = 0
    ended = {"ends_at__lte": now - AROUND, "ends_at__gt": now - LOOKED_AT_FOR}
    over = Activity.of(town).filter(state__in=sorted(TAKES_CLAIMS), kind__in=BY_PRESENCE, **ended)
    for activity in over.select_related("town", "terms", "village"):
        answers = claim_presences(activity, now=now, as_typed=now - activity.ends_at >= CONFIRM_WITHIN)
        made += sum(1 for answer in answers if not isinstance(answer, Refusal))
    return made


def _stays_of(activity: Activity, residents: Collection[int] | None) -> dict[int, list[Presence]]:
    rows = Presence.of(activity.town_id).filter(activity=activity)
    if residents is not None:
        rows = rows.filter(resident_id__in=residents)
    found: dict[int, list[Presence]] = {}
    for row in rows.select_related("resident").order_by("in_at", "id"):
        found.setdefault(row.resident_id, []).append(row)
    return found


def _tick(activity: Activity, tick: Tick, stays: list[Presence], by: Resident, now: datetime) -> Presence | Refusal:
    if (no := _may_tick(activity, tick, by, now)) is not None:
        return no
    known = next((stay for stay in stays if stay.out_at is None or stay.in_at == tick.in_at), None)
    if known is None:
        presence = Presence(
            town_id=activity.town_id, activity=activity, resident=tick.resident, in_at=tick.in_at,
            out_at=tick.out_at, grade=Presence.Grade.TYPED, recorded_by=by.subject,
        )  # fmt: skip
        Presence.objects.bulk_create([presence])
        stays.append(presence)
        return presence
    if tick.out_at is None or known.out_at is not None:
        return known
    if tick.out_at < known.in_at:
        return OutBeforeIn(in_at=known.in_at.isoformat())
    return _tick_out(known, tick.out_at, by)


def _tick_out(known: Presence, out_at: datetime, by: Resident) -> Presence | Refusal:
    """The leader writes down the leaving. An own coming with a written leaving is as good as what is written."""
    grade = known.grade if known.recorded_by == by.subject else str(Presence.Grade.TYPED)
    fresh = {"out_at": out_at, "grade": grade, "recorded_by": by.subject, "confirmed_by": None}
    if not Presence.of(known.town_id).filter(id=known.id, out_at=None).update(**fresh):
        return NotThere(activity=str(known.activity_id))
    known.out_at, known.grade, known.recorded_by, known.confirmed_by = out_at, grade, by.subject, None
    return known


def _may_tick(activity: Activity, tick: Tick, by: Resident, now: datetime) -> Refusal | None:
    if tick.resident.id == by.id:
        return OwnMatter()
    if activity.state not in TAKES_CLAIMS:
        return AttendanceOver(state=str(activity.state))
    until = tick.out_at or tick.in_at
    in_time = activity.starts_at - AROUND <= tick.in_at and until <= activity.ends_at + AROUND and until <= now
    if not in_time:
        return NotTheTime(starts_at=activity.starts_at.isoformat(), ends_at=activity.ends_at.isoformat())
    return OutBeforeIn(in_at=tick.in_at.isoformat()) if until < tick.in_at else None


def _confirm(row: Presence | None, by: Resident, households: dict[int, int]) -> Presence | Refusal:
    if row is None:
        return NothingToConfirm()
    if row.confirmed_by == by.subject:
        return row
    own = row.recorded_by == row.resident.subject
    if (no := _conflict(row, by, households, own=own)) is not None:
        return no
    grade = Presence.Grade.MACHINE if own else Presence.Grade.WITNESSED
    unconfirmed = Presence.of(row.town_id).filter(id=row.id, confirmed_by=None)
    if not unconfirmed.update(confirmed_by=by.subject, grade=grade, is_late=False):
        return NothingToConfirm()
    row.confirmed_by, row.grade, row.is_late = by.subject, grade, False
    return row


def _conflict(row: Presence, by: Resident, households: dict[int, int], *, own: bool) -> Refusal | None:
    if row.resident_id == by.id:
        return OwnMatter()
    if row.resident.household_id == by.household_id:
        return OwnHousehold()
    if row.recorded_by == by.subject:
        return OwnRecord()
    try:
        if not own:
            check_second(Person(row.recorded_by, households.get(row.recorded_by, 0)), person(by))
    except TwoPeopleNeeded as no:
        return no
    return None
