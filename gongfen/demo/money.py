"""Money of the demo's year: what came in against bank slips, and the dividend at the end."""

from __future__ import annotations

from gongfen.demo.world import YUAN, World
from gongfen.dividends import acts, paying
from gongfen.dividends.models import Run
from gongfen.fund.acts import MoneyIn, approve_slip, record_slip
from gongfen.fund.models import Slip
from gongfen.rules.dividend import Line

FUND, ORDER, POOL, TOWN_FUND = 75_000, 60_000, 48_000, 5_000  # yuan
HEAD_PERCENT = 70  # 人七劳三


def receive(world: World, day: int, number: str, donor: str, yuan: int, purpose: str = "", *, host: int = 0) -> Slip:
    """The treasurer records a slip, the supervisor has seen it at the bank."""
    told = MoneyIn(number, donor, yuan * YUAN, world.date(day), purpose)
    slip = record_slip(world.treasurer, host or world.host, told, now=world.at(day, 10))
    approve_slip(world.supervisor, slip.id, now=world.at(day, 15))
    return slip


def draft(world: World, day: int) -> None:
    """Seven tenths by heads, three by points: drafted, simulated, confirmed by two, put on notice."""
    town = world.town
    run = acts.draft(
        town, by=world.treasurer, host=world.host, begins=world.date(0), ends=world.date(day - 1), pool=POOL * YUAN,
        head_percent=HEAD_PERCENT, lines=(Line("reserve", percent=5), Line("welfare", percent=3)),
        key="demo/run", now=world.at(day, 12),
    )  # fmt: skip
    acts.simulate(town, run, by=world.treasurer, now=world.at(day, 12, 1))
    run.refresh_from_db()
    for minute, person in ((2, world.treasurer), (3, world.supervisor)):
        acts.confirm(town, run, by=person, digest=run.digest, now=world.at(day, 12, minute))
    acts.begin_notice(town, run, by=world.treasurer, now=world.at(day, 12, 4))


def pay(world: World, day: int) -> None:
    """The notice is over: every share is paid, and the run is closed."""
    town = world.town
    run = Run.of(town).get(host=world.host)
    paying.begin(town, run, by=world.treasurer, now=world.at(day, 12, 5))
    paying.pay_all(town, run, by=world.treasurer, now=world.at(day, 12, 6))
    paying.close(town, run, by=world.treasurer, now=world.at(day, 12, 7))
