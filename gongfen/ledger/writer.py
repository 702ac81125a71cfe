"""The writer: many request threads, one transaction.

A request thread hands its request over and waits. The writer takes up to 256 waiting requests of one town and one
act function, runs them as one set, and answers each caller. When a set raises, its halves are tried, so that a bad
request fails alone. Inside an open transaction (tests, command line, load) the same function runs at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, connections

from gongfen.ledger import gate
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

SetFunction = Callable[[Town, Sequence[Any]], Sequence[Any]]
MOST_WAITING = 4096
MOST_TOGETHER = 256


class TooBusy(Refusal):
    """More is waiting than can be written soon. Nothing was written; try again in a moment."""

    code = "too_busy"


class Closing(Refusal):
    """The server is stopping. Nothing was written; try again in a moment."""

    code = "closing"


class _Waiting:
    __slots__ = ("act", "answer", "done", "request", "town", "wrong")

    def __init__(self, act: SetFunction, town: Town, request: object) -> None:
        self.act, self.town, self.request = act, town, request
        self.done = threading.Lock()
        self.done.acquire()
        self.answer: Any = None
        self.wrong: BaseException | None = None


class Writer:
    """A queue and one thread that empties it in sets."""

    def __init__(self, most_waiting: int = MOST_WAITING, most_together: int = MOST_TOGETHER) -> None:
        self._queue: deque[_Waiting] = deque()
        self._changed = threading.Condition()
        self._most_waiting, self._most_together = most_waiting, most_together
        self._thread: threading.Thread | None = None
        self._closing = False

    def submit(self, act: SetFunction, town: Town, request: object) -> Any:
        """Run `act(town, [request, …])` in a set with whoever else waits; the answer for this request.

        Raises the refusal that it was answered with; TooBusy or Closing when it was not even tried.
        """
        if connection.in_atomic_block:
            (answer,) = act(town, [request])
        else:
            answer = self._wait(_Waiting(act, town, request))
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def _wait(self, waiting: _Waiting) -> Any:
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close()  # back to the pool: those who wait could hold all, and the writer would get none
        with self._changed:
            if self._closing:
                raise Closing()
            if len(self._queue) >= self._most_waiting:
                raise TooBusy()
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_on, name="writer", daemon=True)
                self._thread.start()
            self._queue.append(waiting)
            self._changed.notify()
        gate.leave()
        waiting.done.acquire()
        if waiting.wrong is not None:
            raise waiting.wrong
        return waiting.answer

    def drain(self) -> None:
        """Take nothing new, answer all who wait, then stop the thread. For SIGTERM."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _write_on(self) -> None:
        try:
            while together := self._next():
                self._run(together)
        finally:
            connections.close_all()

    def _next(self) -> list[_Waiting]:
        with self._changed:
            while not self._queue and not self._closing:
                self._changed.wait()
            together: list[_Waiting] = []
            others: deque[_Waiting] = deque()
            while self._queue and len(together) < self._most_together:
                waiting = self._queue.popleft()
                first = together[0] if together else waiting
                same = waiting.act is first.act and waiting.town.pk == first.town.pk
                (together if same else others).append(waiting)
            self._queue.extendleft(reversed(others))
            return together

    def _run(self, together: Sequence[_Waiting]) -> None:
        try:
            connection.close_if_unusable_or_obsolete()
            answers = together[0].act(together[0].town, [waiting.request for waiting in together])
            for waiting, answer in zip(together, answers, strict=True):
                waiting.answer = answer
        except BaseException as wrong:
            if len(together) > 1:
                half = len(together) // 2
                self._run(together[:half])
                self._run(together[half:])
                return
            together[0].wrong = wrong
        for waiting in together:
            waiting.done.release()


_writer = Writer()


def submit(act: SetFunction, town: Town, request: object) -> Any:
    """`Writer.submit` of this process's writer."""
    return _writer.submit(act, town, request)


def drain() -> None:
    """Answer all who wait and take nothing new: the process ends."""
    _writer.drain()
