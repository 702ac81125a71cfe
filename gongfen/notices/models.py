"""The inbox, where it has read the journal up to, and what each resident wants to be told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.town.models import Town, TownModel


class Mark(models.Model):
    """Up to which number the inbox has followed a town's journal. Locked by the one who follows."""

    town = models.OneToOneField(Town, models.PROTECT, primary_key=True, related_name="+")
    number = models.BigIntegerField(default=0)


class Notice(TownModel):
    """A message to a resident that follows from acts: the code of its text, and numbers and ids to fill it."""

    resident = models.BigIntegerField()  # subject
    code = models.CharField(max_length=40)
    topic = models.CharField(max_length=12)
    facts = models.JSONField(default=dict)
    count = models.IntegerField(default=1)  # how many acts of one step it tells of
    act_number = models.BigIntegerField()  # the last of them
    deliver_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident", "code", "act_number"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["town", "resident", "id"], name="notice_inbox"),
            models.Index(fields=["town", "deliver_at"], name="notice_due", condition=Q(sent_at=None)),
        ]


class Wish(TownModel):
    """What a resident wants of a topic: at once, once a day, or not at all. Without a row: at once, and every way."""

    resident = models.BigIntegerField()  # subject
    topic = models.CharField(max_length=12)
    how = models.CharField(max_length=8)
    in_wechat = models.BooleanField(default=True)  # there too, where one agreed to messages there at all

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident", "topic"], name="wish_once"),
            models.CheckConstraint(name="wish_how", condition=Q(how__in=["at_once", "daily", "never"])),
        ]


class Quiet(TownModel):
    """The hours in which nothing comes to a resident, by the village's clock. Without a row: only the rules' own."""

    resident = models.BigIntegerField()  # subject
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident"], name="quiet_once"),
            models.CheckConstraint(name="quiet_ends", condition=~Q(begins=F("ends"))),
        ]
