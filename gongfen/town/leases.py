"""A node number for the ids, leased in a row: two processes never make ids with the same one."""

import os
import socket
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from gongfen.rules.refusals import Refusal
from gongfen.town import clock, ids
from gongfen.town.models import NodeLease

LOST_AFTER = timedelta(minutes=5)
BEAT_EVERY = timedelta(minutes=1)


class NoNodeFree(Refusal):
    """All node numbers are leased; a process that ended gives its number back after five minutes."""

    code = "no_node_free"


class LeaseLost(Refusal):
    """Somebody else took this node number: this process must stop making ids."""

    code = "lease_lost"


def holder() -> str:
    """Who this process is, for the lease."""
    return f"{socket.gethostname()[:40]}/{os.getpid()}"


def lease(by: str) -> ids.Ids:
    """A node nobody else holds. Its ids start after the last that the holder before may have made."""
    for _ in range(ids.NODES):
        try:
            with transaction.atomic():
                return _lease(by)
        except IntegrityError:  # another process, starting at the same moment, was first with a new node
            continue
    raise NoNodeFree()


def _lease(by: str) -> ids.Ids:
    now = clock.now()
    taken = {row.node: row for row in NodeLease.objects.select_for_update().order_by("node")}
    for node in range(ids.NODES):
        row = taken.get(node)
        if row is None:
            NodeLease.objects.create(node=node, holder=by, beat_at=now, last_ms=0)
            return ids.Ids(node)
        if row.beat_at < now - LOST_AFTER:
            NodeLease.objects.filter(node=node).update(holder=by, beat_at=now)
            # Who gave it back said when; who was lost may have made ids until the lease ended.
            unseen = LOST_AFTER if row.holder else timedelta()
            found = ids.Ids(node)
            found.start_after(row.last_ms + int(unseen.total_seconds() * 1000))
            return found
    raise NoNodeFree()


def beat(held: ids.Ids, by: str) -> None:
    """Say that the holder lives, up to when it has made ids. Refuses when the lease was lost."""
    now = clock.now()
    ours = NodeLease.objects.filter(node=held.node, holder=by)
    if not ours.update(beat_at=now, last_ms=_last_ms(held, now)):
        raise LeaseLost(node=held.node)


def give_back(held: ids.Ids, by: str) -> None:
    """The process ends well: the node is free at once, but its moment is kept."""
    now = clock.now()
    ours = NodeLease.objects.filter(node=held.node, holder=by)
    ours.update(holder="", beat_at=now - 2 * LOST_AFTER, last_ms=_last_ms(held, now))


def _last_ms(held: ids.Ids, now: datetime) -> int:
    return max(int(now.timestamp() * 1000), held.last_ms)
