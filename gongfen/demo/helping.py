"""Neighbours who help each other, and the notes on their board."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongfen.activities.neighbours import Proposal, agree, post_note, propose
from gongfen.demo.shopping import Shops
from gongfen.demo.world import POINT, YUAN, World
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal

PAIRS = 4
NOTES = (
    ("offered", "会修电灯和水龙头，周末有空"),
    ("asked", "想请人帮忙搬一袋米上楼"),
    ("offered", "可以教手机怎么用"),
)


def help_each_other(world: World, shops: Shops, now: datetime) -> None:
    """A few neighbours were helped: they propose the points, who helped agrees."""
    able = [who for who, money in shops.has.items() if money >= 10 * YUAN]
    for taker in (shops.people[who] for who in world.drawn(PAIRS, able)):
        giver = world.pick(world.busy)
        points = (2 + int(world.random.random() * 4)) * POINT
        told = Proposal(giver, taker, points, 60, village_day(now))
        try:
            found = propose(taker, told, key=f"demo/{taker.id}/{now:%Y%m%d}", now=now)
            agree(giver, found.id, now=now)
        except Refusal:
            continue  # of one household, or the points were spent meanwhile
        shops.has[taker.id] -= points * world.town.par


def hang_notes(world: World, now: datetime) -> None:
    """What hangs on the board today."""
    until = village_day(now) + timedelta(days=10)
    for (says, words), who in zip(NOTES, world.some(len(NOTES)), strict=True):
        post_note(who, says, words, until=until, key="demo", now=now)
