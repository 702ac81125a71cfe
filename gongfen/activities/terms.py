"""Terms: proposed by one person, decided by residents, in force from a day that has not come yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongfen.activities.kinds import all_kinds, kind_of
from gongfen.activities.kinds.terms import Terms, make_caps
from gongfen.activities.models import TermsVersion
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import ORGANISER, REVIEWER, SUPERVISOR, check_other, check_role
from gongfen.journal.written import Written
from gongfen.ledger.batch import Batch, one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.people.models import Resident
from gongfen.rules.claim_states import TERMS, TermsState, step
from gongfen.rules.notice import check_terms_start, village_day
from gongfen.rules.refusals import Refusal

HOW = ("meeting", "poll")


class NotCarried(Refusal):
    """More than half of those who took part must have said yes."""

    code = "terms_not_carried"


class CountWrong(Refusal):
    """The count of a decision cannot be: nobody took part, more said yes than were there, or it lies ahead."""

    code = "decision_count_wrong"


class TermsSameDay(Refusal):
    """Other terms for the same work were decided for the same day already."""

    code = "terms_same_day"


class UnknownTerms(Refusal):
    """There are no such terms."""

    code = "unknown_terms"


@dataclass(frozen=True, slots=True)
class Decision:
    """How residents decided: one person, one vote."""

    how: str  # meeting or poll
    on: date
    took_part: int
    said_yes: int


def check_decision(decision: Decision, today: date) -> None:
    """Refuse a decision that cannot be one, or that was not carried."""
    if decision.how not in HOW or decision.on > today:
        raise CountWrong(part="how" if decision.how not in HOW else "on")
    if decision.took_part < 1 or not 0 <= decision.said_yes <= decision.took_part:
        raise CountWrong(part="count")
    if 2 * decision.said_yes <= decision.took_part:
        raise NotCarried(took_part=decision.took_part, said_yes=decision.said_yes)


def propose_terms(
    by: Resident, host: int, kind: str, terms: Terms, in_force_from: date, *, now: datetime
) -> TermsVersion:
    """Propose terms. Nothing changes for anybody. The same proposal again is the same proposal."""
    check_role(by, host, ORGANISER, SUPERVISOR)
    with one_batch(by.town, now) as batch:
        version = _proposed(batch, by, InForce(by.town, [host]), host, kind, terms, in_force_from)
    _raise_refusals(batch)
    return version


def _proposed(
    batch: Batch, by: Resident, known: InForce, host: int, kind: str, terms: Terms, in_force_from: date
) -> TermsVersion:
    kind_of(kind).check_terms(terms)
    is_new = not known.knows(host, kind, terms.what)
    check_terms_start(in_force_from, village_day(batch.now), is_new=is_new)
    same = {
        "host": host, "kind": kind, "what": terms.what, "unit": terms.unit, "points": terms.points,
        "minutes": terms.minutes, "caps": make_caps(terms.caps), "in_force_from": in_force_from,
    }  # fmt: skip
    before = TermsVersion.of(by.town).filter(**same, state=TermsState.PROPOSED, proposed_by=by.subject).first()
    if before is not None:
        return before
    version = TermsVersion(town=by.town, proposed_by=by.subject, proposed_at=batch.now, **same)
    act = batch.act(
        key=f"terms/{version.id}/propose", verb="terms.propose", by=by.subject, about=host, facts=facts_of(version)
    )
    act.creates(version)
    return version


def _raise_refusals(batch: Batch) -> None:
    for answer in batch.answers:
        one([answer])


def facts_of(version: TermsVersion) -> dict[str, object]:
    """The terms as the journal keeps them."""
    return {
        "terms": str(version.id), "kind": version.kind, "what": version.what, "unit": version.unit,
        "points": version.points, "minutes": version.minutes, "caps": version.caps,
        "in_force_from": version.in_force_from.isoformat(),
    }  # fmt: skip


def decide_terms(by: Resident, version_id: int, decision: Decision, *, now: datetime) -> Written:
    """Write down that residents decided. A second person does it; the count stays with the terms for ever."""
    town = by.town
    with one_batch(town, now) as batch:
        version = TermsVersion.of(town).filter(id=version_id).first()
        if version is None:
            raise UnknownTerms()
        check_role(by, version.host, SUPERVISOR, REVIEWER)
        _decided(batch, by, version, decision)
    return one(batch.answers)


def _decided(batch: Batch, by: Resident, version: TermsVersion, decision: Decision) -> None:
    today = village_day(batch.now)
    check_decision(decision, today)
    act = batch.act(
        key=f"terms/{version.id}/decide",
        verb="terms.decide",
        by=by.subject,
        about=version.host,
        facts={
            **facts_of(version), "took_part": decision.took_part, "said_yes": decision.said_yes,
            "decided_on": decision.on.isoformat(), "how": decision.how,
        },
    )  # fmt: skip
    act.asks(lambda: _may_decide(by, version, today))
    act.changes(
        version, was={"state": TermsState.PROPOSED}, state=TermsState.DECIDED,
        decided_how=decision.how, decided_on=decision.on, decided_by=by.subject,
        took_part=decision.took_part, said_yes=decision.said_yes, act=THIS_ACT,
    )  # fmt: skip


def _may_decide(by: Resident, version: TermsVersion, today: date) -> Refusal | None:
    town = by.town
    try:
        step(TERMS, TermsState(version.state), "decide")
        check_other(by, version.proposed_by)
        is_new = not InForce(town, [version.host]).knows(version.host, version.kind, version.what)
        check_terms_start(version.in_force_from, today, is_new=is_new)
    except Refusal as no:
        return no
    same_day = TermsVersion.of(town).filter(
        host=version.host, kind=version.kind, what=version.what,
        in_force_from=version.in_force_from, state=TermsState.DECIDED,
    )  # fmt: skip
    return TermsSameDay(day=version.in_force_from.isoformat()) if same_day.exists() else None


def drop_terms(by: Resident, version_id: int, *, now: datetime) -> Written:
    """Residents said no, or nobody asked them: the old terms stay."""
    town = by.town
    with one_batch(town, now) as batch:
        version = TermsVersion.of(town).filter(id=version_id).first()
        if version is None:
            raise UnknownTerms()
        check_role(by, version.host, SUPERVISOR, ORGANISER)
        step(TERMS, TermsState(version.state), "drop")
        act = batch.act(
            key=f"terms/{version.id}/drop",
            verb="terms.drop",
            by=by.subject,
            about=version.host,
            facts={"terms": str(version.id)},
        )
        act.changes(version, was={"state": TermsState.PROPOSED}, state=TermsState.DROPPED)
    return one(batch.answers)


def adopt_usual_terms(
    proposed_by: Resident,
    decided_by: Resident,
    host: int,
    decision: Decision,
    *,
    now: datetime,
    kinds: Sequence[str] = (),
) -> list[TermsVersion]:
    """A new village begins with the usual terms of every kind (or of these), from the day of the decision on."""
    town, day = proposed_by.town, village_day(now)
    check_role(proposed_by, host, ORGANISER, SUPERVISOR)
    check_role(decided_by, host, SUPERVISOR, REVIEWER)
    wanted = [kind for kind in all_kinds().values() if not kinds or kind.key in kinds]
    with one_batch(town, now) as batch:
        known = InForce(town, [host])
        versions = [
            _proposed(batch, proposed_by, known, host, kind.key, terms, day) for kind in wanted for terms in kind.usual
        ]
    _raise_refusals(batch)
    with one_batch(town, now) as batch:
        for version in versions:
            _decided(batch, decided_by, version, decision)
    _raise_refusals(batch)
    return versions
