"""What figures ask of the books."""

from collections.abc import Collection

from django.db import connection

from gongfen.shops.models import Payment
from gongfen.town.models import Town

SOME = 500

# The verb stands in the text, so that both engines see the partial index that was made for it.
_AWARDS = """
SELECT id FROM journal_act
WHERE town_id = %s AND about IN ({subjects}) AND verb = 'claim.award' AND id >= %s AND id <= %s
"""


def awards_among(town: Town, subjects: Collection[int], first: int, last: int) -> list[int]:
    """The ids of the awards to these residents between two acts."""
    found: list[int] = []
    ordered = sorted(subjects)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), SOME):
            some = ordered[start : start + SOME]
            sql = _AWARDS.format(subjects=", ".join(["%s"] * len(some)))
            cursor.execute(sql, [town.id, *some, first, last])
            found += [act for (act,) in cursor.fetchall()]
    return found


def payments_among(town: Town, subjects: Collection[int], first: int, last: int) -> list[int]:
    """The ids of the acts in which these residents paid, between two acts."""
    found: list[int] = []
    ordered = sorted(subjects)
    for start in range(0, len(ordered), SOME):
        rows = Payment.of(town).filter(resident__subject__in=ordered[start : start + SOME])
        found += rows.filter(act_id__gte=first, act_id__lte=last).values_list("act_id", flat=True)
    return found
