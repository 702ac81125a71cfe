"""What the clock does in this room: safe to run at any time and as often as anyone likes."""

from datetime import datetime

from gongfen.notices.channels import deliver
from gongfen.notices.following import follow_all
from gongfen.notices.inbox import forget
from gongfen.town.models import Town


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Follow the journal, send what is due, and forget what is older than 400 days."""
    read = follow_all(town, now=now)
    sent = 0
    while some := deliver(town, now=now):
        sent += some
    return {"read": read, "sent": sent, "forgotten": forget(town, now=now)}
