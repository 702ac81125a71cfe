"""What the village office keeps: who leaves, who acts for whom, who wishes for which role, and staff's known phones."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from gongfen.town.models import TownKey, TownModel

SLIP_DIGITS = 10


def new_slip() -> int:
    """A number to be printed on a slip: ten digits, the first not a nought, and nothing else in it."""
    first = int("1" + "0" * (SLIP_DIGITS - 1))
    return first + secrets.randbelow(9 * first)


class LeavingState(models.TextChoices):
    """Asked, taken back by who asked, or gone: erased by the clock."""

    ASKED = "asked"
    STAYED = "stayed"
    GONE = "gone"


class Leaving(TownModel):
    """Somebody leaves. The row outlives the person: with the slip's number, whoever holds it is paid what is owed."""

    resident = TownKey("people.Resident", models.PROTECT, related_name="+")
    asked_by = models.BigIntegerField()  # subject: the resident, a guardian, or the clerk of a session
    asked_at = models.DateTimeField()
    erase_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=LeavingState, default=LeavingState.ASKED)
    slip = models.BigIntegerField(default=new_slip)
    owed = models.BigIntegerField(default=0)  # hundredths of a fen, on its way out
    prepared_by = models.BigIntegerField(null=True)  # subject of who paid it out and waits for a second

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "slip"], name="leaving_slip"),
            models.UniqueConstraint(fields=["town", "resident"], name="leaving_once", condition=Q(state="asked")),
            models.CheckConstraint(name="leaving_owed", condition=Q(owed__gte=0)),
        ]
        indexes = [models.Index(fields=["town", "state", "erase_at"], name="leaving_due")]


class HelperSession(TownModel):
    """A clerk acts for a resident, for half an hour, with the resident's consent. Gone when the resident is erased."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    by = models.BigIntegerField()  # subject of the clerk
    how = models.CharField(max_length=8)  # how the resident agreed: on the own phone, by a signature on paper
    opened_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "by"], name="session_one_a_clerk", condition=Q(ended_at=None)),
        ]
        indexes = [models.Index(fields=["town", "resident", "id"], name="session_of_resident")]


class Deed(TownModel):
    """One thing that was done in a session: which, and about what. The resident has it on the receipt."""

    session = TownKey(HelperSession, models.DO_NOTHING, related_name="deeds")
    what = models.CharField(max_length=20)
    row = models.BigIntegerField(default=0)
    done_at = models.DateTimeField()


class RoleWish(TownModel):
    """A role to be given or ended, until a second person of another household says yes or no."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    village = TownKey("people.Village", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=12)
    gives = models.BooleanField()
    asked_by = models.BigIntegerField()  # subject
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)  # subject
    state = models.CharField(max_length=10, default="open")  # open, done, refused

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "resident", "role", "gives"], name="role_wish_once", condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="role_wish_two_people", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
        ]


class KnownPhone(TownModel):
    """A staff member's own phone that says yes to the desk, with a PIN that its owner chose."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    device = TownKey("people.Device", models.DO_NOTHING, related_name="+", db_constraint=False)
    pin_hash = models.CharField(max_length=120)
    tries = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "resident"], name="known_phone_one")]


class DeskQuestion(TownModel):
    """The desk asks the known phone of who sits at it: is this you? Two minutes; used once."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    what = models.CharField(max_length=20)  # know: make this phone known; confirm: let the desk go on
    code = models.CharField(max_length=6)  # shown on both, so that they can be compared
    secret_hash = models.BinaryField(max_length=32)  # of the desk's session: a yes is good there alone
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")  # open, yes, no, used

    class Meta:
        indexes = [models.Index(fields=["town", "resident", "expires_at"], name="desk_question_of")]
