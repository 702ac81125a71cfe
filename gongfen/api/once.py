"""A write that is sent again does nothing again: the same key gets the same answer, another request with it a no.

Acts keep their keys in the journal; every other write is remembered by `journal.answered`, in the same transaction
as what it wrote. So there is no moment in which one stands without the other.
"""

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from ninja.operation import Operation

from gongfen.api.ground import problem
from gongfen.journal.answered import Asking, Kept, asking, keep, kept
from gongfen.ledger.batch import ActConflict
from gongfen.town import clock
from gongfen.town.models import Town

Run = Callable[..., HttpResponse]
KEY = re.compile(r"[A-Za-z0-9_\-]{8,64}")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CHANGES_NOTHING = frozenset({"/terms/what-if", "/me/payments/preview", "/till/preview", "/till/cards/balance"})
# Their acts or rows keep the key, decided in sets with others who wait: `ledger.writer`.
KEEPS_ITS_KEY = frozenset({
    "/till/payments",
    "/till/card-payments",
    "/me/payments",
    "/activities/{activity}/in",
})  # fmt: skip
# Decided together with others who wait; or tries are counted whatever comes of them; or a photo or a PIN takes long to
# look at, or WeChat is asked; or, with surveys, receipt and answers must not even share a transaction.
REMEMBERED_AFTERWARDS = frozenset({
    "/activities/{activity}/claims",
    "/activities/{activity}/out",
    "/surveys/{survey}/answers",
    "/till/unlock",
    "/till/cards/pin",
    "/me/shops/{shop}/pin",
    "/me/office/phone",
    "/me/wechat-messages",
    "/me/office/asks/{ask}",
    "/evidence",
    "/organise/activities/{activity}/evidence",
    "/activities/{activity}/sheets/{slip}/photo",
})  # fmt: skip


def once(run: Run) -> Run:
    """A write of the API, remembered by the caller's key."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # ninja decorates the bound method
    path = operation.path
    if set(operation.methods) <= SAFE or path in CHANGES_NOTHING | KEEPS_ITS_KEY:
        return run
    write = _afterwards if path in REMEMBERED_AFTERWARDS else _together

    @wraps(run)
    def remembered(request: HttpRequest, **path: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.fullmatch(key) or not operation.auth_callbacks:
            return run(request, **path)
        if error := operation._run_checks(request):
            return error
        town: Town = request.auth.town  # type: ignore[attr-defined]  # there since the check
        asked = asked_by(request, key)
        if stood := kept(town, asked):
            return _again(request, key, stood)
        try:
            return write(town, asked, lambda: run(request, **path))
        except IntegrityError:  # the same request was answered meanwhile, on another thread: all of this is undone
            if stood := kept(town, asked):
                return _again(request, key, stood)
            raise

    return remembered


def asked_by(request: HttpRequest, key: str) -> Asking:
    """What this caller asks by this key."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return asking(token, key, _as_sent(request))


def _as_sent(request: HttpRequest) -> bytes:
    """Method, address and content; of a form its fields and files, for each sending draws other lines between them."""
    place = f"{request.method} {request.get_full_path()}\n".encode()
    if request.content_type != "multipart/form-data":
        return place + _without_moment(request.body)
    parts = [place, json.dumps(sorted(request.POST.lists())).encode()]
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            parts.append(name.encode() + blake2b(file.read()).digest())
            file.seek(0)
    return b"\n".join(parts)


def _without_moment(body: bytes) -> bytes:
    """What is asked, however it is written down; not `sent_at`, which is another each time the same is sent."""
    try:
        content = json.loads(body) if body else None
    except ValueError:
        return body
    if isinstance(content, dict):
        content.pop("sent_at", None)
    return json.dumps(content, sort_keys=True).encode()


def _together(town: Town, asked: Asking, run: Callable[[], HttpResponse]) -> HttpResponse:
    """What is written and what is answered, both or neither. A no writes nothing, and its key may be used again."""
    with transaction.atomic():
        response = run()
        if 200 <= response.status_code < 300:
            keep(town, asked, _packed(response), now=clock.now())
        else:
            transaction.set_rollback(True)
    return response


def _afterwards(town: Town, asked: Asking, run: Callable[[], HttpResponse]) -> HttpResponse:
    response = run()
    if 200 <= response.status_code < 300:
        with transaction.atomic():
            keep(town, asked, _packed(response), now=clock.now())
    return response


def _packed(response: HttpResponse) -> bytes:
    headers = {name: value for name, value in response.items() if name.lower() != "idempotency-replayed"}
    return json.dumps([response.status_code, headers]).encode() + b"\n" + bytes(response.content)


def _again(request: HttpRequest, key: str, stood: Kept) -> HttpResponse:
    if not stood.same:
        return problem(request, ActConflict(key=key))
    head, _, content = stood.answer.partition(b"\n")
    status, headers = json.loads(head)
    response = HttpResponse(content, status=status, headers=headers)
    response["Idempotency-Replayed"] = "true"
    return response
