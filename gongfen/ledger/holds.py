"""Holds: money promised to someone, not yet moved. Captured whole or in part, released, or expired: at most once."""

from collections.abc import Sequence
from datetime import datetime

from gongfen.ledger.draft import Draft
from gongfen.ledger.models import Hold, HoldState
from gongfen.rules.posting import Address, Kind, Move, address
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class HoldNotOpen(Refusal):
    """The hold was captured, released or has expired."""

    code = "hold_not_open"


class HoldTooSmall(Refusal):
    """More was to be captured than is held. `held` is what there is, in hundredths."""

    code = "hold_too_small"


def on_hold(town: Town) -> Address:
    """Where all that is held in a town rests."""
    return Address(Kind.ON_HOLD, town.subject)


def hold(act: Draft, town: Town, source: Address, amount: int, *, expires_at: datetime) -> None:
    """Let the act set this amount (hundredths) aside until a moment. Its Hold row is found by the act."""
    act.moves(Move(source, on_hold(town), amount))
    act.creates(
        lambda number: Hold(town=town, act_id=number, account=source.account, amount=amount, expires_at=expires_at)
    )


def capture(act: Draft, town: Town, held: Hold, target: Address, amount: int, *, now: datetime) -> None:
    """Let the act keep the promise: `amount` goes to `target`, the rest back to where it came from."""
    if held.expires_at <= now:
        act.refuse(HoldNotOpen(hold=str(held.id)))
    if amount > held.amount:
        act.refuse(HoldTooSmall(held=held.amount))
    rest = held.amount - amount
    back = [Move(on_hold(town), address(held.account), rest)] if rest > 0 else []
    act.moves(Move(on_hold(town), target, amount), *back)
    _close(act, held, HoldState.CAPTURED, captured=amount)


def release(act: Draft, town: Town, held: Hold) -> None:
    """Let the act give the hold back."""
    act.moves(Move(on_hold(town), address(held.account), held.amount))
    _close(act, held, HoldState.RELEASED)


def expire(act: Draft, town: Town, held: Hold) -> None:
    """Let the act give back a hold whose time is over."""
    act.moves(Move(on_hold(town), address(held.account), held.amount))
    _close(act, held, HoldState.EXPIRED)


def overdue(town: Town, now: datetime) -> Sequence[Hold]:
    """The open holds whose time is over, oldest first."""
    return list(Hold.of(town).filter(state=HoldState.OPEN, expires_at__lte=now).order_by("expires_at")[:1000])


def _close(act: Draft, held: Hold, state: HoldState, captured: int = 0) -> None:
    if held.state != HoldState.OPEN:
        act.refuse(HoldNotOpen(hold=str(held.id)))
    act.changes(held, was={"state": HoldState.OPEN}, state=state, captured=captured)
