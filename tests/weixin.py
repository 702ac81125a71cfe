"""A WeChat of our own: it speaks the documented protocols, and misbehaves where a test asks it to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SPOKEN = ("/sns/jscode2session", "/cgi-bin/stable_token", "/cgi-bin/message/subscribe/send")
APP_ID, SECRET, SESSION_KEY = "wx0123456789abcdef", "the-secret-of-the-app", "HyVFkGl5F5OQWJZZaNzBBg=="
ANSWERS_OF_WECHAT = {
    -1: "system error",
    40029: "invalid code",
    40163: "code been used",
    45011: "api minute-quota reach limit  mustslower  retry next minute",
    40226: "code blocked",
    40125: "invalid appsecret",
    40001: "invalid credential, access_token is invalid or not latest",
    42001: "access_token expired",
    40003: "invalid openid",
    43101: "user refuse to accept the msg",
    47003: "argument invalid! data.thing1.value is emtpy",
    45009: "reach max api daily quota limit",
}
GARBAGE, SLOW, CUT_OFF, LIST = "garbage", "slow", "cut off", "a list"


class Weixin:
    """What it knows, what it was asked, and how it is going to misbehave."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.accounts: dict[str, str] = {}  # login code → openid
        self.used: set[str] = set()
        self.moods: list[object] = []  # what it does next, one an answer: a number of an error, a status, GARBAGE …
        self.asked: list[dict[str, str]] = []
        self.tokens: list[str] = []  # access tokens given out: the last is good
        self.allowed: list[tuple[str, str]] = []  # (openid, template): a yes of the phone's, for one message
        self.told: list[dict[str, Any]] = []  # messages that came to a phone
        self.enough = threading.Event()

    def login(self, openid: str) -> str:
        """`wx.login` on the phone of this account: a new code, good for once."""
        code = f"code-{len(self.accounts)}-of-a-phone"
        self.accounts[code] = openid
        return code

    def answer(self, asked: dict[str, str]) -> dict[str, Any]:
        """As the documentation says."""
        code = asked.get("js_code", "")
        if asked.get("appid") != APP_ID or asked.get("secret") != SECRET:
            return self.no(40125)
        if code in self.used:
            return self.no(40163)
        if code not in self.accounts or asked.get("grant_type") != "authorization_code":
            return self.no(40029)
        self.used.add(code)
        return {"session_key": SESSION_KEY, "openid": self.accounts[code]}

    def token(self, asked: dict[str, Any]) -> dict[str, Any]:
        """`stable_token`: two hours each time."""
        if asked != {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}:
            return self.no(40125)
        self.tokens.append(f"token-{len(self.tokens)}")
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def message(self, token: str, asked: dict[str, Any]) -> dict[str, Any]:
        """`subscribeMessage.send`: one for each yes, with words of twenty characters at most."""
        if token not in self.tokens[-1:]:
            return self.no(40001)
        if any(not 1 <= len(each["value"]) <= 20 for each in asked["data"].values()):
            return self.no(47003)
        if (asked["touser"], asked["template_id"]) not in self.allowed:
            return self.no(43101)
        self.allowed.remove((asked["touser"], asked["template_id"]))
        self.told.append(asked)
        return {"errcode": 0, "errmsg": "ok"}

    def no(self, number: int) -> dict[str, Any]:
        """An error as it sends them: with status 200."""
        return {"errcode": number, "errmsg": ANSWERS_OF_WECHAT.get(number, "")}


@contextmanager
def a_weixin() -> Iterator[Weixin]:
    """One that runs while the test does."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            weixin.asked.append(asked | {"path": where.path})
            self.reply(lambda: weixin.answer(asked))

        def do_POST(self) -> None:
            where = urlsplit(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            token = parse_qs(where.query).get("access_token", [""])[0]
            weixin.asked.append({"path": where.path})
            assert where.path in SPOKEN
            self.reply(lambda: weixin.token(body) if where.path == SPOKEN[1] else weixin.message(token, body))

        def reply(self, answer: Callable[[], dict[str, Any]]) -> None:
            mood = weixin.moods.pop(0) if weixin.moods else None
            if mood == SLOW:
                weixin.enough.wait(30)
                return
            status = mood if isinstance(mood, int) and mood >= 500 and mood < 600 else 200
            if mood in (GARBAGE, LIST):
                body = {GARBAGE: b"<html>busy</html>", LIST: b"[1]"}[str(mood)]
            else:
                body = json.dumps(weixin.no(mood) if isinstance(mood, int) else answer()).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body) + (100 if mood == CUT_OFF else 0)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if mood == CUT_OFF else body)

        def log_message(self, *_: object) -> None:
            """It keeps no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    weixin = Weixin(f"http://127.0.0.1:{server.server_address[1]}")
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    running.start()
    try:
        yield weixin
    finally:
        weixin.enough.set()
        server.shutdown()
        server.server_close()
        running.join()
