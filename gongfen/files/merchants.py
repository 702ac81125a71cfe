"""merchants.csv, merchants.xlsx: the shops that take points, and what they offer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gongfen.files import values
from gongfen.files.columns import MERCHANTS
from gongfen.files.sheets import Sheet
from gongfen.files.tables import Record, Table, find_table

BETWEEN_OFFERS = re.compile(r"[;；、\n]+")
OFFER = re.compile(r"^(?P<what>.*?\S)\s*[:：]?\s*[¥￥]?(?P<price>\d[\d,]*(?:\.\d+)?)\s*(?:元|块|yuan)?$", re.IGNORECASE)
LONGEST_NAME = 60
TEXTS = (("place", 120), ("name_en", 60))  # beside the name, and how long each may be
HIGHEST_PRICE = 100_000 * 100 * 100  # 100,000 yuan in hundredths of a fen


@dataclass(frozen=True)
class Offer:
    """What a shop sells, and its price in hundredths of a fen."""

    what: str
    price: int
    en: str = ""


@dataclass(frozen=True)
class MerchantRow:
    """A shop; `owner` is household and name when a resident of the village keeps it."""

    row: int
    name: str
    owner: tuple[str, str] | None
    hours: tuple[str, ...]  # Monday to Sunday, "07:00-20:30" each, "" when shut; nothing when not said
    offers: tuple[Offer, ...]
    place: str = ""
    name_en: str = ""


def read_merchants(sheets: Sequence[Sheet], residents: Collection[tuple[str, str]]) -> tuple[list[MerchantRow], Table]:
    """The shops of a file. A shop may have several rows, one an offer; the first says the rest."""
    table = find_table(sheets, MERCHANTS)
    names: dict[str, list[str]] = {}
    for household, name in residents:
        names.setdefault(name, []).append(household)
    shops: dict[str, MerchantRow] = {}
    above = ""
    for record in table.records:
        name = values.words_of(record["name"]) or above
        above = name
        if not name or len(name) > LONGEST_NAME:
            table.refuse(record.row, "name", "cell_too_long" if name else "cell_missing", most=LONGEST_NAME)
            continue
        row = _row(table, record, name, residents, names)
        shops[name] = _joined(table, shops[name], row) if name in shops else row
    refused = table.refused_rows
    return [shop for shop in shops.values() if shop.row not in refused], table


def _row(
    table: Table,
    record: Record,
    name: str,
    residents: Collection[tuple[str, str]],
    names: Mapping[str, Sequence[str]],
) -> MerchantRow:
    offers = _offers(table, record)
    owner = _owner(table, record, residents, names)
    hours = values.opening_hours(record["hours"])
    if hours is None:
        table.refuse(record.row, "hours", "hours_unclear", value=record["hours"])
    texts = {column: values.words_of(record[column]) for column, _ in TEXTS}
    for column, most in TEXTS:
        if len(texts[column]) > most:
            table.refuse(record.row, column, "cell_too_long", most=most)
    return MerchantRow(record.row, name, owner, hours or (), offers, texts["place"], texts["name_en"])


def _owner(
    table: Table, record: Record, residents: Collection[tuple[str, str]], names: Mapping[str, Sequence[str]]
) -> tuple[str, str] | None:
    """A resident by household and name; by name alone only when the village has one of that name."""
    name, household = values.name_of(record["owner"]), values.narrow(record["household"])
    if not name:
        return None
    if household:
        if (household, name) not in residents:
            table.refuse(record.row, "owner", "owner_not_in_household", name=name, household=household)
            return None
        return household, name
    living = names.get(name, [])
    if len(living) > 1:
        table.refuse(record.row, "owner", "owner_not_clear", name=name, households=list(living)[:10])
        return None
    if not living:
        table.tell(record.row, "owner", "owner_from_elsewhere", name=name)
        return None
    return living[0], name


def _offers(table: Table, record: Record) -> tuple[Offer, ...]:
    """Either one thing with its price beside it, or several in one cell: 肥皂 5元；大米 50元."""
    if not record["offers"]:
        if record["price"]:
            table.refuse(record.row, "offers", "cell_missing")
        return ()
    if "price" in table.headers:
        price = values.money(record["price"])
        if not record["price"]:
            table.refuse(record.row, "price", "cell_missing")
        elif price is None or not 0 < price <= HIGHEST_PRICE:
            table.refuse(record.row, "price", "price_unclear", value=record["price"])
        english = values.words_of(record["offer_en"])[:LONGEST_NAME]
        return (Offer(values.words_of(record["offers"])[:LONGEST_NAME], price or 0, english),)
    offers = []
    for part in BETWEEN_OFFERS.split(record["offers"]):
        if not part.strip():
            continue
        found = OFFER.match(values.narrow(part))
        price = values.money(found["price"]) if found else None
        if found is None or price is None or not 0 < price <= HIGHEST_PRICE:
            table.refuse(record.row, "offers", "price_unclear", value=part.strip()[:30])
            continue
        offers.append(Offer(values.words_of(found["what"])[:LONGEST_NAME], price))
    return tuple(offers)


def _joined(table: Table, shop: MerchantRow, row: MerchantRow) -> MerchantRow:
    """One more row of the same shop: its offers are added; it may not say another owner."""
    if row.owner and shop.owner and row.owner != shop.owner:
        table.refuse(row.row, "owner", "shop_two_owners", name=shop.name, first=shop.owner[1], second=row.owner[1])
    known = {offer.what for offer in shop.offers}
    for offer in row.offers:
        if offer.what in known:
            table.refuse(row.row, "offers", "offer_twice", what=offer.what, name=shop.name)
    if not row.offers:
        table.refuse(row.row, "name", "shop_twice", name=shop.name, other=shop.row)
    return replace(
        shop, owner=shop.owner or row.owner, hours=shop.hours or row.hours, offers=shop.offers + row.offers,
        place=shop.place or row.place, name_en=shop.name_en or row.name_en,
    )  # fmt: skip
