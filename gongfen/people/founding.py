"""Founding towns and villages, and residents who join them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongfen.journal.models import TownHead
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import Answer, one, one_batch
from gongfen.people.models import AgeBand, Group, Household, Resident, Village
from gongfen.rules.posting import Address, Kind
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

TOWN_ACCOUNTS = (
    Kind.ISSUANCE,
    Kind.OUTSIDE,
    Kind.FUND,
    Kind.RESERVE,
    Kind.WELFARE,
    Kind.BACKING,
    Kind.ON_HOLD,
    Kind.TRANSIT,
)
HOST_ACCOUNTS = (Kind.FUND, Kind.RESERVE, Kind.WELFARE)


class TownExists(Refusal):
    """Another town has this code."""

    code = "town_exists"


class UnknownGuardian(Refusal):
    """A guardian is a grown resident of the village."""

    code = "unknown_guardian"


def found_town(*, code: int, name: str, name_en: str = "", par: int = 100, now: datetime) -> Town:
    """Found a town with its number line and its accounts. Par (fen a point) never changes after."""
    with transaction.atomic():
        if Town.objects.filter(code=code).exists():
            raise TownExists(code=code)
        town = Town.objects.create(code=code, name=name, name_en=name_en, par=par, founded_at=now)
        TownHead.objects.create(town=town)
        open_accounts(town, [Address(kind, town.subject) for kind in TOWN_ACCOUNTS])
        with one_batch(town, now) as batch:
            batch.act(
                key="town/found",
                verb="town.found",
                by=town.subject,
                about=town.subject,
                facts={"par": par, "code": code},
            )
        one(batch.answers)
    return town


def found_village(town: Town, *, name: str, name_en: str = "", notice_days: int = 7, now: datetime) -> Village:
    """Found a village of the town, with its fund. The same name again is the same village."""
    with transaction.atomic():
        village = Village.of(town).filter(name=name).first()
        if village is not None:
            return village
        village = Village.objects.create(town=town, name=name, name_en=name_en, notice_days=notice_days)
        open_accounts(town, [Address(kind, village.subject) for kind in HOST_ACCOUNTS])
        with one_batch(town, now) as batch:
            batch.act(
                key=f"village/{village.id}/found",
                verb="village.found",
                by=town.subject,
                about=village.subject,
                facts={"village": str(village.id), "notice_days": notice_days},
            )
        one(batch.answers)
    return village


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who joins a village, as the village's list says."""

    household: str
    group: str
    name: str
    age_band: str = AgeBand.ADULT
    is_head: bool = False
    counts_as_head: bool = True
    has_phone: bool = True
    nickname: str = ""
    guardian: str = ""  # a name of the same household, for those under 14


def join_many(village: Village, joining: Sequence[Joining], *, by: int, now: datetime) -> list[Resident]:
    """Let these people join, in one set: groups and households where they are new, residents, accounts, acts.

    Those under 14 have no account and need a guardian of their household (the head when none is named).
    """
    town = village.town
    with transaction.atomic():
        groups = _groups(village, joining)
        households = _households(village, joining, groups)
        residents = [
            Resident(
                town=town, village=village, group=households[each.household].group,
                household=households[each.household], name=each.name, nickname=each.nickname,
                age_band=each.age_band, is_head=each.is_head, counts_as_head=each.counts_as_head,
                has_phone=each.has_phone, joined_at=now,
            )
            for each in joining
        ]  # fmt: skip
        _name_guardians(village, joining, residents)
        # Guardians first: the key of a ward is checked at once.
        Resident.objects.bulk_create([r for r in residents if r.guardian is None], batch_size=500)
        Resident.objects.bulk_create([r for r in residents if r.guardian is not None], batch_size=500)
        grown = [resident for resident in residents if resident.has_account]
        open_accounts(town, [address for resident in grown for address in (resident.points, resident.cash)])
        _written(village, residents, by, now)
    return residents


def _groups(village: Village, joining: Sequence[Joining]) -> dict[str, Group]:
    found = {group.name: group for group in Group.of(village.town).filter(village=village)}
    new = [
        Group(town=village.town, village=village, name=n)
        for n in dict.fromkeys(j.group for j in joining)
        if n not in found
    ]
    Group.objects.bulk_create(new)
    return found | {group.name: group for group in new}


def _households(village: Village, joining: Sequence[Joining], groups: dict[str, Group]) -> dict[str, Household]:
    town = village.town
    found = {
        household.number: household for household in Household.of(town).filter(village=village).select_related("group")
    }
    first = {each.household: each.group for each in reversed(joining)}
    new = [
        Household(town=town, village=village, group=groups[group], number=number)
        for number, group in first.items()
        if number not in found
    ]
    Household.objects.bulk_create(new, batch_size=500)
    return found | {household.number: household for household in new}


def _name_guardians(village: Village, joining: Sequence[Joining], residents: Sequence[Resident]) -> None:
    at_home: dict[str, list[Resident]] = {}
    for there in Resident.of(village.town).filter(village=village, left_at=None).select_related("household"):
        at_home.setdefault(there.household.number, []).append(there)
    for each, resident in zip(joining, residents, strict=True):
        at_home.setdefault(each.household, []).append(resident)
    for each, resident in zip(joining, residents, strict=True):
        if resident.age_band != AgeBand.UNDER_14:
            continue
        grown = [r for r in at_home[each.household] if r.age_band in (AgeBand.ADULT, AgeBand.ELDER)]
        named = (
            [r for r in grown if r.name == each.guardian] if each.guardian else [r for r in grown if r.is_head] or grown
        )
        if not named:
            raise UnknownGuardian(name=each.guardian or each.name, household=each.household)
        resident.guardian = named[0]


def _written(village: Village, residents: Sequence[Resident], by: int, now: datetime) -> list[Answer]:
    with one_batch(village.town, now) as batch:
        for resident in residents:
            batch.act(
                key=f"resident/{resident.id}/join",
                verb="resident.join",
                by=by,
                about=resident.subject,
                facts={"village": str(village.id), "group": str(resident.group_id), "age_band": resident.age_band},
            )
    for answer in batch.answers:
        assert isinstance(answer, Written)
    return batch.answers
