"""What granian serves."""

import atexit
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
application = get_wsgi_application()

from gongfen.ledger.writer import drain  # noqa: E402  # Django must be set up before

atexit.register(drain)  # who waits is answered before the process ends

if os.environ.get("GONGFEN_SERVED"):  # one of perhaps several processes: each makes ids with a node of its own
    from threading import Event

    from gongfen.clockwork import hold_node

    hold_node(Event())
