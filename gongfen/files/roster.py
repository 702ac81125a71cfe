"""The residents' list against who is there: who is new joins, what changed is changed, nobody is ever removed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from gongfen.files.loading import Loading, People, Refused
from gongfen.files.residents import ResidentRow
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import AgeBand, Group, Household, Resident

PLAIN = ("age_band", "has_phone", "counts_as_head", "nickname")


def load_residents(loading: Loading, rows: Sequence[ResidentRow], file: str) -> People:
    """Bring the list in; everybody of the list by household and name."""
    there = _there(loading)
    moved = _moved(rows, there)
    for row in rows:
        if row.who in moved:
            there[row.who] = there.pop(moved[row.who])
    _check_heads(loading, rows, there, file)
    if there:
        _change(loading, rows, there, moved, file)
    new = [row for row in rows if row.who not in there]
    _join(loading, new, there)
    _guardians(loading, rows, there)
    wanted = {row.who for row in rows}
    for (household, name), resident in there.items():
        if (household, name) not in wanted:
            loading.tell(file, "resident_not_in_file", name=resident.name, household=household)
    return there


def _check_heads(loading: Loading, rows: Sequence[ResidentRow], there: People, file: str) -> None:
    """A list that leaves somebody out cannot give their household a second head."""
    wanted = {row.who for row in rows}
    kept = {who[0]: one.name for who, one in there.items() if one.is_head and who not in wanted}
    for row in rows:
        if row.is_head and row.household in kept:
            facts = {"household": row.household, "name": kept[row.household]}
            loading.refuse(file, row.row, "", "household_two_heads", **facts)
    if loading.problems:
        raise Refused(loading.problems)


def _there(loading: Loading) -> People:
    village = loading.village
    present = Resident.of(village.town).filter(village=village, left_at=None).select_related("household")
    return {(resident.household.number, resident.name): resident for resident in present}


def _moved(rows: Sequence[ResidentRow], there: People) -> dict[tuple[str, str], tuple[str, str]]:
    """Who stands behind another door than before: new place → old one. Only where the name leaves no doubt."""
    wanted = {row.who for row in rows}
    gone: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for who in there:
        if who not in wanted:
            gone[who[1]].append(who)
    new = Counter(row.name for row in rows if row.who not in there)
    return {
        row.who: gone[row.name][0]
        for row in rows
        if row.who not in there and new[row.name] == 1 and len(gone[row.name]) == 1
    }


def _join(loading: Loading, rows: Sequence[ResidentRow], there: People) -> None:
    village = loading.village
    joining = [
        Joining(
            household=row.household, group=row.group, name=row.name, age_band=row.age_band, is_head=row.is_head,
            counts_as_head=row.counts_as_head, has_phone=row.has_phone, nickname=row.nickname, guardian=row.guardian,
        )
        for row in rows
    ]  # fmt: skip
    if joining:
        residents = join_many(village, joining, by=loading.by, now=loading.now)
        there.update({row.who: resident for row, resident in zip(rows, residents, strict=True)})
        for row in rows:
            loading.change(row.row, "joins", f"{row.household} {row.name}")
    loading.count("residents", len(joining))


def _change(
    loading: Loading,
    rows: Sequence[ResidentRow],
    there: People,
    moved: Mapping[tuple[str, str], tuple[str, str]],
    file: str,
) -> None:
    """Write what changed, one act a person. First those who are head no more: a household has one head at a time."""
    groups, households = _places(loading, rows)
    wished: list[tuple[Resident, dict[str, Any]]] = []
    for row in rows:
        resident = there.get(row.who)
        if resident is None:
            continue
        household = households[row.household]
        new: dict[str, Any] = {"is_head": row.is_head, "household_id": household.id, "group_id": groups[row.group].id}
        new |= {field: getattr(row, field) for field in PLAIN}
        changed = {field: value for field, value in new.items() if getattr(resident, field) != value}
        if changed.get("age_band") == AgeBand.UNDER_14.value:
            loading.refuse(file, row.row, "", "band_goes_back", name=row.name)
        elif changed:
            wished.append((resident, changed))
            loading.change(row.row, "changes", f"{row.household} {row.name}", sorted(changed))
    for gains in (False, True):
        _write(loading, [(r, c) for r, c in wished if (c.get("is_head") is True) == gains])
    loading.count("moved", len(moved))
    loading.count("changed", sum(not {"household_id"} & changed.keys() for _, changed in wished))


def _write(loading: Loading, wished: Sequence[tuple[Resident, dict[str, Any]]]) -> None:
    village = loading.village
    town, stamp = village.town, f"{loading.now.timestamp():.0f}"
    grown = [resident for resident, changed in wished if "age_band" in changed]
    open_accounts(town, [address for resident in grown for address in (resident.points, resident.cash)])
    with one_batch(town, loading.now) as batch:
        for resident, changed in wished:
            act = batch.act(
                key=f"load/resident/{resident.id}/{stamp}/{'_'.join(sorted(changed))}",
                verb="resident.change",
                by=loading.by,
                about=resident.subject,
                facts={"changed": sorted(changed)},
            )
            act.changes(resident, was={field: getattr(resident, field) for field in changed}, **changed)
    for answer, (resident, changed) in zip(batch.answers, wished, strict=True):
        one([answer])
        for field, value in changed.items():
            setattr(resident, field, value)


def _places(loading: Loading, rows: Sequence[ResidentRow]) -> tuple[dict[str, Group], dict[str, Household]]:
    """The groups and households that the list names; new ones are made, a household may change its group."""
    village = loading.village
    town = village.town
    groups = {group.name: group for group in Group.of(town).filter(village=village)}
    for name in dict.fromkeys(row.group for row in rows):
        if name not in groups:
            groups[name] = Group.objects.create(town=town, village=village, name=name)
    households = {household.number: household for household in Household.of(town).filter(village=village)}
    for row in rows:
        household = households.get(row.household)
        group = groups[row.group]
        if household is None:
            made = Household.objects.create(town=town, village=village, group=group, number=row.household)
            households[row.household] = made
        elif household.group_id != group.id:
            Household.of(town).filter(id=household.id).update(group=group)
            household.group_id = group.id
    return groups, households


def _guardians(loading: Loading, rows: Sequence[ResidentRow], there: People) -> None:
    """Whoever is under 14 has the guardian that the list names; who has grown up has none."""
    wished = []
    for row in rows:
        guardian = there[row.household, row.guardian] if row.guardian else None
        resident = there[row.who]
        if resident.guardian_id != (guardian.id if guardian else None):
            wished.append((resident, {"guardian_id": guardian.id if guardian else None}))
    _write(loading, wished)
    loading.count("guardians", len(wished))
