"""Forgetting a person who left: what people keep of them. The row stays, as nobody's, so that every sum stays right."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db.models import CASCADE, ManyToOneRel

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
from gongfen.town.models import TownModel

HUNG_ON_IT: tuple[Any, ...] = (
    *(StaffAccount, KnownPhone, DeskQuestion, RoleWish, HelperSession),
    *(JoinCode, JoinRequest, Look, Consent),
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
    for model in HUNG_ON_IT:
        model.of(town).filter(resident=resident).delete()
    _forget_devices(resident)
    for ward in Resident.of(town).filter(guardian=resident):
        Resident.of(town).filter(id=ward.id).update(guardian=_another_at_home(ward, resident))
    nowhere, _ = Household.of(town).get_or_create(
        village=resident.village, number=NOWHERE, defaults={"town": town, "group": resident.group}
    )
    Resident.of(town).filter(id=resident.id).update(
        name="", nickname="", salt=b"", household=nowhere, group=nowhere.group, age_band=AgeBand.ADULT,
        is_head=False, counts_as_head=False, has_phone=False, guardian=None, left_at=now,
    )  # fmt: skip


def _forget_devices(resident: Resident) -> None:
    """The phones, and first what ends with a phone, whichever room or door keeps it."""
    town, rows = resident.town, Device.of(resident.town).filter(resident=resident)
    phones = list(rows.values_list("id", flat=True))
    for relation in Device._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.on_delete is CASCADE:
            model = cast(type[TownModel], relation.related_model)
            model.of(town).filter(**{f"{relation.field.name}__in": phones}).delete()
    # Django would look for them once more, in statements that do not name the town.
    rows._raw_delete(rows.db)


def _another_at_home(ward: Resident, gone: Resident) -> Resident | None:
    grown = Resident.of(ward.town_id).filter(household=ward.household_id, left_at=None).exclude(id=gone.id)
    return grown.filter(age_band__in=(AgeBand.ADULT, AgeBand.ELDER)).order_by("-is_head", "id").first()
