"""Money that comes in: a bank slip, two people, one act."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongfen.fund import moves
from gongfen.fund.models import Earmark, Slip, SlipState
from gongfen.journal.written import Written
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident, Village
from gongfen.people.queries import has_role, resident_by_subject, same_household
from gongfen.rules.posting import MOST, BadAmount
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

FEN = 100  # hundredths


class SlipKnown(Refusal):
    """The bank's slip with this number was recorded before, with something else on it."""

    code = "slip_known"


class NoSuchSlip(Refusal):
    """There is no such slip waiting."""

    code = "no_such_slip"


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """What a bank slip says. `money` in hundredths of a fen, whole fen; `purpose` names an earmark, or is empty."""

    number: str
    donor: str
    money: int
    received_on: date
    purpose: str = ""


def host_village(town: Town, host: int) -> int | None:
    """The village whose subject this host is; None for the town."""
    return Village.of(town).filter(subject=host).values_list("id", flat=True).first()


def record_slip(treasurer: Resident, host: int, slip: MoneyIn, *, now: datetime) -> Slip:
    """The treasurer records a slip. Nothing moves yet. The same slip again is the same slip."""
    town = treasurer.town
    if not has_role(treasurer, "treasurer", host_village(town, host)):
        raise NotYourRole(role="treasurer")
    if not 0 < slip.money <= MOST or slip.money % FEN:
        raise BadAmount(amount=str(slip.money))
    with transaction.atomic():
        before = Slip.of(town).filter(number=slip.number).select_related("earmark").first()
        if before is not None:
            known = (before.host, before.donor, before.money, before.received_on)
            if known != (host, slip.donor, slip.money, slip.received_on):
                raise SlipKnown(number=slip.number)
            return before
        earmark = _earmark(town, host, slip) if slip.purpose else None
        return Slip.objects.create(
            town=town, host=host, number=slip.number, donor=slip.donor, money=slip.money,
            earmark=earmark, received_on=slip.received_on, recorded_by=treasurer.subject,
        )  # fmt: skip


def _earmark(town: Town, host: int, slip: MoneyIn) -> Earmark:
    found, is_new = Earmark.of(town).get_or_create(
        host=host, name=slip.purpose, defaults={"town": town, "donor": slip.donor}
    )
    if is_new:
        open_accounts(town, [found.address])
    return found


def approve_slip(supervisor: Resident, slip_id: int, *, now: datetime) -> Written:
    """The supervisor has seen the bank's slip: the money is the host's. Approving twice approves once."""
    town = supervisor.town
    with one_batch(town, now) as batch:
        slip = Slip.of(town).filter(id=slip_id).select_related("earmark").first()
        if slip is None or slip.state == SlipState.REFUSED:
            raise NoSuchSlip()
        if not has_role(supervisor, "supervisor", host_village(town, slip.host)):
            raise NotYourRole(role="supervisor")
        recorder = resident_by_subject(town, slip.recorded_by)
        if recorder is None or same_household(recorder, supervisor):
            raise NeedsTwoPeople()
        act = batch.act(
            key=f"slip/{slip.id}",
            verb="money.receive",
            by=supervisor.subject,
            about=slip.host,
            facts={"slip": str(slip.id), "money": slip.money, "recorded_by": str(slip.recorded_by)},
            asked="",
        )
        target = slip.earmark.address if slip.earmark else moves.fund(slip.host)
        act.moves(*moves.receive(town, target, slip.money))
        act.changes(
            slip, was={"state": SlipState.RECORDED}, state=SlipState.APPROVED,
            approved_by=supervisor.subject, act_id=THIS_ACT,
        )  # fmt: skip
    return one(batch.answers)


def refuse_slip(supervisor: Resident, slip_id: int, *, now: datetime) -> bool:
    """The supervisor does not find this money at the bank; was the slip waiting?"""
    town = supervisor.town
    slip = Slip.of(town).filter(id=slip_id).first()
    if slip is None:
        raise NoSuchSlip()
    if not has_role(supervisor, "supervisor", host_village(town, slip.host)):
        raise NotYourRole(role="supervisor")
    waiting = Slip.of(town).filter(id=slip_id, state=SlipState.RECORDED)
    return bool(waiting.update(state=SlipState.REFUSED))
