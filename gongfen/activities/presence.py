"""Being there: in and out with the code of the place, in sets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from gongfen.activities.codes import Tries, keys_of
from gongfen.activities.drafting import UnknownActivity
from gongfen.activities.models import Activity, Place, Presence
from gongfen.activities.places import HELD, ActivityFull, SignUpClosed, locked, take_free
from gongfen.journal.answered import Asking, keep_many, kept_many
from gongfen.ledger.batch import ActConflict
from gongfen.people.models import Resident
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.presence import CodeWrong, Reading, Stay, overlap, read_code
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.models import Town

LONGEST_STAY = timedelta(hours=16)  # nobody works longer without a break: somebody forgot to check out
AROUND = timedelta(hours=2)  # before the activity begins and after it ends


class NotThere(Refusal):
    """Who has not checked in cannot check out."""

    code = "presence_not_in"


class OutBeforeIn(Refusal):
    """The code for leaving is older than the one for coming."""

    code = "presence_out_before_in"


class ElsewhereThen(Refusal):
    """The resident is at another activity at that moment."""

    code = "presence_elsewhere"


class StillThere(Refusal):
    """The resident came long ago and nobody wrote down the leaving: the leader does."""

    code = "presence_still_there"


class NotTheTime(Refusal):
    """The activity takes place at another time."""

    code = "presence_not_the_time"


@dataclass(frozen=True, slots=True)
class Seen:
    """A resident's phone read the code of the place."""

    activity: int
    resident: Resident
    device: int
    text: str  # a QR's text, or six digits
    leaves: bool = False
    read_at: datetime | None = None  # by the phone's clock, when it was read without network
    sent_at: datetime | None = None  # by the phone's clock, when it was sent
    asked: Asking | None = None  # the key of the request, to answer it again


def check_in_many(town: Town, requests: Sequence[Seen], *, now: datetime | None = None) -> list[Presence | Refusal]:
    """Check residents in and out, one by one in their order, in one set. The same code again is the same answer."""
    moment = now or clock.now()
    try:
        return _once(town, requests, moment)
    except IntegrityError:  # another process wrote one of these meanwhile: now it is seen
        return _once(town, requests, moment)


def _once(town: Town, requests: Sequence[Seen], now: datetime) -> list[Presence | Refusal]:
    with transaction.atomic():
        there = There(town, requests, now)
        answers = [there.answer(request) for request in requests]
        there.write()
    return answers


