"""The board of neighbours' help: asked, offered, agreed by both."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.journal.models import Act
from gongfen.town.models import TownKey, TownModel

MOST_POINTS = 1_000  # hundredths: ten points


class HelpNote(TownModel):
    """Help that a resident asks for or offers, in a line of one's own. Deleted when taken down or over."""

    class Says(models.TextChoices):
        ASKED = "asked"
        OFFERED = "offered"

    village = TownKey("people.Village", models.CASCADE, related_name="+")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    says = models.CharField(max_length=7, choices=Says.choices)
    words = models.CharField(max_length=120)
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["town", "village", "until"], name="help_note_on_board")]


class Help(TownModel):
    """Help between two residents: proposed by one, agreed by the other, and the helped one's points to the giver."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        AGREED = "agreed"
        DONE = "done"
        DECLINED = "declined"

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    giver = TownKey("people.Resident", models.CASCADE, related_name="+")
    taker = TownKey("people.Resident", models.CASCADE, related_name="+")
    proposed_by = models.BigIntegerField()  # subject of one of the two
    points = models.BigIntegerField()  # hundredths of a point
    minutes = models.IntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    happened_on = models.DateField()
    act = TownKey(Act, models.PROTECT, null=True, related_name="+", db_constraint=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="help_two_people", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(name="help_points", condition=Q(points__gt=0, points__lte=MOST_POINTS)),
            models.CheckConstraint(name="help_minutes", condition=Q(minutes__gte=0, minutes__lte=720)),
        ]
        indexes = [
            models.Index(fields=["town", "giver"], name="help_of_giver"),
            models.Index(fields=["town", "taker"], name="help_of_taker"),
        ]
