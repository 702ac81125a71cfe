"""From what is asked to a plan: who pays whom at which till, before anything is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from gongfen.rules import allowances
from gongfen.rules.pay_code import PayCode, read_pay_code
from gongfen.rules.refusals import Refusal
from gongfen.shops import known, refusals
from gongfen.shops.known import HandleNow, MerchantNow, PayerNow, TillNow
from gongfen.shops.models import Helper, How
from gongfen.shops.wanted import CardPayment, CodePayment, HandPayment, SignPayment, Wanted
from gongfen.town.models import Town


@dataclass(slots=True)
class Plan:
    """One payment of a set, with everything it touches."""

    how: str
    merchant: MerchantNow
    payers: list[tuple[PayerNow, int]]  # who, and which part
    money: int  # hundredths of a fen, of all payers together
    key: str
    asked: str
    by: int
    till: TillNow | None = None
    helps: Helper | None = None
    handle: HandleNow | None = None
    code: PayCode | None = None
    confirm: bool = False
    asked_by: int = 0  # of a payment by hand: who typed the slip; `by` approved it
    redeemed: int = 0  # hundredths of a point, known when its turn has come
    place: int = -1  # among the batch's answers

    @property
    def payer(self) -> PayerNow:
        return self.payers[0][0]


NOBODY = PayerNow(0, 0, 0, False)


class Planning:
    """What a set of payments must know, read under the town's lock in a handful of statements."""

    def __init__(self, town: Town, requests: Sequence[Wanted], now: datetime) -> None:
        self.town, self.now, self.today = town, now, localdate(now)
        tills = {request.till for request in requests if isinstance(request, CodePayment | CardPayment)}
        counted = {request.till for request in requests if isinstance(request, CodePayment)}
        self.codes = {id(request): self._read(request) for request in requests if isinstance(request, CodePayment)}
        digits = {int(code.handle) for code in self.codes.values() if isinstance(code, PayCode)}
        self.tills, self.handles = known.read_sent(town, tills, counted, digits)
        self.merchants = known.read_merchants(
            town, {request.merchant for request in requests if isinstance(request, SignPayment | HandPayment)}
        )
        named = {handle.resident for handle in self.handles.values()}
        named |= {request.resident for request in requests if isinstance(request, SignPayment | HandPayment)}
        named |= {who for request in requests if isinstance(request, CardPayment) for who, _ in request.payers}
        everywhere = {*self.merchants, *(till.merchant.id for till in self.tills.values())}
        self.payers, self.days = known.read_found(town, named, everywhere, self.today)
        helps = {handle.helps for handle in self.handles.values()}
        helps |= {request.helps for request in requests if isinstance(request, SignPayment)}
        self.helps = known.read_helps(town, {row for row in helps if row is not None})

    def _read(self, request: CodePayment) -> PayCode | Refusal:
        try:
            return read_pay_code(request.code, town=self.town.code)
        except Refusal as refusal:
            return refusal

    def plan(self, request: Wanted) -> Plan | Refusal:
        """Who pays whom, or why nobody does."""
        if isinstance(request, CodePayment):
            return self._by_code(request)
        if isinstance(request, CardPayment):
            return self._by_card(request)
        merchant, payer = self.merchants.get(request.merchant), self.payers.get(request.resident)
        if merchant is None:
            return refusals.UnknownShop()
        if payer is None:
            return refusals.ResidentLeft()
        asked = f"{merchant.id} {payer.id} {request.money}"
        parts = [(payer, request.money)]
        if isinstance(request, HandPayment):
            key = f"payment/hand/{request.asking}"
            return Plan(How.HAND, merchant, parts, request.money, key, asked, request.by, asked_by=request.asked_by)
        helps = self.helps.get(request.helps) if request.helps else None
        if request.helps and (helps is None or helps.resident_id != payer.id):
            return refusals.HelperEnded()
        by = helps.helper.subject if helps else payer.subject
        return Plan(How.SIGN, merchant, parts, request.money, request.key, asked, by, helps=helps)

    def _by_code(self, request: CodePayment) -> Plan | Refusal:
        till, code = self.tills.get(request.till), self.codes[id(request)]
        if till is None:
            return refusals.TillUnknown()
        if isinstance(code, Refusal):
            return code
        handle = self.handles.get(int(code.handle))
        payer = self.payers[handle.resident] if handle else NOBODY
        helps = self.helps.get(handle.helps) if handle and handle.helps else None
        return Plan(
            How.CODE,
            till.merchant,
            [(payer, request.money)],
            request.money,
            key=f"pay/{self.town.code}/{code.handle}",
            asked=f"{till.merchant.id} {code.handle}{code.shown} {request.money}",
            by=helps.helper.subject if helps else payer.subject,
            till=till,
            helps=helps,
            handle=handle,
            code=code,
            confirm=allowances.must_confirm(payer.allowance, request.money),
        )

    def _by_card(self, request: CardPayment) -> Plan | Refusal:
        till = self.tills.get(request.till)
        if till is None:
            return refusals.TillUnknown()
        payers = [(self.payers[who], part) for who, part in request.payers if who in self.payers]
        if not payers or len(payers) != len(request.payers):
            return refusals.CardUnknown()
        if len({who.household for who, _ in payers}) > 1 or len({who.id for who, _ in payers}) < len(payers):
            return refusals.CardsOfOneHousehold()
        total = sum(part for _, part in payers)
        asked = f"{till.merchant.id} {request.payers}"
        return Plan(How.CARD, till.merchant, payers, total, request.key, asked, payers[0][0].subject, till)
