"""Signing in from WeChat's mini program, and being told there.

Doors do not know each other: which WeChat is asked stands in the settings.
"""

from collections.abc import Callable
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from gongfen.api.ground import ActKey, CallerRequest, Nothing, answers, resident_only
from gongfen.api.me import Session, session_of
from gongfen.people.models import Device
from gongfen.town import clock

router = Router(tags=["me"])


class WeChatSignIn(Schema):
    """`code` is what `wx.login` gave. The join code is needed the first time only."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_\-]+$")]
    token: str = Field(min_length=32, max_length=128, pattern=r"^[A-Za-z0-9_\-]+$", description="made by the device")
    join_code: str = Field("", max_length=20, pattern=r"^([A-Za-z0-9 \-]{12,20})?$")
    label: str = Field("", max_length=60, pattern=r"^[^\x00-\x1f]*$")


class WeChatTemplates(Schema):
    templates: list[str] = Field(description="what `wx.requestSubscribeMessage` may ask about; none: ask nothing")


class WeChatAccepted(Schema):
    """`code` is what `wx.login` gave just now; `accepted` are the templates that were said yes to."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_\-]+$")]
    accepted: list[Annotated[str, StringConstraints(max_length=64)]] = Field(max_length=10)


@router.get("/me/wechat-messages", auth=resident_only, response=answers(WeChatTemplates))
def may_ask(request: CallerRequest) -> dict[str, list[str]]:
    """Which of WeChat's message templates this phone may ask its owner about, at a moment when it helps."""
    asked: Callable[..., list[str]] = import_string(settings.WECHAT_MAY_ASK)
    return {"templates": asked(request.auth)}


@router.post("/me/wechat-messages", auth=resident_only, response=answers(Nothing))
def accept(request: CallerRequest, body: WeChatAccepted, key: ActKey) -> Nothing:
    """One message of each template may be sent now. It is also the consent to messages in WeChat."""
    accepted: Callable[..., None] = import_string(settings.WECHAT_ACCEPT)
    accepted(request.auth, body.code, body.accepted, now=clock.now())
    return Nothing()


@router.post("/sessions/wechat", auth=None, response=answers(Session, 201))
def sign_in(request: HttpRequest, body: WeChatSignIn) -> Status[dict[str, object]]:
    """Sign this device in by the WeChat account on it. WeChat's session key never leaves the server and is not kept."""
    signed_in: Callable[..., Device] = import_string(settings.WECHAT_SIGN_IN)
    device = signed_in(body.code, body.token, join_code=body.join_code, label=body.label, now=clock.now())
    return Status(201, session_of(device))
