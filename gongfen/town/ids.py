"""Ids made by the application: 64 bits, in order of time, never twice.

41 bits are milliseconds since 2025-01-01, 10 bits the leased node, 12 bits a count within the millisecond.
A clock that steps back does not step the ids back: the last moment goes on until the clock catches up.
"""

import secrets
import threading
import time
from collections.abc import Iterable

EPOCH_MS = 1_735_689_600_000  # 2025-01-01T00:00:00Z
NODES = 1024
_COUNTS = 4096
SUBJECT_BITS = 58  # an account's id is subject and kind in 63 bits


class Ids:
    """Makes ids for one node. Safe to share between threads."""

    def __init__(self, node: int) -> None:
        if not 0 <= node < NODES:
            raise ValueError(node)
        self.node = node
        self._lock = threading.Lock()
        self._moment = 0
        self._count = 0

    @property
    def last_ms(self) -> int:
        """The moment of the youngest id; ahead of the clock when more than 4,096 are made a millisecond."""
        return self._moment

    def start_after(self, moment: int) -> None:
        """Make no id of this millisecond or an earlier one."""
        with self._lock:
            self._moment, self._count = max(self._moment, moment), _COUNTS

    def take(self, how_many: int = 1, now_ms: int | None = None) -> list[int]:
        """`how_many` new ids, rising."""
        wall = int(time.time() * 1000) if now_ms is None else now_ms
        with self._lock:
            if wall > self._moment:
                self._moment, self._count = wall, 0
            found = []
            for _ in range(how_many):
                if self._count == _COUNTS:
                    self._moment, self._count = self._moment + 1, 0
                found.append(((self._moment - EPOCH_MS) << 22) | (self.node << 12) | self._count)
                self._count += 1
        return found


_ids = Ids(0)


def use(ids: Ids) -> None:
    """From now on this process makes its ids with `ids` (a leased node, see leases.py)."""
    global _ids
    _ids = ids


def next_id() -> int:
    """One new id."""
    return _ids.take()[0]


def next_ids(how_many: int) -> list[int]:
    """Many new ids, rising."""
    return _ids.take(how_many)


def new_subject() -> int:
    """A random id that stands for a person, a host or a thing in acts and accounts; says nothing about it."""
    return secrets.randbits(SUBJECT_BITS) or 1


def random_id() -> int:
    """A random 63-bit id, for rows that must not tell when they were written."""
    return secrets.randbits(63) or 1


def read_ids(texts: Iterable[str]) -> list[int]:
    """The ids among these texts, as a browser sends them; nonsense is left out."""
    found = (int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 20)
    return [one for one in found if one < 1 << 63]
