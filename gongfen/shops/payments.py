"""Payments: by pay code, sign, card or hand, all end in the same act, `payment.pay`.

A set of them is decided in order: each sees what the ones before it spent. What the cash lacks is redeemed in the
same act. A refusal by sum or limit leaves the handle unspent; a wrong code slows its till.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.db.models import F

from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.batch import ActConflict, Batch, one_batch
from gongfen.ledger.draft import Draft, Reader
from gongfen.ledger.holds import hold
from gongfen.rules import allowances
from gongfen.rules.days import check_payment
from gongfen.rules.pay_code import PayCodeNotValid, TillSlowed, shown_now
from gongfen.rules.posting import InsufficientBalance, Move
from gongfen.rules.refusals import Refusal
from gongfen.shops import known, refusals
from gongfen.shops.known import PayerNow
from gongfen.shops.models import Confirmation, Helper, MerchantDay, Till
from gongfen.shops.plans import Plan, Planning
from gongfen.shops.queries_set import PaymentRow, append_payments
from gongfen.shops.sealed import unseal
from gongfen.shops.wanted import Answer, CodePayment, Wanted
from gongfen.town.ids import next_id
from gongfen.town.models import Town

CONFIRM_WITHIN = timedelta(minutes=5)


def pay_many(town: Town, requests: Sequence[Wanted], now: datetime | None = None) -> list[Answer]:
    """Answer every payment, in order, in one transaction. The same request again gets the same receipt.

    The tries of tills that sent codes are counted before, in their own committed statement: no crash forgets them.
    """
    codes = {request.till for request in requests if isinstance(request, CodePayment)}
    if codes:
        Till.of(town).filter(token_hash__in=list(codes)).update(tries=F("tries") + 1)
    with transaction.atomic():
        with one_batch(town, now, within=True) as batch:
            deciding = Deciding(batch, Planning(town, requests, batch.now))
            plans = [deciding.known.plan(request) for request in requests]
            for plan in plans:
                if isinstance(plan, Plan):
                    deciding.draft(plan)
        answers = [deciding.told(plan) for plan in plans]
        deciding.write([plan for plan in plans if isinstance(plan, Plan)])
    return answers


class Deciding:
    """A set of payments while its acts are decided: what one spends, the next has no more."""

    def __init__(self, batch: Batch, known: Planning) -> None:
        self.batch, self.known = batch, known
        self.town, self.now, self.today = known.town, known.now, known.today
        self.drafted = 0
        self.spent: dict[int, PayerNow] = {}
        self.helped: dict[int, Helper] = {}

    def draft(self, plan: Plan) -> None:
        """One act for one payment: a hold where the phone must say yes first."""
        facts: dict[str, str | int] = {
            "merchant": str(plan.merchant.subject),
            "money": plan.money,
            "how": str(plan.how),
        }
        if plan.till:
            facts["till"] = str(plan.till.id)
        if plan.helps:
            facts["helper"] = str(plan.helps.helper.subject)
        if plan.asked_by:
            facts["asked_by"] = str(plan.asked_by)
        if len(plan.payers) > 1:
            facts |= {"second": str(plan.payers[1][0].subject), "second_money": plan.payers[1][1]}
        act = self.batch.act(
            key=plan.key,
            verb="payment.hold" if plan.confirm else "payment.pay",
            by=plan.by,
            about=plan.payer.subject,
            facts=facts,
            asked=plan.asked,
        )
        plan.place, self.drafted = self.drafted, self.drafted + 1
        for check in (self._check_code, self._check_shop, self._check_payers, self._check_helper):
            act.asks(partial(check, plan))
        self._move(act, plan)
        act.then(lambda: self._paid(plan))

    def _check_code(self, plan: Plan) -> Refusal | None:
        if plan.code is None or plan.till is None:
            return None
        if seconds := plan.till.slowed(self.now):
            return TillSlowed(seconds=seconds)
        if self._code_is_right(plan):
            plan.till.right = True  # whatever the sum is told: the code was no guess
            return None
        plan.till.wrong += 1
        return PayCodeNotValid()

    def _code_is_right(self, plan: Plan) -> bool:
        if plan.code is None or plan.handle is None or plan.handle.ended:
            return False
        try:
            secret = unseal(plan.handle.sealed, about=plan.handle.device)
        except InvalidTag:  # sealed by another server secret: the phone fetches a new one
            return False
        return shown_now(plan.code, secret, int(self.now.timestamp()))

    def _check_shop(self, plan: Plan) -> Refusal | None:
        if not plan.merchant.listed:
            return refusals.ShopNotListed()
        if plan.till and plan.till.limit is not None and plan.money > plan.till.limit:
            return refusals.TillLimit(limit=plan.till.limit)
        return check_payment(known.day_state(self.known.days.get(plan.merchant.id)))

    def _check_payers(self, plan: Plan) -> Refusal | None:
        for payer, part in plan.payers:
            if not payer.has_account:
                return refusals.ResidentLeft()
            if refusal := allowances.check(payer.allowance, payer.spent_at(self.today), part):
                return refusal
        return None

    def _check_helper(self, plan: Plan) -> Refusal | None:
        helps = plan.helps
        if helps is None:
            return None
        if helps.ended_at is not None or helps.until < self.today or helps.helper.left_at is not None:
            return refusals.HelperEnded()
        left = helps.day_limit - (helps.day_spent if helps.spent_on == self.today else 0)
        return refusals.HelperLimit(left=left) if plan.money > left else None

    def _move(self, act: Draft, plan: Plan) -> None:
        town, till = self.town, moves.till(plan.merchant.subject)
        touching = [moves.issuance(town), moves.backing(town), till]
        for payer, _ in plan.payers:
            touching += [moves.points(payer.subject), moves.cash(payer.subject)]
        if plan.confirm:
            hold(act, town, moves.cash(plan.payer.subject), plan.money, expires_at=self.now + CONFIRM_WITHIN)

        def wished(read: Reader) -> list[Move]:
            wishes: list[Move] = []
            plan.redeemed = 0
            for payer, part in plan.payers:
                has_cash = read(moves.cash(payer.subject))
                redeemed = moves.points_for(town, part - has_cash)
                if redeemed > read(moves.points(payer.subject)) or (not town.par and part > has_cash):
                    raise refusals.TooLittle() if town.par else refusals.PointsNotSpendable()
                plan.redeemed += redeemed
                wishes += moves.pay(town, payer.subject, till, part, has_cash=has_cash)
            return wishes[:-1] if plan.confirm else wishes  # the hold stands for the last move

        act.moves_from(wished, touching=touching)

    def _paid(self, plan: Plan) -> None:
        if plan.till:
            plan.till.right = True
        if plan.confirm:
            return
        for payer, part in plan.payers:
            payer.spent = payer.spent_at(self.today).plus(part)
            self.spent[payer.id] = payer
        if plan.helps:
            before = plan.helps.day_spent if plan.helps.spent_on == self.today else 0
            plan.helps.spent_on, plan.helps.day_spent = self.today, before + plan.money
            self.helped[plan.helps.id] = plan.helps

    def told(self, plan: Plan | Refusal) -> Answer:
        """The answer as its caller may know it: spent, unknown and wrong codes are one."""
        if isinstance(plan, Refusal):
            return plan
        answer = self.batch.answers[plan.place]
        if plan.code and plan.till:
            if isinstance(answer, ActConflict):
                plan.till.wrong += 1
                return PayCodeNotValid()
            plan.till.right = plan.till.right or isinstance(answer, Written)
        return refusals.TooLittle() if isinstance(answer, InsufficientBalance) else answer

    def write(self, plans: Sequence[Plan]) -> None:
        """Beside the acts: the rows of the payments, and what payers, helpers and tills have used."""
        new_days: list[MerchantDay] = []
        payments, confirmations = [], []
        for plan in plans:
            answer = self.batch.answers[plan.place]
            if not (isinstance(answer, Written) and answer.is_new):
                continue
            if plan.confirm:
                confirmations.append(self._confirmation(plan, answer))
                continue
            day = self.known.days.get(plan.merchant.id)
            if day is None:
                day = MerchantDay(town=self.town, merchant_id=plan.merchant.id, day=self.today)
                self.known.days[plan.merchant.id] = day
                new_days.append(day)
            payments.append(self._payment(plan, answer, day))
        MerchantDay.objects.bulk_create(new_days)
        append_payments(payments)
        Confirmation.objects.bulk_create(confirmations)
        known.write_spending(self.town, self.spent.values())
        known.write_helps(self.town, self.helped.values())
        known.write_tills(self.town, self.known.tills.values(), self.now)

    def _payment(self, plan: Plan, answer: Written, day: MerchantDay) -> PaymentRow:
        second = plan.payers[1] if len(plan.payers) > 1 else None
        return PaymentRow(
            id=next_id(),
            town_id=self.town.id,
            act_id=answer.id,
            day_id=day.id,
            till_id=plan.till.id if plan.till else None,
            resident_id=plan.payer.id,
            second_id=second[0].id if second else None,
            helper_id=plan.helps.id if plan.helps else None,
            how=str(plan.how),
            money=plan.money,
            second_money=second[1] if second else 0,
            redeemed=plan.redeemed,
            refunded=0,
            own_household=plan.merchant.household == plan.payer.household,
            paid_at=self.now,
        )

    def _confirmation(self, plan: Plan, answer: Written) -> Confirmation:
        return Confirmation(
            town=self.town,
            act_id=answer.id,
            merchant_id=plan.merchant.id,
            till_id=plan.till.id if plan.till else None,
            resident_id=plan.payer.id,
            helper_id=plan.helps.id if plan.helps else None,
            key=plan.key,
            money=plan.money,
            redeemed=plan.redeemed,
            expires_at=self.now + CONFIRM_WITHIN,
        )
