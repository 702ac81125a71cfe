"""Makes the database that the app walks through: `python -m tests.app_village`. Prints as JSON what walks must know."""

import json
import os
from datetime import timedelta
from typing import Any

import django

NAMES = {
    "li": "李建国",
    "wang": "王秀英",
    "zhao": "赵大伯",
    "chen": "陈小芳",
    "organiser": "林志刚",
    "reviewer": "吴国良",
    "lis_wife": "周美华",
    "supervisor": "韩美玲",
    "grandma_wang": "王奶奶",
}
DAY = timedelta(days=1)


def made() -> tuple[Any, dict[str, Any]]:
    """A village a month old: points earned and spent, a claim on notice, work that is open, a shop with its till.

    The village, and what walks must know of it."""
    from gongfen.people.joining import make_codes
    from gongfen.town import clock
    from tests.pages_village import Visit

    visit = Visit()
    life = visit.life
    begun = clock.now() - 14 * DAY
    canal = _work(visit, begun)
    counter = _shopping(visit)
    life.order(1_000, "疏果订单")
    life.now = clock.now() - timedelta(hours=1)
    claim = life.claim(canal, "wang", grade="witnessed", by=life.clerk, day="whole")
    life.approve(claim)
    life.claim(canal, "zhao", grade="typed", by=life.organiser, day="half")
    survey = _what_is_on(visit)
    people = ("li", "wang", "zhao", "lis_wife", "organiser")
    codes = make_codes(life.clerk, [life.people[name] for name in people], now=life.now)
    tokens = {name: visit.token(name) for name in NAMES if name != "grandma_wang"}  # she has no phone
    told = {
        "village": str(life.village.id),
        "shop": str(visit.shop.id),
        "sign": str(visit.shop.id),
        "activity": str(canal.id),
        "claim": str(claim.id),
        "survey": survey,
        "receipt": _receipt(life.people["li"]),
        "till": visit.till_token(refund_limit=1_000_000),
        "tokens": tokens,
        "codes": {each.resident.name: each.code for each in codes},
        "paid": counter,
        "folder": os.environ["GONGFEN_DIR"],
    }
    _chinese_names(life)
    return visit, told


def _work(visit: Any, begun: Any) -> Any:
    """Three days at the canal, awarded after their notice."""
    life = visit.life
    life.now = begun
    canal = life.publish(
        "labor", "unpaid", title="修水渠", title_en="Mending the canal", place="村口", ends_at=begun + 60 * DAY
    )
    for day in range(3):
        life.now = begun + (day + 1) * DAY
        on = {"grade": "witnessed", "by": life.clerk, "day": "whole"}
        life.approve(*(life.claim(canal, who, **on) for who in ("li", "wang", "zhao", "organiser")))
    life.days_pass(7)
    return canal


def _shopping(visit: Any) -> int:
    """Somebody shops with a phone of theirs; how often."""
    from tests.shops_village import YUAN, Shops

    life = visit.life
    counter = Shops(life.town, life.village, life.now, people=life.people)
    counter.shops["小芳超市"] = visit.shop
    counter.till("小芳超市", "小芳超市")
    counter.phone("li")
    for yuan in (5, 3, 2):
        counter.scan("小芳超市", counter.code("li"), yuan * YUAN)
        counter.later(hours=5)
    return 3


def _what_is_on(visit: Any) -> str:
    """Work that is open, a meeting, and a survey that asks in every way: its id."""
    from gongfen.activities import surveys
    from tests.taking_part import QUESTIONS

    life = visit.life
    life.publish("affairs", "meeting", title="冬季村民会议", title_en="Winter meeting", place="村委会")
    asking = life.publish("survey", "survey", title="路灯问卷", title_en="Street lamps", place="村委会")
    more = [
        {"code": "where", "asks": "many", "zh": "哪里暗", "options": QUESTIONS[0]["options"], "most": 1},
        {"code": "bright", "asks": "scale", "zh": "现在多亮", "least": 1, "most": 5},
    ]
    made = surveys.draft_survey(
        life.organiser, asking, [*QUESTIONS, *more], title="路灯", title_en="Lamps", closes_at=life.now + 20 * DAY
    )
    surveys.open_survey(life.organiser, surveys.find_survey(life.town, made.id), now=life.now)
    return str(made.id)


def _receipt(who: Any) -> str:
    """The number of somebody's last payment."""
    from gongfen.rules.places import number_of
    from gongfen.shops.models import Payment

    return str(number_of(Payment.of(who.town_id).filter(resident=who).latest("act_id").act_id))


def _chinese_names(life: Any) -> None:
    from gongfen.people.models import Resident

    for name, chinese in NAMES.items():
        Resident.of(life.town).filter(id=life.people[name].id).update(name=chinese)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    django.setup()
    print(json.dumps(made()[1]))
