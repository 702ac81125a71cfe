"""A village where people take part: terms decided, activities announced, codes shown."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.management import call_command
from PIL import Image

from gongfen.activities import codes, presence
from gongfen.activities.drafting import Announcement, approve_activity, draft_activity, find
from gongfen.activities.models import Activity
from gongfen.activities.publishing import publish_activity
from gongfen.activities.terms import Decision, adopt_usual_terms
from gongfen.ledger.guards import lifted
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import Resident
from tests.village import NOW, Daicun, founded

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SATURDAY = NOW + 3 * DAY  # 09:00 on a Saturday
WHATS = {
    "volunteering": "common",
    "affairs": "meeting",
    "survey": "survey",
    "neighbours_help": "help",
}
YES_OR_NO = [{"code": "yes", "zh": "要"}, {"code": "no", "zh": "不要"}]
QUESTIONS = [
    {
        "code": "lamp",
        "asks": "one",
        "zh": "要路灯吗",
        "options": [{"code": "yes", "zh": "要"}, {"code": "no", "zh": "不要"}],
    },
    {"code": "hours", "asks": "number", "zh": "几点前关", "least": 0, "most": 24, "bands": [0, 22]},
    {"code": "words", "asks": "text", "zh": "还想说", "most": 60, "only_if": {"question": "lamp", "answers": ["no"]}},
]


def picture(color: str = "white") -> bytes:
    """A photo of a sheet."""
    kept = BytesIO()
    Image.new("RGB", (40, 30), color).save(kept, "PNG")
    return kept.getvalue()


def settle(daicun: Daicun) -> Daicun:
    """The village decides its first terms."""
    decision = Decision("meeting", NOW.date(), took_part=40, said_yes=33)
    adopt_usual_terms(daicun["林队长"], daicun["吴审核"], daicun.village.subject, decision, now=NOW, kinds=tuple(WHATS))
    return daicun


def announce(daicun: Daicun, kind: str, title: str, *, at: datetime = SATURDAY, hours: int = 3, **more) -> Activity:
    """An activity, drafted by the leader, approved by the supervisor, published."""
    told = Announcement(
        kind=kind,
        what=more.pop("what", WHATS[kind]),
        title=title,
        starts_at=at,
        ends_at=at + hours * HOUR,
        budget_points=more.pop("budget", 20_000),
        paper_path="村口小店有签到表",
        **more,
    )
    draft = draft_activity(daicun["林队长"], daicun.village.subject, told, now=NOW)
    approve_activity(daicun["韩监督"], draft.id, now=NOW)
    publish_activity(daicun["林队长"], draft.id, now=NOW)
    activity = find(daicun.town, draft.id)
    activity.town = daicun.town
    return activity


def crowd(daicun: Daicun, how_many: int, *, has_phone: bool = True) -> list[Resident]:
    """More residents, each of a household of their own."""
    kind = "机" if has_phone else "卡"
    joining = [Joining(f"{kind}{n}", "一组", f"{kind}{n}", has_phone=has_phone) for n in range(how_many)]
    residents = join_many(daicun.village, joining, by=daicun.town.subject, now=NOW)
    for resident in residents:
        resident.town = daicun.town
    return residents


def seen(activity: Activity, resident: Resident, at: datetime, *, leaves: bool = False, digits: bool = False, **clocks):
    """What the resident's phone read at the place at this moment."""
    (shown,) = codes.show(activity, now=at)
    text = shown.digits if digits else shown.qr
    return presence.Seen(activity.id, resident, clocks.pop("device", resident.id), text, leaves, **clocks)


def come(activity: Activity, resident: Resident, at: datetime, **more):
    """Check in at this moment; the presence, or the refusal."""
    return presence.check_in_many(activity.town, [seen(activity, resident, at, **more)], now=at)[0]


def leave(activity: Activity, resident: Resident, at: datetime):
    """Check out at this moment."""
    return presence.check_in_many(activity.town, [seen(activity, resident, at, leaves=True)], now=at)[0]


@pytest.fixture
def settled(db: None) -> Daicun:
    """戴村 with terms."""
    return settle(founded())


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[Daicun]:
    """戴村 with terms, really written, so that many connections see it at once; wiped afterwards."""
    with django_db_blocker.unblock():
        try:
            yield settle(founded())
        finally:
            with lifted():
                call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
