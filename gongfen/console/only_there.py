"""Django's sessions, users, second factors and messages, at the desk alone."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_otp.middleware import OTPMiddleware

Answer = Callable[[HttpRequest], HttpResponseBase]
DESK = "/desk"


def _at_the_desk(middleware: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    def wrap(answer: Answer) -> Answer:
        inside = middleware(answer)
        return lambda request: inside(request) if request.path.startswith(DESK) else answer(request)

    return wrap


sessions = _at_the_desk(SessionMiddleware)
authentication = _at_the_desk(AuthenticationMiddleware)
otp = _at_the_desk(OTPMiddleware)
messages = _at_the_desk(MessageMiddleware)
