"""Makes the village in which a resident's year is walked: `python -m tests.app_year`. Prints what the walk must know.

The village of tests/app_village.py, and what a year holds besides: work that is going on, the month's notices, a claim
that was refused, one of a neighbour's on notice, a dividend on notice, and a statement to hand to a neighbour.
"""

import json
import os
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

import django

DAY = timedelta(days=1)
CARDS = 3  # of another group


def make() -> dict[str, Any]:
    """The village, and its dividend."""
    from tests.app_village import made

    visit, told = made()
    life = visit.life
    now = life.now
    again = life.publish("labor", "unpaid", title="修路", title_en="Mending the road", place="东头")
    refused = life.claim(
        life.publish("labor", "unpaid", title="割草"), "wang", grade="typed", by=life.organiser, day="half"
    )
    life.refuse(refused, reason="那天没见到人")
    life.approve(life.claim(again, "li", grade="witnessed", by=life.clerk, day="whole"))
    going_on = life.publish("volunteering", "common", title="清渠", place="村口", ends_at=now + 8 * DAY, places=12)
    paid = {"payer": "果品合作社", "pay_money": 1_200_000, "pay_minutes": 480, "earmark": life.order(6_000)}
    life.publish("labor", "paid", title="疏果", ends_at=now + DAY / 3, places=10, budget_points=240_000, **paid)
    life.publish("neighbours_help", "help", title="邻里互助", ends_at=now + 90 * DAY)
    notices = life.publish("article", "notices", title="十一月须知", title_en="Notices of November")
    _dividend(life)
    _errands(life)
    people = ("li", "wang", "zhao")
    homes = {name: life.people[name].household.number for name in people}
    more = {"road": again, "work": going_on, "notices": notices, "refused": refused}
    return told | {name: str(row.id) for name, row in more.items()} | {"homes": homes}


def _dividend(life: Any) -> None:
    """A thousand yuan, seven tenths by heads, on notice since today."""
    from gongfen.dividends import acts
    from gongfen.dividends.models import Run
    from gongfen.rules.dividend import Line
    from gongfen.rules.notice import village_day

    ends: date = village_day(life.now) - DAY
    run = acts.draft(
        life.town, by=life.treasurer, host=life.host, begins=date(ends.year - 1, ends.month, 1), ends=ends,
        pool=1_000 * 10_000, head_percent=70, lines=(Line("reserve", 5),), key="year/run", now=life.now,
    )  # fmt: skip
    acts.simulate(life.town, run, by=life.treasurer, now=life.now)
    digest = Run.of(life.town).get(id=run.id).digest
    for who in (life.treasurer, life.supervisor):
        acts.confirm(life.town, run, by=who, digest=digest, now=life.now)
    acts.begin_notice(life.town, Run.of(life.town).get(id=run.id), by=life.treasurer, now=life.now)


def _errands(life: Any) -> None:
    """Cardholders of another group, to whom neighbours were drawn to bring their statement; 王秀英 among them."""
    from gongfen.people.founding import Joining, join_many
    from gongfen.people.models import Group
    from gongfen.people.rechecks import draw_recheck
    from gongfen.rules.rechecks import turn_of

    cards = [Joining(f"2-{n}", "二组", f"卡户{n}", has_phone=False) for n in range(CARDS)]
    join_many(life.village, cards, by=life.clerk.subject, now=life.now)
    group = Group.of(life.town).select_related("village", "town").get(village=life.village, name="二组")
    here = [one.subject for one in life.people.values()]
    seeds = (str(n) for n in count() if min(here, key=partial(turn_of, str(n))) == life.wang.subject)
    draw_recheck(group, by=life.supervisor.subject, now=life.now, seed=next(seeds))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    django.setup()
    print(json.dumps(make()))
