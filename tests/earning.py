"""Steps of earning in 戴村: terms, activities and claims in whatever state a test needs them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from gongfen.activities import awards, claims, drafting, publishing, reviews, terms
from gongfen.activities.claims import Wanted
from gongfen.activities.drafting import Announcement
from gongfen.activities.models import Activity, Claim
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from tests.village import NOW, Daicun

DAY = timedelta(days=1)


def usual_terms(daicun: Daicun, now: datetime = NOW) -> None:
    """The usual terms, decided by a meeting; doing so again changes nothing."""
    if not terms.InForce(daicun.town, [daicun.village.subject]).knows(daicun.village.subject, "article", "notices"):
        decision = terms.Decision("meeting", village_day(now), took_part=120, said_yes=95)
        terms.adopt_usual_terms(daicun["林队长"], daicun["韩监督"], daicun.village.subject, decision, now=now)


def announcement(now: datetime = NOW, **more: Any) -> Announcement:
    usual: dict[str, Any] = {
        "kind": "volunteering", "what": "common", "title": "清渠", "starts_at": now, "ends_at": now + 30 * DAY,
        "budget_points": 10_000, "paper_path": "村委会签到表",
    }  # fmt: skip
    return Announcement(**(usual | more))


def drafted(daicun: Daicun, now: datetime = NOW, **more: Any) -> Activity:
    usual_terms(daicun, now)
    return drafting.draft_activity(daicun["林队长"], daicun.village.subject, announcement(now, **more), now=now)


def approved(daicun: Daicun, now: datetime = NOW, **more: Any) -> Activity:
    activity = drafted(daicun, now, **more)
    drafting.approve_activity(daicun["韩监督"], activity.id, now=now)
    return activity


def published(daicun: Daicun, now: datetime = NOW, **more: Any) -> Activity:
    activity = approved(daicun, now, **more)
    publishing.publish_activity(daicun["林队长"], activity.id, now=now)
    return drafting.find(daicun.town, activity.id)


def claimed(daicun: Daicun, who: str = "王芳", now: datetime = NOW, **more: Any) -> Claim:
    """Two hours at the ditch, waiting for a reviewer."""
    activity = published(daicun, now, **more)
    person = daicun[who]
    wanted = Wanted(activity, person, village_day(now), "machine", person.subject, {"minutes": 120})
    (answer,) = claims.claim_many(daicun.town, [wanted], now)
    if isinstance(answer, Refusal):
        raise answer
    return Claim.of(daicun.town).get(id=int(answer.facts["claim"]))


def on_notice(daicun: Daicun, who: str = "王芳", now: datetime = NOW, **more: Any) -> Claim:
    claim = claimed(daicun, who, now, **more)
    reviews.approve_claims(daicun["吴审核"], [claim.id], now=now)
    return claim


def refused(daicun: Daicun, who: str = "王芳", now: datetime = NOW, **more: Any) -> Claim:
    claim = claimed(daicun, who, now, **more)
    reviews.refuse_claims(daicun["吴审核"], [claim.id], "签到表上没有", now=now)
    return claim


def awarded(daicun: Daicun, who: str = "王芳", before: datetime = NOW, **more: Any) -> Claim:
    """Done and approved nine days before, and awarded."""
    claim = on_notice(daicun, who, before - 9 * DAY, **more)
    awards.award_claims(daicun.town, [claim.id], now=before)
    return claim


def form(told: Announcement) -> dict[str, Any]:
    """An announcement as a client sends it."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(told).items()}
