"""What a phone pays with while it is offline: a secret, and up to sixty handles that pay once each."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongfen.journal.models import Act
from gongfen.people.queries import Caller
from gongfen.rules.pay_code import HANDLE_DIGITS, town_check
from gongfen.shops import refusals
from gongfen.shops.models import Handle, Helper, Secret
from gongfen.shops.sealed import seal, unseal
from gongfen.town.models import Town

A_PHONE_HAS = 60
SECRET_BYTES = 32
ASKED_AGAIN_WITHIN = timedelta(hours=1)  # a till that heard no answer gets the same receipt


@dataclass(frozen=True)
class Filled:
    """What a phone keeps. The secret is told to the device that it belongs to, and to nobody else."""

    town_check: str
    secret: bytes
    handles: list[str]


def handle_key(town: Town, digits: int) -> str:
    """The key of the act that this handle pays: while none stands, the handle is unspent."""
    return f"pay/{town.code}/{digits:0{HANDLE_DIGITS}}"


def fill_handles(caller: Caller, *, now: datetime, helps: Helper | None = None, renew: bool = False) -> Filled:
    """Fill a phone up to sixty unspent handles of its resident (or, for a helper, of the resident who is helped).

    `renew` makes a new secret: the old handles die with the old one.
    """
    town = caller.town
    if not caller.resident.has_account:
        raise refusals.ResidentLeft()
    with transaction.atomic():
        if renew:
            end_handles(town, caller.device)
        secret = Secret.of(town).filter(device_id=caller.device).first()
        if secret is None:
            sealed = seal(secrets.token_bytes(SECRET_BYTES), about=caller.device)
            secret = Secret.objects.create(town=town, device_id=caller.device, sealed=sealed, made_at=now)
        unspent = _unspent(town, secret, helps, now)
        payer = helps.resident_id if helps else caller.resident.id
        new = [
            Handle(town=town, digits=digits, secret=secret, resident_id=payer, helper=helps, made_at=now)
            for digits in _new_digits(town, A_PHONE_HAS - len(unspent))
        ]
        Handle.objects.bulk_create(new)
    told = [*unspent, *(handle.digits for handle in new)]
    return Filled(
        town_check(town.code),
        unseal(bytes(secret.sealed), about=caller.device),
        [f"{digits:0{HANDLE_DIGITS}}" for digits in told],
    )


def end_handles(town: Town, device: int) -> int:
    """A lost phone's handles die at once; how many there were."""
    secret = Secret.of(town).filter(device_id=device).first()
    if secret is None:
        return 0
    dead, _ = Handle.of(town).filter(secret=secret).delete()
    Secret.of(town).filter(id=secret.id).delete()
    return dead


def _unspent(town: Town, secret: Secret, helps: Helper | None, now: datetime) -> list[int]:
    """The phone's handles that have not paid yet; those that have are forgotten once nobody asks for them again."""
    rows = Handle.of(town).filter(secret=secret, helper=helps).order_by("made_at", "digits")
    every = list(rows.values_list("digits", flat=True))
    keys = {handle_key(town, digits): digits for digits in every}
    spent = {keys[key]: at for key, at in Act.of(town).filter(key__in=list(keys)).values_list("key", "written_at")}
    over = [digits for digits, paid_at in spent.items() if paid_at < now - ASKED_AGAIN_WITHIN]
    Handle.of(town).filter(digits__in=over).delete()
    return [digits for digits in every if digits not in spent]


def _new_digits(town: Town, how_many: int) -> list[int]:
    """Random handles that nobody has and that never paid."""
    found: dict[int, None] = {}
    while len(found) < how_many:
        tried = {secrets.randbelow(10**HANDLE_DIGITS) for _ in range(how_many - len(found))}
        keys = {handle_key(town, digits): digits for digits in tried}
        taken = set(Handle.of(town).filter(digits__in=list(tried)).values_list("digits", flat=True))
        taken |= {keys[key] for key in Act.of(town).filter(key__in=list(keys)).values_list("key", flat=True)}
        found |= dict.fromkeys(tried - taken)
    return list(found)
