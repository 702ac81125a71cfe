"""What needs two people: one asks, another of another household approves; never for oneself or the own household."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident
from gongfen.people.queries import has_role, roles_of, same_household
from gongfen.rules.allowances import check_sum
from gongfen.shops import refusals
from gongfen.shops.asking_roles import APPROVES, ASKS
from gongfen.shops.cards import find_card, new_card_id, print_card, unlock_card
from gongfen.shops.merchants import MerchantToList, check_listing, new_merchant, put_on_list
from gongfen.shops.models import Asking, AskingState, Card, CardState, Merchant, Payout, What
from gongfen.shops.payments import pay_many
from gongfen.shops.sealed import seal
from gongfen.shops.settlement import take_back
from gongfen.shops.wanted import HandPayment
from gongfen.town.models import Town


@dataclass(frozen=True)
class Approved:
    """An approval: its act, and the id of a new card, told once, to be printed."""

    act: Written
    card_id: str = ""


def ask_listing(by: Resident, listing: MerchantToList, *, key: str, now: datetime) -> Asking:
    """Ask for a shop to be put on the list, with its terms."""
    check_listing(listing)
    owner = Resident.of(by.town_id).filter(id=listing.owner).first() if listing.owner else None
    if listing.owner and owner is None:
        raise refusals.UnknownShop()
    new = new_merchant(by.town, listing, now)
    wish = {**asdict(listing), "account": "", "sealed": bytes(new.sealed_account).hex()}  # no bank number in the clear
    wish |= {"id": str(new.id), "subject": str(new.subject)}
    return _ask(by, What.LIST_MERCHANT, new.id, wish, key, now, village=listing.village, homes=_homes(owner))


def ask_unlisting(by: Resident, merchant: int, *, key: str, now: datetime, what: str = What.UNLIST_MERCHANT) -> Asking:
    """Ask for a shop to be taken off the list. What lies in its tills is settled all the same.

    With `What.CLEAR_PIN` it is the owner's PIN that goes: an owner without a phone has forgotten it.
    """
    shop = _merchant(by.town, merchant)
    return _ask(by, what, shop.id, {}, key, now, village=shop.village_id, homes=_homes(shop.owner))


def ask_account(by: Resident, merchant: int, *, payee: str, account: str, key: str, now: datetime) -> Asking:
    """Ask for a shop's money to go to another bank account. What is under way goes where it was sent."""
    shop = _merchant(by.town, merchant)
    check_listing(MerchantToList(shop.name, payee=payee, account=account))
    if not account or not payee.strip():
        raise refusals.WordsNotUsable(what="account" if payee.strip() else "payee")
    wish = {"payee": payee, "sealed": seal(account.encode(), about=shop.id).hex(), "end": account[-4:]}
    return _ask(by, What.CHANGE_ACCOUNT, shop.id, wish, key, now, village=shop.village_id, homes=_homes(shop.owner))


def ask_payment_by_hand(
    by: Resident, *, merchant: int, resident: int, money: int, slip: str, key: str, now: datetime
) -> Asking:
    """Ask for a slip to be paid that a shop wrote by hand while nothing was online. `slip` is its printed number."""
    shop, payer = _merchant(by.town, merchant), _resident(by.town, resident)
    if refusal := check_sum(money):
        raise refusal
    if not (slip.isascii() and slip.isdigit() and len(slip) <= 12):
        raise refusals.WordsNotUsable(what="slip")
    wish = {"resident": str(payer.id), "money": money, "slip": slip}
    homes = {*_homes(shop.owner), payer.household_id}
    return _ask(by, What.PAY_BY_HAND, shop.id, wish, key, now, village=shop.village_id, homes=homes)


def ask_card(by: Resident, resident: int, *, key: str, now: datetime) -> Asking:
    """Ask for a card to be printed; the holder's old card dies when it is approved."""
    holder = _resident(by.town, resident)
    return _ask(by, What.MAKE_CARD, holder.id, {}, key, now, village=holder.village_id, homes=_homes(holder))


def ask_unlock(town: Town, card_id: str, *, key: str, now: datetime) -> Asking:
    """The holder, who brings the locked card, asks for its unlocking at any till."""
    card = find_card(town, card_id)
    if card.state not in (CardState.LOCKED, CardState.ACTIVE):
        raise refusals.CardWithoutPin()
    if waits := Asking.of(town).filter(what=What.UNLOCK_CARD, row=card.id, state=AskingState.OPEN).first():
        return waits
    holder = card.resident
    holder.town = town
    return _ask(holder, What.UNLOCK_CARD, card.id, {}, key, now, village=holder.village_id, homes=set())


