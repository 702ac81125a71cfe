"""Telling a resident inside WeChat, where they said yes: to us, and in WeChat's own question. One yes, one message.

The channel only writes down what is to be sent; the clock sends it in a turn of its own. So a WeChat that is slow or
away keeps neither the inbox nor anything else waiting.
"""

import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongfen.notices.channels import Bundle
from gongfen.notices.inbox import not_in_wechat
from gongfen.notices.quiet import quiet_hours
from gongfen.notices.verbs import TOPIC_OF
from gongfen.people import acts
from gongfen.people.models import Consent, Purpose
from gongfen.people.queries import Caller
from gongfen.rules.notice import HOME
from gongfen.shops.sealed import seal, unseal
from gongfen.town import clock
from gongfen.town.models import Town
from gongfen.wechat.code2session import App, WeChatNotHere, app_here, openid_of
from gongfen.wechat.models import WeChatLink, WeChatMessage
from gongfen.wechat.sending import Outcome, send
from gongfen.wechat.signing_in import WeChatNotBound, openid_hash
from gongfen.words import fill
from gongfen.words.notices import text

MOST_ASKED = 3  # templates in one question of WeChat's
MOST_YESES = 20
MOST_CHARACTERS = 20  # of a template's `thing`
A_TURN = 200
AGAIN = timedelta(minutes=5)
KEPT = timedelta(days=3)  # later than this nobody wants to be told in WeChat; the inbox has it
PAGE = "pages/resident/inbox"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Template:
    """A template of the mini program: its id, which of its fields has the sentence, and which the day, if one does."""

    id: str
    field: str
    day: str = ""


def templates() -> dict[str, Template]:
    """By the code of a notice, as the environment says: {"award": {"id": …, "field": "thing1", "day": "date2"}}."""
    try:
        found = json.loads(os.environ.get("GONGFEN_WECHAT_TEMPLATES") or "{}")
        return {code: Template(**one) for code, one in found.items()}
    except (ValueError, TypeError, AttributeError):
        log.error("GONGFEN_WECHAT_TEMPLATES cannot be read: nothing is sent to WeChat")
        return {}


def _app() -> App | None:
    try:
        return app_here()
    except WeChatNotHere:
        return None


def may_ask(caller: Caller) -> list[str]:
    """Which templates this phone may ask its owner about; none where nothing could be sent to it."""
    known = list(dict.fromkeys(one.id for one in templates().values()))[:MOST_ASKED]
    if not known or _app() is None or not WeChatLink.of(caller.town).filter(device_id=caller.device).exists():
        return []
    return known


def accept(caller: Caller, code: str, accepted: Iterable[str], *, now: datetime) -> None:
    """The owner of this phone said yes to one message of each of these templates: from now on the account is kept."""
    wanted = {one.id for one in templates().values()} & set(accepted)
    if not wanted:
        return
    app = app_here()
    openid = openid_of(code, app)
    kept = openid_hash(openid, app.app_id)
    with transaction.atomic():
        own = WeChatLink.of(caller.town).filter(device_id=caller.device, openid_hash=kept)
        link = own.select_for_update().first()
        if link is None:
            raise WeChatNotBound()
        acts.consent(caller.resident, Purpose.WECHAT_MESSAGES, given=True, now=now)
        yeses = link.yeses | {one: min(link.yeses.get(one, 0) + 1, MOST_YESES) for one in wanted}
        own.update(sealed_openid=seal(openid.encode(), about=link.id), yeses=yeses)


class InWeChat:
    """The channel. What nobody said yes to is not sent; the inbox has it all the same."""

    name = "wechat"

    def send(self, town: Town, bundles: Sequence[Bundle]) -> None:
        """Write down the messages that somebody still has a yes for, and use those up."""
        by_code, now = templates(), clock.now()
        wanted = [bundle for bundle in bundles if any(message.code in by_code for message in bundle.messages)]
        if not wanted:
            return
        with transaction.atomic():
            people = [bundle.resident for bundle in wanted]
            links, elsewhere = _links(town, people), not_in_wechat(town, people)
            found = []
            for bundle in wanted:
                for message in bundle.messages:
                    if (bundle.resident, TOPIC_OF.get(message.code)) in elsewhere:
                        continue
                    link = _take(links[bundle.resident], by_code.get(message.code))
                    if link is not None:
                        found.append(
                            WeChatMessage(
                                town=town, device_id=link.device_id, code=message.code, facts=dict(message.facts),
                                count=message.count, made_at=now, deliver_at=now,
                            )
                        )  # fmt: skip
            WeChatMessage.objects.bulk_create(found, batch_size=500)
            for link in (one for some in links.values() for one in some):
                WeChatLink.of(town).filter(id=link.id).update(yeses=link.yeses)


