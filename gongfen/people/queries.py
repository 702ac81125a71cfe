"""What can be asked about people."""

from collections.abc import Collection
from dataclasses import dataclass

from gongfen.people.models import Device, Resident, Role
from gongfen.people.tokens import hash_of
from gongfen.town.models import Town


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a resident on a device of theirs."""

    resident: Resident
    device: int

    @property
    def town(self) -> Town:
        return self.resident.town

    @property
    def subject(self) -> int:
        return self.resident.subject


def caller_by_token(token: str) -> Caller | None:
    """The resident whose device holds this token; None for an unknown or ended one, or a resident who left.

    The one query that does not begin with a town: the token's hash is what says which town it is.
    """
    found = (
        Device.objects.filter(token_hash=hash_of(token), ended_at=None, resident__left_at=None)
        # Household and group are read where they are asked for: PostgreSQL plans a join of six tables for longer (6 ms)
        # than it takes to run, every time.
        .select_related("town", "resident__village")
        .first()
    )
    if found is None:
        return None
    found.resident.town = found.town
    return Caller(found.resident, found.id)


def has_role(resident: Resident, role: str, village: int | None) -> bool:
    """Does the resident have this role there? A town's role counts in each of its villages, never the other way."""
    roles = Role.of(resident.town_id).filter(resident=resident, role=role, ended_at=None)
    places = {None, village}
    return any(where in places for where in roles.values_list("village_id", flat=True))


def roles_of(resident: Resident) -> list[Role]:
    """The roles a resident has now."""
    return list(Role.of(resident.town_id).filter(resident=resident, ended_at=None).order_by("role"))


def staff_of(town: Town, role: str, village: int | None) -> list[Resident]:
    """Who has this role for a village (the town's own staff included), by name."""
    held = Role.of(town).filter(role=role, ended_at=None).select_related("resident")
    return sorted(
        {row.resident for row in held if row.village_id in (None, village) and row.resident.left_at is None},
        key=lambda resident: resident.name,
    )


def same_household(one: Resident, other: Resident) -> bool:
    """Do they share a door (one person included)?"""
    return one.household_id == other.household_id


def households_of(town: Town, subjects: Collection[int]) -> dict[int, int]:
    """The household id of each of these people, by subject."""
    return dict(Resident.of(town).filter(subject__in=list(subjects)).values_list("subject", "household_id"))


def resident_by_subject(town: Town, subject: int) -> Resident | None:
    """The person a subject stands for."""
    return Resident.of(town).filter(subject=subject).select_related("village", "household", "group").first()


def residents_by_subject(town: Town, subjects: Collection[int]) -> dict[int, Resident]:
    """The persons that these subjects stand for; erased ones are not among them."""
    found = Resident.of(town).filter(subject__in=list(subjects)).select_related("household")
    return {resident.subject: resident for resident in found}
