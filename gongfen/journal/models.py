"""The journal: every act of a town, numbered without gaps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongfen.rules.places import number_of, place
from gongfen.town.models import Town, TownModel


class TownHead(models.Model):
    """The end of a town's number line. Its row is the lock, the order and the fence of everything that is written."""

    town = models.OneToOneField(Town, models.PROTECT, primary_key=True, related_name="+")
    last = models.BigIntegerField(default=0)


class Act(TownModel):
    """One thing that was done, once. Append-only. Its id is its place: the town's code and the act's number."""

    id = models.BigIntegerField(primary_key=True, editable=False)
    # Its town is proved by the head row that every batch holds: no check row by row.
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.CharField(max_length=120)
    asked = models.BinaryField(
        max_length=16
    )  # a hash of the request as sent: the same key for something else is refused
    verb = models.CharField(max_length=40)
    by = models.BigIntegerField()  # subject of who did it
    about = models.BigIntegerField()  # subject of whom or what it is about
    facts = models.JSONField(default=dict)  # numbers and ids, never names, texts or photos
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()

    is_new: ClassVar[bool] = True  # False on an act that answers a repeat

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "key"], name="act_once"),
            models.CheckConstraint(name="act_not_of_the_future", condition=Q(happened_at__lte=models.F("written_at"))),
        ]
        indexes = [  # what was awarded to whom: standing is read from here, and kept nowhere else
            models.Index(fields=["town", "about", "id"], name="act_award_of", condition=Q(verb="claim.award")),
        ]

    @property
    def number(self) -> int:
        """Its place in its town's order, from 1, without gaps."""
        return number_of(self.id)

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AnsweredKey(TownModel):
    """What a write without an act was answered, for a week. Only who sent the request can find or open it."""

    name_hash = models.BinaryField(max_length=16)
    asked = models.BinaryField(max_length=16)
    sealed_answer = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "name_hash"], name="key_answered_once")]
        indexes = [models.Index(fields=["town", "written_at"], name="key_answered_when")]

    def __str__(self) -> str:
        return f"answered at {self.written_at}"


def act_at(town: Town, number: int) -> int:
    """The id of the town's act with this number."""
    return place(town.code, number)
