"""Closing a month or a year: one person prepares the state of all accounts, another signs it. An act, for ever."""

from datetime import datetime, time, timedelta
from typing import Any

from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.ledger.models import Close
from gongfen.ledger.queries import number_at
from gongfen.ledger.queries_closes import balances_at
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident, Village
from gongfen.people.queries import has_role, resident_by_subject, same_household
from gongfen.rules.closes import digest_of, first_day_after, sums_of
from gongfen.rules.notice import HOME
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class PeriodOpen(Refusal):
    """The month or year is not over yet."""

    code = "period_open"


class PeriodSigned(Refusal):
    """The period was closed and signed already."""

    code = "period_signed"


class NoSuchClose(Refusal):
    """There is no such close waiting for a signature."""

    code = "no_such_close"


def may_close(person: Resident, role: str) -> bool:
    """The books are the town's: its own staff closes them, and in a town of one village the village's staff."""
    if has_role(person, role, None):
        return True
    return Village.of(person.town).count() == 1 and has_role(person, role, person.village_id)


def prepare_close(treasurer: Resident, period: str, *, now: datetime) -> Close:
    """The state of all accounts at the end of the period. Preparing again is the same state, by who asked last."""
    town = treasurer.town
    if not may_close(treasurer, "treasurer"):
        raise NotYourRole(role="treasurer")
    over = datetime.combine(first_day_after(period), time(), HOME)
    if now < over:
        raise PeriodOpen(until=over.isoformat())
    with one_batch(town, now):  # nobody writes meanwhile, so that the number stands
        number = number_at(town, over - timedelta(microseconds=1))
        state = _state_at(town, number)
        kept: dict[str, Any] = {"prepared_by": treasurer.subject, "prepared_at": now, "number": number, **state}
        close, is_new = Close.of(town).get_or_create(period=period, defaults={"town": town, **kept})
        if not is_new and not Close.of(town).filter(id=close.id, act_id=None).update(**kept):
            raise PeriodSigned(period=period)
    return Close.of(town).get(id=close.id)


def _state_at(town: Town, number: int) -> dict[str, Any]:
    ((_, balances),) = balances_at(town, [number])
    return {"digest": digest_of(balances), "sums": sums_of(balances)}


def sign_close(supervisor: Resident, close_id: int, *, now: datetime) -> Written:
    """Another person, of another household, signs what was prepared, after it was computed anew. Once."""
    town = supervisor.town
    if not may_close(supervisor, "supervisor"):
        raise NotYourRole(role="supervisor")
    with one_batch(town, now) as batch:
        close = Close.of(town).filter(id=close_id).first()
        if close is None:
            raise NoSuchClose()
        preparer = resident_by_subject(town, close.prepared_by)
        if preparer is None or same_household(preparer, supervisor):
            raise NeedsTwoPeople()
        act = batch.act(
            key=f"close/{close.id}", verb="books.close", by=supervisor.subject, about=town.subject, asked="",
            facts={
                "close": str(close.id), "period": close.period, "number": close.number, "digest": close.digest,
                "prepared_by": str(close.prepared_by),
            },
        )  # fmt: skip
        act.asks(lambda: None if _state_at(town, close.number)["digest"] == close.digest else NoSuchClose())
        act.changes(close, was={"act_id": None}, signed_by=supervisor.subject, act_id=THIS_ACT)
    return one(batch.answers)
