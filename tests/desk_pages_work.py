"""The rooms for activities, reviews and terms, for the walk through the desk: their pages, and something in each."""

from datetime import timedelta
from typing import Any

PAGES = {
    "activities": "organiser",
    "activities/calendar": "organiser",
    "activities/new": "organiser",
    "activities/<int:activity>": "organiser",
    "activities/<int:activity>/edit": "organiser",
    "activities/<int:activity>/results": "organiser",
    "activities/<int:activity>/people": "organiser",
    "activities/<int:activity>/tally": "organiser",
    "activities/<int:activity>/sheets": "organiser",
    "activities/<int:activity>/sheets/<str:slip>": "organiser",
    "activities/<int:activity>/surveys/new": "organiser",
    "activities/<int:activity>/surveys/<int:survey>": "organiser",
    "activities/<int:activity>/surveys/<int:survey>/slips": "organiser",
    "sheets": "organiser",
    "terms": "organiser",
    "terms/new": "organiser",
    "terms/<int:terms>": "organiser",
    "review": "reviewer",
    "review/notice": "reviewer",
    "review/corrections": "reviewer",
    "review/rules": "supervisor",
    "review/rechecks": "supervisor",
}
PRESSED = {
    "activities/<int:activity>/poster.pdf",
    "activities/<int:activity>/people/<str:verb>",
    "activities/<int:activity>/names",
    "activities/<int:activity>/sheets/<str:slip>/photo",
    "activities/<int:activity>/sheets/<str:slip>/sheet.pdf",
    "activities/<int:activity>/surveys/<int:survey>/paper.pdf",
    "activities/<int:activity>/surveys/<int:survey>/<str:verb>",
    "activities/<int:activity>/<str:verb>",
    "terms/<int:terms>/<str:verb>",
    "review/photo/<int:evidence>",
    "review/corrections/<int:objection>/<str:verb>",
    "review/rules/<str:verb>",
    "review/rechecks/<int:group>",
    "review/rechecks/objections/<int:objection>",
}
HOUR = timedelta(hours=1)


def work(visit: Any) -> None:
    """Work with places, ticks and a signed sheet; an appeal, an objection, terms that residents will decide."""
    from gongfen.activities import photos, places, review_rules, sheets, terms
    from gongfen.activities.attendance import Tick, tick_many
    from gongfen.activities.kinds.terms import Terms
    from gongfen.people.models import Group
    from gongfen.people.roster_objections import object_to_additions
    from gongfen.rules.notice import village_day
    from gongfen.rules.rechecks import quarter_of
    from tests.doors_earning import a_photo

    life, now = visit.life, visit.life.now
    life.now = now - 4 * HOUR
    ditch = life.publish(
        title="清渠",
        title_en="Clearing the ditch",
        starts_at=now - 3 * HOUR,
        ends_at=now - HOUR,
        places=8,
        place="渠首",
    )
    for who in ("村民10", "村民11", "grandma_wang"):
        places.sign_up(ditch, life.people[who], now=life.now)
    life.now = now
    ticks = [Tick(life.people[who], ditch.starts_at, ditch.ends_at) for who in ("村民10", "grandma_wang")]
    tick_many(ditch, ticks, by=life.organiser, now=now)
    _ask(life, ditch, visit.canal)
    sheet = sheets.print_sheet(ditch)
    sheets.photograph(sheet, a_photo(), by=life.clerk, now=now)
    worker = life.people["村民05"]
    sent = photos.upload(worker, worker, a_photo(), now=now)
    life.claim(visit.canal, "村民05", day="whole", photo=str(sent.id))
    refused = life.claim(visit.canal, "村民08", day="half")
    life.refuse(refused, by=life.second, reason="照片看不清，请补一张")
    life.appeal(refused, "村民08", "我在的，问老赵")
    approved, stands = (life.claim(visit.canal, who, day="half") for who in ("村民09", "村民07"))
    life.approve(approved, stands, by=life.third)
    life.object(approved, "zhao", "那天没见到人")
    review_rules.ask_rules(
        life.organiser, life.host, daily_budget=200_000, second_look_from=10_000, kinds=("labor",), now=now
    )
    more = Terms("common", "hour", 150, 60)
    added = Group.of(life.town).select_related("village").get(id=life.people["村民05"].group_id)
    object_to_additions(worker, added, quarter_of(village_day(now)), "来了三个，册上写了九个", now=now)
    first_day = village_day(now) + timedelta(days=10)
    terms.propose_terms(life.organiser, life.host, "volunteering", more, first_day, now=now)


def _ask(life: Any, *activities: Any) -> None:
    """A survey of each of these, open, with slips of the paper box to type."""
    from gongfen.activities import surveys

    asked = [{"code": "q1", "asks": "scale", "zh": "渠清得怎么样", "en": "How clean is it", "least": 1, "most": 5}]
    for activity in activities:
        made = surveys.draft_survey(
            life.organiser, activity, asked, title="清渠问卷", closes_at=life.now + timedelta(days=3)
        )
    surveys.open_survey(life.organiser, made, now=life.now)
    type(made).of(life.town).filter(id=made.id).update(paper_receipts=2)
