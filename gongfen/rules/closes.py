"""A close: the state of all accounts at the end of a month or a year. Pure: periods, sums and a hash of balances."""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from gongfen.rules.posting import KIND_BITS, Kind
from gongfen.rules.refusals import Refusal

_PERIOD = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?")


class BadPeriod(Refusal):
    """A period is a month (2026-11) or a year (2026)."""

    code = "bad_period"


def first_day_after(period: str) -> date:
    """The day on which a period is over."""
    found = _PERIOD.fullmatch(period) if period.isascii() else None
    if found is None:
        raise BadPeriod(typed=period[:20])
    year, month = int(found[1]), int(found[2] or 12)
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)


def digest_of(balances: Mapping[int, int]) -> str:
    """The hash of a statement of accounts: those that have something, by their id, one a line."""
    text = "".join(f"{account},{balance}\n" for account, balance in sorted(balances.items()) if balance)
    return sha256(text.encode()).hexdigest()


def sums_of(balances: Mapping[int, int]) -> dict[str, int]:
    """What all accounts of each kind have together, in hundredths, by the kind's name."""
    found = {kind.name.lower(): 0 for kind in Kind}
    for account, balance in balances.items():
        found[Kind(account & (1 << KIND_BITS) - 1).name.lower()] += balance
    return found
