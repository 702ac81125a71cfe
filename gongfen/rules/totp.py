"""One-time numbers: RFC 4226 (by a counter) and RFC 6238 (by the time)."""

import hashlib
import hmac

STEP_SECONDS = 60
DIGITS = 6


def hotp(secret: bytes, counter: int, *, digits: int = DIGITS, digest: str = "sha256") -> str:
    """The number of `digits` digits that belongs to this counter (RFC 4226, section 5.3)."""
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), getattr(hashlib, digest))
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_at(seconds: int, *, step: int = STEP_SECONDS) -> int:
    """How many whole steps have passed since 1970."""
    return seconds // step


def totp(secret: bytes, seconds: int, *, step: int = STEP_SECONDS, digits: int = DIGITS, digest: str = "sha256") -> str:
    """The number that a phone with this secret shows at this second (RFC 6238)."""
    return hotp(secret, step_at(seconds, step=step), digits=digits, digest=digest)


def fits(secret: bytes, shown: str, seconds: int, *, drift: int) -> bool:
    """Is `shown` the number of now, or of up to `drift` steps before or after?

    Now is tried first; among the steps that are left the time taken tells which one fitted, which is no secret.
    """
    now = step_at(seconds)
    if hmac.compare_digest(hotp(secret, now), shown):
        return True
    near = sorted(range(max(now - drift, 0), now + drift + 1), key=lambda at: abs(at - now))
    return any(hmac.compare_digest(hotp(secret, at), shown) for at in near)
