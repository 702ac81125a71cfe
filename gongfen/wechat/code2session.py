"""WeChat's `jscode2session`: whose phone a login code is from. Told to us alone; the session key is dropped unread.

GET /sns/jscode2session?appid=&secret=&js_code=&grant_type=authorization_code answers 200 with JSON (as text/plain):
{"openid", "session_key"} or {"errcode", "errmsg"}. A code works once, for five minutes.
"""

import http.client
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from gongfen.rules.refusals import Refusal

WEIXIN = "https://api.weixin.qq.com"
SECONDS = 5
PAUSES = (0.2, 0.8)  # before the second and the third try
MOST_BYTES = 16_384
BUSY = -1
CODE_OVER = {40029, 40163}  # not a code of ours or too old; used already
SLOWER = {45011}
BLOCKED = {40226}


class WeChatNotHere(Refusal):
    """This server has no mini program of its own: app id and secret are not given."""

    code = "wechat_not_here"


class WeChatBusy(Refusal):
    """WeChat does not answer, or says that it is busy, after three tries."""

    code = "wechat_busy"


class WeChatCodeOver(Refusal):
    """The login code is not WeChat's, too old, or was used. The phone asks WeChat for a new one."""

    code = "wechat_code_over"


class WeChatSlower(Refusal):
    """More sign-ins a minute than WeChat allows."""

    code = "wechat_slower"


class WeChatBlocked(Refusal):
    """WeChat itself holds this account for unsafe and does not let it sign in."""

    code = "wechat_blocked"


class WeChatRefused(Refusal):
    """WeChat says no for another reason: the app id or its secret, for instance."""

    code = "wechat_refused"


@dataclass(frozen=True)
class App:
    """The mini program that this server belongs to. The secret is never shown."""

    app_id: str
    secret: str
    address: str = WEIXIN

    def __repr__(self) -> str:
        return f"App({self.app_id})"


def app_here() -> App:
    """The mini program as the environment names it."""
    app_id, secret = os.environ.get("GONGFEN_WECHAT_APP_ID", ""), os.environ.get("GONGFEN_WECHAT_SECRET", "")
    if not app_id or not secret:
        raise WeChatNotHere()
    return App(app_id, secret, os.environ.get("GONGFEN_WECHAT_ADDRESS") or WEIXIN)


def openid_of(code: str, app: App, *, seconds: float = SECONDS, pause: Callable[[float], None] = time.sleep) -> str:
    """The openid behind a login code. Asked up to three times where WeChat is busy or not there."""
    for wait in (*PAUSES, None):
        said = _ask(code, app, seconds)
        if said is not None and said.get("errcode", 0) != BUSY:
            return _read(said)
        if wait is not None:
            pause(wait)
    raise WeChatBusy()


def _read(said: dict[str, Any]) -> str:
    number, openid = said.get("errcode", 0), said.get("openid")
    if number in CODE_OVER:
        raise WeChatCodeOver()
    if number in SLOWER:
        raise WeChatSlower(seconds=60)
    if number in BLOCKED:
        raise WeChatBlocked()
    if number or not isinstance(openid, str) or not 1 <= len(openid) <= 128:
        raise WeChatRefused(number=number if isinstance(number, int) else 0)
    return openid


def _ask(code: str, app: App, seconds: float) -> dict[str, Any] | None:
    asked = {"appid": app.app_id, "secret": app.secret, "js_code": code, "grant_type": "authorization_code"}
    return ask(app, f"/sns/jscode2session?{urlencode(asked)}", seconds=seconds)


def ask(app: App, path: str, body: dict[str, Any] | None = None, *, seconds: float = SECONDS) -> dict[str, Any] | None:
    """What WeChat says, to a GET or, with a body, a POST; None when no answer can be read.

    Address and body hold secrets, so neither is ever told.
    """
    where = urlsplit(app.address)
    kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    connection = kind(where.hostname or "", where.port, timeout=seconds)
    try:
        if body is None:
            connection.request("GET", path, headers={"Accept": "application/json"})
        else:
            connection.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = json.loads(answer.read(MOST_BYTES)) if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return said if isinstance(said, dict) else None
