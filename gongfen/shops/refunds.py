"""Refunds: whole or part, linked to the payment, once per fen, until its day is in settlement."""

from datetime import datetime

from gongfen.fund import moves
from gongfen.journal.models import act_at
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.rules.allowances import check_sum
from gongfen.rules.days import DayState, check_refund
from gongfen.rules.posting import Address, Move
from gongfen.rules.refusals import Refusal
from gongfen.shops import refusals
from gongfen.shops.models import Payment, Till
from gongfen.shops.tills import is_unlocked


def refund(till: Till, number: int, money: int, *, key: str, now: datetime) -> Written:
    """Give back `money` (hundredths of a fen) of the payment with this number, as cash of who paid.

    Two who paid together get it back in turn: the second card first. Nothing is given back twice.
    """
    town, merchant = till.town, till.merchant
    with one_batch(town, now) as batch:
        payment = _payment(batch, till, number)
        if payment is None:
            raise refusals.UnknownPayment(number=number)
        act = batch.act(
            key=key,
            verb="payment.refund",
            by=merchant.subject,
            about=payment.resident.subject,
            facts={"payment": payment.number, "merchant": str(merchant.subject), "money": money, "till": str(till.id)},
        )
        if refusal := _against(till, payment, money, now):
            act.refuse(refusal)
        act.changes(payment, adds={"refunded": money})
        act.moves(*_back(payment, moves.till(merchant.subject), money))
    return one(batch.answers)


def _payment(batch: Batch, till: Till, number: int) -> Payment | None:
    found = Payment.of(batch.town).filter(act_id=act_at(batch.town, number), day__merchant=till.merchant_id)
    return found.select_related("day", "resident", "second").first() if 0 < number < 1 << 40 else None


def _against(till: Till, payment: Payment, money: int, now: datetime) -> Refusal | None:
    left = payment.money - payment.refunded
    if refusal := check_sum(money) or check_refund(DayState(payment.day.state)):
        return refusal
    if money > left:
        return refusals.RefundTooLarge(left=left)
    small = payment.refunded + money <= till.refund_limit
    return None if small or is_unlocked(till, now) else refusals.TillLocked()


def _back(payment: Payment, till: Address, money: int) -> list[Move]:
    to_second = min(money, max(payment.second_money - payment.refunded, 0)) if payment.second else 0
    back = [Move(till, moves.cash(payment.resident.subject), money - to_second)]
    if to_second and payment.second:
        back.append(Move(till, moves.cash(payment.second.subject), to_second))
    return [move for move in back if move.amount > 0]
