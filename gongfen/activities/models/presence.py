"""Places, the key of the rotating code, who was there from when to when, and paper sheets.

Sign-ups are deleted when their activity closes: who signed up and did not come is then stored nowhere.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongfen.town.ids import random_id
from gongfen.town.models import TownKey, TownModel

KEY_BYTES = 32


def new_key() -> bytes:
    """A fresh key for one activity's rotating code."""
    return secrets.token_bytes(KEY_BYTES)


class SignUp(TownModel):
    """An activity's places: how many are left for anyone, and how many for people without phones."""

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    places = models.IntegerField()
    reserved = models.IntegerField(default=0)  # of these places, only for people without phones
    free = models.IntegerField()  # open places that nobody has
    free_reserved = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)  # the lot was drawn, or all who asked got a place
    passed_on_at = models.DateTimeField(null=True)  # unconfirmed places were passed on
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "activity"], name="sign_up_once"),
            models.CheckConstraint(name="sign_up_places", condition=Q(reserved__gte=0, places__gte=F("reserved"))),
            models.CheckConstraint(name="sign_up_free", condition=Q(free__gte=0, free_reserved__gte=0)),
        ]


class Place(TownModel):
    """A resident who asked for a place. Cancelling and closing delete the row."""

    class State(models.TextChoices):
        ASKED = "asked"
        WAITING = "waiting"
        HAS_PLACE = "has_place"
        RECONFIRMED = "reconfirmed"

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    slip = models.BigIntegerField(default=random_id)  # what the lot draws; means nothing once the row is gone
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    without_phone = models.BooleanField(default=False)
    is_reserved = models.BooleanField(default=False)
    turn = models.IntegerField(default=0)  # place in the waiting line, from 1

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "activity", "resident"], name="place_once"),
            models.CheckConstraint(
                name="place_reserved", condition=Q(is_reserved=False) | Q(without_phone=True, turn=0)
            ),
        ]
        indexes = [models.Index(fields=["town", "resident"], name="place_of_resident")]


class CodeKey(TownModel):
    """The key of an activity's rotating code. The leader's phone holds it to show the code without network."""

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=KEY_BYTES, default=new_key)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "activity"], name="code_key_once")]


class WrongTries(TownModel):
    """How often in a row a device sent six wrong digits: it has to wait longer each time, up to a minute."""

    device = models.BigIntegerField()  # a device's or resident's id; slows, and says nothing else
    tries = models.IntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "device"], name="wrong_tries_once")]


class Presence(TownModel):
    """A resident was there: in, and later out. What it is believed for stays with it for ever."""

    class Grade(models.TextChoices):
        MACHINE = "machine"  # the resident's own check-in
        WITNESSED = "witnessed"  # the leader or a photographed sheet, and a second person
        TYPED = "typed"  # one person wrote it

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)
    grade = models.CharField(max_length=9, choices=Grade.choices)
    is_late = models.BooleanField(default=False)  # a code came more than five minutes late: typed until confirmed
    recorded_by = models.BigIntegerField()  # subject: the resident for an own check-in, else who wrote it
    confirmed_by = models.BigIntegerField(null=True)  # subject of a second person

    is_new: ClassVar[bool] = True  # False where it answers a repeat

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "activity", "resident", "in_at"], name="presence_once"),
            models.UniqueConstraint(
                fields=["town", "activity", "resident"], condition=Q(out_at=None), name="presence_one_open"
            ),
            models.CheckConstraint(name="presence_in_order", condition=Q(out_at=None) | Q(out_at__gte=F("in_at"))),
            models.CheckConstraint(
                name="presence_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="presence_witnessed", condition=~Q(grade="witnessed") | Q(confirmed_by__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["town", "resident", "in_at"], name="presence_of_resident")]


class Sheet(TownModel):
    """A paper sheet of an activity: printed, photographed, typed in, and seen by a second person."""

    class State(models.TextChoices):
        PRINTED = "printed"
        PHOTOGRAPHED = "photographed"
        TYPED = "typed"
        DONE = "done"

    activity = TownKey("activities.Activity", models.CASCADE, related_name="+")
    slip = models.CharField(max_length=8)  # printed on the sheet
    state = models.CharField(max_length=12, choices=State.choices, default=State.PRINTED)
    photo = models.BigIntegerField(null=True)  # id of the evidence
    typed_by = models.BigIntegerField(null=True)  # subject
    checked_by = models.BigIntegerField(null=True)  # subject of the second person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "slip"], name="sheet_slip"),
            models.CheckConstraint(
                name="sheet_two_people", condition=Q(checked_by=None) | ~Q(checked_by=F("typed_by"))
            ),
            models.CheckConstraint(name="sheet_photographed", condition=Q(state="printed") | Q(photo__isnull=False)),
        ]


class SheetLine(TownModel):
    """One line of a sheet as one person read it. Two readings that agree need no third eye."""

    sheet = TownKey(Sheet, models.CASCADE, related_name="lines")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    typed_by = models.BigIntegerField()  # subject
    in_at = models.DateTimeField()
    out_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "sheet", "resident", "typed_by"], name="sheet_line_once"),
            models.CheckConstraint(name="sheet_line_in_order", condition=Q(out_at__gte=F("in_at"))),
        ]
