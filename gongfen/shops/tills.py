"""Tills: several for a merchant, each with its own token and its own limits; more after the owner's unlock."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident
from gongfen.people.tokens import hash_of
from gongfen.shops import refusals
from gongfen.shops.models import Merchant, Till
from gongfen.shops.pins import TRIES, is_pin, pin_hash, read_pin
from gongfen.town.models import Town

UNLOCKED_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class NewTill:
    """A till's token, told once to the device that keeps it."""

    till: Till
    token: str


def town_of_token(token: str) -> Town | None:
    """The town that a till's token names in front of its secret part."""
    code = token.partition(".")[0]
    if not (code.isascii() and code.isdigit()) or len(code) > 8:
        return None
    return _town(int(code), outside=not connection.in_atomic_block)


_towns: dict[int, Town] = {}  # a town's code and par never change


def _town(code: int, *, outside: bool) -> Town | None:
    """A town by its code. What an open transaction sees may be rolled back and is not kept."""
    if outside and code in _towns:
        return _towns[code]
    found = Town.objects.filter(code=code).first()
    if found is not None and outside:
        _towns[code] = found
    return found


def forget_towns() -> None:
    """Look the towns up again: a restored database may have others."""
    _towns.clear()


def till_by_token(token: str) -> Till | None:
    """The till that keeps this token; None for an unknown or revoked one."""
    town = town_of_token(token)
    if town is None:
        return None
    found = (
        Till.of(town).filter(token_hash=hash_of(token), revoked_at=None).select_related("merchant", "merchant__owner")
    )
    till = found.first()
    if till is not None:
        till.town = till.merchant.town = town
    return till


def make_till(
    merchant: Merchant,
    label: str,
    *,
    by: int,
    key: str,
    now: datetime,
    refund_limit: int = 0,
    payment_limit: int | None = None,
) -> NewTill:
    """One more till of a merchant. Sent again it makes the same till with a new token: the lost answer's is dead."""
    town, token = merchant.town, f"{merchant.town.code}.{secrets.token_urlsafe(32)}"
    label = " ".join(label.split())[:40]
    if not label:
        raise refusals.WordsNotUsable(what="label")
    with one_batch(town, now) as batch:
        till = Till(
            town=town, merchant=merchant, token_hash=hash_of(token), label=label, refund_limit=refund_limit,
            payment_limit=payment_limit, made_at=now,
        )  # fmt: skip
        if stood := batch.written([key]).get(key):
            till = Till.of(town).filter(merchant=merchant).get(id=int(stood.facts["till"]))
            Till.of(town).filter(id=till.id).update(token_hash=hash_of(token))
        facts = {"till": str(till.id), "refund_limit": refund_limit, "payment_limit": payment_limit}
        act = batch.act(key=key, verb="till.make", by=by, about=merchant.subject, facts=facts)
        act.creates(till)
    one(batch.answers)
    return NewTill(till, token)


def revoke_till(merchant: Merchant, till: int, *, by: int, now: datetime) -> Written:
    """A lost or replaced till takes nothing any more. Revoking twice revokes once."""
    with one_batch(merchant.town, now) as batch:
        row = Till.of(merchant.town).filter(id=till, merchant=merchant).first()
        if row is None:
            raise refusals.UnknownShop()
        act = batch.act(
            key=f"till/{row.id}/revoke", verb="till.revoke", by=by, about=merchant.subject, facts={"till": str(row.id)},
            asked="",
        )  # fmt: skip
        act.changes(row, was={"revoked_at": None}, revoked_at=now)
    return one(batch.answers)


def choose_owner_pin(owner: Resident, merchant: int, pin: str, *, now: datetime) -> None:
    """The owner chooses the PIN of the unlock, on the own phone. A new one clears wrong tries."""
    kept = pin_hash(read_pin(pin))
    mine = Merchant.of(owner.town_id).filter(id=merchant, owner=owner)
    if not mine.update(pin_hash=kept, pin_tries=0):
        raise refusals.UnknownShop()


def unlock(till: Till, pin: str, *, now: datetime) -> datetime:
    """The owner's unlock: for ten minutes this till may refund, close the day and change offers.

    Where the owner has no phone the PIN is chosen at the first unlock. Tries are counted before the check; five lock.
    """
    town = till.town
    shop = Merchant.of(town).filter(id=till.merchant_id)
    if not shop.filter(pin_tries__lt=TRIES).update(pin_tries=F("pin_tries") + 1):
        raise refusals.OwnerPinLocked()
    kept = shop.values_list("pin_hash", flat=True).first() or ""
    if not kept:
        shop.filter(pin_hash="").update(pin_hash=pin_hash(read_pin(pin)))
    elif not is_pin(kept, pin):
        raise refusals.OwnerPinWrong()
    shop.update(pin_tries=0)
    until = now + UNLOCKED_FOR
    Till.of(town).filter(id=till.id).update(unlocked_until=until)
    return until


def lock(till: Till) -> None:
    """The owner leaves the counter: the till is as small again as it was."""
    Till.of(till.town_id).filter(id=till.id).update(unlocked_until=None)


def is_unlocked(till: Till, now: datetime) -> bool:
    """Did the owner unlock this till a moment ago?"""
    return till.unlocked_until is not None and till.unlocked_until > now


def check_unlocked(till: Till, now: datetime) -> None:
    """Refuse what only the owner may do here."""
    if not is_unlocked(till, now):
        raise refusals.TillLocked()
