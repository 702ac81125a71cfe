"""One's own quiet hours: what would come in them waits for their end. The night of the rules stays quiet as well."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from gongfen.notices.models import Notice, Quiet
from gongfen.people.models import Resident
from gongfen.rules.notice import HOME
from gongfen.rules.quiet import Hours
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MANY = 5_000


class QuietHoursEmpty(Refusal):
    """Quiet hours begin and end at different times."""

    code = "quiet_hours_empty"


def quiet_of(resident: Resident) -> Hours | None:
    """The hours in which nothing comes to this resident; None where none were chosen."""
    return quiet_hours(resident.town, [resident.subject]).get(resident.subject)


def quiet_hours(town: Town, people: Iterable[int]) -> dict[int, Hours]:
    """The quiet hours of those subjects who chose some."""
    wanted = list(people)
    rows = Quiet.of(town)
    if len(wanted) < MANY:
        rows = rows.filter(resident__in=wanted)
    return {row.resident: Hours(row.begins, row.ends) for row in rows}


def rest(resident: Resident, begins: time, ends: time, *, now: datetime) -> None:
    """Choose the hours in which nothing comes. What waits to come in them waits longer. Choosing the same is fine."""
    if begins == ends:
        raise QuietHoursEmpty()
    town, hours = resident.town, Hours(begins, ends)
    with transaction.atomic():
        fresh = Quiet(town=town, resident=resident.subject, begins=begins, ends=ends)
        Quiet.objects.bulk_create([fresh], ignore_conflicts=True)
        Quiet.of(town).filter(resident=resident.subject).update(begins=begins, ends=ends)
        waiting = Notice.of(town).filter(resident=resident.subject, sent_at=None, deliver_at__gt=now)
        for notice in waiting.order_by("id"):
            when = hours.over(notice.deliver_at.astimezone(HOME))
            waiting.filter(id=notice.id).exclude(deliver_at=when).update(deliver_at=when)


def rest_no_more(resident: Resident) -> None:
    """Nothing but the night is quiet again."""
    Quiet.of(resident.town_id).filter(resident=resident.subject).delete()
