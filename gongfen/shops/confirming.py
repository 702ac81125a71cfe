"""Above a limit the phone says yes first: money is held, then captured; or refused, or given back when time is over."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import THIS_ACT, Draft
from gongfen.ledger.holds import capture, expire, release
from gongfen.ledger.models import Hold
from gongfen.people.queries import Caller
from gongfen.rules import allowances
from gongfen.rules.allowances import Spent
from gongfen.rules.days import DayState, check_payment
from gongfen.rules.refusals import Refusal
from gongfen.shops import refusals
from gongfen.shops.known import PayerNow, spending_of, write_spending
from gongfen.shops.models import Confirmation, ConfirmationState, How, Payment, Spending
from gongfen.shops.recording import today_of
from gongfen.town.models import Town


def waiting_for(caller: Caller, *, now: datetime) -> list[Confirmation]:
    """What waits for this resident's yes: own payments, and those of whom they help."""
    found = Confirmation.of(caller.town).filter(state=ConfirmationState.OPEN, expires_at__gt=now)
    mine = found.filter(resident=caller.resident) | found.filter(helper__helper=caller.resident)
    return list(mine.select_related("merchant", "resident", "helper").order_by("id"))


def confirm(caller: Caller, confirmation: int, *, now: datetime) -> Written:
    """Yes: what is held is paid. Saying it twice pays once."""
    town = caller.town
    with transaction.atomic():
        with one_batch(town, now) as batch:
            row = _row(batch, caller, confirmation)
            spent = _spent(town, row, now)
            act = _close(batch, row, "confirmed", "payment.pay", caller.subject, ConfirmationState.PAID)
            capture(act, town, _held(row), moves.till(row.merchant.subject), row.money, now=now)
            day = today_of(town, row.merchant_id, now)
            for refusal in _against(row, DayState(day.state), spent):
                act.refuse(refusal)
            household = row.merchant.owner.household_id if row.merchant.owner else None
            act.creates(
                lambda number: Payment(
                    town=town, act_id=number, day=day, till_id=row.till_id, resident_id=row.resident_id,
                    helper_id=row.helper_id, how=How.CODE, money=row.money, redeemed=row.redeemed,
                    own_household=household == row.resident.household_id, paid_at=now,
                )
            )  # fmt: skip
        written = one(batch.answers)
        if written.is_new:
            _count(town, row, spent)
    return written


def refuse(caller: Caller, confirmation: int, *, now: datetime) -> Written:
    """No: what is held goes back."""
    with one_batch(caller.town, now) as batch:
        row = _row(batch, caller, confirmation)
        act = _close(batch, row, "refused", "payment.refuse", caller.subject, ConfirmationState.REFUSED)
        release(act, caller.town, _held(row))
    return one(batch.answers)


def expire_confirmations(town: Town, *, now: datetime) -> int:
    """Give back what nobody confirmed in time. Safe to run again."""
    with one_batch(town, now) as batch:
        late = Confirmation.of(town).filter(state=ConfirmationState.OPEN, expires_at__lte=now)
        for row in late.select_related("merchant", "merchant__owner", "resident").order_by("expires_at")[:200]:
            act = _close(batch, row, "expired", "payment.expire", town.subject, ConfirmationState.EXPIRED)
            expire(act, town, _held(row))
    return len([answer for answer in batch.answers if isinstance(answer, Written)])


def _row(batch: Batch, caller: Caller, confirmation: int) -> Confirmation:
    found = Confirmation.of(batch.town).filter(id=confirmation)
    row = found.select_related("merchant", "merchant__owner", "resident", "helper").first()
    mine = row is not None and caller.resident.id in {row.resident_id, row.helper.helper_id if row.helper else 0}
    if row is None or not mine:
        raise refusals.UnknownConfirmation()
    return row


def _held(row: Confirmation) -> Hold:
    return Hold.of(row.town_id).get(act_id=row.act_id)


def _close(batch: Batch, row: Confirmation, ending: str, verb: str, by: int, state: ConfirmationState) -> Draft:
    act = batch.act(
        key=f"{row.key}/{ending}",
        verb=verb,
        by=by,
        about=row.resident.subject,
        facts={"merchant": str(row.merchant.subject), "money": row.money, "how": How.CODE.value, "held": row.number},
        asked="",
    )
    if row.state != ConfirmationState.OPEN:
        act.refuse(refusals.ConfirmationOver())
    paid_by = {"paid_by": THIS_ACT} if state is ConfirmationState.PAID else {}
    act.changes(row, was={"state": ConfirmationState.OPEN}, state=state, **paid_by)
    return act


def _spent(town: Town, row: Confirmation, now: datetime) -> Spent:
    today = localdate(now)
    before = spending_of(town, row.resident_id)[1]
    return before.at(today) if before else Spent(today)


def _against(row: Confirmation, day: DayState, spent: Spent) -> list[Refusal]:
    allowance = spending_of(row.town, row.resident_id)[0]
    shop = None if row.merchant.listed else refusals.ShopNotListed()
    left = None if row.resident.has_account else refusals.ResidentLeft()
    found = (left, shop, check_payment(day), allowances.check(allowance, spent, row.money))
    return [refusal for refusal in found if refusal]


def _count(town: Town, row: Confirmation, spent: Spent) -> None:
    kept = Spending.of(town).filter(resident_id=row.resident_id).values_list("id", flat=True).first()
    payer = PayerNow(row.resident_id, 0, 0, True, spent=spent.plus(row.money), row=kept)
    write_spending(town, [payer])
