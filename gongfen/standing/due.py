"""What the clock does in this room: safe to run at any time and as often as anyone likes."""

from datetime import datetime

from gongfen.standing.proofs import forget
from gongfen.town.models import Town


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Forget proofs that expired a month ago."""
    return {"forgotten": forget(town, now=now)}
