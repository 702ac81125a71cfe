"""Drafting an activity, and the second person who approves it with its budget."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.form import called, plain_text
from gongfen.activities.models import Activity
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import ORGANISER, SUPERVISOR, check_other, check_role, village_of
from gongfen.fund.models import Earmark
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.changes import ChangedMeanwhile
from gongfen.people.models import Resident
from gongfen.rules.claim_states import ACTIVITY, ActivityState, step
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

LONGEST = timedelta(days=370)
LENGTHS = {"title": 60, "title_en": 120, "text": 4_000, "place": 60, "paper_path": 100, "payer": 60}
MOST_PLACES = 100_000
MOST_BUDGET = 1_000_000_000  # hundredths of a point


class UnknownActivity(Refusal):
    """There is no such activity."""

    code = "unknown_activity"


class ActivityWrong(Refusal):
    """A part of the announcement is missing or cannot be. `field` says which."""

    code = "activity_wrong"


class ActivityPast(Refusal):
    """An activity is announced before it ends: points for what nobody announced do not exist."""

    code = "activity_past"


class PaperPathMissing(Refusal):
    """Every activity says how one takes part without a phone."""

    code = "paper_path_missing"


class OrderMissing(Refusal):
    """Paid labor names who pays, how much for a standard day, and the order's own money."""

    code = "order_missing"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What people read before they take part. Money in hundredths of a fen, points in hundredths of a point."""

    kind: str
    what: str
    title: str
    starts_at: datetime
    ends_at: datetime
    budget_points: int = 0
    title_en: str = ""
    text: str = ""
    place: str = ""
    places: int | None = None
    reserved_places: int = 0
    paper_path: str = ""
    payer: str = ""
    pay_money: int = 0
    pay_minutes: int = 0
    earmark: int | None = None  # id of the earmark that the money comes from


def check_announcement(told: Announcement, now: datetime) -> dict[str, str]:
    """Its texts, trimmed; or the refusal that names what is wrong."""
    texts = {name: plain_text(name, getattr(told, name), longest=longest) for name, longest in LENGTHS.items()}
    if not texts["title"]:
        raise ActivityWrong(**called("title"))
    if told.starts_at.tzinfo is None or told.ends_at.tzinfo is None:
        raise ActivityWrong(**called("times"))
    if not told.starts_at < told.ends_at <= told.starts_at + LONGEST:
        raise ActivityWrong(**called("times"))
    if told.ends_at <= now:
        raise ActivityPast(ended_at=told.ends_at.isoformat())
    if told.places is not None and not 1 <= told.places <= MOST_PLACES:
        raise ActivityWrong(**called("places"))
    if not 0 <= told.reserved_places <= (told.places or 0):
        raise ActivityWrong(**called("reserved_places"))
    if not 0 <= told.budget_points <= MOST_BUDGET:
        raise ActivityWrong(**called("budget_points"))
    if not texts["paper_path"]:
        raise PaperPathMissing()
    if told.what == "paid" and (told.earmark is None or not texts["payer"] or told.pay_money <= 0):
        raise OrderMissing()
    if min(told.pay_money, told.pay_minutes) < 0 or told.pay_minutes > 24 * 60 or told.pay_money > MOST_BUDGET * 100:
        raise ActivityWrong(**called("pay"))
    return texts


def find(town: Town, activity_id: int) -> Activity:
    """The activity, with its terms and village, or the refusal that there is none."""
    found = Activity.of(town).filter(id=activity_id).select_related("terms", "village").first()
    if found is None:
        raise UnknownActivity()
    return found


def draft_activity(by: Resident, host: int, told: Announcement, *, now: datetime, key: str | None = None) -> Activity:
    """An organiser drafts an activity: nothing is promised yet. The same `key` again is the same draft."""
    town = by.town
    check_role(by, host, ORGANISER, SUPERVISOR)
    village = village_of(town, host)
    kind_of(told.kind)
    with one_batch(town, now) as batch:
        activity = Activity(
            town=town, host=host, village=village, kind=told.kind, what=told.what, drafted_by=by.subject,
            drafted_at=batch.now, **_written(town, host, told, batch.now),
        )  # fmt: skip
        act = batch.act(
            key=f"draft/{key or activity.id}",
            verb="activity.draft",
            by=by.subject,
            about=host,
            facts={"activity": str(activity.id), "kind": told.kind, "what": told.what, "points": told.budget_points},
            asked=_digest(told),
        )
        act.creates(activity)
    return find(town, int(one(batch.answers).facts["activity"]))


def edit_activity(by: Resident, activity_id: int, told: Announcement, *, now: datetime, key: str) -> Written:
    """Write a draft anew, in place. Whoever writes answers for all its words: another person approves them, and what
    was approved before is approved again. The same `key` again is the same writing."""
    town = by.town
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        check_role(by, activity.host, ORGANISER, SUPERVISOR)
        if (told.kind, told.what) != (activity.kind, activity.what):
            raise ActivityWrong(**called("what"))
        act = batch.act(
            key=f"draft/{activity.id}/{key}",
            verb="activity.edit",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id), "points": told.budget_points},
            asked=_digest(told),
        )
        act.asks(lambda: may_edit(activity, by))
        terms = _written(town, activity.host, told, batch.now)
        terms["terms_id"] = terms.pop("terms").id
        act.changes(
            activity, was={"state": activity.state, "drafted_at": activity.drafted_at}, state=ActivityState.DRAFT,
            drafted_by=by.subject, drafted_at=batch.now, approved_by=None, approved_at=None, **terms,
        )  # fmt: skip
    return one(batch.answers)


def _written(town: Town, host: int, told: Announcement, now: datetime) -> dict[str, Any]:
    """The columns that an announcement fills, its terms among them; or the refusal that names what is wrong."""
    texts = check_announcement(told, now)
    earmark = _earmark(town, host, told.earmark)
    return {
        "terms": InForce(town, [host]).on(host, told.kind, told.what, village_day(told.starts_at)),
        "starts_at": told.starts_at, "ends_at": told.ends_at, "places": told.places,
        "reserved_places": told.reserved_places, "pay_money": told.pay_money, "pay_minutes": told.pay_minutes,
        "earmark": earmark.subject if earmark else None, "budget_points": told.budget_points, **texts,
    }  # fmt: skip


def _digest(told: Announcement) -> str:
    return blake2b(repr(sorted(asdict(told).items())).encode(), digest_size=16).hexdigest()


def _earmark(town: Town, host: int, earmark: int | None) -> Earmark | None:
    if earmark is None:
        return None
    found = Earmark.of(town).filter(id=earmark, host=host).first()
    if found is None:
        raise OrderMissing()
    return found


def approve_activity(by: Resident, activity_id: int, *, now: datetime, drafted_at: datetime | None = None) -> Written:
    """A supervisor of another household approves the activity, its words and its budget.

    `drafted_at` says which writing was read: where it was written anew since, nothing is approved.
    """
    town = by.town
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        check_role(by, activity.host, SUPERVISOR)
        if drafted_at is not None and drafted_at != activity.drafted_at:
            raise ChangedMeanwhile()
        act = batch.act(
            key=f"approve_activity/{activity.id}/{activity.drafted_at.astimezone(UTC):%Y%m%d%H%M%S%f}",
            verb="activity.approve",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id), "points": activity.budget_points},
        )
        act.asks(lambda: may_step(activity, "approve", by, activity.drafted_by))
        act.changes(
            activity, was={"state": ActivityState.DRAFT}, state=ActivityState.APPROVED,
            approved_by=by.subject, approved_at=batch.now,
        )  # fmt: skip
    return one(batch.answers)


def may_step(activity: Activity, verb: str, by: Resident, *before: int | None) -> Refusal | None:
    """Why this person cannot take this step now; None when they can."""
    try:
        step(ACTIVITY, ActivityState(activity.state), verb)
        check_other(by, *before)
    except Refusal as no:
        return no
    return None


def may_edit(activity: Activity, by: Resident) -> Refusal | None:
    """Why this person cannot write it anew; a draft is open to its organisers until it is announced."""
    return None if activity.state == ActivityState.DRAFT else may_step(activity, "edit", by)


def drop_activity(by: Resident, activity_id: int, *, now: datetime) -> Written:
    """A draft that nobody will publish goes away; nobody has been promised anything."""
    town = by.town
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        check_role(by, activity.host, ORGANISER, SUPERVISOR)
        act = batch.act(
            key=f"drop/{activity.id}",
            verb="activity.drop",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id)},
        )
        act.asks(lambda: may_step(activity, "drop", by))
        act.changes(activity, was={"state": activity.state}, state=ActivityState.DROPPED)
    return one(batch.answers)