def ask_take_back(by: Resident, payout: int, *, key: str, now: datetime) -> Asking:
    """Ask for a payout to be taken back that never reached the bank."""
    row = Payout.of(by.town_id).filter(id=payout).select_related("settlement", "merchant__owner").first()
    if row is None:
        raise refusals.UnknownSettlement()
    village, homes = row.settlement.village_id, _homes(row.merchant.owner)
    return _ask(by, What.TAKE_BACK_PAYOUT, row.id, {}, key, now, village=village, homes=homes)


def _ask(
    by: Resident,
    what: str,
    row: int,
    wish: dict[str, Any],
    key: str,
    now: datetime,
    *,
    village: int | None,
    homes: set[int],
) -> Asking:
    if ASKS[what] and not any(has_role(by, role, village) for role in ASKS[what]):
        raise NotYourRole(role=ASKS[what][0])
    if by.household_id in homes:
        raise refusals.OwnHousehold()
    with one_batch(by.town, now) as batch:
        stood = batch.written([key]).get(key)
        asking = Asking(town=by.town, what=what, row=row, wish=wish, asked_by=by, asked_at=now)
        facts = {"row": str(row), **{name: value for name, value in wish.items() if name in ("money", "slip")}}
        facts["asking"] = stood.facts["asking"] if stood else str(asking.id)
        act = batch.act(key=key, verb=f"{what}.ask", by=by.subject, about=by.town.subject, facts=facts)
        act.creates(asking)
    written = one(batch.answers)
    return Asking.of(by.town).get(id=int(written.facts["asking"]))


def approve(by: Resident, asking: int, *, now: datetime) -> Approved:
    """The other person says yes, and it takes effect. Approving twice approves once."""
    town = by.town
    with transaction.atomic():
        row = _open_asking(town, asking)
        _check_second(by, row)
        if row.what == What.PAY_BY_HAND:
            return Approved(_pay_by_hand(town, row, by, now))
        card_id = new_card_id() if row.what == What.MAKE_CARD else ""
        with one_batch(town, now) as batch:
            act = _EFFECTS[row.what](batch, row, by, card_id)
            act.changes(row, was={"state": AskingState.OPEN}, state=AskingState.APPROVED, decided_by_id=by.id)
        written = one(batch.answers)
    return Approved(written, card_id if written.is_new else "")


def turn_down(by: Resident, asking: int, *, now: datetime) -> None:
    """The other person says no; nothing takes effect."""
    row = _open_asking(by.town, asking)
    _check_second(by, row)
    still = Asking.of(by.town).filter(id=row.id, state=AskingState.OPEN)
    if not still.update(state=AskingState.TURNED_DOWN, decided_by=by):
        raise refusals.UnknownAsking()


def open_askings(by: Resident, village: int | None) -> list[Asking]:
    """What waits for this person's yes, by the roles that they have there."""
    mine = {role.role for role in roles_of(by) if role.village_id in (None, village)}
    kinds = [what for what, roles in APPROVES.items() if mine & set(roles)]
    if not kinds:
        raise NotYourRole(role="supervisor")
    found = Asking.of(by.town_id).filter(state=AskingState.OPEN, what__in=kinds).exclude(asked_by=by)
    return list(found.select_related("asked_by").order_by("id")[:200])


def _check_second(by: Resident, row: Asking) -> None:
    """Another person, of another household than who asked and whom it concerns, with a role for it there."""
    village, homes = _concerns(row)
    if not any(has_role(by, role, village) for role in APPROVES[row.what]):
        raise NotYourRole(role=APPROVES[row.what][0])
    if same_household(by, row.asked_by):
        raise NeedsTwoPeople()
    if by.household_id in homes:
        raise refusals.OwnHousehold()
    if row.what == What.UNLOCK_CARD and by.group_id == row.asked_by.group_id:
        raise refusals.StaffOfTheGroup()


