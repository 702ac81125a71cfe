"""Publishing sets the money aside before the work begins; closing gives back what was not needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Sum

from gongfen.activities.at_close import forget
from gongfen.activities.attendance import CONFIRM_WITHIN, claim_presences
from gongfen.activities.drafting import Announcement, find, may_step
from gongfen.activities.kinds.form import FieldOutOfRange, called
from gongfen.activities.kinds.terms import most_of
from gongfen.activities.models import Activity, Claim, Presence, TermsVersion
from gongfen.activities.who import ORGANISER, SUPERVISOR, check_role
from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Answer, one, one_batch
from gongfen.ledger.queries import balance_of
from gongfen.people.models import Resident
from gongfen.rules.caps import check_reading_share
from gongfen.rules.claim_states import TAKES_CLAIMS, UNDECIDED, ActivityState, ClaimState
from gongfen.rules.notice import APPEAL_WITHIN, village_day
from gongfen.rules.posting import Address, Kind, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MOST_METRES = 100_000  # of one activity
IN_YEAR = (ActivityState.PUBLISHED, ActivityState.OPEN, ActivityState.CLOSED)


class BudgetTooSmall(Refusal):
    """The budget does not cover everyone who has a place. `points` and `money` are what is missing."""

    code = "budget_too_small"


class StillUndecided(Refusal):
    """Claims wait, are in notice, or may still be appealed: the budget stays until then."""

    code = "still_undecided"


def source_of(activity: Activity) -> Address:
    """Where the budget comes from, and where the rest of it goes: the host's fund, or the order's earmark."""
    return moves.fund(activity.host) if activity.earmark is None else Address(Kind.EARMARK, activity.earmark)


def needed_points(activity: Activity) -> int:
    """The least budget (hundredths of a point): everyone's due where places are limited, else one unit of the terms."""
    terms: TermsVersion = activity.terms
    if activity.places is None:
        return terms.points
    length = activity.ends_at - activity.starts_at
    days = (village_day(activity.ends_at) - village_day(activity.starts_at)).days + 1
    minutes = length // timedelta(minutes=1)
    return most_of(terms.terms, minutes=minutes, days=days) * activity.places


def with_enough(told: Announcement, terms: TermsVersion) -> Announcement:
    """The same announcement with the least budget that may be published: enough for everyone who has a place."""
    planned = Activity(terms=terms, places=told.places, starts_at=told.starts_at, ends_at=told.ends_at)
    return replace(told, budget_points=needed_points(planned))


def publish_activity(by: Resident, activity_id: int, *, now: datetime) -> Written:
    """Announce an approved activity: its budget moves from the fund now, or it is refused by how much is short."""
    town = by.town
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        check_role(by, activity.host, ORGANISER, SUPERVISOR)
        open_accounts(town, [moves.budget(activity.subject)])
        source, money = source_of(activity), moves.worth(town, activity.budget_points)
        act = batch.act(
            key=f"publish/{activity.id}",
            verb="activity.publish",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id), "points": activity.budget_points, "money": money},
        )
        act.asks(lambda: may_step(activity, "publish", by, activity.approved_by))
        act.asks(lambda: _budget_fits(town, activity))
        act.moves_from(
            lambda read: _covered(read, source, moves.set_aside(source, activity.subject, money), money),
            touching=[source, moves.budget(activity.subject)],
        )
        act.changes(
            activity, was={"state": ActivityState.APPROVED}, state=ActivityState.PUBLISHED,
            published_by=by.subject, published_at=batch.now, budget_money=money,
        )  # fmt: skip
    return one(batch.answers)


def _covered(read: Callable[[Address], int], source: Address, wanted: list[Move], money: int) -> list[Move]:
    short = money - read(source)
    if short > 0:
        raise moves.FundShort(missing=short)
    return wanted


def _budget_fits(town: Town, activity: Activity) -> Refusal | None:
    short = needed_points(activity) - activity.budget_points
    if short > 0:
        return BudgetTooSmall(points=short, money=moves.worth(town, short), needed=needed_points(activity))
    if activity.kind != "article" or activity.budget_points == 0:
        return None
    year = village_day(activity.starts_at).year
    of_year = Activity.of(town).filter(host=activity.host, state__in=IN_YEAR, starts_at__year=year)
    totals = dict(of_year.order_by().values_list("kind").annotate(points=Sum("budget_points")))
    able = balance_of(town, moves.fund(activity.host)) // town.par if town.par else 0
    try:
        check_reading_share(
            reading=totals.get("article", 0) + activity.budget_points,
            published=sum(totals.values()) + activity.budget_points,
            able=max(able - activity.budget_points, 0),
        )
    except Refusal as no:
        return no
    return None


