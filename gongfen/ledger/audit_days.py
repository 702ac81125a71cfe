"""The sums by day against the transfers they were made from: the same amounts and as many, up to where they follow."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import Sum

from gongfen.journal.models import Act, act_at
from gongfen.ledger.audit import Report, Span
from gongfen.ledger.models import DaySum, SumMark
from gongfen.ledger.queries import number_at
from gongfen.rules.day_sums import KIND_MASK, SIDES, What
from gongfen.rules.notice import HOME, village_day
from gongfen.rules.places import transfer_place

A_MOMENT = timedelta(microseconds=1)


def _is(what: What) -> str:
    sources, target = SIDES[what]
    here = ", ".join(str(kind.value) for kind in sources)
    return f"target_id & {KIND_MASK} = {target.value} AND source_id & {KIND_MASK} IN ({here})"


_COUNTS = ", ".join(
    f"count(*) FILTER (WHERE {_is(what)}), coalesce(sum(amount) FILTER (WHERE {_is(what)}), 0)" for what in SIDES
)
_SUMS = f"SELECT {_COUNTS} FROM ledger_transfer WHERE town_id = %s AND id >= %s AND id < %s"


def check(span: Span, report: Report) -> None:
    """A full audit compares all days; a nightly one those that began after the last audit that passed."""
    mark = SumMark.objects.filter(town=span.town).values_list("number", flat=True).first()
    if mark is None:
        return
    if mark > span.last:
        report.differs("day_sums_ahead", number=mark, last=span.last)
        return
    first_day, before = _beginning(span)
    if before >= mark:
        return
    kept = DaySum.of(span.town).filter(day__gte=first_day) if first_day else DaySum.of(span.town)
    rows = kept.order_by().values_list("what").annotate(count=Sum("count"), amount=Sum("amount"))
    summed = {what: (int(count), int(amount)) for what, count, amount in rows}
    places = [transfer_place(act_at(span.town, number + 1), 0) for number in (before, mark)]
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [span.town.id, *places])
        found = [int(value) for value in cursor.fetchone()]
    for place, what in enumerate(SIDES):
        expected = (found[2 * place], found[2 * place + 1])
        has = summed.get(what.value, (0, 0))
        if has != expected:
            report.differs("day_sums_differ", what=what.value, expected=expected[1], found=has[1])


def _beginning(span: Span) -> tuple[date | None, int]:
    """The first whole day of the span, and the number before its first act."""
    if span.is_full:
        return None, 0
    first = Act.of(span.town).filter(id=span.acts[0]).values_list("written_at", flat=True).first()
    if first is None:
        return None, span.last
    day = village_day(first) + timedelta(days=1)
    return day, number_at(span.town, datetime.combine(day, time(), HOME).astimezone(UTC) - A_MOMENT)
