"""A year of the demo's village, day by day, through the acts that everyone uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongfen.activities.models import Activity
from gongfen.demo import money, shopping, stories, working
from gongfen.demo.calendar import Plan, plans
from gongfen.demo.queries import count_rows
from gongfen.demo.world import YEAR, World
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Village

OnStep = Callable[[int, int], None]
MARK = "demo/played"
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
MARKET_DAYS = (0, 2, 4, 5)  # when most people shop; Saturday is market
SHARED_ON = YEAR - 24  # when the dividend is drafted
COUNTED = (20, 60, 150)  # an empty database chooses its indexes badly
LAST_REVIEWED = YEAR - 3  # what was claimed later waits for the visitor


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
        """Everything that happens on a day."""
        world = self.world
        jobs: list[tuple[datetime, Callable[[], object]]] = []

        def then(moment: datetime, job: Callable[[], object]) -> None:
            jobs.append((moment, job))

        if day % 3 == 1:
            then(world.at(day, 6), lambda: working.award(world, world.at(day, 6)))
        for place, plan in enumerate(self.plans.get(day, ())):
            moment = world.at(day, 9) + timedelta(minutes=3 * place)
            then(moment, lambda plan=plan, moment=moment: self._announce(plan, moment))  # type: ignore[misc]  # one each
        for activity, plan in self.running.pop(day, ()):
            then(activity.ends_at, lambda a=activity, p=plan: self._hold(a, p, day))  # type: ignore[misc]  # one each
        self._shopping(day, then)
        self._evening(day, then)
        if day == SHARED_ON - 2:
            then(world.at(day, 15), lambda: money.receive(world, day, "2026-0811", "果园合作社", money.POOL))
        for _, job in sorted(jobs, key=lambda pair: pair[0]):
            job()

    def _announce(self, plan: Plan, now: datetime) -> None:
        activity = working.announce(self.world, plan, now, earmark=self.earmark)
        if plan.kind in ("article", "waste_sorting"):
            self.taps[plan.kind] = activity
            return
        for day in range(plan.days):
            self.running[plan.day + day].append((activity, plan))

    def _hold(self, activity: Activity, plan: Plan, day: int) -> None:
        if plan.kind == "labor":
            now = self.world.at(day, plan.until, 30)
            also = [self.world.who(stories.READY_TO_PAY)] if plan.paid and plan.day > YEAR - 120 else []
            working.tally(self.world, activity, plan, now, also)
        else:
            working.hold(self.world, activity, plan)

    def _shopping(self, day: int, then: Callable[[datetime, Callable[[], object]], None]) -> None:
        world, shops = self.world, self.shops
        weekday = world.date(day).weekday()
        if day % 7 == 0 or day == 18:
            then(world.at(day, 6, 30), shops.count)
        if day > 18 and weekday in MARKET_DAYS:
            many = 130 if weekday == SATURDAY else 56
            then(world.at(day, 10, 30), lambda: shops.sell(many, world.at(day, 10, 30)))
        if weekday == FRIDAY and day > 20 and day // 7 % 2 == 0:
            then(world.at(day, 16), lambda: shops.settle(day, bounce=day // 7 == 30))

    def _evening(self, day: int, then: Callable[[datetime, Callable[[], object]], None]) -> None:
        world = self.world
        if day % 10 == 3 and "article" in self.taps:
            then(world.at(day, 20), lambda: working.tap(world, self.taps["article"], 90, world.at(day, 20)))
        if world.date(day).weekday() == SUNDAY and "waste_sorting" in self.taps:
            then(
                world.at(day, 20, 10),
                lambda: working.tap(world, self.taps["waste_sorting"], 200, world.at(day, 20, 10)),
            )
        if day % 3 == 0 and day <= LAST_REVIEWED:
            then(world.at(day, 21, 40), lambda: working.review(world, world.at(day, 21, 40)))
        if day % 20 == 0:
            then(world.at(day, 22), lambda: working.close(world, world.at(day, 22)))


def play(village: Village, now: datetime, on_step: OnStep = lambda done, of: None) -> None:
    """Play the year that ends now. To be called in one transaction with what loaded the village."""
    world = World(village, now)
    season = Season(world, shopping.Shops(world, world.at(0, 12)))
    for plan in plans([world.date(day).month for day in range(YEAR + 1)]):
        season.plans[max(plan.day - plan.announced, 1)].append(plan)
    money.receive(world, 0, "2025-0001", "镇财政奖补", money.FUND)
    slip = money.receive(world, 0, "2025-0002", "果园合作社", money.ORDER, "果园订单")
    season.earmark = slip.earmark_id
    for day in range(1, YEAR):
        season.day(day)
        stories.on(season.world, season.shops, day)
        if day == SHARED_ON:
            money.share(world, day)
        if day in COUNTED:
            count_rows()
        on_step(day, YEAR)
    stories.today(world, season.shops)
    _mark(world)
    count_rows()
    on_step(YEAR, YEAR)


def _mark(world: World) -> None:
    """The act that says: this year was played. It is asked for before anything is played again."""
    with one_batch(world.town, world.now) as batch:
        batch.act(key=MARK, verb="demo.play", by=world.town.subject, about=world.host, asked="")
    one(batch.answers)
