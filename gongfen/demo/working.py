"""Activities of the demo's year: announced by two people, come to with codes, ticks and sheets, claimed, decided."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from gongfen.activities.attendance import claim_presences
from gongfen.activities.awards import award_due
from gongfen.activities.claims import Wanted, claim_many, own_grade
from gongfen.activities.codes import key_of
from gongfen.activities.drafting import Announcement, approve_activity, draft_activity
from gongfen.activities.models import Activity, Claim
from gongfen.activities.presence import Seen, check_in_many
from gongfen.activities.publishing import close_activity, open_due, publish_activity
from gongfen.activities.reviews import approve_claims
from gongfen.activities.sheets import LINES, Line, photograph, print_sheet, review_sheet, type_sheet
from gongfen.demo.calendar import Plan
from gongfen.demo.world import POINT, YUAN, World, accepted
from gongfen.people.models import Resident
from gongfen.rules import presence
from gongfen.rules.claim_states import ActivityState, ClaimState
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import WITNESSED

PAPER = "到村委会或组长处签到，纸质登记"
SET = 400
METRES = {"清理村口水渠": 180, "修水渠投工投劳": 240, "修补机耕路": 150}  # what an activity of this name makes
LATER = timedelta(minutes=30)  # after its end an activity makes its claims


def _photo() -> bytes:
    """What stands for the photo of a sheet: ruled paper."""
    out, paper = io.BytesIO(), Image.new("RGB", (210, 297), "#FBFAF6")
    for line in range(24, 297, 12):
        ImageDraw.Draw(paper).line((12, line, 198, line), fill="#C9D3CB")
    paper.save(out, "JPEG")
    return out.getvalue()


PHOTO = _photo()


def announce(world: World, plan: Plan, now: datetime, *, earmark: int | None = None, **more: Any) -> Activity:
    """An organiser drafts, the supervisor approves, the organiser publishes: the money is set aside."""
    by = world.organisers[0]
    if plan.paid:
        more |= {"payer": "果园合作社", "pay_money": 120 * YUAN, "pay_minutes": 480, "earmark": earmark}
    told = Announcement(
        plan.kind, plan.what, plan.title, world.ahead(plan.day, plan.hour),
        world.ahead(plan.day + plan.days - 1, plan.until), budget_points=plan.budget * POINT, title_en=plan.title_en,
        place=plan.place, paper_path=PAPER, **more,
    )  # fmt: skip
    host = world.town.subject if plan.by_town else world.host
    activity = draft_activity(by, host, told, now=now)
    approve_activity(world.supervisor, activity.id, now=now + timedelta(minutes=1))
    publish_activity(by, activity.id, now=now + timedelta(minutes=2))
    activity = Activity.of(world.town).select_related("terms", "village").get(id=activity.id)
    activity.town = world.town
    return activity


def hold(
    world: World, activity: Activity, plan: Plan, also: Sequence[Resident] = (), *, now: datetime | None = None
) -> None:
    """People come: with their phones and the code, or they sign a sheet."""
    away = {who.household_id for who in (*world.organisers, world.supervisor)}  # who decides about it
    come = {who.id: who for who in [*also, *world.some(plan.come)] if who.household_id not in away}.values()
    _with_phones(world, activity, [who for who in come if who.has_phone])
    _on_paper(world, activity, [who for who in come if not who.has_phone])
    claim_presences(activity, now=now or activity.ends_at + LATER)


def _with_phones(world: World, activity: Activity, come: Sequence[Resident]) -> None:
    key = key_of(activity)
    for leaves, moment in ((False, activity.starts_at), (True, activity.ends_at)):
        text = presence.qr_of(key, activity.id, presence.step_at(moment))
        seen = [Seen(activity.id, who, who.id, text, leaves=leaves) for who in come]
        check_in_many(world.town, seen, now=moment)


def _on_paper(world: World, activity: Activity, come: Sequence[Resident]) -> None:
    """Who has no phone signs a sheet: photographed and typed by the clerk, seen by an organiser."""
    now, second = activity.ends_at + timedelta(minutes=10), world.organisers[0]
    people = [who for who in come if who.id != world.clerk.id][:LINES]
    if not people:
        return
    sheet = print_sheet(activity)
    photograph(sheet, PHOTO, by=world.clerk, now=now)
    type_sheet(sheet, [Line(who, activity.starts_at, activity.ends_at) for who in people], by=world.clerk, now=now)
    review_sheet(sheet, by=second)


def tap(world: World, activity: Activity, many: int, now: datetime) -> int:
    """Residents tap on their own phones: the month's notices, the week's waste."""
    kind = activity.of_kind
    values = {"said": "read"} if kind.key == "article" else {}
    today = village_day(now)
    wanted = [
        Wanted(activity, who, today, own_grade(kind), who.subject, values) for who in world.some(many) if who.has_phone
    ]
    return len(accepted(claim_many(world.town, wanted, now)))


def tally(world: World, activity: Activity, plan: Plan, now: datetime, also: Sequence[Resident] = ()) -> None:
    """Labor: an organiser writes down who did half a day or a whole one; reviewers look later."""
    by = world.organisers[0]
    people = {who.id: who for who in [*also, *world.some(plan.come)] if who.household_id != by.household_id}.values()
    wanted = [
        Wanted(
            activity, who, village_day(now), WITNESSED, by.subject,
            {"day": "whole" if world.random.random() < 0.8 else "half"},
        )
        for who in people
    ]  # fmt: skip
    claim_many(world.town, wanted, now)


def review(world: World, now: datetime) -> None:
    """The reviewers decide what waits: what one may not decide, another does."""
    waiting = Claim.of(world.town).filter(state__in=[ClaimState.MADE, ClaimState.SECOND_LOOK]).order_by("id")
    left = list(waiting.values_list("id", flat=True))
    for reviewer in world.reviewers:
        if not left:
            return
        answers: list[object] = []
        for start in range(0, len(left), SET):
            answers += approve_claims(reviewer, left[start : start + SET], now=now)
        left = [claim for claim, answer in zip(left, answers, strict=True) if isinstance(answer, Refusal)]


def award(world: World, now: datetime) -> int:
    """By the clock: what has begun is open, what was on notice until yesterday becomes points."""
    open_due(world.town, now=now)
    return len(accepted(award_due(world.town, now=now)))


def close(world: World, now: datetime) -> None:
    """Activities that are over and in which nothing is open give back what was not needed."""
    over = Activity.of(world.town).filter(state=ActivityState.OPEN, ends_at__lt=now - timedelta(days=16))
    undecided = Claim.of(world.town).filter(state__in=[ClaimState.MADE, ClaimState.IN_NOTICE, ClaimState.OBJECTED])
    for activity in over.exclude(id__in=undecided.values("activity_id")):
        try:
            close_activity(world.organisers[0], activity.id, now=now, metres=METRES.get(activity.title))
        except Refusal:
            continue  # somebody may still appeal: another day