def add_budget(by: Resident, activity_id: int, points: int, *, key: str, now: datetime) -> Written:
    """More came than was planned: a supervisor of another household than the publisher's adds to the budget."""
    town = by.town
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        check_role(by, activity.host, SUPERVISOR)
        source, money = source_of(activity), moves.worth(town, points)
        act = batch.act(
            key=f"add_budget/{activity.id}/{key}",
            verb="activity.add_budget",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id), "points": points, "money": money},
        )
        act.asks(lambda: may_step(activity, "close", by, activity.published_by))
        act.asks(lambda: None if points > 0 else BudgetTooSmall(points=-points, money=0, needed=0))
        act.moves_from(
            lambda read: _covered(read, source, moves.set_aside(source, activity.subject, money), money),
            touching=[source, moves.budget(activity.subject)],
        )
        act.changes(activity, was={"state": activity.state}, adds={"budget_points": points, "budget_money": money})
    return one(batch.answers)


def open_due(town: Town, *, now: datetime) -> list[Answer]:
    """What has begun is open. By the clock; opening twice opens once."""
    with one_batch(town, now) as batch:
        due = Activity.of(town).filter(state=ActivityState.PUBLISHED, starts_at__lte=batch.now)
        for activity in due.order_by("starts_at", "id"):
            act = batch.act(
                key=f"open/{activity.id}",
                verb="activity.open",
                by=town.subject,
                about=activity.host,
                facts={"activity": str(activity.id)},
            )
            act.changes(activity, was={"state": ActivityState.PUBLISHED}, state=ActivityState.OPEN)
    return batch.answers


def undecided(town: Town, activity: Activity, today_at: datetime) -> int:
    """How many claims of the activity may still cost something: undecided ones, and a no that may be appealed."""
    claims = Claim.of(town).filter(activity=activity)
    waiting = claims.filter(state__in=sorted(UNDECIDED)).count()
    since = today_at - timedelta(days=APPEAL_WITHIN + 1)
    fresh_no = claims.filter(state=ClaimState.REFUSED, decided_at__gt=since)
    return waiting + fresh_no.count()


def close_activity(by: Resident, activity_id: int, *, now: datetime, metres: int | None = None) -> Written:
    """Close an activity in which nothing is open: the rest goes back, and who signed up is forgotten.

    Whoever was there has their claim before anything is forgotten. `metres` of road or ditch that were made together.
    """
    if metres is not None and not 0 < metres <= MOST_METRES:
        raise FieldOutOfRange(**called("metres"), least=1, most=MOST_METRES)
    town = by.town
    activity = find(town, activity_id)
    check_role(by, activity.host, ORGANISER, SUPERVISOR)
    if now - activity.ends_at >= CONFIRM_WITHIN and ActivityState(activity.state) in TAKES_CLAIMS:
        claim_presences(activity, now=now, as_typed=True)
    with one_batch(town, now) as batch:
        activity = find(town, activity_id)
        budget = moves.budget(activity.subject)
        rest = balance_of(town, budget)
        act = batch.act(
            key=f"close/{activity.id}",
            verb="activity.close",
            by=by.subject,
            about=activity.host,
            facts={"activity": str(activity.id), "money": rest} | ({"metres": metres} if metres else {}),
            asked="",
        )
        act.asks(lambda: may_step(activity, "close", by))
        act.asks(lambda: _nothing_open(town, activity, batch.now))
        act.moves(*moves.give_back(activity.subject, source_of(activity), rest))
        act.changes(
            activity, was={"state": activity.state}, state=ActivityState.CLOSED, closed_at=batch.now, metres=metres
        )
        act.then(lambda: forget(town, activity))
    return one(batch.answers)


def _nothing_open(town: Town, activity: Activity, now: datetime) -> Refusal | None:
    left = undecided(town, activity, now)
    if now - activity.ends_at < CONFIRM_WITHIN:
        left += _there_without_a_claim(town, activity)
    return StillUndecided(claims=left) if left else None


def _there_without_a_claim(town: Town, activity: Activity) -> int:
    """How many came, left, and have no claim yet: the leader may still confirm them."""
    claimed = Claim.of(town).filter(activity=activity).values_list("resident_id", flat=True)
    there = Presence.of(town).filter(activity=activity, out_at__isnull=False)
    return there.exclude(resident_id__in=list(claimed)).values("resident_id").distinct().count()
