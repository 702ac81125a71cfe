"""What is said about a claim: photos, objections, appeals, reversals; and a host's rules for its reviewers."""

from django.db import models
from django.db.models import F, Q

from gongfen.activities.models.core import Claim
from gongfen.people.models import Resident
from gongfen.rules.review import DAILY_BUDGET, SECOND_LOOK_FROM
from gongfen.town.models import TownKey, TownModel


class Evidence(TownModel):
    """A photo, made anew from its pixels: no place, no camera, no time in it. Seen only by who decides."""

    resident = TownKey(Resident, models.PROTECT, related_name="+")  # who may use it in a claim
    claim = TownKey(Claim, models.PROTECT, null=True, related_name="+", db_constraint=False)  # written after it
    uploaded_by = models.BigIntegerField()  # subject
    uploaded_at = models.DateTimeField()
    width = models.SmallIntegerField()
    height = models.SmallIntegerField()
    photo = models.BinaryField()  # JPEG


class Objection(TownModel):
    """That is not right: by any resident, during the notice. It stops one line only."""

    claim = TownKey(Claim, models.PROTECT, related_name="+")
    resident = TownKey(Resident, models.PROTECT, related_name="+")
    said = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)  # after the award: it stops nothing, a ruling may reverse
    state = models.CharField(max_length=10, default="open")  # open, upheld, dismissed
    decided_by = models.BigIntegerField(null=True)  # subject
    act = models.BigIntegerField(null=True)  # the act of the ruling

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "claim", "resident"], name="objection_once"),
        ]


class Appeal(TownModel):
    """Please look again: decided by a third person in time, or granted by the clock."""

    claim = TownKey(Claim, models.PROTECT, related_name="+")
    said = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    answer_until = models.DateField()  # the last day on which it can be refused
    state = models.CharField(max_length=10, default="open")  # open, granted, refused, overdue (granted by the clock)
    decided_by = models.BigIntegerField(null=True)  # subject
    act = models.BigIntegerField(null=True)  # the act of the answer

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "claim"], name="appeal_once")]
        indexes = [
            models.Index(fields=["town", "answer_until", "id"], condition=Q(state="open"), name="appeal_waits"),
        ]


class Reversal(TownModel):
    """A wrong award is put right: asked by staff, and nothing moves before the owner says yes or a ruling stands."""

    claim = TownKey(Claim, models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    asked_by = models.BigIntegerField()  # subject
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="asked")  # asked, agreed, declined, ruled
    objection = TownKey(Objection, models.PROTECT, null=True, related_name="+")  # whose ruling stands behind it
    act = models.BigIntegerField(null=True)  # the act that moved the points

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "claim"], condition=~Q(state="declined"), name="reversal_once"),
        ]


class ReviewRules(TownModel):
    """How much a host's reviewers may approve in a day, and what two of them look at: from so many points on, and
    whatever their number, these kinds."""

    host = models.BigIntegerField()  # subject
    daily_budget = models.BigIntegerField(default=DAILY_BUDGET)
    second_look_from = models.BigIntegerField(default=SECOND_LOOK_FROM)
    second_look_kinds = models.CharField(max_length=200, default="")  # their keys, a space between

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "host"], name="review_rules_of_host"),
            models.CheckConstraint(name="review_rules_some", condition=Q(daily_budget__gte=0, second_look_from__gte=1)),
        ]


class ReviewRulesWish(TownModel):
    """Other rules for a host's reviewers: asked by one, in force when another, of another household, agrees."""

    host = models.BigIntegerField()  # subject
    daily_budget = models.BigIntegerField()
    second_look_from = models.BigIntegerField()
    second_look_kinds = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=10, default="asked")  # asked, agreed, dropped
    asked_by = models.BigIntegerField()  # subject
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)  # subject

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "host"], condition=Q(state="asked"), name="review_rules_one_wish"),
            models.CheckConstraint(name="review_wish_some", condition=Q(daily_budget__gte=0, second_look_from__gte=1)),
            models.CheckConstraint(
                name="review_wish_two_people", condition=~Q(state="agreed") | ~Q(decided_by=F("asked_by"))
            ),
        ]