def _links(town: Town, residents: Sequence[int]) -> dict[int, list[WeChatLink]]:
    """The accounts of those who want messages and have a yes left, locked; by subject."""
    agreed = Consent.of(town).filter(purpose=Purpose.WECHAT_MESSAGES, withdrawn_at=None)
    own = WeChatLink.of(town).filter(
        device__ended_at=None, device__resident__subject__in=residents, sealed_openid__isnull=False,
        device__resident__in=agreed.values("resident"),
    )  # fmt: skip
    found: dict[int, list[WeChatLink]] = defaultdict(list)
    for link in own.select_related("device__resident").select_for_update(of=("self",)).order_by("id"):
        found[link.device.resident.subject].append(link)
    return found


def _take(links: Sequence[WeChatLink], template: Template | None) -> WeChatLink | None:
    """One account that still has a yes for this template, which is used now."""
    for link in links:
        left = link.yeses.get(template.id, 0) if template is not None else 0
        if template is not None and left > 0:
            link.yeses[template.id] = left - 1
            return link
    return None


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Forget the accounts of those who want no messages any more; send what waits, until WeChat is busy."""
    forgotten = forget(town) + WeChatMessage.of(town).filter(made_at__lt=now - KEPT).delete()[0]
    app, by_code, sent = _app(), templates(), 0
    if app is None or not by_code:
        return {"sent": 0, "forgotten": forgotten}
    due = WeChatMessage.of(town).filter(deliver_at__lte=now).select_related("device__resident")
    for message in _awake(town, list(due.order_by("deliver_at", "id")[:A_TURN]), now):
        own = WeChatMessage.of(town).filter(id=message.id)
        if not own.filter(deliver_at=message.deliver_at).update(deliver_at=now + AGAIN):
            continue  # another process has it
        outcome = _send(message, app, by_code.get(message.code), now)
        if outcome is Outcome.LATER:
            break
        own.delete()
        sent += outcome is Outcome.SENT
    return {"sent": sent, "forgotten": forgotten}


def _awake(town: Town, due: Sequence[WeChatMessage], now: datetime) -> Iterator[WeChatMessage]:
    """Those whose owner is not in their quiet hours: a try that WeChat was too busy for may have led into them."""
    quiet = quiet_hours(town, {message.device.resident.subject for message in due})
    for message in due:
        hours = quiet.get(message.device.resident.subject)
        if hours is None or not hours.cover(now.astimezone(HOME)):
            yield message
        else:
            WeChatMessage.of(town).filter(id=message.id).update(deliver_at=hours.over(now.astimezone(HOME)))


def forget(town: Town) -> int:
    """Delete what is kept of accounts whose owner ended the phone or said no to messages; how many there were."""
    over = WeChatLink.of(town).filter(device__ended_at__isnull=False)
    WeChatMessage.of(town).filter(device__ended_at__isnull=False).delete()
    agreed = Consent.of(town).filter(purpose=Purpose.WECHAT_MESSAGES, withdrawn_at=None).values("resident")
    unwanted = WeChatLink.of(town).filter(sealed_openid__isnull=False).exclude(device__resident__in=agreed)
    phones = dict(unwanted.values_list("id", "device_id"))
    WeChatMessage.of(town).filter(device_id__in=phones.values()).delete()
    return over.delete()[0] + WeChatLink.of(town).filter(id__in=phones).update(sealed_openid=None, yeses={})


def _send(message: WeChatMessage, app: App, template: Template | None, now: datetime) -> Outcome:
    link = WeChatLink.of(message.town_id).filter(device_id=message.device_id).first()
    if link is None or link.sealed_openid is None or template is None:
        return Outcome.REFUSED
    data = {template.field: {"value": words(message)}}
    if template.day:
        day = message.made_at.astimezone(HOME)
        data[template.day] = {"value": f"{day.year}年{day.month}月{day.day}日"}
    openid = unseal(bytes(link.sealed_openid), about=link.id).decode()
    outcome = send(app, openid, template.id, data, page=PAGE, now=now)
    if outcome is Outcome.USED_UP:
        WeChatLink.of(message.town_id).filter(id=link.id).update(yeses=link.yeses | {template.id: 0})
    elif outcome is Outcome.NOBODY:
        WeChatLink.of(message.town_id).filter(id=link.id).update(sealed_openid=None, yeses={})
    return outcome


def words(message: WeChatMessage) -> str:
    """The notice's sentence as WeChat takes it: its first part, where the whole is longer than twenty characters."""
    told = fill(text(message.code, message.count, "zh"), "zh", **{**message.facts, "count": message.count})
    for end in ("。", "，"):
        if len(told) > MOST_CHARACTERS:
            told = told.split(end)[0]
    return told if len(told) <= MOST_CHARACTERS else told[: MOST_CHARACTERS - 1] + "…"
