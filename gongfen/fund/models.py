"""Money received, and what it was given for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongfen.rules.posting import Address, Kind
from gongfen.town.ids import new_subject
from gongfen.town.models import TownKey, TownModel


class Earmark(TownModel):
    """Money given for one purpose: an order for labor, a programme. Its account is `earmark` of its subject."""

    host = models.BigIntegerField()  # subject of the town or village that keeps it
    subject = models.BigIntegerField(default=new_subject)
    name = models.CharField(max_length=80)
    donor = models.CharField(max_length=80)  # an organisation; a person who gives may be named "一位村民"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "subject"], name="earmark_subject"),
            models.UniqueConstraint(fields=["town", "host", "name"], name="earmark_name"),
        ]

    @property
    def address(self) -> Address:
        return Address(Kind.EARMARK, self.subject)

    def __str__(self) -> str:
        return self.name


class SlipState(models.TextChoices):
    RECORDED = "recorded"
    APPROVED = "approved"
    REFUSED = "refused"


class Slip(TownModel):
    """Money on the town's bank account, by the bank's slip: recorded by the treasurer, approved by the supervisor."""

    host = models.BigIntegerField()  # subject of the town or village that it is for
    number = models.CharField(max_length=40)  # the bank's
    donor = models.CharField(max_length=80)
    money = models.BigIntegerField()  # hundredths of a fen
    earmark = TownKey(Earmark, models.PROTECT, null=True, blank=True, related_name="slips")
    received_on = models.DateField()
    recorded_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=SlipState, default=SlipState.RECORDED)
    act_id = models.BigIntegerField(null=True)  # the act that moved the money

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="slip_number"),
            models.CheckConstraint(name="slip_positive", condition=Q(money__gt=0)),
            models.CheckConstraint(
                name="slip_two_people", condition=Q(approved_by=None) | ~Q(approved_by=models.F("recorded_by"))
            ),
        ]
