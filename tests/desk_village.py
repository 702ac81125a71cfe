"""Makes the database whose desk a browser walks through: `python -m tests.desk_village`.

Something waits in every room. What it prints is who signs in with which cookie, as JSON.
"""

import json
import os
from datetime import timedelta
from typing import Any

import django

EXTRA = 24  # residents of further households, so that figures about people may be told
DAY = timedelta(days=1)
YUAN = 10_000
SIGNED_IN = ("clerk", "reviewer", "treasurer", "supervisor", "auditor", "organiser", "second", "third")


def village() -> Any:
    """A village with a past fortnight and a busy today, until a minute ago."""
    from gongfen.people.acts import give_roles
    from gongfen.people.founding import Joining, join_many
    from gongfen.people.models import RoleName
    from gongfen.town import clock
    from tests.desk_pages_money import money
    from tests.desk_pages_people import happens
    from tests.desk_pages_work import work
    from tests.pages_village import Visit

    visit = Visit()
    life = visit.life
    begun = clock.now() - 14 * DAY
    life.now = begun
    joining = [Joining(str(100 + n), "二组", f"村民{n:02}", is_head=True) for n in range(EXTRA)]
    joining.append(Joining("99", "二组", "auditor", is_head=True))
    for resident in join_many(life.village, joining, by=life.town.subject, now=life.now):
        resident.town = life.town
        life.people[resident.name] = resident
    given = [(life.people["auditor"], RoleName.AUDITOR, life.village)]
    give_roles(life.town, given, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    _a_fortnight(visit, begun)
    life.now = clock.now() - timedelta(minutes=1)
    _today(visit)
    work(visit)
    money(visit)
    happens(visit)
    return visit


def make() -> dict[str, str]:
    """Each role's session at the desk of that village, by role."""
    return _sessions(village())


def _a_fortnight(visit: Any, begun: Any) -> None:
    """Work of many people, awarded; one of them spends some of it."""
    from tests.shops_village import Shops

    life = visit.life
    canal = life.publish("labor", "unpaid", title="修水渠", title_en="Mending the canal", ends_at=begun + 40 * DAY)
    workers = [f"村民{n:02}" for n in range(EXTRA)] + ["li", "wang"]
    for day in range(3):
        life.now = begun + (day + 1) * DAY
        on = {"grade": "witnessed", "by": life.clerk, "day": "whole"}
        made = [life.claim(canal, who, **on) for who in workers[day * 8 :]]
        life.approve(*made)
    life.days_pass(7)
    counter = Shops(life.town, life.village, life.now, people=life.people)
    counter.shops["小芳超市"] = visit.shop
    counter.till("小芳超市", "小芳超市")
    counter.phone("li")
    for yuan in (5, 3, 2):
        counter.scan("小芳超市", counter.code("li"), yuan * YUAN)
        counter.later(hours=5)
    canal.refresh_from_db()
    visit.canal = canal


def _today(visit: Any) -> None:
    """Something for everyone: claims, a slip, a request to join, a draft."""
    from gongfen.fund.acts import MoneyIn, record_slip
    from gongfen.ledger.audit import audit
    from gongfen.people.joining import ask_to_join
    from gongfen.rules.notice import village_day

    life = visit.life
    for who in ("li", "zhao", "村民01"):
        life.claim(visit.canal, who, grade="typed", by=life.organiser, day="half")
    told = MoneyIn("银-2026-118", "果品合作社", 5_000 * YUAN, village_day(life.now), "")
    record_slip(life.treasurer, life.host, told, now=life.now)
    ask_to_join(
        life.village, name="新来的", household_number="120", age_band="adult", secret="a far house", now=life.now
    )
    life.draft("affairs", "meeting", title="冬季村民会议", title_en="Winter meeting")
    audit(life.town, full=True, now=life.now)


def _sessions(visit: Any) -> dict[str, str]:
    from django.conf import settings

    from tests.desk import open_account_of

    life = visit.life
    clients = {name: open_account_of(life.people[name], life.clerk, life.now) for name in SIGNED_IN}
    return {name: client.cookies[settings.SESSION_COOKIE_NAME].value for name, client in clients.items()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    django.setup()
    print(json.dumps(make()))
