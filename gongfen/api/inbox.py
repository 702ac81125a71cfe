"""One's own inbox: what was told, what was read, and how one wants to be told."""

from datetime import datetime, time
from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Nothing,
    Page,
    answers,
    language,
    page,
    resident_only,
)
from gongfen.notices import inbox, quiet
from gongfen.notices.models import Notice
from gongfen.notices.verbs import Topic
from gongfen.town import clock
from gongfen.words import fill
from gongfen.words.notices import TOPICS, text

router = Router(tags=["inbox"], auth=resident_only)
HourAndMinute = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["21:30"])]


class NoticeOut(Schema):
    id: Id
    code: str
    topic: str
    count: int = Field(description="how many acts it tells of")
    facts: dict[str, Any]
    told: str
    came_at: datetime
    is_read: bool


class Unread(Schema):
    unread: int


class ReadUntil(Schema):
    notice: Id


class WishOut(Schema):
    topic: Topic
    name: str
    how: Literal["at_once", "daily", "never"]
    in_wechat: bool = Field(description="in WeChat too, where one agreed to messages there")


class WishIn(Schema):
    how: Literal["at_once", "daily", "never"]
    in_wechat: bool = True


class QuietHours(Schema):
    """The hours in which nothing comes, by the village's clock; over midnight where `ends` is the earlier one."""

    begins: HourAndMinute
    ends: HourAndMinute


class QuietNow(Schema):
    """One's own quiet hours; without `hours` nothing but the night is quiet, and that for invitations alone."""

    hours: QuietHours | None


def _notice(notice: Notice, lang: str) -> dict[str, Any]:
    return {
        "id": notice.id, "code": notice.code, "topic": notice.topic, "count": notice.count, "facts": notice.facts,
        "told": fill(text(notice.code, notice.count, lang), lang, **{**notice.facts, "count": notice.count}),
        "came_at": notice.deliver_at, "is_read": notice.read_at is not None,
    }  # fmt: skip


@router.get("/me/inbox", response=answers(Page[NoticeOut]))
def my_inbox(request: CallerRequest, after: After = None, limit: Limit = 50) -> dict[str, Any]:
    """One's own notices, newest first."""
    lang = language(request)
    rows = inbox.inbox(
        request.auth.resident, now=clock.now(), before=inbox.NEWEST if after is None else after, limit=limit + 1
    )
    found = page(rows, limit, lambda notice: notice.id)
    return {**found, "items": [_notice(notice, lang) for notice in found["items"]]}


@router.get("/me/inbox/unread", response=answers(Unread))
def unread(request: CallerRequest) -> dict[str, int]:
    """How many have come and were not read."""
    return {"unread": inbox.unread(request.auth.resident, now=clock.now())}


@router.post("/me/inbox/read", response=answers(Unread))
def read(request: CallerRequest, body: ReadUntil, key: ActKey) -> dict[str, int]:
    """This one and all older ones were read."""
    resident, now = request.auth.resident, clock.now()
    inbox.read_until(resident, body.notice, now=now)
    return {"unread": inbox.unread(resident, now=now)}


@router.get("/me/notice-wishes", response=answers(list[WishOut]))
def wishes(request: CallerRequest) -> list[dict[str, object]]:
    """How one is told of each topic."""
    lang = language(request)
    own = inbox.wishes_of(request.auth.resident)
    return [
        {"topic": topic, "how": how, "in_wechat": in_wechat, "name": TOPICS[topic][lang == "en"]}
        for topic, (how, in_wechat) in own.items()
    ]


@router.put("/me/notice-wishes/{topic}", response=answers(Nothing))
def wish(request: CallerRequest, topic: Topic, body: WishIn, key: ActKey) -> Nothing:
    """Choose how to be told of a topic: at once, once a day, or never; and whether in WeChat too."""
    inbox.wish(request.auth.resident, topic, body.how, in_wechat=body.in_wechat)
    return Nothing()


@router.get("/me/quiet-hours", response=answers(QuietNow))
def quiet_hours(request: CallerRequest) -> dict[str, object]:
    """In which hours nothing comes to one."""
    hours = quiet.quiet_of(request.auth.resident)
    return {"hours": {"begins": f"{hours.begins:%H:%M}", "ends": f"{hours.ends:%H:%M}"} if hours else None}


@router.put("/me/quiet-hours", response=answers(Nothing))
def rest(request: CallerRequest, body: QuietHours, key: ActKey) -> Nothing:
    """Choose them. The night stays quiet for invitations, whatever one chooses."""
    begins, ends = time.fromisoformat(body.begins), time.fromisoformat(body.ends)
    quiet.rest(request.auth.resident, begins, ends, now=clock.now())
    return Nothing()


@router.delete("/me/quiet-hours", response=answers(Nothing))
def rest_no_more(request: CallerRequest, key: ActKey) -> Nothing:
    """Nothing but the night is quiet again."""
    quiet.rest_no_more(request.auth.resident)
    return Nothing()
