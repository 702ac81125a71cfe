"""People and where they live. Personal data stands here and nowhere else: the least that the village needs."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from gongfen.people.at_the_office import Deed, DeskQuestion, HelperSession, KnownPhone, Leaving, LeavingState, RoleWish
from gongfen.people.at_the_roster import RosterObjection
from gongfen.rules.posting import Address, Kind
from gongfen.town.ids import new_subject
from gongfen.town.models import TownKey, TownModel

# The other half stands in `at_the_office.py` and `at_the_roster.py`.
OFFICE = (Deed, DeskQuestion, HelperSession, KnownPhone, Leaving, LeavingState, RoleWish)
ROSTER = (RosterObjection,)


def new_salt() -> bytes:
    """What commits a subject into the sealed form of the journal; deleting it makes the person unknowable there."""
    return secrets.token_bytes(16)


class AgeBand(models.TextChoices):
    """As much of an age as any rule needs."""

    UNDER_14 = "under_14"  # no account; the head share goes to the guardian
    YOUTH = "youth"  # 14 to 17: earns and spends, has no standing
    ADULT = "adult"
    ELDER = "elder"  # 60 and more


class Village(TownModel):
    """Where people live and most activities happen; has a fund."""

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True, default="")
    subject = models.BigIntegerField(default=new_subject)
    notice_days = models.SmallIntegerField(default=7)  # how long points are on notice before they are awarded

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "name"], name="village_name"),
            models.UniqueConstraint(fields=["town", "subject"], name="village_subject"),
            models.CheckConstraint(name="village_notice", condition=Q(notice_days__gte=1, notice_days__lte=60)),
        ]

    def __str__(self) -> str:
        return self.name


class Group(TownModel):
    """村民小组: a part of a village."""

    village = TownKey(Village, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "village", "name"], name="group_name")]

    def __str__(self) -> str:
        return self.name


class Household(TownModel):
    """Residents who share a door; a view, not an account."""

    village = TownKey(Village, models.PROTECT, related_name="households")
    group = TownKey(Group, models.PROTECT, related_name="households")
    number = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "village", "number"], name="household_number")]

    def __str__(self) -> str:
        return self.number


class Resident(TownModel):
    """A person of a household. No id number, no phone number, no birthday."""

    village = TownKey(Village, models.PROTECT, related_name="residents")
    group = TownKey(Group, models.PROTECT, related_name="residents")
    household = TownKey(Household, models.PROTECT, related_name="residents")
    name = models.CharField(max_length=60)
    nickname = models.CharField(max_length=30, blank=True, default="")  # for public places, where one is chosen
    subject = models.BigIntegerField(default=new_subject)
    salt = models.BinaryField(max_length=16, default=new_salt)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.ADULT)
    is_head = models.BooleanField(default=False)
    counts_as_head = models.BooleanField(default=True)  # on the voted list of heads that a dividend counts
    guardian = TownKey("self", models.PROTECT, null=True, blank=True, related_name="wards")
    has_phone = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "subject"], name="resident_subject"),
            models.UniqueConstraint(
                fields=["town", "household"], name="household_one_head", condition=Q(is_head=True, left_at=None)
            ),
        ]
        indexes = [models.Index(fields=["town", "village", "name"], name="resident_by_name")]

    @property
    def has_account(self) -> bool:
        return self.age_band != AgeBand.UNDER_14 and self.left_at is None

    @property
    def points(self) -> Address:
        return Address(Kind.POINTS, self.subject)

    @property
    def cash(self) -> Address:
        return Address(Kind.CASH, self.subject)

    @property
    def called(self) -> str:
        """The name for public places."""
        return self.nickname or self.name

    def __str__(self) -> str:
        return self.name


class RoleName(models.TextChoices):
    """What a person at the desk may do (design: Who may)."""

    ORGANISER = "organiser"
    REVIEWER = "reviewer"
    CLERK = "clerk"
    TREASURER = "treasurer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


class Role(TownModel):
    """That a resident has a role: in one village, or (without village) for the town."""

    resident = TownKey(Resident, models.PROTECT, related_name="roles")
    village = TownKey(Village, models.PROTECT, null=True, blank=True, related_name="roles")
    role = models.CharField(max_length=12, choices=RoleName)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "resident", "role", "village"], name="role_once", condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                fields=["town", "resident", "role"], name="town_role_once", condition=Q(ended_at=None, village=None)
            ),
        ]
        indexes = [models.Index(fields=["town", "village", "role"], name="role_of_village")]


class StaffAccount(TownModel):
    """That a resident may sign in at the desk. Django's own user is a number here: its tables stay local."""

    resident = TownKey(Resident, models.CASCADE, related_name="staff_accounts")
    user_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident"], name="staff_one_account"),
            models.UniqueConstraint(fields=["town", "user_id"], name="staff_account_user"),
        ]


class Purpose(models.TextChoices):
    """What a resident may consent to, one by one; all off at first."""

    INVITATIONS = "invitations"
    WECHAT_MESSAGES = "wechat_messages"
    NAME_IN_PUBLIC = "name_in_public"
    PHOTOS = "photos"


class Consent(TownModel):
    """One purpose, given or withdrawn by the resident."""

    resident = TownKey(Resident, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "resident", "purpose"], name="consent_once", condition=Q(withdrawn_at=None)
            )
        ]


class Device(TownModel):
    """A phone or browser signed in for a resident. It made its token itself; only the hash stands here."""

    resident = TownKey(Resident, models.CASCADE, related_name="devices")
    token_hash = models.BinaryField(max_length=32)
    label = models.CharField(max_length=60, blank=True, default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="device_token")]


class JoinCode(TownModel):
    """A printed one-time code that signs one device in for one resident. Only its hash stands here."""

    resident = TownKey(Resident, models.CASCADE, related_name="join_codes")
    code_hash = models.BinaryField(max_length=32)
    made_by = models.BigIntegerField()  # subject of the clerk
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code_hash"], name="join_code")]


class RequestState(models.TextChoices):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class JoinRequest(TownModel):
    """申请加入: somebody who is not on the list yet, until a clerk confirms or says no."""

    village = TownKey(Village, models.PROTECT, related_name="join_requests")
    name = models.CharField(max_length=60)
    household_number = models.CharField(max_length=20)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.ADULT)
    secret_hash = models.BinaryField(max_length=32)  # who asked may see the answer with the secret
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    resident = TownKey(Resident, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.BigIntegerField(null=True)


class Look(TownModel):
    """Staff read a resident's personal rows: who, why, and on which day. The resident sees it at once."""

    resident = TownKey(Resident, models.CASCADE, related_name="looks")
    by = models.BigIntegerField()  # subject of the staff member
    why = models.CharField(max_length=40)
    day = models.DateField()
    looked_at = models.DateTimeField()  # the first time that day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident", "day", "by", "why"], name="look_once_a_day"),
        ]
