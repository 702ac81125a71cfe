"""Places of an activity: asked, drawn by lot, reconfirmed, passed on. Ordinary rows, and none is left at the close."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from gongfen.activities.models import Activity, Place, SignUp
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident
from gongfen.rules import lots
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.lots import Asker
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

HELD = (Place.State.HAS_PLACE, Place.State.RECONFIRMED)


class SignUpClosed(Refusal):
    """The activity is not announced, has begun, or is over."""

    code = "sign_up_closed"


class ActivityFull(Refusal):
    """Every place is taken. `waiting` people are in line already."""

    code = "activity_full"


class SignUpOverlaps(Refusal):
    """The resident is signed up for something else at that time."""

    code = "sign_up_overlaps"


class NoPlaceToConfirm(Refusal):
    """There is no place to confirm: not signed up, or still waiting."""

    code = "no_place_to_confirm"


class ReconfirmTooEarly(Refusal):
    """Places are confirmed on the day before."""

    code = "reconfirm_too_early"


class LotDrawn(Refusal):
    """The lot was drawn already."""

    code = "lot_drawn"


def sign_up(activity: Activity, resident: Resident, *, now: datetime, or_wait: bool = True) -> Place:
    """Ask for a place. Before the lot everybody only asks; after it, the first come has it. Asking again is the same.

    With `or_wait` a full activity puts the resident in line, without it the answer is `activity_full`.
    """
    with transaction.atomic():
        places = locked(activity)
        known = Place.of(activity.town_id).filter(activity=activity, resident=resident).first()
        if known is not None:
            return known
        _check_open(activity, now)
        check_free(activity, resident)
        return _admit(activity, places, resident, or_wait=or_wait)


def cancel(activity: Activity, resident: Resident) -> bool:
    """Give a place or a wish back, until the activity closes. Nothing is kept; a held place goes to who waits first."""
    with transaction.atomic():
        places = locked(activity)
        mine = Place.of(activity.town_id).filter(activity=activity, resident=resident).first()
        if mine is None:
            return False
        _leave(activity, places, [mine])
        return True


def draw_lot(activity: Activity, *, by: int, now: datetime, seed: str = "") -> Written:
    """After 48 hours: a place for everyone who asked, or a lot when more asked than there are places."""
    key = f"lot/{activity.id}"
    with one_batch(activity.town, now) as batch:
        if known := batch.written([key]):
            return known[key]._replace(is_new=False)
        places = locked(activity)
        if now >= activity.starts_at:
            raise SignUpClosed(activity=str(activity.id), state=str(activity.state))
        lots.check_open_long_enough(places.opened_at, now)
        if places.drawn_at is not None:
            raise LotDrawn(drawn_at=places.drawn_at.isoformat())
        askers = asked(activity)
        seed = seed or secrets.token_hex(16)
        drawn = lots.draw(seed, askers, places=places.places, reserved=places.reserved)
        act = batch.act(
            key=key, verb="place.lot", by=by, about=activity.subject,
            facts={
                "activity": str(activity.id), "seed": seed, "slips": digest_of(askers),
                "places": places.places, "reserved": places.reserved,
            },
        )  # fmt: skip
        act.then(lambda: _give_out(activity, places, drawn, now))
    return one(batch.answers)


def reconfirm(activity: Activity, resident: Resident, *, now: datetime) -> Place:
    """ "I am coming", on the day before. Until the place has passed on, later is as good."""
    since, _ = lots.reconfirm_between(activity.starts_at)
    if now < since:
        raise ReconfirmTooEarly(since=since.isoformat())
    mine = Place.of(activity.town_id).filter(activity=activity, resident=resident)
    if not mine.filter(state__in=HELD).update(state=Place.State.RECONFIRMED):
        raise NoPlaceToConfirm(turn=mine.values_list("turn", flat=True).first() or 0)
    return mine.get()


def pass_on(activity: Activity, *, now: datetime) -> list[Resident]:
    """From 20:00 on the day before, unconfirmed places go to those who wait; who got one.

    As many as are waited for, by slip. Who has no phone is asked by the leader and does not lose the place by silence.
    """
    _, until = lots.reconfirm_between(activity.starts_at)
    if now < until:
        return []
    with transaction.atomic():
        places = locked(activity)
        if places.drawn_at is None or places.passed_on_at is not None:
            return []
        rows = Place.of(activity.town_id).filter(activity=activity)
        before = set(rows.filter(state__in=HELD).values_list("id", flat=True))
        silent = rows.filter(state=Place.State.HAS_PLACE, without_phone=False).order_by("slip")
        _leave(activity, places, list(silent[: rows.filter(state=Place.State.WAITING).count()]))
        SignUp.of(activity.town_id).filter(id=places.id).update(passed_on_at=now)
        return [row.resident for row in rows.filter(state__in=HELD).select_related("resident") if row.id not in before]


def draw_due(town: Town, *, now: datetime) -> int:
    """By the clock: every lot whose 48 hours are over. How many."""
    due = SignUp.of(town).filter(
        drawn_at=None, opened_at__lte=now - lots.OPEN_AT_LEAST, activity__places__isnull=False,
        activity__starts_at__gt=now, activity__state__in=sorted(TAKES_CLAIMS),
    )  # fmt: skip
    found = [row.activity for row in due.select_related("activity__town").order_by("opened_at", "id")]
    return len([draw_lot(activity, by=town.subject, now=now) for activity in found])


def pass_on_due(town: Town, *, now: datetime) -> int:
    """By the clock: unconfirmed places of tomorrow's activities pass on in the evening. How many got one."""
    due = SignUp.of(town).filter(
        drawn_at__isnull=False, passed_on_at=None, activity__starts_at__gt=now,
        activity__starts_at__lte=now + timedelta(days=1, hours=12),
    )  # fmt: skip
    found = [row.activity for row in due.select_related("activity__town").order_by("opened_at", "id")]
    return sum(len(pass_on(activity, now=now)) for activity in found)


