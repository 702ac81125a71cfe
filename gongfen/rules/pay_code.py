"""The pay code: twenty digits that pay once, shown by a phone that need not be online.

    2 town check · 11 handle · 6 one-time number · 1 Luhn

The handle is random and pays once; the one-time number shows that the phone with the secret is here now. Neither says
anything about another code: a photograph of one code is worth nothing for the next.
"""

from dataclasses import dataclass

from gongfen.rules import totp
from gongfen.rules.refusals import Refusal

LENGTH = 20
HANDLE_DIGITS = 11
DRIFT_STEPS = 5
SLOWEST_SECONDS = 60


class PayCodeMisread(Refusal):
    """Not twenty digits, or a digit was mistyped: the Luhn digit does not fit. Says nothing about any handle."""

    code = "pay_code_misread"


class PayCodeOfAnotherTown(Refusal):
    """The code is right in itself, but another town gave it."""

    code = "pay_code_of_another_town"


class PayCodeNotValid(Refusal):
    """Unknown, spent, stale or wrong: one answer for all, so that it cannot be asked which."""

    code = "pay_code_not_valid"


class TillSlowed(Refusal):
    """Wrong codes were tried at this till; `seconds` until the next may be tried."""

    code = "till_slowed"


@dataclass(frozen=True)
class PayCode:
    """A code as it was read: nothing is known yet about whether it pays."""

    handle: str
    shown: str


def luhn(digits: str) -> str:
    """The digit that finds every single wrong digit and nearly every swapped pair."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if i % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def town_check(town: int) -> str:
    """Two digits by which a code of another town is told from a wrong one; neighbours in number differ."""
    return str(town * 61 % 100).zfill(2)


def make_pay_code(town: int, handle: str, secret: bytes, seconds: int) -> str:
    """What the phone shows. The app makes its own; the server makes one for a phone that reads the plain pages."""
    digits = town_check(town) + handle + totp.totp(secret, seconds)
    return digits + luhn(digits)


def plain_digits(text: str) -> str:
    """The digits without the gaps that make them easy to read aloud."""
    return "".join(text.replace("-", " ").split())


def read_pay_code(text: str, *, town: int) -> PayCode:
    """Read a code as scanned or typed. Refuses what cannot be one of this town."""
    digits = plain_digits(text)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or luhn(digits[:-1]) != digits[-1]:
        raise PayCodeMisread()
    if digits[:2] != town_check(town):
        raise PayCodeOfAnotherTown()
    return PayCode(handle=digits[2 : 2 + HANDLE_DIGITS], shown=digits[2 + HANDLE_DIGITS : -1])


def grouped(digits: str) -> str:
    """Groups of four, to be read aloud: 0412 3456 …"""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def shown_now(code: PayCode, secret: bytes, seconds: int) -> bool:
    """Does the phone with this secret show this number now, give or take five minutes of its clock?"""
    return totp.fits(secret, code.shown, seconds, drift=DRIFT_STEPS)


def slowed_seconds(wrong_tries: int) -> int:
    """How long a till waits after so many wrong tries in a row: 1, 2, 4, … 60 seconds, never longer."""
    if wrong_tries <= 0:
        return 0
    return min(SLOWEST_SECONDS, 1 << min(wrong_tries - 1, 10))
