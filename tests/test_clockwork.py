"""What happens by itself: every room has its turn, and one that stumbles stops no other."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import IntegrityError

from gongfen import cli, clockwork
from gongfen.ledger.storage import look_again
from gongfen.notices import inbox
from gongfen.town import ids, leases
from gongfen.town.models import NodeLease, Town
from tests.sharing import award
from tests.village import NOW, POINT, Daicun, daicun, founded

__all__ = ["daicun"]


def test_a_turn_tells_what_was_awarded_in_every_town(daicun: Daicun) -> None:
    other = founded(code=28, name="浦阳")
    for village in (daicun, other):
        award(village, "王芳", POINT)
    done = clockwork.turn(now=NOW)
    assert done["notices.read"] > 0
    assert "went_wrong" not in done
    for village in (daicun, other):
        assert "award" in [notice.code for notice in inbox.inbox(village["王芳"], now=NOW)]
    again = clockwork.turn(now=NOW)
    assert again["notices.read"] == again["notices.sent"] == 0


def test_a_room_that_stumbles_stops_no_other(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(town: Town, *, now: datetime) -> dict[str, int]:
        raise ConnectionError

    monkeypatch.setattr(clockwork, "ROOMS", (("broken", stumble), *clockwork.ROOMS))
    award(daicun, "王芳", POINT)
    done = clockwork.turn(now=NOW)
    assert done["went_wrong"] == 1
    assert done["notices.read"] > 0


def test_the_clock_stops_when_told(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[datetime] = []
    stop = Event()

    def one_turn(*, now: datetime) -> dict[str, int]:
        turns.append(now)
        stop.set()
        return {}

    monkeypatch.setattr(clockwork, "turn", one_turn)
    monkeypatch.setattr(clockwork, "look_again", lambda: None)
    clockwork.run_on(stop, every=0)
    assert len(turns) == 1


def test_the_engine_looks_again_once_a_night(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = Event(), []
    evening = NOW.replace(hour=23)
    moments = [evening + timedelta(hours=hours) for hours in (0, 1, 2, 3, 4, 5, 6)]  # until five in the morning

    def next_moment() -> datetime:
        if len(moments) == 1:
            stop.set()
        return moments.pop(0)

    monkeypatch.setattr(clockwork, "turn", lambda *, now: {})
    monkeypatch.setattr(clockwork.clock, "now", next_moment)
    monkeypatch.setattr(clockwork, "look_again", lambda: looks.append(len(moments)))
    clockwork.run_on(stop, every=0)
    assert len(looks) == 2  # at the start, and after three


def test_looking_again_is_safe_at_any_time(daicun: Daicun) -> None:
    look_again()
    look_again()
    assert daicun.fund() > 0


def test_the_command_takes_one_turn(daicun: Daicun, capsys: pytest.CaptureFixture[str]) -> None:
    award(daicun, "王芳", POINT)
    assert cli.main(["clock", "--once"]) == 0
    assert "notices.read" in capsys.readouterr().out


def test_a_process_makes_its_ids_with_a_node_of_its_own(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(ids, "use", lambda made: taken.append(made.node))
    for process in ("one", "other"):
        monkeypatch.setattr(leases, "holder", lambda name=process: name)
        stop = Event()
        stop.set()  # the beating ends at once: a test's own connection is not for other threads
        clockwork.hold_node(stop).join()
    assert len(set(taken)) == 2
    assert {lease.holder for lease in NodeLease.objects.all()} >= {"one", "other"}


def test_who_comes_second_takes_the_next_node(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[object] = [IntegrityError(), IntegrityError(), ids.Ids(7)]

    def race(by: str) -> ids.Ids:
        answer = answers.pop(0)
        if isinstance(answer, ids.Ids):
            return answer
        raise IntegrityError

    taken: list[int] = []
    monkeypatch.setattr(leases, "lease", race)
    monkeypatch.setattr(ids, "use", lambda made: taken.append(made.node))
    stop = Event()
    stop.set()
    clockwork.hold_node(stop).join()
    assert taken == [7]
