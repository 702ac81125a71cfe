"""Claims: "I did this". One a turn, in the kind's own form, within the caps, under the terms of the day."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b

from gongfen.activities.kinds.form import Photo, Value
from gongfen.activities.kinds.kind import Kind
from gongfen.activities.lines import in_one_breath
from gongfen.activities.models import Activity, Claim, Evidence
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import notice_days
from gongfen.ledger.batch import ActConflict, Answer, Batch, one_batch
from gongfen.people.models import Resident
from gongfen.people.queries import households_of
from gongfen.rules.caps import Earned, taken, trim
from gongfen.rules.claim_states import COUNTS, TAKES_CLAIMS, ActivityState, ClaimState
from gongfen.rules.notice import month_of, notice_until, village_day, week_of
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import GRADES, MACHINE, TYPED, wants_review
from gongfen.town.models import Town


class NotOpen(Refusal):
    """The activity takes no claims: it is not published, or it is closed."""

    code = "activity_not_open"


class OutsideDays(Refusal):
    """The day lies outside the activity, or has not come yet."""

    code = "claim_outside_days"


class NoAccount(Refusal):
    """Who is under 14, or has left, has no account and earns no points."""

    code = "no_account"


class ClaimedBefore(Refusal):
    """This was claimed already, with something else in it."""

    code = "claimed_before"


class AgreedByBoth(Refusal):
    """A neighbour's help is agreed by both on the board; nobody claims it alone."""

    code = "agreed_by_both"


