"""`gongfen clock`: what happens by itself: lots, awards, overdue appeals, expired holds, notices."""

import signal
from argparse import ArgumentParser, Namespace
from threading import Event

from gongfen.clockwork import EVERY, hold_node, run_on, turn
from gongfen.town import clock

SUMMARY = ("到时候自动办的事：抽签、到账、复查到期、通知", "What happens by itself: lots, awards, appeals, notices")


def add(parser: ArgumentParser) -> None:
    """Once, or on and on."""
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--every", type=int, default=EVERY)


def run(options: Namespace) -> int:
    """1 when something went wrong in a single turn."""
    if options.once:
        done = turn(now=clock.now())
        for name, how_many in sorted(done.items()):
            if how_many:
                print(f"{name} {how_many}")
        return 1 if done.get("went_wrong") else 0
    stop = Event()
    hold_node(stop)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    run_on(stop, options.every)
    return 0
