"""Settlement: the treasurer prepares, a supervisor approves, the file goes out, the bank's statement comes in.

Each step is one transaction with its own keys, so a step that was cut off is taken again, and nothing is paid twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import Draft
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident
from gongfen.people.queries import has_role, same_household
from gongfen.rules.bank_file import Difference, Matched, PayoutLine, StatementLine, match
from gongfen.rules.days import DayState
from gongfen.shops import refusals
from gongfen.shops.models import Merchant, MerchantDay, Payout, PayoutState, Settlement, SettlementState
from gongfen.shops.payouts import ADAPTERS
from gongfen.shops.queries import Due, money_due
from gongfen.shops.sealed import unseal
from gongfen.town.models import Town


@dataclass
class Applied:
    """What a statement changed, and what a person must look at."""

    paid: list[str] = field(default_factory=list)
    bounced: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def check_role(person: Resident, role: str, village: int | None) -> None:
    """Refuse who has not this role there. What is of the whole town needs the town's own role."""
    if not has_role(person, role, village):
        raise NotYourRole(role=role)


def prepare(treasurer: Resident, *, village: int | None, key: str, now: datetime) -> Settlement:
    """Collect every closed or past day with money in it. Shops of the treasurer's own household are left to another.

    Preparing again finds only what is new since: a day is in one settlement at most.
    """
    town, today = treasurer.town, localdate(now)
    check_role(treasurer, "treasurer", village)
    with transaction.atomic():
        with one_batch(town, now) as batch:
            stood = batch.written([key]).get(key)
            due = [] if stood else _due(batch, treasurer, village, today)
            settlement = Settlement(town=town, village_id=village, day=today, prepared_by=treasurer)
            act = batch.act(
                key=key, verb="settlement.prepare", by=treasurer.subject, about=town.subject,
                facts={"village": str(village or 0)},
            )  # fmt: skip
            if not due:
                act.refuse(refusals.NothingToSettle())
        written = one(batch.answers)
        if stood:
            return Settlement.of(town).get(act_id=stood.id)
        settlement.act_id = written.id
        Settlement.objects.bulk_create([settlement])
        _collect(settlement, due)
    return settlement


def _due(batch: Batch, treasurer: Resident, village: int | None, today: date) -> list[Due]:
    due = money_due(batch.town, village, before=today)
    return [each for each in due if each.household != treasurer.household_id]


def _collect(settlement: Settlement, due: Sequence[Due]) -> None:
    """The days of each merchant become one payout; days with nothing left in them wait for the next one."""
    town = settlement.town
    merchants = Merchant.of(town).in_bulk([each.merchant for each in due])
    payouts = []
    for place, each in enumerate(due, start=1):
        shop = merchants[each.merchant]
        payouts.append(
            Payout(
                town=town, settlement=settlement, merchant=shop, money=each.money, payee=shop.payee,
                reference=f"{settlement.number}-{place}", sealed_account=shop.sealed_account,
            )
        )  # fmt: skip
    Payout.objects.bulk_create(payouts)
    for payout, each in zip(payouts, due, strict=True):
        days = MerchantDay.of(town).filter(id__in=each.days, state__in=[DayState.OPEN, DayState.CLOSED])
        if days.update(state=DayState.IN_SETTLEMENT.value, payout=payout) != len(each.days):
            raise RuntimeError("a day changed although this settlement holds the town's head")


