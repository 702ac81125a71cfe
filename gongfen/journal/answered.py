"""Keys that were answered: a write that is sent again gets the same answer, also where it makes no act.

An act keeps its own key for ever. Everything else that is written is remembered here for a week, and so that a row
tells nothing to anyone but its caller: its name, the hash of the request and the key that opens the answer all come
from the caller's own token, of which the database holds no more than a hash.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongfen.journal.models import AnsweredKey
from gongfen.town.models import Town

KEPT = timedelta(days=7)
START_BYTES = 12


class Asking(NamedTuple):
    """A request with a key: what its row is called, what was sent, and what opens its answer."""

    name: bytes
    request: bytes
    opener: bytes


class Kept(NamedTuple):
    """What was answered to a key; `same` is False where something else was asked by it."""

    same: bool
    answer: bytes


def asking(token: str, key: str, request: bytes) -> Asking:
    """The same three for the same caller, key and request; nobody finds them without the token."""
    seed = blake2b(key.encode(), key=blake2b(token.encode()).digest()).digest()
    return Asking(seed[:16], blake2b(request, key=seed[16:32], digest_size=16).digest(), seed[32:])


def kept(town: Town, asked: Asking) -> Kept | None:
    """The answer that stands for this key; None where it is new."""
    return kept_many(town, [asked]).get(asked.name)


def kept_many(town: Town, asked: Collection[Asking]) -> dict[bytes, Kept]:
    """The answers that stand for these keys, by name."""
    by_name = {one.name: one for one in asked}
    if not by_name:
        return {}
    rows = AnsweredKey.of(town).filter(name_hash__in=list(by_name)).values_list("name_hash", "asked", "sealed_answer")
    return {bytes(name): _opened(by_name[bytes(name)], bytes(sent), bytes(sealed)) for name, sent, sealed in rows}


def keep(town: Town, asked: Asking, answer: bytes, *, now: datetime) -> None:
    """Remember the answer. IntegrityError when the same key was answered meanwhile."""
    keep_many(town, [(asked, answer)], now=now)


def keep_many(town: Town, answers: Sequence[tuple[Asking, bytes]], *, now: datetime) -> None:
    """Remember these answers, in one statement."""
    AnsweredKey.objects.bulk_create(
        AnsweredKey(
            town=town, name_hash=one.name, asked=one.request, sealed_answer=_sealed(one, answer), written_at=now
        )
        for one, answer in answers
    )  # fmt: skip


def forget_answers(town: Town, *, now: datetime) -> int:
    """Forget what was answered more than a week ago; how many."""
    return AnsweredKey.of(town).filter(written_at__lt=now - KEPT).delete()[0]


def _sealed(asked: Asking, answer: bytes) -> bytes:
    start = secrets.token_bytes(START_BYTES)
    return start + AESGCM(asked.opener).encrypt(start, answer, asked.name)


def _opened(asked: Asking, request: bytes, sealed: bytes) -> Kept:
    if request != asked.request:
        return Kept(same=False, answer=b"")
    return Kept(same=True, answer=AESGCM(asked.opener).decrypt(sealed[:START_BYTES], sealed[START_BYTES:], asked.name))