class EvidenceNotYours(Refusal):
    """The photo is not there, belongs to somebody else, or was used in another claim."""

    code = "evidence_not_yours"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim that somebody wants to make. `recorded_by` is the owner's subject, or of who wrote it down."""

    activity: Activity
    resident: Resident
    happened_on: date
    grade: str
    recorded_by: int
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def turn(self) -> str:
        """What may be claimed once: the activity, or its day, or the kind's week or month."""
        kind = self.activity.of_kind
        if kind.turn == "week":
            return f"{kind.key}/{week_of(self.happened_on)}"
        if kind.turn == "month":
            return f"{kind.key}/{month_of(self.happened_on)}"
        day = f"/{self.happened_on.isoformat()}" if kind.turn == "day" else ""
        return f"a{self.activity.id}{day}"

    @property
    def key(self) -> str:
        """The claim's natural key."""
        return f"claim/{self.resident.id}/{self.turn}"

    @property
    def asked(self) -> str:
        """What makes two requests the same."""
        said = [self.activity.id, self.happened_on.isoformat(), self.grade, self.recorded_by, self.values]
        return blake2b(json.dumps(said, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


def own_grade(kind: Kind) -> str:
    """The grade of what a resident says on one's own phone without a code: a tap that needs no witness, or typed."""
    return MACHINE if kind.proof == "tap" and not kind.declared else TYPED


def claim_many(town: Town, wanted: Sequence[Wanted], now: datetime | None = None) -> list[Answer]:
    """Make these claims, each in its turn. An accepted answer's facts name the claim.

    Caps trim what a claim brings, in the order of the set. What needs no review goes on notice at once.
    """
    with in_one_breath(len(wanted)), one_batch(town, now) as batch:
        known = batch.written([one.key for one in wanted])
        making = _Making(town, [one for one in wanted if one.key not in known], batch)
        for one in wanted:
            making.draft(one, is_repeat=one.key in known)
    return [ClaimedBefore() if isinstance(answer, ActConflict) else answer for answer in batch.answers]


class _Making:
    """What a set of claims needs to know, read once; and the claims made from it, one by one."""

    def __init__(self, town: Town, wanted: Sequence[Wanted], batch: Batch) -> None:
        self._town, self._batch = town, batch
        self._today = village_day(batch.now)
        hosts = {one.activity.host for one in wanted}
        activities = {one.activity.id for one in wanted}
        fresh = Activity.of(town).filter(id__in=activities)
        self._activities = {activity.id: activity for activity in fresh}  # as they are now, not when they were read
        self._terms = InForce(town, hosts)
        self._days = notice_days(town, hosts)
        staff = {who for one in self._activities.values() for who in (one.approved_by, one.published_by) if who}
        self._households = households_of(town, staff)
        self._earned = _earned(town, wanted)
        self._photos = _photos(town, wanted)
        self._made: set[str] = set()

    def draft(self, one: Wanted, *, is_repeat: bool) -> None:
        """The act of one claim."""
        claim: Claim | None = None
        refused: Refusal | None = None
        if not is_repeat and one.key not in self._made:
            try:
                claim = self._claim(one)
            except Refusal as no:
                refused = no
        act = self._batch.act(
            key=one.key,
            verb="claim.make",
            by=one.recorded_by,
            about=one.resident.subject,
            facts=_facts(claim) if claim else {},
            asked=one.asked,
        )
        if refused:
            act.refuse(refused)
        if claim:
            self._made.add(one.key)
            act.creates(_with_its_act(claim))
            for name in _photo_fields(one):
                photo = self._photos[int(one.values[name])]
                act.changes(photo, was={"claim_id": None}, claim_id=claim.id)

    def _claim(self, one: Wanted) -> Claim:
        activity = self._activities[one.activity.id]
        kind, resident = activity.of_kind, one.resident
        if ActivityState(activity.state) not in TAKES_CLAIMS:
            raise NotOpen(state=activity.state)
        if kind.proof == "agreed":
            raise AgreedByBoth()
        self._check_day(activity, one)
        if not resident.has_account:
            raise NoAccount()
        evidence = kind.read(one.values)
        for name in _photo_fields(one):
            found = self._photos.get(int(one.values[name]))
            if found is None or found.resident_id != resident.id or found.claim_id is not None:
                raise EvidenceNotYours()
        version = self._terms.on(activity.host, activity.kind, activity.what, one.happened_on)
        terms = version.terms
        earned = self._earned[resident.id, kind.key]
        points = trim(kind.points(terms, evidence), terms.caps, taken(earned, one.happened_on))
        earned.append(Earned(one.happened_on, points))
        reviewed = wants_review(
            proof=kind.proof,
            confirmed=kind.confirmed,
            grade=one.grade,
            own=one.recorded_by == resident.subject,
            related=self._is_related(activity, resident),
        )
        until = notice_until(self._today, self._days[activity.host])
        return Claim(
            town=self._town, activity=activity, resident=resident, terms=version, host=activity.host,
            kind=kind.key, turn=one.turn, happened_on=one.happened_on, evidence=evidence, grade=one.grade,
            points=points, minutes=kind.minutes(terms, evidence), recorded_by=one.recorded_by,
            state=ClaimState.MADE if reviewed else ClaimState.IN_NOTICE,
            notice_until=None if reviewed else until, made_at=self._batch.now,
        )  # fmt: skip

    def _check_day(self, activity: Activity, one: Wanted) -> None:
        assert one.grade in GRADES
        first, last = village_day(activity.starts_at), village_day(activity.ends_at)
        if not first <= one.happened_on <= last or one.happened_on > self._today:
            raise OutsideDays(first=first.isoformat(), last=last.isoformat())

    def _is_related(self, activity: Activity, resident: Resident) -> bool:
        """Is one of the two who published and approved it of the resident's household?"""
        return any(
            self._households.get(who or 0) == resident.household_id
            for who in (activity.approved_by, activity.published_by)
        )


def _with_its_act(claim: Claim) -> Callable[[int], Claim]:
    def made(act: int) -> Claim:
        claim.made_act = act
        return claim

    return made


def _facts(claim: Claim) -> dict[str, Value]:
    return {
        "claim": str(claim.id), "activity": str(claim.activity_id), "terms": str(claim.terms_id),
        "day": claim.happened_on.isoformat(), "points": claim.points, "minutes": claim.minutes,
        "grade": claim.grade, "state": str(claim.state),
    }  # fmt: skip


def _earned(town: Town, wanted: Sequence[Wanted]) -> dict[tuple[int, str], list[Earned]]:
    """What these residents earned or were promised, of these kinds, in these years."""
    found: dict[tuple[int, str], list[Earned]] = defaultdict(list)
    if not wanted:
        return found
    days = [one.happened_on for one in wanted]
    before = Claim.of(town).filter(
        resident_id__in={one.resident.id for one in wanted},
        kind__in={one.activity.kind for one in wanted},
        happened_on__gte=date(min(days).year, 1, 1),
        happened_on__lt=date(max(days).year + 1, 1, 1),
        state__in=sorted(COUNTS),
    )
    rows = before.values_list("resident_id", "kind", "happened_on", "points")
    for resident, kind, day, points in rows.iterator(chunk_size=10_000):
        found[resident, kind].append(Earned(day, points))
    return found


def _photo_fields(one: Wanted) -> list[str]:
    """The fields of the form that hold the id of a photo."""
    names = [asked.name for asked in one.activity.of_kind.form if isinstance(asked, Photo)]
    return [name for name in names if str(one.values.get(name) or "").isdigit()]


def _photos(town: Town, wanted: Sequence[Wanted]) -> dict[int, Evidence]:
    ids = {int(one.values[name]) for one in wanted for name in _photo_fields(one)}
    if not ids:
        return {}
    return {row.id: row for row in Evidence.of(town).filter(id__in=ids).defer("photo")}


def open_activity_of(town: Town, kind: str, host: int, now: datetime) -> Activity | None:
    """The host's announced activity of a kind that runs now: this month's notices, this quarter's sorting."""
    running = Activity.of(town).filter(kind=kind, host=host, state__in=sorted(TAKES_CLAIMS))
    return running.filter(starts_at__lte=now, ends_at__gte=now).order_by("-starts_at").first()