def approve(supervisor: Resident, settlement: int, *, now: datetime) -> list[Written]:
    """Another person, of another household, says yes. Payouts to the own household wait for another supervisor."""
    town = supervisor.town
    with one_batch(town, now) as batch:
        row = _settlement(town, settlement)
        check_role(supervisor, "supervisor", row.village_id)
        if same_household(row.prepared_by, supervisor):
            raise NeedsTwoPeople()
        every = list(Payout.of(town).filter(settlement=row).select_related("merchant__owner").order_by("id"))
        foreign = [payout for payout in every if _household(payout.merchant) != supervisor.household_id]
        if not foreign:
            raise refusals.OwnHousehold()
        for payout in foreign:
            if payout.state not in (PayoutState.WAITING, PayoutState.APPROVED):
                continue
            act = batch.act(
                key=f"payout/{payout.id}/approve", verb="payout.approve", by=supervisor.subject,
                about=payout.merchant.subject, asked="",
                facts={"payout": payout.reference, "money": payout.money, "prepared_by": str(row.prepared_by.subject)},
            )  # fmt: skip
            act.changes(payout, was={"state": PayoutState.WAITING}, state=PayoutState.APPROVED)
            for day in MerchantDay.of(town).filter(payout=payout):
                act.changes(day, was={"state": DayState.IN_SETTLEMENT.value}, state=DayState.APPROVED.value)
        if row.state == SettlementState.PREPARED:
            approved = Settlement.of(town).filter(id=row.id, state=SettlementState.PREPARED)
            approved.update(state=SettlementState.APPROVED, approved_by=supervisor)
    return [one([answer]) for answer in batch.answers]


def send_out(treasurer: Resident, settlement: int, *, adapter: str = "bank_file", now: datetime) -> bytes:
    """A file for the bank with all that is approved and did not leave yet; that money is in transit from now on.

    Where nothing is new it is the last file again, byte for byte: a payout is in one file at most.
    """
    town = treasurer.town
    with one_batch(town, now) as batch:
        row = _settlement(town, settlement)
        check_role(treasurer, "treasurer", row.village_id)
        ready = list(Payout.of(town).filter(settlement=row, state=PayoutState.APPROVED).select_related("merchant"))
        file = (Payout.of(town).filter(settlement=row).aggregate(last=Max("file"))["last"] or 0) + bool(ready)
        for payout in ready:
            if not payout.sealed_account:
                raise refusals.NoBankAccount(shop=payout.merchant.name)
            act = batch.act(
                key=f"payout/{payout.id}/send", verb="payout.send", by=treasurer.subject,
                about=payout.merchant.subject, facts={"payout": payout.reference, "money": payout.money}, asked="",
            )  # fmt: skip
            act.moves(*moves.send(town, moves.till(payout.merchant.subject), payout.money))
            act.changes(payout, was={"state": PayoutState.APPROVED}, state=PayoutState.IN_TRANSIT, file=file)
            for day in MerchantDay.of(town).filter(payout=payout):
                act.changes(day, was={"state": DayState.APPROVED.value}, state=DayState.IN_TRANSIT.value)
        if ready:
            Settlement.of(town).filter(id=row.id).update(state=SettlementState.OUT)
    for answer in batch.answers:
        one([answer])
    return file_again(row, file, adapter)


def file_again(row: Settlement, file: int, adapter: str = "bank_file") -> bytes:
    """The n-th file of a settlement, as it left."""
    lines = [
        PayoutLine(
            payout.reference,
            payout.payee,
            unseal(bytes(payout.sealed_account), about=payout.merchant_id).decode(),
            payout.money,
        )
        for payout in Payout.of(row.town_id).filter(settlement=row, file=file, file__gt=0).order_by("id")
    ]
    if not lines:
        raise refusals.NotReadyForBank()
    return ADAPTERS[adapter].make_file(f"{row.number}-{file}", row.town.code, row.day, lines)


def take_back(act: Draft, payout: Payout) -> None:
    """Let an approved act take a payout back that never reached the bank; its days are open again."""
    town = payout.town
    sent = payout.state == PayoutState.IN_TRANSIT
    if not sent and payout.state not in (PayoutState.WAITING, PayoutState.APPROVED):
        act.refuse(refusals.UnknownSettlement())
    if sent:
        act.moves(*moves.bounced(town, moves.till(payout.merchant.subject), payout.money))
    act.changes(payout, was={"state": payout.state}, state=PayoutState.TAKEN_BACK)
    for day in MerchantDay.of(town).filter(payout=payout):
        act.changes(day, was={"payout_id": payout.id}, state=DayState.OPEN.value, payout_id=None)


