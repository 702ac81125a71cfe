"""Forgetting a person who left: what people keep of them. The row stays, as nobody's, so that every sum stays right."""

from datetime import datetime

from django.contrib.auth import get_user_model

from gongfen.people.at_the_office import Deed, DeskQuestion, HelperSession, KnownPhone, RoleWish
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.models import (
    AgeBand,
    Consent,
    Device,
    Household,
    JoinCode,
    JoinRequest,
    Look,
    Resident,
    Role,
    StaffAccount,
)

NOWHERE = ""  # the number of the household that those who left belong to


def forget(resident: Resident, *, now: datetime) -> None:
    """Name, household, age band and salt are gone, and so is all that hung on the person. Called in the leaving act."""
    town = resident.town
    Role.of(town).filter(resident=resident, ended_at=None).update(ended_at=now)
    users = list(StaffAccount.of(town).filter(resident=resident).values_list("user_id", flat=True))
    get_user_model().objects.filter(pk__in=users).delete()
    RosterObjection.of(town).filter(resident=resident).update(said="", answer="")
    Deed.of(town).filter(session__in=HelperSession.of(town).filter(resident=resident)).delete()
    for model in (
        StaffAccount,
        KnownPhone,
        DeskQuestion,
        RoleWish,
        HelperSession,
        JoinCode,
        JoinRequest,
        Look,
        Consent,
        Device,
    ):
        model.of(town).filter(resident=resident).delete()
    for ward in Resident.of(town).filter(guardian=resident):
        Resident.of(town).filter(id=ward.id).update(guardian=_another_at_home(ward, resident))
    nowhere, _ = Household.of(town).get_or_create(
        village=resident.village, number=NOWHERE, defaults={"town": town, "group": resident.group}
    )
    Resident.of(town).filter(id=resident.id).update(
        name="", nickname="", salt=b"", household=nowhere, group=nowhere.group, age_band=AgeBand.ADULT,
        is_head=False, counts_as_head=False, has_phone=False, guardian=None, left_at=now,
    )  # fmt: skip


def _another_at_home(ward: Resident, gone: Resident) -> Resident | None:
    grown = Resident.of(ward.town_id).filter(household=ward.household_id, left_at=None).exclude(id=gone.id)
    return grown.filter(age_band__in=(AgeBand.ADULT, AgeBand.ELDER)).order_by("-is_head", "id").first()
