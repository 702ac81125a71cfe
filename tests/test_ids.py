"""Ids rise whatever the clock does, and no two processes make them with the same node."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.town import clock, ids, leases
from gongfen.town.ids import EPOCH_MS, SUBJECT_BITS, Ids, new_subject, random_id
from gongfen.town.models import NodeLease

NOW = datetime.fromisoformat("2026-03-18T09:00:00+08:00")
NOW_MS = int(NOW.timestamp() * 1000)


@given(st.lists(st.tuples(st.integers(-5_000, 5_000), st.integers(0, 40)), max_size=30))
def test_ids_rise_although_the_clock_steps_back(steps):
    maker, made, wall = Ids(7), [], EPOCH_MS + 1_000_000
    for step, how_many in steps:
        wall += step
        made += maker.take(how_many, now_ms=wall)
    assert made == sorted(set(made))


def test_more_ids_than_a_millisecond_holds_run_into_the_next():
    made = Ids(1).take(10_000, now_ms=NOW_MS)
    assert len(set(made)) == 10_000 and made == sorted(made)
    assert (made[-1] >> 22) - (made[0] >> 22) == 2


def test_an_id_has_moment_node_and_count_in_63_bits():
    (made,) = Ids(1023).take(now_ms=EPOCH_MS + (1 << 41) - 1)
    assert made < 1 << 63 and made >> 12 & 1023 == 1023
    with pytest.raises(ValueError, match="1024"):
        Ids(1024)


def test_two_nodes_never_make_the_same_id():
    one, other = Ids(1).take(5_000, now_ms=NOW_MS), Ids(2).take(5_000, now_ms=NOW_MS)
    assert not set(one) & set(other)


def test_subjects_fit_into_accounts_and_tell_nothing():
    assert all(0 < new_subject() < 1 << SUBJECT_BITS for _ in range(100))
    assert all(0 < random_id() < 1 << 63 for _ in range(100))


@pytest.mark.django_db
class TestLeases:
    """The clock stands where a test puts it."""

    @pytest.fixture(autouse=True)
    def stand_still(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def test_two_holders_never_have_the_same_node(self):
        held = [leases.lease(f"process {i}").node for i in range(5)]
        assert held == [0, 1, 2, 3, 4]

    def test_who_is_beaten_to_a_new_node_looks_again(self, monkeypatch):
        """Another process inserts the same node after we looked and before we insert."""
        create, too_late = NodeLease.objects.create, iter([True])

        def beaten(**row):
            create(**row)
            return create(**row) if next(too_late, False) else None

        monkeypatch.setattr(NodeLease.objects, "create", beaten)
        assert leases.lease("slower").node == 0
        assert list(NodeLease.objects.values_list("node", "holder")) == [(0, "slower")]

    def test_a_holder_that_lives_keeps_its_node(self):
        held = leases.lease("a")
        for _ in range(5):
            self.now += timedelta(minutes=2)
            leases.beat(held, "a")
        assert leases.lease("b").node == 1

    def test_a_holder_that_was_silent_loses_its_node_and_learns_it(self):
        held = leases.lease("a")
        self.now += leases.LOST_AFTER + timedelta(seconds=1)
        taken = leases.lease("b")
        assert taken.node == held.node
        with pytest.raises(leases.LeaseLost):
            leases.beat(held, "a")
        leases.beat(taken, "b")

    def test_the_next_holder_begins_after_all_that_the_lost_one_may_have_made(self):
        lost = leases.lease("a")
        leases.beat(lost, "a")
        until_lost = self.now + leases.LOST_AFTER
        youngest = lost.take(100, now_ms=int(until_lost.timestamp() * 1000))[-1]
        self.now = until_lost + timedelta(seconds=1)
        taken = leases.lease("b")
        assert taken.take(now_ms=0)[0] > youngest, "even if its clock stands far behind"

    def test_a_node_that_is_given_back_is_free_at_once_and_keeps_its_moment(self):
        held = leases.lease("a")
        ahead = held.take(50_000, now_ms=NOW_MS)[-1]
        leases.give_back(held, "a")
        again = leases.lease("b")
        assert again.node == held.node
        (first,) = again.take(now_ms=NOW_MS)
        assert ahead < first < ahead + (10_000 << 22), "after the last, but not minutes ahead of the clock"

    def test_a_beat_after_giving_back_is_refused(self):
        held = leases.lease("a")
        leases.give_back(held, "a")
        with pytest.raises(leases.LeaseLost):
            leases.beat(held, "a")

    def test_when_every_node_is_held_the_next_is_refused(self, monkeypatch):
        monkeypatch.setattr(ids, "NODES", 3)
        for i in range(3):
            leases.lease(str(i))
        with pytest.raises(leases.NoNodeFree):
            leases.lease("one too many")


def test_this_process_makes_ids_with_the_node_it_holds(monkeypatch):
    monkeypatch.setattr(ids, "_ids", Ids(0))
    ids.use(Ids(77))
    assert ids.next_id() >> 12 & 1023 == 77
    assert [made >> 12 & 1023 for made in ids.next_ids(3)] == [77] * 3