def apply_statement(
    treasurer: Resident, content: bytes, *, village: int | None, adapter: str = "bank_file", now: datetime
) -> Applied:
    """The bank's statement: what agrees is applied, the rest listed. One broken line and nothing is applied."""
    town = treasurer.town
    check_role(treasurer, "treasurer", village)
    lines = ADAPTERS[adapter].read_answer(content)
    with transaction.atomic():
        with one_batch(town, now) as batch:
            known, matched = _matched(town, village, lines)
            for reference in matched.paid:
                _answered(batch, treasurer, known[reference], DayState.PAID)
            for reference, reason in matched.bounced.items():
                _answered(batch, treasurer, known[reference], DayState.OPEN, reason)
        for answer in batch.answers:
            one([answer])
        _finish(town, {payout.settlement_id for payout in known.values()})
    return Applied(matched.paid, matched.bounced, matched.differences)


def preview_statement(
    treasurer: Resident, content: bytes, *, village: int | None, adapter: str = "bank_file"
) -> tuple[Matched, dict[str, Payout]]:
    """What the bank's statement would change, and the payouts it is about. Nothing is written."""
    check_role(treasurer, "treasurer", village)
    known, matched = _matched(treasurer.town, village, ADAPTERS[adapter].read_answer(content))
    return matched, known


def _matched(town: Town, village: int | None, lines: Sequence[StatementLine]) -> tuple[dict[str, Payout], Matched]:
    known = known_payouts(town, village, [line.reference for line in lines])
    expected = {ref: payout.money for ref, payout in known.items() if payout.state == PayoutState.IN_TRANSIT}
    answered = {ref: payout.state for ref, payout in known.items() if ref not in expected}
    return known, match(expected, answered, lines)


def known_payouts(town: Town, village: int | None, references: Sequence[str]) -> dict[str, Payout]:
    """The payouts that the statement names, and all that are in transit."""
    found = Payout.of(town).select_related("merchant")
    if village is not None:
        found = found.filter(settlement__village_id=village)
    transit = found.filter(state=PayoutState.IN_TRANSIT)
    done = [PayoutState.PAID, PayoutState.BOUNCED]
    named = found.filter(reference__in=list(references), state__in=done)
    return {payout.reference: payout for payout in [*transit, *named]}


def _answered(batch: Batch, treasurer: Resident, payout: Payout, to: DayState, reason: str = "") -> None:
    """The bank paid it, or sent it back: then it lies in the till again, and the days are open again."""
    town, is_paid = batch.town, to is DayState.PAID
    state = PayoutState.PAID if is_paid else PayoutState.BOUNCED
    act = batch.act(
        key=f"payout/{payout.id}/answer", verb=f"payout.{state.value}", by=treasurer.subject,
        about=payout.merchant.subject, facts={"payout": payout.reference, "money": payout.money}, asked="",
    )  # fmt: skip
    till = moves.till(payout.merchant.subject)
    act.moves(*(moves.sent(town, payout.money) if is_paid else moves.bounced(town, till, payout.money)))
    act.changes(payout, was={"state": PayoutState.IN_TRANSIT}, state=state, reason=reason)
    for day in MerchantDay.of(town).filter(payout=payout):
        act.changes(
            day, was={"state": DayState.IN_TRANSIT.value}, state=to.value, payout_id=payout.id if is_paid else None
        )


def _finish(town: Town, settlements: set[int]) -> None:
    """A settlement is done when nothing of it is under way any more."""
    under_way = [PayoutState.WAITING, PayoutState.APPROVED, PayoutState.IN_TRANSIT]
    for row in settlements:
        if not Payout.of(town).filter(settlement_id=row, state__in=under_way).exists():
            Settlement.of(town).filter(id=row).update(state=SettlementState.DONE)


def _settlement(town: Town, settlement: int) -> Settlement:
    found = Settlement.of(town).filter(id=settlement).select_related("town", "prepared_by", "approved_by").first()
    if found is None:
        raise refusals.UnknownSettlement()
    return found


def _household(merchant: Merchant) -> int | None:
    return merchant.owner.household_id if merchant.owner else None
