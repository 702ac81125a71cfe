"""What the clock does in this room: safe to run at any time and as often as anyone likes."""

from datetime import datetime

from gongfen.shops.confirming import expire_confirmations
from gongfen.shops.models import Confirmation, ConfirmationState
from gongfen.town.models import Town


def run_due(town: Town, *, now: datetime) -> dict[str, int]:
    """Money that is held for a phone that did not say yes in time goes back."""
    late = Confirmation.of(town).filter(state=ConfirmationState.OPEN, expires_at__lte=now)
    return {"expired": expire_confirmations(town, now=now) if late.exists() else 0}
