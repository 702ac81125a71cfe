"""One's own inbox: what was told, what was read, and how one wants to be told."""

from datetime import datetime
from typing import Any, Literal

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
from gongfen.notices import inbox
from gongfen.notices.models import Notice
from gongfen.notices.verbs import Topic
from gongfen.town import clock
from gongfen.words import fill
from gongfen.words.notices import TOPICS, text

router = Router(tags=["inbox"], auth=resident_only)


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


class WishIn(Schema):
    how: Literal["at_once", "daily", "never"]


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
def wishes(request: CallerRequest) -> list[dict[str, str]]:
    """How one is told of each topic."""
    lang = language(request)
    own = inbox.wishes_of(request.auth.resident)
    return [{"topic": topic, "how": how, "name": TOPICS[topic][lang == "en"]} for topic, how in own.items()]


@router.put("/me/notice-wishes/{topic}", response=answers(Nothing))
def wish(request: CallerRequest, topic: Topic, body: WishIn, key: ActKey) -> Nothing:
    """Choose how to be told of a topic: at once, once a day, or never."""
    inbox.wish(request.auth.resident, topic, body.how)
    return Nothing()