def asked(activity: Activity) -> list[Asker]:
    """The slips that a lot is drawn from, until the activity closes. Nobody's name."""
    rows = Place.of(activity.town_id).filter(activity=activity).order_by("slip")
    return [Asker(slip, without) for slip, without in rows.values_list("slip", "without_phone")]


def digest_of(askers: Sequence[Asker]) -> str:
    """What the act keeps of the slips: with the list anyone draws again, without it it says nothing."""
    text = ",".join(
        f"{asker.slip}{'*' if asker.without_phone else ''}" for asker in sorted(askers, key=lambda a: a.slip)
    )
    return hashlib.sha256(text.encode()).hexdigest()


def locked(activity: Activity) -> SignUp:
    """The activity's places, held until the transaction ends. Made at the first wish."""
    rows = SignUp.of(activity.town_id).filter(activity=activity).select_for_update()
    found = rows.first()
    if found is not None:
        return found
    total = activity.places or 0
    SignUp.objects.bulk_create(
        [
            SignUp(
                town_id=activity.town_id, activity=activity, places=total, reserved=activity.reserved_places,
                free=total - activity.reserved_places, free_reserved=activity.reserved_places,
                opened_at=activity.published_at or activity.drafted_at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return rows.get()


def take_free(activity: Activity, *, without_phone: bool) -> tuple[bool, bool]:
    """Take a free place if there is one: (taken, reserved). One conditional change, so the last goes to exactly one."""
    counters = SignUp.of(activity.town_id).filter(activity=activity)
    if without_phone and counters.filter(free_reserved__gt=0).update(free_reserved=F("free_reserved") - 1):
        return True, True
    return bool(counters.filter(free__gt=0).update(free=F("free") - 1)), False


def check_free(activity: Activity, resident: Resident) -> None:
    """Refuse when the resident is signed up for another activity at the same time."""
    other = (
        Place.of(activity.town_id)
        .filter(resident=resident, activity__starts_at__lt=activity.ends_at, activity__ends_at__gt=activity.starts_at)
        .exclude(activity=activity)
        .select_related("activity")
        .first()
    )
    if other is not None:
        starts = other.activity.starts_at.isoformat()
        raise SignUpOverlaps(activity=str(other.activity_id), title=other.activity.title, starts_at=starts)


def _check_open(activity: Activity, now: datetime) -> None:
    if activity.state not in TAKES_CLAIMS or now >= activity.ends_at:
        raise SignUpClosed(activity=str(activity.id), state=str(activity.state))


def _admit(activity: Activity, places: SignUp, resident: Resident, *, or_wait: bool) -> Place:
    place = Place(town_id=activity.town_id, activity=activity, resident=resident, without_phone=not resident.has_phone)
    if activity.places is None:
        place.state = Place.State.HAS_PLACE
    elif places.drawn_at is not None:
        taken, place.is_reserved = take_free(activity, without_phone=place.without_phone)
        waiting = Place.of(activity.town_id).filter(activity=activity, state=Place.State.WAITING)
        if not taken and not or_wait:
            raise ActivityFull(waiting=waiting.count())
        place.state = Place.State.HAS_PLACE if taken else Place.State.WAITING
        place.turn = 0 if taken else (waiting.aggregate(last=Max("turn"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            Place.objects.bulk_create([place])
    except IntegrityError:
        return Place.of(activity.town_id).get(activity=activity, resident=resident)
    return place


def _leave(activity: Activity, places: SignUp, leaving: Sequence[Place]) -> None:
    """Delete these rows; what they held goes to those who wait, else back to the free places."""
    rows = Place.of(activity.town_id).filter(activity=activity)
    rows.filter(id__in=[place.id for place in leaving]).delete()
    if activity.places is None:
        return
    for place in leaving:
        if place.state not in HELD:
            continue
        waiting = [
            Asker(row.slip, row.without_phone) for row in rows.filter(state=Place.State.WAITING).order_by("turn")
        ]
        heir = lots.next_in_line(waiting, is_reserved=place.is_reserved)
        if heir is not None:
            rows.filter(slip=heir.slip).update(state=Place.State.HAS_PLACE, is_reserved=place.is_reserved, turn=0)
            continue
        counter = "free_reserved" if place.is_reserved else "free"
        SignUp.of(activity.town_id).filter(id=places.id).update(**{counter: F(counter) + 1})


def _give_out(activity: Activity, places: SignUp, drawn: lots.Drawn, now: datetime) -> None:
    rows = Place.of(activity.town_id).filter(activity=activity)
    rows.filter(slip__in=drawn.open_places).update(state=Place.State.HAS_PLACE)
    rows.filter(slip__in=drawn.reserved_places).update(state=Place.State.HAS_PLACE, is_reserved=True)
    for turn, slip in enumerate(drawn.waiting, start=1):
        rows.filter(slip=slip).update(state=Place.State.WAITING, turn=turn)
    SignUp.of(activity.town_id).filter(id=places.id).update(
        drawn_at=now,
        free=places.places - places.reserved - len(drawn.open_places),
        free_reserved=places.reserved - len(drawn.reserved_places),
    )
