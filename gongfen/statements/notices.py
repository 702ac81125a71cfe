"""The inbox in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongfen import words
from gongfen.notices.models import Notice
from gongfen.words.notices import MANY, TEXTS


@dataclass(frozen=True)
class ToldNotice:
    """One message."""

    told: str
    at: datetime
    is_new: bool


def tell_notices(notices: Iterable[Notice], lang: str, now: datetime) -> list[ToldNotice]:
    """Each notice by its text, with what it is about filled in."""
    return [ToldNotice(tell_notice(each, lang, now), each.deliver_at, each.read_at is None) for each in notices]


def tell_notice(notice: Notice, lang: str, now: datetime) -> str:
    """12 工分到账."""
    book = MANY if notice.count > 1 and notice.code in MANY else TEXTS
    pair = book.get(notice.code, ("有一条关于您的记录", "Something was recorded about you"))
    return words.fill(pair[words.LANGUAGES.index(lang)], lang, now=now, count=notice.count, **dict(notice.facts))
