"""What granian serves."""

import atexit
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
_answer = get_wsgi_application()

from gongfen.ledger.gate import inside  # noqa: E402  # Django must be set up before
from gongfen.ledger.writer import drain  # noqa: E402  # likewise


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request as one of a few at once; the others wait for their turn, or for the writer."""
    with inside():
        answer: Iterable[bytes] = _answer(environ, start_response)
    return answer


atexit.register(drain)  # who waits is answered before the process ends

if os.environ.get("GONGFEN_SERVED"):  # one of perhaps several processes: each makes ids with a node of its own
    from threading import Event

    from gongfen.clockwork import hold_node

    hold_node(Event())
