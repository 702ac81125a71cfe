"""Households: split, joined, moved; who answers for one, and who is a child's guardian. Each change is an act."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.people.acts import NotYourRole
from gongfen.people.founding import UnknownGuardian
from gongfen.people.models import AgeBand, Group, Household, Resident, Role
from gongfen.people.queries import has_role
from gongfen.rules.refusals import Refusal
from gongfen.town.ids import next_id

GROWN = (AgeBand.ADULT, AgeBand.ELDER)
LONGEST_NUMBER = 20


class NobodyChosen(Refusal):
    """Nobody was chosen, or somebody who does not live here."""

    code = "nobody_chosen"


class BadHousehold(Refusal):
    """A household's number is 1 to 20 letters that can be seen."""

    code = "bad_household"


class HouseholdWithoutGrownUp(Refusal):
    """Where somebody under 14 lives, a grown-up lives, too. `name` is the child."""

    code = "household_without_grown_up"


class BandGoesBack(Refusal):
    """Nobody who has an account becomes a child under 14."""

    code = "age_band_goes_back"


def check_clerk(clerk: Resident, village: int) -> None:
    """Only a clerk of the village (or the town) changes its people."""
    if not has_role(clerk, "clerk", village):
        raise NotYourRole(role="clerk")


def rehouse(clerk: Resident, movers: Sequence[Resident], *, group: Group, number: str, now: datetime) -> Household:
    """These people live behind this door from now on; a door that is new is made.

    With all of one household it is a merging, with some a splitting; with a group of another village they move there,
    and their roles of the old village end. Points and cash stay theirs: the whole town is one ledger.
    """
    town, number = clerk.town, "".join(number.split())
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise BadHousehold()
    with transaction.atomic():
        people = list(Resident.of(town).filter(id__in=[each.id for each in movers], left_at=None).order_by("id"))
        if not people or len(people) != len({each.id for each in movers}):
            raise NobodyChosen()
        for village in {group.village_id, *(each.village_id for each in people)}:
            check_clerk(clerk, village)
        door, _ = Household.of(town).get_or_create(
            village=group.village, number=number, defaults={"town": town, "group": group}
        )
        old = {each.household_id for each in people} - {door.id}
        wished = {each.id: _wish(each, door) for each in people}
        with one_batch(town, now) as batch:
            for each in people:
                if new := wished[each.id]:
                    _change(batch, clerk, each, new | {"is_head": False})
                if each.village_id != door.village_id:
                    _end_roles(batch, clerk, each)
        for answer in batch.answers:
            one([answer])
        _see_to_heads(clerk, [door.id, *sorted(old)], now)
        _see_to_children(clerk, [door.id, *sorted(old)], now)
    return door


def name_head(clerk: Resident, head: Resident, *, now: datetime) -> Written | None:
    """This grown-up answers for the household from now on."""
    check_clerk(clerk, head.village_id)
    if head.age_band not in GROWN or head.left_at is not None:
        raise UnknownGuardian(name=head.name, household=head.household.number)
    if head.is_head:
        return None
    with transaction.atomic():
        before = Resident.of(head.town_id).filter(household=head.household_id, is_head=True, left_at=None)
        for other in before:
            _one_change(clerk, other, {"is_head": False}, now)
        return _one_change(clerk, head, {"is_head": True}, now)


def name_guardian(clerk: Resident, child: Resident, guardian: Resident, *, now: datetime) -> Written | None:
    """The household chooses who receives a child's head share: a grown-up who lives there."""
    check_clerk(clerk, child.village_id)
    fits = guardian.household_id == child.household_id and guardian.age_band in GROWN and guardian.left_at is None
    if not fits or child.age_band != AgeBand.UNDER_14:
        raise UnknownGuardian(name=guardian.name, household=child.household.number)
    if child.guardian_id == guardian.id:
        return None
    return _one_change(clerk, child, {"guardian_id": guardian.id}, now)


def describe(clerk: Resident, who: Resident, *, now: datetime, **new: Any) -> Written | None:
    """Correct what the list says of somebody: name, nickname, age_band, has_phone, counts_as_head."""
    check_clerk(clerk, who.village_id)
    changed = {name: value for name, value in new.items() if getattr(who, name) != value}
    if changed.get("age_band") == AgeBand.UNDER_14:
        raise BandGoesBack()
    if not changed:
        return None
    with transaction.atomic():
        if "age_band" in changed and who.guardian_id:
            changed["guardian_id"] = None
        written = _one_change(clerk, who, changed, now)
        if "age_band" in changed:
            open_accounts(who.town, [who.points, who.cash])
    return written


def _wish(each: Resident, door: Household) -> dict[str, Any]:
    if each.household_id == door.id:
        return {}
    return {"household_id": door.id, "group_id": door.group_id, "village_id": door.village_id}


def _one_change(clerk: Resident, who: Resident, new: dict[str, Any], now: datetime) -> Written:
    with one_batch(clerk.town, now) as batch:
        _change(batch, clerk, who, new)
    for name, value in new.items():
        setattr(who, name, value)
    return one(batch.answers)


def _change(batch: Batch, clerk: Resident, who: Resident, new: dict[str, Any]) -> None:
    """The act says which columns changed, and the village where that is one of them; never what stood in them."""
    changed = {name: value for name, value in new.items() if getattr(who, name) != value}
    facts: dict[str, Any] = {"changed": sorted(changed)}
    if "village_id" in changed:
        facts["village"] = str(changed["village_id"])
        changed["joined_at"] = batch.now  # public as an addition to its new group
    act = batch.act(
        key=f"resident/{who.id}/change/{next_id()}",  # what is the same already is not changed again
        verb="resident.correct",
        by=clerk.subject,
        about=who.subject,
        facts=facts,
    )
    act.changes(who, was={name: getattr(who, name) for name in changed}, **changed)


def _end_roles(batch: Batch, clerk: Resident, who: Resident) -> None:
    """A role belongs to a village: who moves away has it no more."""
    for role in Role.of(batch.town).filter(resident=who, village=who.village_id, ended_at=None):
        act = batch.act(
            key=f"role/{role.id}/moved",
            verb="role.end",
            by=clerk.subject,
            about=who.subject,
            facts={"role": role.role, "village": str(role.village_id), "approved_by": str(batch.town.subject)},
        )
        act.changes(role, was={"ended_at": None}, ended_at=batch.now)


def _see_to_heads(clerk: Resident, doors: Sequence[int], now: datetime) -> None:
    """A household with grown-ups has one who answers for it: the eldest row, until the household says otherwise."""
    for door in doors:
        there = Resident.of(clerk.town_id).filter(household=door, left_at=None)
        if there.filter(is_head=True).exists():
            continue
        first = there.filter(age_band__in=GROWN).order_by("id").first()
        if first is not None:
            _one_change(clerk, first, {"is_head": True}, now)


def _see_to_children(clerk: Resident, doors: Sequence[int], now: datetime) -> None:
    """A child's guardian lives behind the same door."""
    for door in doors:
        there = Resident.of(clerk.town_id).filter(household=door, left_at=None)
        for child in there.filter(age_band=AgeBand.UNDER_14).select_related("guardian"):
            if child.guardian is not None and child.guardian.household_id == door:
                continue
            grown = there.filter(age_band__in=GROWN).order_by("-is_head", "id").first()
            if grown is None:
                raise HouseholdWithoutGrownUp(name=child.called)
            _one_change(clerk, child, {"guardian_id": grown.id}, now)
