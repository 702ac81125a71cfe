"""Ways to a resident. The app's inbox and the printed weekly sheet are here; others fit the same interface."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from gongfen.notices.models import Notice
from gongfen.people.models import Resident, Village
from gongfen.rules.quiet import Item, Message, gather
from gongfen.town.models import Town

AT_ONCE = 2_000


@dataclass(frozen=True)
class Bundle:
    """All that is told to one resident in one go: one message for each text."""

    resident: int  # subject
    messages: list[Message]


class Channel(Protocol):
    """A way to a resident. `send` may be called again with the same notices after a failure.

    It is part of a transaction: whatever talks to a network only writes down here what it will send.
    """

    name: str

    def send(self, town: Town, bundles: Sequence[Bundle]) -> None:
        """Bring these messages to their residents; raise when nothing could be brought."""


class InApp:
    """The inbox itself: a notice is there as soon as its time has come."""

    name = "in_app"

    def send(self, town: Town, bundles: Sequence[Bundle]) -> None:
        """Nothing to bring: the app reads the inbox."""


def channels_here() -> tuple[Channel, ...]:
    """The inbox, and the ways that the settings name: they stand on a higher floor."""
    return InApp(), *(import_string(name)() for name in settings.NOTICE_CHANNELS)


def deliver(town: Town, *, now: datetime, channels: Sequence[Channel] = (), at_once: int = AT_ONCE) -> int:
    """Send what is due over every channel; how many notices. What a channel failed to take is due again."""
    due = list(Notice.of(town).filter(sent_at=None, deliver_at__lte=now).order_by("deliver_at", "id")[:at_once])
    if not due:
        return 0
    bundles = bundled(due)
    ids = [notice.id for notice in due]
    with transaction.atomic():  # what a channel wrote down and that it was sent, both or neither
        for channel in channels or channels_here():
            channel.send(town, bundles)
        return Notice.of(town).filter(id__in=ids, sent_at=None).update(sent_at=now)


def bundled(notices: Sequence[Notice]) -> list[Bundle]:
    """Notices by resident, those of one text in one message."""
    by_resident: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_resident[notice.resident].append(notice)
    return [Bundle(resident, _messages(some)) for resident, some in by_resident.items()]


def _messages(notices: Sequence[Notice]) -> list[Message]:
    found = gather([Item(notice.code, notice.facts) for notice in notices])
    counts: dict[str, int] = defaultdict(int)
    for notice in notices:
        counts[notice.code] += notice.count
    return [Message(message.code, counts[message.code], message.facts) for message in found]


def weekly_sheets(village: Village, since: datetime, until: datetime) -> list[tuple[Resident, list[Message]]]:
    """The printed channel: for each resident without a phone, what the week had for them. By household."""
    people = Resident.of(village.town_id).filter(village=village, has_phone=False, left_at=None)
    people = people.select_related("household").order_by("household__number", "id")
    week = Notice.of(village.town_id).filter(
        resident__in=people.values("subject"), deliver_at__gte=since, deliver_at__lt=until
    )
    by_resident = {bundle.resident: bundle.messages for bundle in bundled(list(week.order_by("id")))}
    return [(one, by_resident[one.subject]) for one in people if one.subject in by_resident]
