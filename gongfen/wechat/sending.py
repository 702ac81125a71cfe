"""WeChat's `subscribeMessage.send`, and the access token that it takes. One try a call: who asks comes again later.

POST /cgi-bin/stable_token {grant_type, appid, secret} answers {"access_token", "expires_in"}.
POST /cgi-bin/message/subscribe/send?access_token= {touser, template_id, page, data} answers {"errcode", "errmsg"}.
"""

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from gongfen.wechat.code2session import SECONDS, App, ask

SPARE = timedelta(minutes=1)  # a token is not used in its last minute
TOKEN_OVER = {40001, 40014, 42001}
LATER = {-1, 45009, 45011}  # busy; too many today, or this minute
UNASKED = 43101
NOBODY = 40003
log = logging.getLogger(__name__)
_held: dict[App, tuple[str, datetime]] = {}  # the access token of this process, and until when it is used


class Outcome(StrEnum):
    """What came of a message."""

    SENT = "sent"
    LATER = "later"  # WeChat is busy, slow or not there
    USED_UP = "used_up"  # the yes was used, or taken back inside WeChat
    NOBODY = "nobody"  # WeChat does not know this account any more
    REFUSED = "refused"  # the template or its words are wrong: the same again would be refused again


def send(app: App, openid: str, template: str, data: dict[str, dict[str, str]], *, page: str, now: datetime) -> Outcome:
    """Send one message. A token that is over is asked for anew, once."""
    body = {"touser": openid, "template_id": template, "page": page, "data": data, "lang": "zh_CN"}
    number = None
    for _ in range(2):
        token = access_token(app, now=now)
        if token is None:
            return Outcome.LATER
        said = ask(app, f"/cgi-bin/message/subscribe/send?{urlencode({'access_token': token})}", body, seconds=SECONDS)
        number = said.get("errcode") if said is not None else None
        if number not in TOKEN_OVER:
            break
        _held.pop(app, None)
    return _outcome(number)


def _outcome(number: object) -> Outcome:
    if number == 0:
        return Outcome.SENT
    if not isinstance(number, int) or number in LATER | TOKEN_OVER:
        return Outcome.LATER
    if number == UNASKED:
        return Outcome.USED_UP
    if number == NOBODY:
        return Outcome.NOBODY
    log.error("WeChat refused a message: %d", number)
    return Outcome.REFUSED


def access_token(app: App, *, now: datetime) -> str | None:
    """The token of this app: held until shortly before it ends. None when WeChat gives none now."""
    held = _held.get(app)
    if held is not None and now < held[1]:
        return held[0]
    asked = {"grant_type": "client_credential", "appid": app.app_id, "secret": app.secret}
    said = ask(app, "/cgi-bin/stable_token", asked, seconds=SECONDS) or {}
    token, seconds = said.get("access_token"), said.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int):
        log.error("WeChat gave no access token: %s", said.get("errcode"))
        return None
    _held[app] = token, now + timedelta(seconds=seconds) - SPARE
    return token
