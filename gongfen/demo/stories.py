"""What happens to single people in the demo's year, and where five of them stand when the visitor comes in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gongfen.activities.appeals import appeal
from gongfen.activities.models import Claim
from gongfen.activities.objections import object_to
from gongfen.activities.places import sign_up
from gongfen.activities.reviews import approve_claims, refuse_claims
from gongfen.activities.surveys import draft_survey, hand_in, open_survey
from gongfen.demo import helping, working
from gongfen.demo.agenda import Agenda
from gongfen.demo.calendar import Plan
from gongfen.demo.cast import IN_NOTICE, READY_TO_PAY, REVIEWER, SHOPKEEPER, WAITING
from gongfen.demo.shopping import Shops
from gongfen.demo.world import YUAN, World
from gongfen.ledger.batch import one
from gongfen.rules.claim_states import ClaimState
from gongfen.rules.refusals import Refusal
from gongfen.shops.models import Payment

__all__ = ["IN_NOTICE", "READY_TO_PAY", "REVIEWER", "SHOPKEEPER", "WAITING", "on", "today"]
EAGER = (IN_NOTICE, WAITING)  # they come to every common work
A_NO, OBJECTED, REFUNDED = 30, 40, (50, 120, 200)
OWNER_OF_A_NO = "100"  # the household of who was told no
DITCH_BEFORE = 3  # days before today: the work that some of the five did


def _ditch_plan(world: World) -> Plan:
    title, title_en = "清理村口水渠", "Clearing the ditch at the village gate"
    day = world.days - DITCH_BEFORE
    return Plan(day, "volunteering", "common", title, title_en, 120, 22, hour=8, until=11, place="村口")


def _ahead(world: World) -> tuple[Plan, ...]:
    """What is announced for the next days."""
    day = world.days
    return (
        Plan(day + 2, "volunteering", "common", "打扫小广场", "Sweeping the square", 130, 0, 8, 11, place="桥头"),
        Plan(day + 3, "affairs", "meeting", "村民会议：明年的标准", "Meeting: next year's terms", 300, 0, 14, 16),
        Plan(day + 5, "affairs", "training", "果树修剪夜校", "Pruning course", 90, 0, 19, 21, place="文化礼堂"),
    )


QUESTIONS: list[dict[str, Any]] = [
    {
        "code": "lamps", "asks": "one", "zh": "村道路灯够亮吗？", "en": "Are the street lamps bright enough?",
        "options": [
            {"code": "yes", "zh": "够亮", "en": "Bright enough"},
            {"code": "some", "zh": "有几处暗", "en": "Dark in places"},
            {"code": "no", "zh": "不够", "en": "Too dark"},
        ],
    },
]  # fmt: skip


def on(world: World, shops: Shops, day: int, jobs: Agenda) -> None:
    """The single things of a day: a no and an appeal, an objection, a refund; and what the five did of late."""
    late = world.at(day, 22, 5)
    if day == A_NO:
        jobs.at(world.at(day, 8, 50), _meals, world, day)
    elif day == A_NO + 1:
        jobs.at(late, _no_and_appeal, world, day)
    elif day == OBJECTED:
        jobs.at(late, _objection, world, day)
    elif day in REFUNDED:
        jobs.at(late, _refund, world, shops, late)
    elif day == world.days - DITCH_BEFORE - 4:
        jobs.at(late, _announce_ditch, world, late)
    elif day == world.days - DITCH_BEFORE:
        jobs.at(world.at(day, 11) + working.LATER, _ditch, world)
    elif day == world.days - DITCH_BEFORE + 1:
        jobs.at(late, _look_at_most, world, late)


def _meals(world: World, day: int) -> None:
    plan = Plan(day + 1, "volunteering", "care", "给独居老人送饭", "Meals for elders", 60, 9, 19, 21, place="村食堂")
    world.meals = working.announce(world, plan, world.at(day, 8, 50))


def _no_and_appeal(world: World, day: int) -> None:
    """A reviewer says no; the owner asks again; another reviewer says yes."""
    first, second = world.reviewers[1], world.reviewers[2]
    owner = next(who for who in world.grown if who.household.number == OWNER_OF_A_NO)
    plan = Plan(day, "volunteering", "care", "", "", 60, 8)
    working.hold(world, world.meals, plan, [owner], now=world.at(day, 22, 5))
    claim = Claim.of(world.town).get(activity=world.meals, resident=owner)
    one(refuse_claims(first, [claim.id], "照片看不清，请补一张", now=world.at(day, 22, 10)))
    appeal(owner, claim.id, "组长可以作证，我在场", now=world.at(day, 22, 20))
    one(approve_claims(second, [claim.id], now=world.at(day, 22, 40)))


def _objection(world: World, day: int) -> None:
    """A resident objects to a line on notice; another reviewer looks, and lets it stand."""
    shown = Claim.of(world.town).filter(state=ClaimState.IN_NOTICE, notice_until__gt=world.date(day)).order_by("-id")
    neighbour = world.grown[40]
    for claim in shown.select_related("resident"):
        if claim.resident.household_id == neighbour.household_id:
            continue
        object_to(neighbour, claim.id, "那天下午没看见他", now=world.at(day, 22, 10))
        for reviewer in world.reviewers:
            (answer,) = approve_claims(reviewer, [claim.id], now=world.at(day, 22, 30))
            if not isinstance(answer, Refusal):
                return


def _refund(world: World, shops: Shops, now: datetime) -> None:
    """A till gives a small payment back, in each of the first shops that have one which is not settled."""
    for shop in shops.shops[:3]:
        open_days = Payment.of(world.town).filter(day__merchant=shop, day__state="open", refunded=0)
        payment = open_days.filter(money__lt=50 * YUAN).order_by("-act_id").first()
        if payment is not None:
            shops.give_back(shop, payment.number, payment.money, now)


def _announce_ditch(world: World, now: datetime) -> None:
    world.ditch = working.announce(world, _ditch_plan(world), now)


def _ditch(world: World) -> None:
    also = [world.who(IN_NOTICE), world.who(WAITING), world.who(READY_TO_PAY)]
    working.hold(world, world.ditch, _ditch_plan(world), also)


def _look_at_most(world: World, now: datetime) -> None:
    """Another reviewer looked at most of the claims; some are left for the reviewer of the five."""
    claims = Claim.of(world.town).filter(activity=world.ditch, state=ClaimState.MADE).order_by("id")
    others = list(claims.exclude(resident=world.who(WAITING)).values_list("id", "resident_id"))
    keep = {claim for claim, resident in others[:6] if resident != world.who(IN_NOTICE).id}
    approve_claims(world.reviewers[1], [claim for claim, _ in others if claim not in keep], now=now)


def today(world: World, shops: Shops) -> None:
    """The last hours before the visitor comes."""
    moment = max(world.at(world.days, 0, 1), world.now - timedelta(minutes=50))
    moment = min(moment, world.now)
    for place, plan in enumerate(_ahead(world)):
        more: dict[str, Any] = {"places": 40, "reserved_places": 8} if plan.what == "common" else {}
        activity = working.announce(world, plan, _after(world, moment, 3 * place), **more)
        if more:
            for who in world.some(12):
                sign_up(activity, who, now=_after(world, moment, 10))
    _survey(world, _after(world, moment, 12))
    helping.hang_notes(world, _after(world, moment, 15))
    shops.count()
    shop = next(shop for shop in shops.shops if shop.owner_id == world.who(SHOPKEEPER).id)
    for minute in range(20, 48, 4):
        shops.sell(1, _after(world, moment, minute), at=shop)


def _after(world: World, moment: datetime, minutes: int) -> datetime:
    return min(moment + timedelta(minutes=minutes), world.now)


def _survey(world: World, now: datetime) -> None:
    """A survey that is open now; some have handed it in already."""
    plan = Plan(world.days, "survey", "survey", "村道路灯问卷", "Survey: street lamps", 200, 0, 0, 23, days=8)
    activity = working.announce(world, plan, now)
    survey = draft_survey(
        world.organisers[0], activity, QUESTIONS, title=plan.title, title_en=plan.title_en, closes_at=activity.ends_at
    )
    survey.town, survey.activity = world.town, activity
    open_survey(world.organisers[0], survey, now=_after(world, now, 3))
    for place, who in enumerate(world.some(18)):
        given = {"lamps": ("yes", "some", "no")[place % 3]} if place % 5 else {}
        hand_in(survey, who, given, key=f"demo/survey/{who.id}", now=_after(world, now, 4))
