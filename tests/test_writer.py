"""The writer: many callers, one set; a bad request fails alone, and nobody who waits goes without an answer.

Nothing here waits for a while: a gate in the act holds the writer until the test has seen who stands in the queue.
"""

import threading
from collections import deque
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from gongfen.ledger import gate
from gongfen.ledger import writer as module
from gongfen.ledger.batch import one_batch
from gongfen.ledger.writer import Closing, TooBusy, Writer
from gongfen.rules.posting import Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town
from tests.books import LI, NOW, new_books

LONG = 300  # seconds after which a test is certainly stuck
HERE, THERE = Town(id=1), Town(id=2)


class NotToday(Refusal):
    code = "test_not_today"


class Gate:
    """An act that keeps its sets; while the gate is closed the writer stands inside it."""

    def __init__(self) -> None:
        self.sets: list[list[Any]] = []
        self.entered, self.open = threading.Semaphore(0), threading.Event()

    def __call__(self, town: Town, requests: Sequence[Any]) -> list[Any]:
        self.sets.append(list(requests))
        self.entered.release()
        assert self.open.wait(LONG)
        if "bad" in requests:
            raise ZeroDivisionError("a bug")
        return [NotToday() if request == "no" else f"done {request}" for request in requests]


class Seen(deque[Any]):
    """A queue that tells when somebody has come."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Semaphore(0)

    def append(self, waiting: Any) -> None:
        super().append(waiting)
        self.came.release()


class Desk:
    """A writer, the threads that submit to it, and what each of them got."""

    def __init__(self, **limits: int) -> None:
        self.writer, self.queue = Writer(**limits), Seen()
        self.writer._queue = self.queue
        self.gate = Gate()
        self.threads: list[threading.Thread] = []
        self.got: dict[str, Any] = {}

    def send(self, *requests: str, act: Any = None, town: Town = HERE) -> None:
        """Each from its own thread, in this order; returns when they stand in the queue."""
        for request in requests:
            thread = threading.Thread(target=self._send, args=(act or self.gate, town, request))
            self.threads.append(thread)
            thread.start()
            assert self.queue.came.acquire(timeout=LONG)

    def _send(self, act: Any, town: Town, request: str) -> None:
        try:
            self.got[request] = self.writer.submit(act, town, request)
        except Exception as wrong:
            self.got[request] = wrong

    def begin(self) -> None:
        """One request goes into the act and stands at the gate: whoever comes now has to wait."""
        self.send("first")
        assert self.gate.entered.acquire(timeout=LONG)

    def finish(self) -> dict[str, Any]:
        self.gate.open.set()
        for thread in self.threads:
            thread.join(LONG)
            assert not thread.is_alive()
        self.writer.drain()
        return self.got


def test_who_waits_is_written_together_by_town_and_act():
    desk, other = Desk(), Gate()
    other.open.set()
    desk.begin()
    desk.send("a", "b")
    desk.send("elsewhere", town=THERE)
    desk.send("otherwise", act=other)
    desk.send("c")
    got = desk.finish()
    assert desk.gate.sets == [["first"], ["a", "b", "c"], ["elsewhere"]]
    assert other.sets == [["otherwise"]]
    assert got == {name: f"done {name}" for name in ("first", "a", "b", "elsewhere", "otherwise", "c")}


def test_a_set_has_a_size():
    desk = Desk(most_together=2)
    desk.begin()
    desk.send("a", "b", "c", "d", "e")
    desk.finish()
    assert desk.gate.sets == [["first"], ["a", "b"], ["c", "d"], ["e"]]


def test_a_bad_request_fails_alone():
    desk = Desk()
    desk.begin()
    good = ["a", "b", "c", "d", "e", "f"]
    desk.send(*good[:4], "bad", *good[4:])
    got = desk.finish()
    assert isinstance(got.pop("bad"), ZeroDivisionError)
    assert got == {name: f"done {name}" for name in ["first", *good]}
    assert desk.gate.sets[1:4] == [["a", "b", "c", "d", "bad", "e", "f"], ["a", "b", "c"], ["d", "bad", "e", "f"]]


def test_an_act_that_answers_too_few_is_a_bug_and_not_a_silence():
    desk = Desk()
    desk.gate.open.set()
    desk.send("a", act=lambda town, requests: [])
    assert isinstance(desk.finish()["a"], ValueError)


def test_a_refusal_is_raised_for_its_own_caller():
    desk = Desk()
    desk.begin()
    desk.send("a", "no", "b")
    got = desk.finish()
    assert got["no"] == NotToday() and (got["a"], got["b"]) == ("done a", "done b")


def test_when_too_many_wait_the_next_is_told_at_once():
    desk = Desk(most_waiting=2)
    desk.begin()
    desk.send("a", "b")
    with pytest.raises(TooBusy):
        desk.writer.submit(desk.gate, HERE, "c")
    assert desk.finish() == {"first": "done first", "a": "done a", "b": "done b"}


def test_draining_answers_all_who_wait_and_takes_nobody_new():
    desk = Desk()
    desk.begin()
    desk.send("a", "b")
    drain = threading.Thread(target=desk.writer.drain)
    with desk.writer._changed:
        drain.start()
        assert desk.writer._changed.wait_for(lambda: desk.writer._closing, LONG)
    with pytest.raises(Closing):
        desk.writer.submit(desk.gate, HERE, "late")
    assert drain.is_alive(), "it waits for those who wait"
    got = desk.finish()
    drain.join(LONG)
    assert not drain.is_alive()
    assert got == {"first": "done first", "a": "done a", "b": "done b"}


def test_a_writer_that_never_wrote_drains_at_once_and_twice():
    writer = Writer()
    writer.drain()
    writer.drain()
    with pytest.raises(Closing):
        writer.submit(Gate(), HERE, "a")


@pytest.mark.django_db
def test_inside_a_transaction_the_act_runs_at_once_in_the_same_thread():
    books, threads = new_books(), []

    def give(town: Town, amounts: Sequence[int]) -> list[Any]:
        threads.append(threading.current_thread())
        with one_batch(town, NOW) as batch:
            for amount in amounts:
                act = batch.act(key=f"give/{amount}", verb="test.give", by=1, about=1)
                act.moves(Move(books.issuance, books.points(LI), amount))
        return batch.answers

    assert module.submit(give, books.town, 500).is_new
    assert not module.submit(give, books.town, 500).is_new
    with pytest.raises(Refusal) as no:
        module.submit(give, books.town, 0)
    assert no.value.code == "bad_amount"
    assert threads == [threading.current_thread()] * 3
    assert books.has(books.points(LI)) == 500


def test_as_many_run_at_once_as_there_are_places_and_then_in_the_order_of_asking():
    here, order = gate.Gate(1), []
    here._turns = Seen()
    here.enter()

    def ask(number):
        here.enter()
        order.append(number)
        here.leave()

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for thread in asking:
        thread.start()
        assert here._turns.came.acquire(timeout=LONG)
    assert order == []
    here.leave()
    for thread in asking:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4]
    here.enter()  # the place is free again


def test_who_waits_for_the_writer_keeps_nobody_out_and_gives_its_place_away_once():
    before = gate._gate._free
    with gate.inside():
        assert gate._gate._free == before - 1
        gate.leave()
        gate.leave()
        assert gate._gate._free == before
    assert gate._gate._free == before


def test_a_thread_that_never_came_in_has_no_place_to_give():
    before = gate._gate._free
    gate.leave()
    assert gate._gate._free == before


def test_who_waits_for_the_writer_holds_no_connection(monkeypatch):
    """All connections of the pool in the hands of those who wait would leave none to the writer."""
    closed = []
    here = SimpleNamespace(settings_dict={"OPTIONS": {"pool": {"max_size": 1}}}, close=lambda: closed.append(True))
    monkeypatch.setattr(module, "connection", here)
    writer = Writer()
    monkeypatch.setattr(writer, "_closing", True)
    with pytest.raises(Closing):
        writer._wait(None)
    assert closed == [True]
