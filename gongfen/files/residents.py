"""residents.csv, residents.xlsx: who lives in the village, by household."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongfen.files import values
from gongfen.files.columns import RESIDENTS
from gongfen.files.sheets import Sheet
from gongfen.files.tables import Record, Table, find_table

LONGEST_NAME = 40
LONGEST_NUMBER = 20


@dataclass(frozen=True)
class ResidentRow:
    """One resident as the village's own list has them."""

    row: int
    household: str
    name: str
    group: str
    age_band: str
    is_head: bool
    has_phone: bool
    counts_as_head: bool
    guardian: str = ""  # a name of the same household
    nickname: str = ""

    @property
    def who(self) -> tuple[str, str]:
        """What tells one resident of a village from another: household and name."""
        return (self.household, self.name)


def read_residents(sheets: Sequence[Sheet], groups: Collection[str], today: date) -> tuple[list[ResidentRow], Table]:
    """The residents of a file, and its problems and remarks. `groups` empty: the file's own groups count."""
    table = find_table(sheets, RESIDENTS)
    _tell_defaults(table)
    rows = [_row(table, record, groups, today) for record in table.records]
    for column in ("has_phone", "counts_as_head"):
        _refuse_blanks(table, column)
    _check_people(table, rows)
    adults = {row.who: row.age_band in ("adult", "elder") for row in rows}
    guardians = {record.row: record["guardian"] for record in table.records}
    rows = [_with_guardian(table, row, guardians[row.row], adults) for row in rows]
    refused = table.refused_rows
    return [row for row in rows if row.row not in refused], table


def _row(table: Table, record: Record, groups: Collection[str], today: date) -> ResidentRow:
    household = values.narrow(record["household"]).replace(" ", "")
    name = values.name_of(record["name"])
    for column, value, most in (("household", household, LONGEST_NUMBER), ("name", name, LONGEST_NAME)):
        if not value:
            table.refuse(record.row, column, "cell_missing")
        elif len(value) > most:
            table.refuse(record.row, column, "cell_too_long", most=most)
    if values.narrow(name).isdigit():
        table.refuse(record.row, "name", "name_is_number", value=name)
    group = values.words_of(record["group"]).replace(" ", "")
    if groups and not group:
        table.refuse(record.row, "group", "cell_missing")
    elif groups and group not in groups:
        table.refuse(record.row, "group", "group_unknown", value=group, groups=list(groups)[:20])
    return ResidentRow(
        row=record.row,
        household=household,
        name=name,
        group=group,
        age_band=_band(table, record, today),
        is_head=_yes_or_no(table, record, "head", default=False),
        has_phone=_yes_or_no(table, record, "has_phone", default=False),
        counts_as_head=_yes_or_no(table, record, "counts_as_head", default=True),
        nickname=values.words_of(record["nickname"])[:LONGEST_NAME],
    )


def _band(table: Table, record: Record, today: date) -> str:
    """The age band: as written, or of the age or birthday, of which nothing else is kept."""
    if record["age_band"]:
        found = values.band(record["age_band"])
        if not found:
            table.refuse(record.row, "age_band", "age_band_unknown", value=record["age_band"])
        return found
    if record["age"]:
        years = values.whole(record["age"])
        if years is None or not 0 <= years <= values.OLDEST:
            table.refuse(record.row, "age", "age_unknown", value=record["age"])
            return ""
        return values.band_at(years)
    if record["born"]:
        born = values.birthday(record["born"])
        if born is None or not 0 <= values.years_between(born, today) <= values.OLDEST:
            table.refuse(record.row, "born", "birthday_unknown", value=record["born"])
            return ""
        return values.band_at(values.years_between(born, today))
    column = next((each for each in ("age_band", "age", "born") if each in table.headers), "")
    if column:
        table.refuse(record.row, column, "cell_missing")
    return ""


def _yes_or_no(table: Table, record: Record, column: str, *, default: bool) -> bool:
    if column not in table.headers:
        return default
    found = values.yes_or_no(record[column])
    if found is None and record[column]:
        table.refuse(record.row, column, "yes_or_no_unknown", value=record[column])
    return bool(found)


def _refuse_blanks(table: Table, column: str) -> None:
    """Where only the yes is written, an empty cell is a no; where both are, an empty cell says nothing."""
    if column not in table.headers:
        return
    said = {values.yes_or_no(record[column]) for record in table.records if record[column]}
    for record in table.records:
        if not record[column] and said != {True}:
            table.refuse(record.row, column, "yes_or_no_missing")


def _tell_defaults(table: Table) -> None:
    if not {"age_band", "age", "born"} & table.headers.keys():
        table.refuse(0, "", "age_column_missing")
    if "head" not in table.headers:
        table.refuse(0, "", "head_column_missing")
    for column, code in (("has_phone", "phone_column_missing"), ("counts_as_head", "counts_column_missing")):
        if column not in table.headers:
            table.tell(0, "", code)
    if "born" in table.headers or "age" in table.headers:
        table.tell(0, "born" if "born" in table.headers else "age", "only_age_band_kept")


def _check_people(table: Table, rows: Sequence[ResidentRow]) -> None:
    """Nobody twice; one head a household, who is grown up; one group a household."""
    first: dict[tuple[str, str], int] = {}
    households: dict[str, list[ResidentRow]] = defaultdict(list)
    for row in rows:
        if not row.name or not row.household:
            continue
        if row.who in first:
            table.refuse(
                row.row, "name", "resident_twice", name=row.name, household=row.household, other=first[row.who]
            )
            continue
        first[row.who] = row.row
        households[row.household].append(row)
    for number, members in households.items():
        heads = [row for row in members if row.is_head]
        if not heads and "head" in table.headers:
            table.refuse(members[0].row, "head", "household_without_head", household=number)
        for row in heads[1:]:
            table.refuse(row.row, "head", "household_two_heads", household=number, name=heads[0].name)
        if heads and heads[0].age_band in ("under_14", "youth"):
            table.refuse(heads[0].row, "head", "head_is_child", name=heads[0].name)
        most = Counter(row.group for row in members).most_common(1)[0][0]
        for row in members:
            if row.group != most:
                table.refuse(
                    row.row, "group", "household_in_two_groups", household=number, first=most, second=row.group
                )


def _with_guardian(table: Table, row: ResidentRow, said: str, adults: Mapping[tuple[str, str], bool]) -> ResidentRow:
    """A child under 14 has a grown-up guardian, of the same household."""
    if row.age_band != "under_14":
        return row
    if not said:
        table.refuse(row.row, "guardian", "guardian_missing", name=row.name)
        return row
    who = (row.household, values.name_of(said))
    if who not in adults:
        table.refuse(row.row, "guardian", "guardian_unknown", value=said, household=row.household)
    elif not adults[who]:
        table.refuse(row.row, "guardian", "guardian_is_child", value=said)
    return replace(row, guardian=who[1])
