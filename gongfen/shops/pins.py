"""PINs: chosen by their holder, kept as Argon2id with 19 MiB, checked two at a time on the request's own thread."""

from functools import lru_cache
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gongfen.shops import refusals

DIGITS = 6
TRIES = 5
_TWO_AT_A_TIME = BoundedSemaphore(2)  # 38 MiB at most, whatever comes in


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def read_pin(text: str) -> str:
    """Six digits that nobody guesses first."""
    if len(text) != DIGITS or not (text.isascii() and text.isdigit()):
        raise refusals.PinNotUsable()
    steps = {int(after) - int(before) for before, after in pairwise(text)}
    if steps in ({0}, {1}, {-1}):
        raise refusals.PinNotUsable()
    return text


def pin_hash(pin: str) -> str:
    """What is kept of a PIN."""
    with _TWO_AT_A_TIME:
        return _hasher().hash(pin)


def is_pin(kept: str, pin: str) -> bool:
    """Is this the PIN that was kept?"""
    if not kept or len(pin) != DIGITS:
        return False
    with _TWO_AT_A_TIME:
        try:
            return _hasher().verify(kept, pin)
        except (VerificationError, InvalidHashError):
            return False
