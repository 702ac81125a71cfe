"""Surveys: the form, and that a resident answered. What was answered is in the answer box, which knows nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.town.ids import random_id
from gongfen.town.models import TownKey, TownModel


class Survey(TownModel):
    """Questions to residents, alone or attached to another activity. Results exist only once it is closed."""

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80, blank=True, default="")
    questions = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    closes_at = models.DateTimeField()
    pays = models.BooleanField(default=True)  # one attached to another activity pays nothing by itself
    drafted_by = models.BigIntegerField()  # subject
    paper_receipts = models.IntegerField(default=0)  # residents who handed in a slip
    paper_slips = models.IntegerField(default=0)  # slips of the paper box that were typed in: never more

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_slips", condition=Q(paper_slips__gte=0, paper_slips__lte=F("paper_receipts"))
            ),
        ]
        indexes = [models.Index(fields=["town", "activity"], name="survey_of_activity")]


class Answered(TownModel):
    """This resident answered. No content and no moment; a random id, so that rows tell no order. Gone at the close."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    survey = TownKey(Survey, models.CASCADE, related_name="+")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    asked = models.BinaryField(max_length=16)  # a hash of the request's key: the same request again is no second answer

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "survey", "resident"], name="answered_once")]
