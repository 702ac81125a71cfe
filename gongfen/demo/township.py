"""The town as a host of its own: its staff, its terms, its fund."""

from __future__ import annotations

from gongfen.activities.kinds import all_kinds
from gongfen.activities.terms import Decision, decide_terms, propose_terms
from gongfen.demo import money
from gongfen.demo.world import World
from gongfen.people.acts import give_roles
from gongfen.people.models import RoleName
from gongfen.rules.notice import village_day


def found(world: World) -> None:
    """Staff of the village serve the town, too; it has terms for its trainings and a fund of its own."""
    town, now = world.town, world.at(0, 9)
    staff = [
        (world.organisers[0], RoleName.ORGANISER),
        (world.supervisor, RoleName.SUPERVISOR),
        (world.treasurer, RoleName.TREASURER),
        *((reviewer, RoleName.REVIEWER) for reviewer in world.reviewers),
    ]
    given = [(resident, role, None) for resident, role in staff]
    give_roles(town, given, by=town.subject, approved_by=town.subject, now=now)
    decision = Decision("meeting", village_day(now), 1_204, 1_117)
    for terms in all_kinds()["affairs"].usual:
        version = propose_terms(world.organisers[0], town.subject, "affairs", terms, village_day(now), now=now)
        decide_terms(world.supervisor, version.id, decision, now=now)
    money.receive(world, 0, "2025-0003", "镇财政", money.TOWN_FUND, host=town.subject)