def _concerns(row: Asking) -> tuple[int | None, set[int]]:
    """Whose desk it is, and the households that it concerns."""
    town = row.town
    if row.what == What.LIST_MERCHANT:
        owner = Resident.of(town).filter(id=row.wish["owner"]).first() if row.wish["owner"] else None
        return row.wish["village"], _homes(owner)
    if row.what in (What.MAKE_CARD, What.UNLOCK_CARD):
        holder = _resident(town, row.row) if row.what == What.MAKE_CARD else row.asked_by
        return holder.village_id, _homes(holder)
    if row.what == What.TAKE_BACK_PAYOUT:
        payout = Payout.of(town).select_related("settlement", "merchant__owner").get(id=row.row)
        return payout.settlement.village_id, _homes(payout.merchant.owner)
    shop = _merchant(town, row.row)
    payer = {_resident(town, int(row.wish["resident"])).household_id} if row.what == What.PAY_BY_HAND else set()
    return shop.village_id, {*_homes(shop.owner), *payer}


def _pay_by_hand(town: Town, row: Asking, by: Resident, now: datetime) -> Written:
    wanted = HandPayment(
        row.row, int(row.wish["resident"]), row.wish["money"], row.id, row.asked_by.subject, by.subject
    )
    written = one(pay_many(town, [wanted], now))
    Asking.of(town).filter(id=row.id).update(state=AskingState.APPROVED, decided_by=by)
    return written


def _approval(batch: Batch, row: Asking, by: Resident, about: int) -> Draft:
    facts = {"row": str(row.row), "asked_by": str(row.asked_by.subject), "asking": str(row.id)}
    return batch.act(key=f"asking/{row.id}", verb=row.what, by=by.subject, about=about, facts=facts, asked="")


def _list(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    wish = dict(row.wish)
    new, subject, sealed = int(wish.pop("id")), int(wish.pop("subject")), bytes.fromhex(wish.pop("sealed"))
    shop = new_merchant(batch.town, MerchantToList(**{**wish, "hours": tuple(wish["hours"])}), batch.now)
    shop.id, shop.subject, shop.sealed_account = new, subject, sealed
    return put_on_list(batch, shop, by=by.subject, asked_by=row.asked_by.subject, key=f"asking/{row.id}")


def _unlist(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    shop = _merchant(batch.town, row.row)
    act = _approval(batch, row, by, shop.subject)
    act.changes(shop, was={"listed": True}, listed=False)
    return act


def _account(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    shop = _merchant(batch.town, row.row)
    act = _approval(batch, row, by, shop.subject)
    act.changes(shop, payee=row.wish["payee"], sealed_account=bytes.fromhex(row.wish["sealed"]))
    return act


def _clear_pin(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    shop = _merchant(batch.town, row.row)
    act = _approval(batch, row, by, shop.subject)
    act.changes(shop, pin_hash="", pin_tries=0)
    return act


def _make_card(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    holder = _resident(batch.town, row.row)
    act = _approval(batch, row, by, holder.subject)
    print_card(batch, act, holder, card_id)
    return act


def _unlock(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    act = _approval(batch, row, by, row.asked_by.subject)
    unlock_card(act, Card.of(batch.town).get(id=row.row))
    return act


def _take_back(batch: Batch, row: Asking, by: Resident, card_id: str) -> Draft:
    payout = Payout.of(batch.town).select_related("merchant").get(id=row.row)
    act = _approval(batch, row, by, payout.merchant.subject)
    take_back(act, payout)
    return act


_EFFECTS: dict[str, Callable[[Batch, Asking, Resident, str], Draft]] = {
    What.LIST_MERCHANT: _list,
    What.UNLIST_MERCHANT: _unlist,
    What.CLEAR_PIN: _clear_pin,
    What.MAKE_CARD: _make_card,
    What.UNLOCK_CARD: _unlock,
    What.TAKE_BACK_PAYOUT: _take_back,
    What.CHANGE_ACCOUNT: _account,
}


def _homes(person: Resident | None) -> set[int]:
    return {person.household_id} if person else set()


def _merchant(town: Town, merchant: int) -> Merchant:
    found = Merchant.of(town).filter(id=merchant).select_related("owner").first()
    if found is None:
        raise refusals.UnknownShop()
    return found


def _resident(town: Town, resident: int) -> Resident:
    found = Resident.of(town).filter(id=resident).first()
    if found is None:
        raise refusals.UnknownResident()
    if not found.has_account:
        raise refusals.ResidentLeft()
    return found


def _open_asking(town: Town, asking: int) -> Asking:
    row = Asking.of(town).filter(id=asking).exclude(state=AskingState.TURNED_DOWN).select_related("asked_by").first()
    if row is None:
        raise refusals.UnknownAsking()
    row.town = town
    return row
