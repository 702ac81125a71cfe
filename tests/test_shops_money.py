"""Whatever a village does at its shops, money in is money out, and every point outstanding keeps its money."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.journal.models import Act
from gongfen.ledger.audit import audit
from gongfen.ledger.models import Transfer
from gongfen.rules.bank_file import StatementLine, make_statement
from gongfen.rules.posting import Kind, address
from gongfen.rules.refusals import Refusal
from gongfen.shops import confirming, refunds, settlement
from gongfen.shops.merchants import close_day
from gongfen.shops.models import Confirmation, Merchant, Payment, Payout, Settlement, Till
from gongfen.shops.sealed import seal
from tests.shops_village import POINT, Shops, found_shops

pytestmark = pytest.mark.django_db
codes = count(1_000)  # each example has a town of its own
NAMES, SHOPS = ("甲", "乙"), ("小芳", "老王")

steps = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(NAMES), st.sampled_from(SHOPS), st.integers(0, 260 * 100)),
    st.tuples(st.just("refund"), st.integers(0, 5), st.integers(0, 60 * 100)),
    st.tuples(st.just("confirm"), st.booleans()),
    st.tuples(st.just("close"), st.sampled_from(SHOPS)),
    st.tuples(st.just("later"), st.integers(1, 9)),
    st.tuples(st.just("prepare")),
    st.tuples(st.just("approve")),
    st.tuples(st.just("send")),
    st.tuples(st.just("answer"), st.booleans()),
    st.tuples(st.just("friday"), st.booleans()),
)


class Season:
    """A village with two shops where anything may be tried, in any order."""

    def __init__(self) -> None:
        self.village, self.tried = found_shops(code=next(codes), par=37), 0
        self.village.shop("老王")
        for shop in self.village.shops.values():
            account = seal(b"62220000", about=shop.id)
            Merchant.of(self.village.town).filter(id=shop.id).update(sealed_account=account)
        for name in NAMES:
            self.village.lives(name)
            self.village.earned(name, 900 * POINT)
            self.village.phone(name)
        self.village.has_role("会计", "treasurer")
        self.village.has_role("监督", "supervisor")
        Till.of(self.village.town).update(refund_limit=10**12)

    def step(self, what: str, *words: object) -> None:
        self.tried += 1
        try:
            getattr(self, what)(*words)
        except Refusal:
            return

    def pay(self, name: str, shop: str, fen: int) -> None:
        self.village.scan(shop, self.village.code(name), fen * 100)

    def refund(self, which: int, fen: int) -> None:
        payments = list(Payment.of(self.village.town).select_related("day__merchant").order_by("act_id"))
        if payments:
            paid = payments[which % len(payments)]
            till = Till.of(self.village.town).select_related("town", "merchant").get(label=paid.day.merchant.name)
            refunds.refund(till, paid.number, fen * 100, key=f"refund {self.tried}", now=self.village.now)

    def confirm(self, says_yes: bool) -> None:
        waiting = Confirmation.of(self.village.town).filter(state="open").select_related("resident").first()
        if waiting:
            answer = confirming.confirm if says_yes else confirming.refuse
            answer(self.village.phones[waiting.resident.name], waiting.id, now=self.village.now)

    def close(self, shop: str) -> None:
        merchant = self.village.shops[shop]
        close_day(merchant, by=merchant.subject, key=f"close {self.tried}", now=self.village.now)

    def later(self, days: int) -> None:
        self.village.now += timedelta(days=days)
        confirming.expire_confirmations(self.village.town, now=self.village.now)

    def prepare(self) -> None:
        treasurer, now = self.village.people["会计"], self.village.now
        settlement.prepare(treasurer, village=None, key=f"prepare {self.tried}", now=now)

    def approve(self) -> None:
        for row in Settlement.of(self.village.town):
            settlement.approve(self.village.people["监督"], row.id, now=self.village.now)

    def send(self) -> None:
        for row in Settlement.of(self.village.town):
            settlement.send_out(self.village.people["会计"], row.id, now=self.village.now)

    def answer(self, is_paid: bool) -> None:
        said = "paid" if is_paid else "bounced"
        transit = Payout.of(self.village.town).filter(state="in_transit")
        lines = [StatementLine(payout.reference, payout.money, said) for payout in transit]
        content = make_statement(self.village.now.date(), lines)
        settlement.apply_statement(self.village.people["会计"], content, village=None, now=self.village.now)

    def friday(self, is_paid: bool) -> None:
        """A whole settlement, so that many examples come to its end."""
        self.later(7)
        for what in ("prepare", "approve", "send"):
            self.step(what)
        self.answer(is_paid)


def lies(village: Shops, *kinds: Kind) -> int:
    town = [village.has(kind) for kind in kinds]
    return sum(town)


@settings(max_examples=25)
@given(st.lists(steps, min_size=4, max_size=24))
def test_money_in_is_money_out_whatever_is_tried(tried):
    season = Season()
    village = season.village
    came_in = -village.has(Kind.OUTSIDE)
    for step in tried:
        season.step(*step)
    cash = sum(village.cash(name) for name in NAMES)
    tills = sum(village.in_till(shop) for shop in SHOPS)
    inside = cash + tills + lies(village, Kind.BACKING, Kind.ON_HOLD, Kind.TRANSIT)
    assert inside == -village.has(Kind.OUTSIDE)
    gone = Payout.of(village.town).filter(state="paid").values_list("money", flat=True)
    assert came_in + village.has(Kind.OUTSIDE) == sum(gone)
    assert village.has(Kind.BACKING) == 37 * sum(village.points(name) for name in NAMES)
    assert not audit(village.town).differences


def test_points_leave_a_resident_at_a_shop_by_a_payment_alone():
    """R03, the spending side: no fine, no deduction; what a refund gives back is cash."""
    season = Season()
    for step in (
        ("pay", "甲", "小芳", 5_000), ("pay", "乙", "老王", 25_000), ("confirm", True), ("refund", 0, 1_000),
        ("later", 7), ("prepare",), ("approve",), ("send",), ("answer", False),
    ):  # fmt: skip
        season.step(*step)
    town = season.village.town
    taken = [move for move in Transfer.of(town) if address(move.source_id).kind is Kind.POINTS]
    verbs = set(Act.of(town).filter(id__in=[move.act_id for move in taken]).values_list("verb", flat=True))
    assert verbs == {"payment.pay", "payment.hold"}
    assert len(taken) == 2
