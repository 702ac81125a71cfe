"""Signing in by WeChat: bound to a resident by the join code the first time, then by the WeChat account alone.

Of the account only a keyed hash is kept, unless its owner wants messages there (`messages`). It is bound to one device:
signed in anew, the device before is ended; and a device that its owner ends takes the bond with it.
"""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from gongfen.people import acts, joining
from gongfen.people.models import Device
from gongfen.people.tokens import hash_of
from gongfen.rules.refusals import Refusal
from gongfen.wechat.code2session import WeChatBusy, app_here, openid_of
from gongfen.wechat.models import WeChatLink


class WeChatNotBound(Refusal):
    """This WeChat account is nobody's yet: the join code is needed, once."""

    code = "wechat_not_bound"


class WeChatOfSomebodyElse(Refusal):
    """This WeChat account signs in for another resident, until they end that device."""

    code = "wechat_of_somebody_else"


def openid_hash(openid: str, app_id: str) -> bytes:
    """What is kept of a WeChat account: without the server's secret it says nothing, not even whether two are one."""
    key = hashlib.sha256(b"gongfen wechat " + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, f"{app_id}/{openid}".encode(), "sha256")


def sign_in(code: str, token: str, *, join_code: str, label: str, now: datetime) -> Device:
    """The device of whoever holds this WeChat account. Asked again with the same token it is the same device."""
    app = app_here()
    kept = openid_hash(openid_of(code, app), app.app_id)
    try:
        with transaction.atomic():
            return _signed_in(kept, token, join_code=join_code, label=label, now=now)
    except IntegrityError:  # the same phone asked twice at once: the other one stands
        raise WeChatBusy() from None


def _signed_in(kept: bytes, token: str, *, join_code: str, label: str, now: datetime) -> Device:
    link = _link(kept)
    if join_code:
        device = joining.sign_in_by_code(join_code, token, label=label, now=now)
        if link is not None and link.device.resident_id != device.resident_id:
            raise WeChatOfSomebodyElse()
    elif link is None:
        raise WeChatNotBound()
    elif bytes(link.device.token_hash) == hash_of(token):
        device = link.device
    else:
        device = acts.sign_in(link.device.resident, token, label=label, now=now)
    _bind(kept, device, link, now)
    return device


def _link(kept: bytes) -> WeChatLink | None:
    """The bond of this account, as long as its device is signed in and its owner lives here."""
    known = WeChatLink.objects.filter(openid_hash=kept).select_related("town", "device__resident__village").first()
    if known is None:
        return None
    if known.device.ended_at is not None or known.device.resident.left_at is not None:
        WeChatLink.of(known.town).filter(id=known.id).delete()
        return None
    known.device.resident.town = known.town
    return known


def _bind(kept: bytes, device: Device, link: WeChatLink | None, now: datetime) -> None:
    """From now on this account signs in this device; the one before is ended."""
    town = device.town_id
    if link is not None and link.device_id != device.id:
        Device.of(town).filter(id=link.device_id, ended_at=None).update(ended_at=now)
        WeChatLink.of(town).filter(id=link.id).update(device=device)
    elif link is None:
        WeChatLink.objects.create(town_id=town, device=device, openid_hash=kept)
    WeChatLink.of(town).filter(device__ended_at__isnull=False).delete()
