"""Family helpers: a resident lets another pay for them, up to a sum a day and until a last day."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident
from gongfen.people.queries import Caller
from gongfen.rules.allowances import A_FEN, Allowance
from gongfen.shops import refusals
from gongfen.shops.models import Helper
from gongfen.town.models import Town

LONGEST = timedelta(days=366)


def name_helper(
    resident: Resident, helper: int, *, day_limit: int, until: date, key: str, by: int, now: datetime
) -> Written:
    """Let somebody pay for this resident. `by` is the resident, or staff in a session that the resident agreed to.

    Naming the same helper again replaces limit and last day.
    """
    town, today = resident.town, localdate(now)
    other = Resident.of(town).filter(id=helper, left_at=None).exclude(id=resident.id).first()
    if other is None or not other.has_account or not resident.has_account:
        raise refusals.HelperNotPossible()
    if not today <= until <= today + LONGEST:
        raise refusals.HelperNotPossible()
    if day_limit <= 0 or day_limit % A_FEN or day_limit > Allowance().day:
        raise refusals.LimitNotPossible(limit=Allowance().day)
    with one_batch(town, now) as batch:
        act = batch.act(
            key=key,
            verb="helper.name",
            by=by,
            about=resident.subject,
            facts={"helper": str(other.subject), "day_limit": day_limit, "until": until.isoformat()},
        )
        for old in Helper.of(town).filter(resident=resident, helper=other, ended_at=None):
            act.changes(old, was={"ended_at": None}, ended_at=now)
        act.creates(Helper(town=town, resident=resident, helper=other, day_limit=day_limit, until=until, made_at=now))
    return one(batch.answers)


def end_helper(caller: Caller, helper: int, *, now: datetime) -> Written:
    """Either of the two ends it, at once. Ending twice ends once."""
    return end_help(caller.resident, helper, by=caller.subject, now=now)


def end_help(resident: Resident, helper: int, *, by: int, now: datetime) -> Written:
    """End a help that this resident gives or has. `by` is the resident, or staff in a session that they agreed to."""
    town = resident.town
    with one_batch(town, now) as batch:
        row = Helper.of(town).filter(id=helper).select_related("resident", "helper").first()
        if row is None or resident.id not in (row.resident_id, row.helper_id):
            raise refusals.UnknownHelper()
        act = batch.act(
            key=f"helper/{row.id}/end",
            verb="helper.end",
            by=by,
            about=row.resident.subject,
            facts={"helper": str(row.helper.subject)},
            asked="",
        )
        act.changes(row, was={"ended_at": None}, ended_at=now)
    return one(batch.answers)


def helping_now(town: Town, row: int, helper: Resident, *, today: date) -> Helper:
    """The row by which this helper may pay for another today."""
    found = Helper.of(town).filter(id=row, helper=helper, ended_at=None, until__gte=today).first()
    if found is None:
        raise refusals.HelperEnded()
    return found


def helpers_for(resident: Resident, *, now: datetime) -> list[Helper]:
    """Who may pay for this resident."""
    mine = Helper.of(resident.town_id).filter(resident=resident, ended_at=None, until__gte=localdate(now))
    return list(mine.select_related("helper__household").order_by("id"))


def helpers_of(caller: Caller, *, now: datetime) -> list[Helper]:
    """Who helps this resident, and whom this resident helps."""
    today = localdate(now)
    mine = Helper.of(caller.town).filter(ended_at=None, until__gte=today)
    both = mine.filter(resident=caller.resident) | mine.filter(helper=caller.resident)
    return list(both.select_related("resident", "helper").order_by("id"))