class There:
    """Who is where, for a set of requests: read once, decided in memory, written once."""

    def __init__(self, town: Town, requests: Sequence[Seen], now: datetime) -> None:
        self.town, self.now = town, now
        wanted = {request.activity for request in requests}
        people = {request.resident.id for request in requests}
        self.activities = Activity.of(town).in_bulk(wanted)
        self.keys = keys_of(town, self.activities.keys())
        self.tries = Tries(town, (request.device for request in requests if _is_typed(request)))
        self.stays: dict[int, list[Presence]] = {}
        near = now - timedelta(days=9)
        recent = Q(in_at__gte=near) | Q(out_at=None)
        for row in Presence.of(town).filter(recent, resident_id__in=people).order_by("in_at"):
            self.stays.setdefault(row.resident_id, []).append(row)
        limited = [activity.id for activity in self.activities.values() if activity.places is not None]
        held = Place.of(town).filter(activity_id__in=limited, resident_id__in=people, state__in=HELD)
        self.placed = set(held.values_list("activity_id", "resident_id")) if limited else set()
        self.new: list[Presence] = []
        self.ended: dict[int, Presence] = {}
        self.kept = kept_many(town, [request.asked for request in requests if request.asked])
        self.keeping: dict[bytes, tuple[Asking, bytes]] = {}

    def answer(self, request: Seen) -> Presence | Refusal:
        """The presence that this request leads to, or why not."""
        try:
            activity = self.activities.get(request.activity)
            if activity is None:
                raise UnknownActivity()
            if request.asked and (stood := self._answered(activity, request, request.asked)):
                return stood
            reading = self._read(activity, request)
            self._check_time(activity, reading.at)
            found = self._leave(request, reading) if request.leaves else self._come(activity, request, reading)
        except Refusal as no:
            return no
        if request.asked:
            self.keeping[request.asked.name] = (request.asked, _kept(found))
        return found

    def _answered(self, activity: Activity, request: Seen, asked: Asking) -> Presence | None:
        """What stands for this key, as it was answered then, before this set or in it."""
        if asked.name in self.keeping:
            before, found = self.keeping[asked.name]
            if before.request != asked.request:
                raise ActConflict()
            return self._again(activity, request, found)
        if stood := self.kept.get(asked.name):
            if not stood.same:
                raise ActConflict()
            return self._again(activity, request, stood.answer)
        return None

    def _again(self, activity: Activity, request: Seen, answer: bytes) -> Presence:
        row, came, left, grade, late = json.loads(answer)
        again = Presence(
            id=row, town=self.town, activity=activity, resident=request.resident, grade=grade, is_late=late,
            in_at=datetime.fromisoformat(came), out_at=datetime.fromisoformat(left) if left else None,
        )  # fmt: skip
        again.is_new = False  # type: ignore[misc]  # of this one, not of the class
        return again

    def write(self) -> None:
        """Write what came of it, or nothing when somebody was first."""
        self.tries.write()
        Presence.objects.bulk_create(self.new)
        if self.keeping:
            keep_many(self.town, list(self.keeping.values()), now=self.now)
        if self.ended:
            rows = Presence.of(self.town).filter(out_at=None)
            if rows.bulk_update(self.ended.values(), ["out_at", "grade", "is_late"]) != len(self.ended):
                raise IntegrityError("somebody was checked out meanwhile")

    def _read(self, activity: Activity, request: Seen) -> Reading:
        typed = _is_typed(request)
        if typed:
            self.tries.check(request.device, self.now)
        try:
            reading = read_code(
                self.keys[activity.id], activity.id, request.text,
                now=self.now, read_at=request.read_at, sent_at=request.sent_at,
            )  # fmt: skip
        except CodeWrong:
            if typed:
                self.tries.wrong(request.device, self.now)
            raise
        if typed:
            self.tries.right(request.device)
        return reading

    def _check_time(self, activity: Activity, at: datetime) -> None:
        if activity.state not in TAKES_CLAIMS:
            raise SignUpClosed(activity=str(activity.id), state=str(activity.state))
        if not activity.starts_at - AROUND <= at <= activity.ends_at + AROUND:
            raise NotTheTime(starts_at=activity.starts_at.isoformat(), ends_at=activity.ends_at.isoformat())

    def _come(self, activity: Activity, request: Seen, reading: Reading) -> Presence:
        stays = self.stays.setdefault(request.resident.id, [])
        for stay in stays:
            here = stay.activity_id == activity.id
            if here and stay.out_at is None and reading.at - stay.in_at > LONGEST_STAY:
                raise StillThere(since=stay.in_at.isoformat())
            if here and (stay.out_at is None or stay.in_at == reading.at):
                return stay
            if overlap(_stay(stay), Stay(reading.at, reading.at + timedelta(seconds=1))) and not self._over(stay):
                raise ElsewhereThen(activity=str(stay.activity_id), since=stay.in_at.isoformat())
        self._check_place(activity, request.resident)
        presence = Presence(
            town=self.town, activity=activity, resident=request.resident, in_at=reading.at, is_late=reading.is_late,
            grade=Presence.Grade.TYPED if reading.is_late else Presence.Grade.MACHINE,
            recorded_by=request.resident.subject,
        )  # fmt: skip
        self.new.append(presence)
        stays.append(presence)
        return presence

    def _leave(self, request: Seen, reading: Reading) -> Presence:
        mine = [stay for stay in self.stays.get(request.resident.id, []) if stay.activity_id == request.activity]
        for stay in mine:
            if stay.out_at is None or stay.out_at == reading.at:
                break
        else:
            raise NotThere(activity=str(request.activity))
        if reading.at < stay.in_at:
            raise OutBeforeIn(in_at=stay.in_at.isoformat())
        if stay.out_at is not None:
            return stay
        if reading.at - stay.in_at > LONGEST_STAY:
            raise StillThere(since=stay.in_at.isoformat())
        stay.out_at = reading.at
        if reading.is_late and stay.confirmed_by is None:
            stay.is_late, stay.grade = True, Presence.Grade.TYPED
        if stay not in self.new:
            self.ended[stay.id] = stay
        return stay

    def _over(self, stay: Presence) -> bool:
        """Somebody forgot to check out of an activity that ended long ago: that keeps nobody from the next one."""
        if stay.out_at is not None:
            return False
        ends = Activity.of(self.town).filter(id=stay.activity_id).values_list("ends_at", flat=True).get()
        return ends + AROUND < self.now

    def _check_place(self, activity: Activity, resident: Resident) -> None:
        """Where places are limited, who comes without one takes a free one, if there is one."""
        if activity.places is None or (activity.id, resident.id) in self.placed:
            return
        locked(activity)
        taken, reserved = take_free(activity, without_phone=not resident.has_phone)
        if not taken:
            raise ActivityFull(waiting=0)
        Place.of(self.town).filter(activity=activity, resident=resident).delete()
        Place.objects.bulk_create([
            Place(
                town=self.town, activity=activity, resident=resident, state=Place.State.RECONFIRMED,
                without_phone=not resident.has_phone, is_reserved=reserved,
            )
        ])  # fmt: skip
        self.placed.add((activity.id, resident.id))


def _kept(found: Presence) -> bytes:
    """A presence as its owner was told of it, to be told again."""
    left = found.out_at.isoformat() if found.out_at else None
    return json.dumps([found.id, found.in_at.isoformat(), left, found.grade, found.is_late]).encode()


def _is_typed(request: Seen) -> bool:
    """A QR cannot be guessed: only digits are slowed."""
    return request.text.strip().isdigit()


def _stay(presence: Presence) -> Stay:
    return Stay(presence.in_at, presence.out_at)
