"""Roles by two: one proposes, another of a third household says yes. Who has which, and which are still missing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongfen.people.acts import NeedsTwoPeople, NotYourRole, change_role
from gongfen.people.at_the_office import RoleWish
from gongfen.people.models import AgeBand, Resident, Role, RoleName, Village
from gongfen.people.queries import has_role, resident_by_subject, roles_of, same_household
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MAY = ("supervisor", "clerk", "auditor")  # who proposes a role, and who says yes to it


class RoleNotPossible(Refusal):
    """A role is for somebody grown up who lives here, and has it not yet; or has it, where it is to be ended."""

    code = "role_not_possible"


class NoSuchWish(Refusal):
    """Nobody proposes this any more."""

    code = "no_such_wish"


@dataclass(frozen=True)
class Holder:
    """Somebody with a role, and whether it is for the whole town."""

    resident: Resident
    role: str
    for_town: bool


def propose(
    by: Resident, resident: Resident, role: str, village: Village | None, *, gives: bool, now: datetime
) -> RoleWish:
    """Propose that somebody gets a role, or has it no longer. Proposing the same again is the same proposal."""
    town = by.town
    _check_may(by, village)
    if same_household(by, resident):
        raise NeedsTwoPeople()
    held = Role.of(town).filter(resident=resident, role=role, village=village, ended_at=None).exists()
    grown = resident.age_band in (AgeBand.ADULT, AgeBand.ELDER) and resident.left_at is None
    if role not in RoleName.values or held == gives or (gives and not grown):
        raise RoleNotPossible()
    with transaction.atomic():
        open_now = RoleWish.of(town).filter(resident=resident, role=role, gives=gives, state="open")
        found = open_now.filter(village=village).first()
        if found is None:
            open_now.update(state="refused")  # the same for another place: the newer proposal counts
            found = RoleWish.objects.create(
                town=town, resident=resident, role=role, village=village, gives=gives,
                asked_by=by.subject, asked_at=now,
            )  # fmt: skip
    return found


def decide(by: Resident, wish: int, *, yes: bool, now: datetime) -> None:
    """The second person says yes, and it is so; or no, and nothing changes. Saying it again changes nothing."""
    town = by.town
    with transaction.atomic():
        found = _locked(town, wish)
        if found is None:
            raise NoSuchWish()
        if found.state == ("done" if yes else "refused"):
            return
        if found.state != "open":
            raise NoSuchWish()
        _check_may(by, found.village)
        first = resident_by_subject(town, found.asked_by)
        if first is None or same_household(first, by) or same_household(found.resident, by):
            raise NeedsTwoPeople()
        if yes:
            found.resident.town = town
            change_role(
                found.resident, RoleName(found.role), found.village, give=found.gives, by=first, approved_by=by, now=now
            )
        RoleWish.of(town).filter(id=wish).update(state="done" if yes else "refused", decided_by=by.subject)


def _locked(town: Town, wish: int) -> RoleWish | None:
    """The proposal, held until it is decided: two who press at once are one after the other."""
    rows = RoleWish.of(town).select_for_update(of=("self",)).filter(id=wish)
    return rows.select_related("resident", "village").first()


def open_wishes(town: Town, village: Village) -> list[RoleWish]:
    """What is proposed for a village or for the town, oldest first."""
    rows = RoleWish.of(town).filter(state="open").select_related("resident__household", "village").order_by("id")
    return [row for row in rows if row.village_id in (None, village.id)]


def holders(town: Town, village: Village) -> dict[str, list[Holder]]:
    """Who has each role in a village, the town's staff included; every role is there, also where nobody has it."""
    found: dict[str, list[Holder]] = {role: [] for role in RoleName.values}
    held = Role.of(town).filter(ended_at=None, resident__left_at=None).select_related("resident__household")
    for row in held.order_by("resident__name"):
        if row.village_id in (None, village.id):
            found[row.role].append(Holder(row.resident, row.role, row.village_id is None))
    return found


def missing(town: Town, village: Village) -> list[str]:
    """The roles that nobody has yet, and reviewer where there are fewer than two: one claim may need two."""
    held = holders(town, village)
    wanted = {role: 2 if role == RoleName.REVIEWER else 1 for role in held}
    return [role for role, people in held.items() if len({one.resident.household_id for one in people}) < wanted[role]]


def pool_of_reviewers(town: Town, village: Village) -> list[Resident]:
    """Reviewers of the town's other villages, who may help out here."""
    rows = Role.of(town).filter(role=RoleName.REVIEWER, ended_at=None, resident__left_at=None)
    here = set(rows.filter(village=village).values_list("resident_id", flat=True))
    found = rows.exclude(village=None).exclude(resident__in=here).select_related("resident__village")
    return sorted({row.resident for row in found}, key=lambda one: (one.village_id, one.name))


def may_propose(by: Resident, village: Village | None) -> bool:
    """May this person propose roles there, or say yes to them?"""
    return any(has_role(by, role, village.id if village else None) for role in MAY)


def _check_may(by: Resident, village: Village | None) -> None:
    if village is None:
        if not any(row.village_id is None and row.role in MAY for row in roles_of(by)):
            raise NotYourRole(role=MAY[0])
    elif not may_propose(by, village):
        raise NotYourRole(role=MAY[0])
