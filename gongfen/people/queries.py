"""What can be asked about people."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from gongfen.ledger.queries_told import aware
from gongfen.people.models import Resident, Role
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


# Every request asks this, so it is written down: to have it composed anew each time takes ten times as long as it runs,
# and PostgreSQL plans a join of six tables for longer still.
_CALLER = """
SELECT d.id, {resident}, {town}
FROM people_device AS d
JOIN people_resident AS r ON r.town_id = d.town_id AND r.id = d.resident_id
JOIN town_town AS t ON t.id = d.town_id
WHERE d.token_hash = %s AND d.ended_at IS NULL AND r.left_at IS NULL
"""
_RESIDENT = [str(field.attname) for field in Resident._meta.concrete_fields]
_TOWN = [str(field.attname) for field in Town._meta.concrete_fields]
_CALLER = _CALLER.format(
    resident=", ".join(f"r.{name}" for name in _RESIDENT), town=", ".join(f"t.{name}" for name in _TOWN)
)


def caller_by_token(token: str) -> Caller | None:
    """The resident whose device holds this token; None for an unknown or ended one, or a resident who left.

    The one query that does not begin with a town: the token's hash is what says which town it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CALLER, [hash_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    device, *values = row
    found = Resident.from_db("default", _RESIDENT, values[: len(_RESIDENT)])
    found.joined_at = aware(found.joined_at)
    found.town = Town.from_db("default", _TOWN, values[len(_RESIDENT) :])
    found.town.founded_at = aware(found.town.founded_at)
    return Caller(found, device)


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
    found = Resident.of(town).filter(subject__in=list(subjects)).exclude(name="").select_related("household")
    return {resident.subject: resident for resident in found}
