"""The gate: how many requests of this process run at once, first come first served.

One Python thread runs at a time. With 64 of them awake, each look-up gives its turn away and queues for it again, so
that all are slower than a few one after the other would be. Who waits for the writer has left the gate for good: what
is left to do then is little, and to queue once more would make the last of a set wait twice.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 4


class Gate:
    """A semaphore that hands its places on in the order of asking; `threading.Semaphore` promises no order."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._turns: deque[threading.Lock] = deque()
        self._changing = threading.Lock()

    def enter(self) -> None:
        """Wait for a place."""
        with self._changing:
            if self._free:
                self._free -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._turns.append(turn)
        turn.acquire()

    def leave(self) -> None:
        """Hand the place to who has waited longest."""
        with self._changing:
            if self._turns:
                self._turns.popleft().release()
            else:
                self._free += 1


_gate = Gate(AT_ONCE)
_here = threading.local()


@contextmanager
def inside() -> Iterator[None]:
    """Run as one of a few, until the end or until `leave`."""
    _gate.enter()
    _here.inside = True
    try:
        yield
    finally:
        leave()


def leave() -> None:
    """Give this thread's place away; nothing for a thread that has none."""
    if getattr(_here, "inside", False):
        _here.inside = False
        _gate.leave()
