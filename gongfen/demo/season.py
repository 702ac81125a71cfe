"""A year of the demo's village, day by day, through the acts that everyone uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongfen.activities.models import Activity
from gongfen.demo import helping, money, shopping, stories, township, working
from gongfen.demo.agenda import Agenda
from gongfen.demo.calendar import Plan, plans
from gongfen.demo.cast import MARK
from gongfen.demo.queries import count_rows
from gongfen.demo.world import World
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Village

OnStep = Callable[[int, int], None]
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
USUAL_DAY, MARKET_MORNING = 66, 155  # how many come to the shops
BOUNCED_IN_WEEK = 6  # when the bank sent one payout back
SHOPPING_HOURS = (8, 10, 11, 13, 15, 17)
MARKET_DAYS = (0, 2, 4, 5)  # when most people shop; Saturday is market
SHARED_BEFORE = 24  # days before today when the dividend is drafted
COUNTED = (20, 60, 150)  # an empty database chooses its indexes badly
UNREVIEWED = 3  # what was claimed in the last days waits for the visitor


@dataclass
class Season:
    """The year while it is played: what is announced, and what a day brings, in the order of its hours."""

    world: World
    shops: shopping.Shops
    plans: dict[int, list[Plan]] = field(default_factory=lambda: defaultdict(list))
    running: dict[int, list[tuple[Activity, Plan]]] = field(default_factory=lambda: defaultdict(list))
    taps: dict[str, Activity] = field(default_factory=dict)
    earmark: int | None = None

    def day(self, day: int) -> None:
        """Everything that happens on a day, in the order of its moments."""
        world, jobs = self.world, Agenda()
        if day % 3 == 1:
            jobs.at(world.at(day, 6), working.award, world, world.at(day, 6))
        for place, plan in enumerate(self.plans.get(day, ())):
            moment = world.at(day, 9) + timedelta(minutes=3 * place)
            jobs.at(moment, self._announce, plan, moment)
        for activity, plan in self.running.pop(day, ()):
            moment = world.at(day, plan.until) + working.LATER
            jobs.at(moment, self._hold, activity, plan, moment)
        self._shopping(day, jobs)
        self._evening(day, jobs)
        self._sharing(day, jobs)
        stories.on(world, self.shops, day, jobs)
        jobs.follow()

    def _announce(self, plan: Plan, now: datetime) -> None:
        activity = working.announce(self.world, plan, now, earmark=self.earmark)
        if plan.kind in ("article", "waste_sorting", "neighbours_help"):
            self.taps[plan.kind] = activity
            return
        for day in range(plan.days):
            self.running[plan.day + day].append((activity, plan))

    def _hold(self, activity: Activity, plan: Plan, moment: datetime) -> None:
        if plan.kind == "labor":
            also = [self.world.who(stories.READY_TO_PAY)] if plan.paid and plan.day > self.world.days - 75 else []
            working.tally(self.world, activity, plan, moment, also)
        else:
            also = [self.world.who(one) for one in stories.EAGER] if plan.what == "common" else []
            working.hold(self.world, activity, plan, also)

    def _shopping(self, day: int, jobs: Agenda) -> None:
        world, shops = self.world, self.shops
        weekday = world.date(day).weekday()
        if day % 7 == 0 or day == 18:
            jobs.at(world.at(day, 6, 30), shops.count)
        if day > 18 and weekday in MARKET_DAYS:
            moment = world.at(day, world.pick(SHOPPING_HOURS), world.pick(range(58)))
            jobs.at(moment, shops.sell, MARKET_MORNING if weekday == SATURDAY else USUAL_DAY, moment)
        if weekday == FRIDAY and day > 20 and day // 7 % 2 == 0:
            jobs.at(world.at(day, 16), shops.settle, day, bounce=day // 7 == BOUNCED_IN_WEEK)

    def _evening(self, day: int, jobs: Agenda) -> None:
        world = self.world
        if day % 10 == 3 and "article" in self.taps:
            jobs.at(world.at(day, 20), working.tap, world, self.taps["article"], 110, world.at(day, 20))
        if world.date(day).weekday() == SUNDAY and "waste_sorting" in self.taps:
            moment = world.at(day, 20, 10)
            jobs.at(moment, working.tap, world, self.taps["waste_sorting"], 240, moment)
        if day % 14 == 5 and day > 30:
            jobs.at(world.at(day, 20, 20), helping.help_each_other, world, self.shops, world.at(day, 20, 20))
        if day % 3 == 0 and day < world.days - UNREVIEWED:
            jobs.at(world.at(day, 21, 40), working.review, world, world.at(day, 21, 40))
        if day % 20 == 0:
            jobs.at(world.at(day, 22), working.close, world, world.at(day, 22))

    def _sharing(self, day: int, jobs: Agenda) -> None:
        world = self.world
        drafted = world.days - SHARED_BEFORE
        if day == drafted - 2:
            jobs.at(world.at(day, 15), money.receive, world, day, "2026-0811", "果园合作社", money.POOL)
        elif day == drafted:
            jobs.at(world.at(day, 12), money.draft, world, day)
        elif day == drafted + world.village.notice_days + 1:
            jobs.at(world.at(day, 12), money.pay, world, day)


def play(village: Village, now: datetime, days: int, on_step: OnStep = lambda done, of: None) -> None:
    """Play the days that end now. To be called in one transaction with what loaded the village."""
    world = World(village, now, days)
    season = Season(world, shopping.Shops(world, world.at(0, 7)))
    for plan in plans([world.date(day).month for day in range(days + 1)]):
        season.plans[max(plan.day - plan.announced, 1)].append(plan)
    township.found(world)
    money.receive(world, 0, "2025-0001", "镇财政奖补", money.FUND)
    slip = money.receive(world, 0, "2025-0002", "果园合作社", money.ORDER, "果园订单")
    season.earmark = slip.earmark_id
    for day in range(1, days):
        season.day(day)
        if day in COUNTED:
            count_rows()
        on_step(day, days)
    stories.today(world, season.shops)
    _mark(world)
    count_rows()
    on_step(days, days)


def _mark(world: World) -> None:
    """The act that says: this year was played. It is asked for before anything is played again."""
    with one_batch(world.town, world.now) as batch:
        batch.act(key=MARK, verb="demo.play", by=world.town.subject, about=world.host, asked="")
    one(batch.answers)
