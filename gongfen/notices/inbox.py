"""One's own inbox: what was told, what was read, what one wants to be told and how."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongfen.notices.models import Notice, Quiet, Wish
from gongfen.notices.verbs import Topic
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

NEWEST = 1 << 62
KEPT = timedelta(days=400)
HOWS = ("at_once", "daily", "never")


class UnknownTopic(Refusal):
    """There is no such topic, or no such way of being told."""

    code = "unknown_topic"


def inbox(resident: Resident, *, now: datetime, before: int = NEWEST, limit: int = 50) -> Sequence[Notice]:
    """One's notices that have come, newest first, older than the notice `before`."""
    own = Notice.of(resident.town_id).filter(resident=resident.subject, deliver_at__lte=now, id__lt=before)
    return list(own.order_by("-id")[:limit])


def unread(resident: Resident, *, now: datetime) -> int:
    """How many have come and were not read."""
    own = Notice.of(resident.town_id).filter(resident=resident.subject, deliver_at__lte=now, read_at=None)
    return own.count()


def read_until(resident: Resident, notice: int, *, now: datetime) -> int:
    """This one and all older ones were read; how many of them were new."""
    own = Notice.of(resident.town_id).filter(resident=resident.subject, deliver_at__lte=now, id__lte=notice)
    return own.filter(read_at=None).update(read_at=now)


def wishes_of(resident: Resident) -> dict[str, tuple[str, bool]]:
    """How one wants to be told of each topic, and whether in WeChat too. Both ways also need one's consent."""
    kept = {
        topic: (how, in_wechat)
        for topic, how, in_wechat in Wish.of(resident.town_id)
        .filter(resident=resident.subject)
        .values_list("topic", "how", "in_wechat")
    }
    return {topic.value: kept.get(topic.value, ("at_once", True)) for topic in Topic}


def wish(resident: Resident, topic: str, how: str, *, in_wechat: bool = True) -> None:
    """Choose how to be told of a topic, and by which ways. Wishing the same again is fine."""
    if topic not in set(Topic) or how not in HOWS:
        raise UnknownTopic(topic=topic[:20])
    fresh = Wish(town=resident.town, resident=resident.subject, topic=topic, how=how, in_wechat=in_wechat)
    Wish.objects.bulk_create([fresh], ignore_conflicts=True)
    Wish.of(resident.town_id).filter(resident=resident.subject, topic=topic).update(how=how, in_wechat=in_wechat)


def not_in_wechat(town: Town, people: Sequence[int]) -> set[tuple[int, str]]:
    """Who wants which topic in the inbox alone: subject and topic."""
    rows = Wish.of(town).filter(resident__in=people, in_wechat=False)
    return set(rows.values_list("resident", "topic"))


def forget(town: Town, *, subject: int | None = None, now: datetime | None = None) -> int:
    """Delete the inbox of somebody who leaves, or notices older than 400 days; how many rows there were."""
    if subject is not None:
        Wish.of(town).filter(resident=subject).delete()
        Quiet.of(town).filter(resident=subject).delete()
        return Notice.of(town).filter(resident=subject).delete()[0]
    assert now is not None
    return Notice.of(town).filter(deliver_at__lt=now - KEPT).delete()[0]
