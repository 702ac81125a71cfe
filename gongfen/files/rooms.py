"""Terms and shops of a village, from its files, into the rooms that keep them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gongfen.activities.models import TermsVersion
from gongfen.activities.terms import Decision, decide_terms, propose_terms
from gongfen.activities.terms_in_force import InForce
from gongfen.files.loading import Loading, People
from gongfen.files.merchants import MerchantRow
from gongfen.files.problems import Named
from gongfen.files.terms import TermsRow
from gongfen.files.village import VillageFile
from gongfen.people.models import Resident, Village
from gongfen.rules.notice import TERMS_AHEAD, village_day
from gongfen.shops.merchants import MerchantToList, add_offer, list_merchants
from gongfen.shops.models import Merchant, Offer


def that_differ(
    village: Village, rows: Sequence[TermsRow], today: date
) -> Iterator[tuple[TermsRow, TermsVersion | None, date]]:
    """Rows that say something else than the terms that will stand, with these (None for new work) and the first day
    on which the row may hold: at once for new work, else after seven days."""
    later = today + timedelta(days=TERMS_AHEAD)
    known = InForce(village.town, [village.subject])
    standing = {(version.kind, version.what): version for version in known.every(later)}
    for row in rows:
        before = standing.get((row.kind, row.terms.what))
        if before is None:
            yield row, None, today
        elif before.terms != row.terms:
            yield row, before, later


def load_terms(loading: Loading, rows: Sequence[TermsRow], said: VillageFile, people: People, file: str) -> None:
    """Terms for new work are in force at once; other terms for known work need a newer decision, and seven days."""
    village, now = loading.village, loading.now
    by, second = _two_people(said, people)
    decision = Decision("meeting", said.decision.met_on, said.decision.took_part, said.decision.yes)
    for row, before, starts in that_differ(village, rows, village_day(now)):
        if before is not None and not _is_newer(decision, before):
            facts = {"what": Named(f"kind.{row.kind}.{row.terms.what}"), "right": "R28"}
            loading.refuse(file, row.row, "", "terms_changed_undecided", **facts)
            continue
        version = propose_terms(by, village.subject, row.kind, row.terms, starts, now=now)
        decide_terms(second, version.id, decision, now=now)
        loading.count("terms", 1)
        if before is not None:
            loading.tell(file, "terms_from_day", row.row, what=row.text, day=starts.isoformat())


def _is_newer(decision: Decision, before: TermsVersion) -> bool:
    return before.decided_on is None or decision.on > before.decided_on


def _two_people(said: VillageFile, people: People) -> tuple[Resident, Resident]:
    """An organiser who proposes and a supervisor of another household who writes the decision down."""
    return next(
        (people[first], people[second])
        for first in said.staff["organiser"]
        for second in said.staff["supervisor"]
        if first[0] != second[0]
    )


def load_merchants(loading: Loading, rows: Sequence[MerchantRow], people: People, file: str) -> None:
    """Shops that are not on the list yet are put there; offers that a shop lacks are added."""
    village = loading.village
    town = village.town
    known = {shop.name: shop for shop in Merchant.of(town).filter(village=village, listed=True)}
    new = [row for row in rows if row.name not in known]
    listing = [merchant_to_list(row, people, village.id) for row in new]
    for shop in list_merchants(town, listing, town.subject, loading.now) if listing else []:
        shop.town = town
        known[shop.name] = shop
    loading.count("merchants", len(new))
    for row in rows:
        shop = known[row.name]
        if shop.owner_id != (people[row.owner].id if row.owner else None):
            loading.tell(file, "owner_kept", row.row, name=row.name)
        _offers(loading, row, shop, file)


def merchant_to_list(row: MerchantRow, people: People, village: int) -> MerchantToList:
    """The shop of a row, as the desk lists it."""
    owner = people[row.owner].id if row.owner else None
    return MerchantToList(row.name, place=row.place, name_en=row.name_en, hours=row.hours, owner=owner, village=village)


def _offers(loading: Loading, row: MerchantRow, shop: Merchant, file: str) -> None:
    listed = dict(Offer.of(shop.town_id).filter(merchant=shop, ended_at=None).values_list("name", "price"))
    for offer in row.offers:
        if offer.what not in listed:
            add_offer(shop, offer.what, offer.price, name_en=offer.en)
            loading.count("offers", 1)
        elif listed[offer.what] != offer.price:
            loading.tell(file, "offer_price_kept", row.row, what=offer.what, price=listed[offer.what])
