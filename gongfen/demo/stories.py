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
from gongfen.demo import working
from gongfen.demo.calendar import Plan
from gongfen.demo.cast import IN_NOTICE, READY_TO_PAY, REVIEWER, SHOPKEEPER, WAITING
from gongfen.demo.shopping import Shops
from gongfen.demo.world import YEAR, World
from gongfen.ledger.batch import one
from gongfen.rules.claim_states import ClaimState
from gongfen.rules.refusals import Refusal
from gongfen.shops.models import Payment

__all__ = ["IN_NOTICE", "READY_TO_PAY", "REVIEWER", "SHOPKEEPER", "WAITING", "on", "today"]
A_NO, OBJECTED, REFUNDED = 100, 150, 200
DITCH = YEAR - 3  # the work that two of the five did
DITCH_PLAN = Plan(
    DITCH, "volunteering", "common", "清理村口水渠", "Clearing the ditch at the village gate", 120, 22,
    hour=8, until=11, place="村口",
)  # fmt: skip
AHEAD = (
    Plan(YEAR + 2, "volunteering", "common", "打扫小广场", "Sweeping the square", 130, 0, 8, 11, place="桥头"),
    Plan(YEAR + 3, "affairs", "meeting", "村民会议：明年的标准", "Village meeting: next year's terms", 300, 0, 14, 16),
    Plan(YEAR + 5, "affairs", "training", "果树修剪夜校", "Pruning course", 90, 0, 19, 21, place="文化礼堂"),
)  # fmt: skip
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


def on(world: World, shops: Shops, day: int) -> None:
    """The single things of a day: a no and an appeal, an objection, a refund."""
    if day == A_NO:
        _no_and_appeal(world, day)
    elif day == OBJECTED:
        _objection(world, day)
    elif day in (REFUNDED, REFUNDED + 60, REFUNDED + 120):
        _refund(world, shops, day)
    elif day == DITCH - 4:
        world.ditch = working.announce(world, DITCH_PLAN, world.at(day, 22, 30))
    elif day == DITCH:
        _ditch(world, day)


def _no_and_appeal(world: World, day: int) -> None:
    """A reviewer says no; the owner asks again; another reviewer says yes."""
    first, second = world.reviewers[1], world.reviewers[2]
    plan = Plan(day, "volunteering", "care", "给独居老人送饭", "Meals for elders", 60, 9, 16, 18, place="村食堂")
    activity = working.announce(world, plan, world.at(day, 12))
    working.hold(world, activity, plan)
    waiting = (
        Claim.of(world.town).filter(activity=activity, state=ClaimState.MADE).select_related("resident__household")
    )
    for claim in waiting.order_by("id"):
        if claim.resident.household_id in (first.household_id, second.household_id):
            continue
        claim.resident.town = world.town
        one(refuse_claims(first, [claim.id], "照片看不清，请补一张", now=world.at(day, 22, 10)))
        appeal(claim.resident, claim.id, "组长可以作证，我在场", now=world.at(day, 22, 20))
        one(approve_claims(second, [claim.id], now=world.at(day, 22, 40)))
        return


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


def _refund(world: World, shops: Shops, day: int) -> None:
    """A till gives the latest small payment of a shop back."""
    for shop in shops.shops[:3]:
        paid = Payment.of(world.town).filter(
            day__merchant=shop, day__day=world.date(day), money__lt=500_000, refunded=0
        )
        payment = paid.order_by("-act_id").first()
        if payment is not None:
            shops.give_back(shop, payment.number, payment.money, world.at(day, 22, 5))


def _ditch(world: World, day: int) -> None:
    """Everybody's hours are claimed; the second reviewer looks at most of them on the next day."""
    also = [world.who(IN_NOTICE), world.who(WAITING), world.who(READY_TO_PAY)]
    working.hold(world, world.ditch, DITCH_PLAN, also)


def today(world: World, shops: Shops) -> None:
    """The last hours before the visitor comes."""
    evening = world.at(YEAR - 2, 21)
    claims = Claim.of(world.town).filter(activity=world.ditch, state=ClaimState.MADE).order_by("id")
    left = {world.who(WAITING).id}
    others = list(claims.exclude(resident__in=left).values_list("id", "resident_id"))
    keep = {claim for claim, resident in others[:6] if resident != world.who(IN_NOTICE).id}
    looked = [claim for claim, _ in others if claim not in keep]
    approve_claims(world.reviewers[1], looked, now=evening)
    moment = max(world.at(YEAR, 0, 1), world.now - timedelta(minutes=50))
    moment = min(moment, world.now)
    for place, plan in enumerate(AHEAD):
        more: dict[str, Any] = {"places": 40, "reserved_places": 8} if plan.what == "common" else {}
        activity = working.announce(world, plan, _after(world, moment, 3 * place), **more)
        if more:
            for who in world.some(12):
                sign_up(activity, who, now=_after(world, moment, 10))
    _survey(world, _after(world, moment, 12))
    shops.count()
    shop = next(shop for shop in shops.shops if shop.owner_id == world.who(SHOPKEEPER).id)
    for minute in range(20, 48, 4):
        shops.sell(1, _after(world, moment, minute), at=shop)


def _after(world: World, moment: datetime, minutes: int) -> datetime:
    return min(moment + timedelta(minutes=minutes), world.now)


def _survey(world: World, now: datetime) -> None:
    """A survey that is open now; some have handed it in already."""
    plan = Plan(YEAR, "survey", "survey", "村道路灯问卷", "Survey: street lamps", 200, 0, 0, 23, days=8)
    activity = working.announce(world, plan, now)
    survey = draft_survey(
        world.organisers[0], activity, QUESTIONS, title=plan.title, title_en=plan.title_en, closes_at=activity.ends_at
    )
    survey.town, survey.activity = world.town, activity
    open_survey(world.organisers[0], survey, now=_after(world, now, 3))
    for place, who in enumerate(world.some(18)):
        given = {"lamps": ("yes", "some", "no")[place % 3]} if place % 5 else {}
        hand_in(survey, who, given, key=f"demo/survey/{who.id}", now=_after(world, now, 4))
