"""What is said about the roster: an objection to a group's additions of a quarter, and its answer (R36)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongfen.town.models import TownKey, TownModel


class RosterObjection(TownModel):
    """These people do not live here: said by a resident, answered by a supervisor of another household."""

    group = TownKey("people.Group", models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)  # 2026Q4
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    said = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open, right, unfounded
    answer = models.CharField(max_length=200, blank=True, default="")
    decided_by = models.BigIntegerField(null=True)  # subject
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "group", "quarter", "resident"], name="roster_objection_once"),
            models.CheckConstraint(
                name="roster_objection_answered", condition=Q(state="open") | Q(decided_by__isnull=False)
            ),
        ]
