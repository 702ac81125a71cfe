"""The gate: how many requests of this process run at once. Who waits for the writer stands outside it.

One Python thread runs at a time. With 64 of them awake, each look-up gives its turn away and queues for it again, so
that all are slower than a few one after the other would be. Waiting costs nothing, so the waiting threads stay many.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 4
_places = threading.BoundedSemaphore(AT_ONCE)
_here = threading.local()


@contextmanager
def inside() -> Iterator[None]:
    """Run as one of a few."""
    with _places:
        _here.inside = True
        try:
            yield
        finally:
            _here.inside = False


@contextmanager
def outside() -> Iterator[None]:
    """Wait without keeping a place; for a thread that never came in nothing changes."""
    if not getattr(_here, "inside", False):
        yield
        return
    _places.release()
    try:
        yield
    finally:
        _places.acquire()
