"""Cards for people without a phone: a random id, a PIN that the holder alone knows, five tries."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.ledger.queries import balances_of
from gongfen.people.models import Resident
from gongfen.people.tokens import hash_of
from gongfen.shops import refusals
from gongfen.shops.models import Card, CardState
from gongfen.shops.pins import TRIES, is_pin, pin_hash, read_pin
from gongfen.shops.wanted import CardPayment
from gongfen.town.models import Town

ID_BYTES = 16


@dataclass(frozen=True)
class Shown:
    """A card at a till, with the PIN that its holder typed; its part of the sum, in hundredths of a fen."""

    card: str
    pin: str
    part: int = 0


def new_card_id() -> str:
    """128 random bits as 26 letters and digits, for the QR of the printed card."""
    return base64.b32encode(secrets.token_bytes(ID_BYTES)).decode().rstrip("=")


def print_card(batch: Batch, act: Draft, resident: Resident, card_id: str) -> None:
    """Let an approved act make a new card; the old one of its holder is dead from now on."""
    for old in Card.of(batch.town).filter(resident=resident).exclude(state=CardState.DEAD):
        act.changes(old, was={"state": old.state}, state=CardState.DEAD)
    act.creates(Card(town=batch.town, resident=resident, id_hash=hash_of(card_id), made_at=batch.now))


def find_card(town: Town, card_id: str) -> Card:
    """The card with this id, unless it is dead."""
    found = Card.of(town).filter(id_hash=hash_of(card_id)).exclude(state=CardState.DEAD)
    card = found.select_related("resident").first()
    if card is None or not card.resident.has_account:
        raise refusals.CardUnknown()
    return card


def choose_pin(town: Town, card_id: str, pin: str, *, now: datetime) -> Written:
    """The holder chooses the PIN, at the first use at a till. Nobody else ever knows it."""
    card = find_card(town, card_id)
    if card.state != CardState.NEW:
        raise refusals.CardHasPin()
    kept = pin_hash(read_pin(pin))
    with one_batch(town, now) as batch:
        holder = card.resident.subject
        act = batch.act(key=f"card/{card.id}/pin/{card.unlocks}", verb="card.pin", by=holder, about=holder)
        act.changes(card, was={"state": CardState.NEW}, state=CardState.ACTIVE, pin_hash=kept, tries=0)
    return one(batch.answers)


def check_pin(town: Town, shown: Shown) -> Card:
    """The card, when the PIN is right. Each try is counted, and committed, before it is looked at; five lock."""
    card = find_card(town, shown.card)
    if card.state == CardState.NEW:
        raise refusals.CardWithoutPin()
    mine = Card.of(town).filter(id=card.id, state=CardState.ACTIVE)
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise refusals.CardLocked()
    if is_pin(card.pin_hash, shown.pin):
        mine.update(tries=0)
        return card
    left = TRIES - (mine.values_list("tries", flat=True).first() or TRIES)
    if left <= 0:
        mine.update(state=CardState.LOCKED)
        raise refusals.CardLocked()
    raise refusals.CardPinWrong(left=left)


def card_payment(town: Town, till: bytes, cards: Sequence[Shown], money: int, key: str) -> CardPayment:
    """One or two cards for one payment, their PINs checked on this thread; the writer decides the rest."""
    if not 1 <= len(cards) <= 2:
        raise refusals.CardsOfOneHousehold()
    parts = [money] if len(cards) == 1 else [card.part for card in cards]
    if sum(parts) != money or min(parts) <= 0:
        raise refusals.PartsDoNotAddUp(money=money)
    payers = tuple((check_pin(town, card).resident_id, part) for card, part in zip(cards, parts, strict=True))
    return CardPayment(till, payers, key)


def balance_by_card(town: Town, shown: Shown) -> tuple[int, int]:
    """The holder's own points and cash, after the PIN: shown to who holds the card, kept nowhere."""
    holder = check_pin(town, shown).resident
    found = balances_of(town, [holder.points, holder.cash])
    return found[holder.points], found[holder.cash]


def unlock_card(act: Draft, card: Card) -> None:
    """Let an approved act unlock a card: the holder chooses a new PIN at a till."""
    if card.state not in (CardState.LOCKED, CardState.ACTIVE):
        act.refuse(refusals.CardUnknown())
    act.changes(card, was={"state": card.state}, adds={"unlocks": 1}, state=CardState.NEW, pin_hash="", tries=0)
