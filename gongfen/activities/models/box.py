"""The answer box. Nothing here has a key to people, a moment, or an id that tells an order."""

from __future__ import annotations

from django.db import models

from gongfen.town.ids import random_id
from gongfen.town.models import TownKey, TownModel


class Envelope(TownModel):
    """One sealed set of answers, all of the same size, waiting for the close. Only the server's secret opens it."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    survey = TownKey("activities.Survey", models.CASCADE, related_name="+")
    sealed = models.BinaryField()


class BoxSlip(TownModel):
    """One answer to one question. Nothing says which other answers the same person gave."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    survey = TownKey("activities.Survey", models.CASCADE, related_name="+")
    question = models.CharField(max_length=40)
    answer = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["town", "survey", "question"], name="box_slip_of_question")]


class SlipPile(TownModel):
    """Paper slips that one person typed, until a second one typed the same: sealed like the box, then in it or gone."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    survey = TownKey("activities.Survey", models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    count = models.SmallIntegerField()
    typed_by = models.BigIntegerField()  # subject: of staff, who types what nobody signed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "survey"], name="slip_pile_one")]
