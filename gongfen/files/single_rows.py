"""What each table of the desk does with its rows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from gongfen.activities.attendance import Tick, tick_many
from gongfen.activities.terms import propose_terms
from gongfen.files import values
from gongfen.files.columns import ATTENDANCE, MONEY_IN
from gongfen.files.loading import Loading, People, Refused
from gongfen.files.merchants import MerchantRow, read_merchants
from gongfen.files.problems import Problem, Remark
from gongfen.files.residents import read_residents
from gongfen.files.rooms import merchant_to_list, that_differ
from gongfen.files.roster import load_residents
from gongfen.files.sheets import Sheet
from gongfen.files.tables import Record, Table, find_table
from gongfen.files.terms import read_terms
from gongfen.fund.acts import MoneyIn, record_slip
from gongfen.people.models import Group, Resident
from gongfen.rules.notice import HOME, village_day
from gongfen.rules.refusals import Refusal
from gongfen.shops.askings import ask_listing
from gongfen.shops.merchants import add_offer
from gongfen.shops.models import Asking, AskingState, Merchant, Offer, What

if TYPE_CHECKING:
    from gongfen.files.single import Wanted


def _stop(table: Table) -> list[Remark]:
    """Any problem stops the whole file; what is only worth saying goes on."""
    if table.problems:
        raise Refused(table.problems)
    return table.remarks


def _refused(loading: Loading, table: Table, row: int, no: Refusal) -> None:
    loading.problems.append(Problem(table.file, row, "", "row_refused", {"no": no}))


def people_of(loading: Loading) -> People:
    """Everybody of the village, by household and name."""
    rows = Resident.of(loading.village.town).filter(village=loading.village, left_at=None)
    found = {(one.household.number, one.name): one for one in rows.select_related("household")}
    for one in found.values():
        one.town = loading.village.town
    return found


def residents(wanted: Wanted, sheets: list[Sheet], loading: Loading) -> list[Remark]:
    """Who is new joins, who changed is changed, nobody is ever removed. New groups are for the founding alone."""
    groups = list(Group.of(wanted.village.town).filter(village=wanted.village).values_list("name", flat=True))
    rows, table = read_residents(sheets, groups, village_day(wanted.now))
    remarks = _stop(table)
    load_residents(loading, rows, table.file)
    return remarks


def terms(wanted: Wanted, sheets: list[Sheet], loading: Loading) -> list[Remark]:
    """Terms that differ from those in force are proposed; residents decide them, and a second person writes it down."""
    rows, table = read_terms(sheets)
    remarks = _stop(table)
    for row, _, starts in that_differ(wanted.village, rows, village_day(wanted.now)):
        try:
            propose_terms(wanted.by, wanted.village.subject, row.kind, row.terms, starts, now=wanted.now)
        except Refusal as no:
            _refused(loading, table, row.row, no)
            continue
        loading.count("proposed", 1)
        loading.change(row.row, "proposes", row.text)
    return remarks


def merchants(wanted: Wanted, sheets: list[Sheet], loading: Loading) -> list[Remark]:
    """New shops wait for a second person; what a known shop lacks is added to its offers."""
    people = people_of(loading)
    rows, table = read_merchants(sheets, set(people))
    remarks = _stop(table)
    town, village = wanted.village.town, wanted.village
    known = {shop.name: shop for shop in Merchant.of(town).filter(village=village, listed=True)}
    asked = Asking.of(town).filter(what=What.LIST_MERCHANT, state=AskingState.OPEN)
    waiting = {asking.wish["name"] for asking in asked if asking.wish["village"] == village.id}
    for row in rows:
        shop = known.get(row.name)
        try:
            if shop is not None:
                shop.town = town
                _offers(loading, shop, row)
            elif row.name not in waiting:
                key = f"import/shop/{wanted.digest[:24]}/{row.row}"
                ask_listing(wanted.by, merchant_to_list(row, people, village.id), key=key, now=wanted.now)
                loading.count("asked", 1)
                loading.change(row.row, "asks", row.name)
        except Refusal as no:
            _refused(loading, table, row.row, no)
    return remarks


def _offers(loading: Loading, shop: Merchant, row: MerchantRow) -> None:
    listed = set(Offer.of(shop.town_id).filter(merchant=shop, ended_at=None).values_list("name", flat=True))
    for offer in row.offers:
        if offer.what not in listed:
            add_offer(shop, offer.what, offer.price, name_en=offer.en)
            loading.count("offers", 1)
            loading.change(row.row, "offers", f"{shop.name} · {offer.what}")


def money_in(wanted: Wanted, sheets: list[Sheet], loading: Loading) -> list[Remark]:
    """Each row is a bank slip that the treasurer records; nothing moves before the supervisor has seen it."""
    table = find_table(sheets, MONEY_IN)
    slips: list[tuple[Record, MoneyIn]] = []
    for record in table.records:
        money, day = values.money(record["money"]), values.day(record["day"])
        for column in ("number", "donor"):
            if not record[column]:
                table.refuse(record.row, column, "cell_missing")
        if money is None or money <= 0:
            table.refuse(record.row, "money", "not_a_number", value=record["money"])
        if day is None or day > village_day(wanted.now):
            table.refuse(record.row, "day", "day_unclear", value=record["day"])
        if money and day:
            said = [values.words_of(record[name])[:most] for name, most in (("number", 40), ("donor", 80))]
            slips.append((record, MoneyIn(said[0], said[1], money, day, values.words_of(record["purpose"])[:80])))
    remarks = _stop(table)
    for record, slip in slips:
        try:
            recorded = record_slip(wanted.by, wanted.village.subject, slip, now=wanted.now)
        except Refusal as no:
            _refused(loading, table, record.row, no)
            continue
        if recorded.recorded_by == wanted.by.subject and recorded.state == "recorded":
            loading.count("slips", 1)
            loading.change(record.row, "slip", f"{slip.number} · {slip.donor}")
    return remarks


def attendance(wanted: Wanted, sheets: list[Sheet], loading: Loading) -> list[Remark]:
    """Who was there, from when to when: written down by one, as a leader's tick, until a second person confirms it."""
    table = find_table(sheets, ATTENDANCE)
    activity = wanted.activity
    assert activity is not None
    people = people_of(loading)
    ticks: list[tuple[int, Tick]] = []
    for record in table.records:
        resident = _who(table, record, people)
        day = values.day(record["day"]) if record["day"] else village_day(activity.starts_at)
        if day is None:
            table.refuse(record.row, "day", "day_unclear", value=record["day"])
            continue
        begins, ends = (_moment(table, record, column, day) for column in ("in_at", "out_at"))
        if resident is not None and begins is not None:
            ticks.append((record.row, Tick(resident, begins, ends)))
    remarks = _stop(table)
    answers = tick_many(activity, [tick for _, tick in ticks], by=wanted.by, now=wanted.now)
    for (row, tick), answer in zip(ticks, answers, strict=True):
        if isinstance(answer, Refusal):
            _refused(loading, table, row, answer)
        else:
            loading.count("present", 1)
            loading.change(row, "present", tick.resident.name)
    return remarks


def _who(table: Table, record: Record, people: People) -> Resident | None:
    """Somebody of the village by household and name; by name alone where there is one of that name."""
    name, household = values.name_of(record["name"]), values.narrow(record["household"])
    found = [one for (door, called), one in people.items() if called == name and household in ("", door)]
    if len(found) != 1:
        code = "resident_not_clear" if found else "resident_not_here"
        table.refuse(record.row, "name", code, name=record["name"], household=household)
        return None
    return found[0]


def _moment(table: Table, record: Record, column: str, day: date) -> datetime | None:
    said = values.narrow(record[column]).replace(" ", "")
    if not said:
        if column == "in_at":
            table.refuse(record.row, column, "cell_missing")
        return None
    hour, _, minute = said.replace(".", ":").partition(":")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and int(hour) < 24 and int(minute or 0) < 60):
        table.refuse(record.row, column, "clock_unclear", value=record[column])
        return None
    return datetime.combine(day, time(int(hour), int(minute or 0)), HOME)
