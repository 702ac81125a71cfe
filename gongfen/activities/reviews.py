"""Reviews: a yes or a no to a set of claims, by somebody who may decide each of them."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Sum

from gongfen.activities.kinds.form import plain_text
from gongfen.activities.lines import Line, Row, in_one_breath, read_lines
from gongfen.activities.models import Appeal, Claim, Objection, ReviewRules
from gongfen.activities.who import REVIEWER, check_role, notice_days, person
from gongfen.ledger.batch import ActConflict, Answer, Batch, one_batch
from gongfen.ledger.draft import THIS_ACT, Draft
from gongfen.people.models import Resident
from gongfen.people.queries import households_of
from gongfen.rules.claim_states import CLAIM, WAITS_FOR_REVIEW, ClaimState, WrongState, step
from gongfen.rules.notice import HOME, notice_until, village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import (
    DAILY_BUDGET,
    SECOND_LOOK_FROM,
    Day,
    OwnHousehold,
    Person,
    TwoPeopleNeeded,
    conflict,
    wants_second_look,
)
from gongfen.town.models import Town

FIRST_LOOK = (ClaimState.MADE, ClaimState.SECOND_LOOK)


class UnknownClaim(Refusal):
    """There is no such claim."""

    code = "unknown_claim"


def approve_claims(by: Resident, claims: Sequence[int], *, now: datetime | None = None) -> list[Answer]:
    """Say yes to these claims (ids): each goes on notice, or to a second reviewer where it is large."""
    return _decide(by, claims, "approve", "", now)


def refuse_claims(by: Resident, claims: Sequence[int], reason: str, *, now: datetime | None = None) -> list[Answer]:
    """Say no to these claims, with a reason for their owners. A no may be appealed."""
    return _decide(by, claims, "refuse", plain_text("reason", reason, longest=200), now)


def _decide(by: Resident, claims: Sequence[int], verb: str, reason: str, now: datetime | None) -> list[Answer]:
    with in_one_breath(len(claims)), one_batch(by.town, now) as batch:
        desk = _Desk(by, batch, claims)
        for claim_id in claims:
            desk.draft(claim_id, verb, reason)
    return [desk.clear(answer, claim, verb) for answer, claim in zip(batch.answers, claims, strict=True)]


class _Desk:
    """What one reviewer needs to know about a set of claims, read once."""

    def __init__(self, by: Resident, batch: Batch, claims: Collection[int]) -> None:
        self._by, self._batch, town = by, batch, by.town
        self._me = person(by)
        self._today = village_day(batch.now)
        self._claims, self._row = read_lines(town, claims), Row()
        self._spent_on: set[int] = set()
        hosts = {claim.host for claim in self._claims.values()}
        self._no_role = {host: _no_role(by, host) for host in hosts}
        self._until = {host: notice_until(self._today, days) for host, days in notice_days(town, hosts).items()}
        rules = {row.host: row for row in ReviewRules.of(town).filter(host__in=hosts)}
        self._second_from = {h: rules[h].second_look_from if h in rules else SECOND_LOOK_FROM for h in hosts}
        self._second_kinds = {h: rules[h].second_look_kinds.split() if h in rules else [] for h in hosts}
        budget = max((rules[h].daily_budget if h in rules else DAILY_BUDGET for h in hosts), default=DAILY_BUDGET)
        self._day = Day(spent_today(town, by.subject, batch.now), budget)
        recorders = {claim.recorded_by for claim in self._claims.values() if claim.recorded_by != claim.owner}
        self._homes = households_of(town, recorders) if recorders else {}
        again = [claim for claim in self._claims.values() if claim.rounds]
        self._before = deciders(batch, again)
        self._objections, self._objectors = _objections(town, again)
        self._appeals = {
            row.claim_id: row for row in Appeal.of(town).filter(claim__in=[one.id for one in again], state="open")
        }

    def draft(self, claim_id: int, verb: str, reason: str) -> None:
        """The act of one decision. Its key is the round, so that deciding twice decides once."""
        claim, batch = self._claims.get(claim_id), self._batch
        if claim is None:
            act = batch.act(key=f"decide/{claim_id}/0", verb=f"claim.{verb}", by=self._me.subject, about=0)
            act.refuse(UnknownClaim())
            return
        waits = ClaimState(claim.state) in WAITS_FOR_REVIEW
        act = batch.act(
            key=f"decide/{claim.id}/{claim.rounds if waits else claim.rounds - 1}",
            verb=f"claim.{verb}",
            by=self._me.subject,
            about=claim.owner,
            facts={"claim": str(claim.id), "activity": str(claim.activity_id), "points": claim.points},
        )
        refused = self._refusal(claim, verb) or (self._budget(claim) if verb == "approve" else None)
        if refused:
            act.refuse(refused)
            return
        self._change(act, claim, verb, reason)

    def _budget(self, claim: Line) -> Refusal | None:
        """Take the claim out of the reviewer's day. The town is locked: what fits now will be accepted."""
        if claim.id in self._spent_on:
            return None
        refused = self._day.check(claim.points)
        if refused is None:
            self._day.spend(claim.points)
            self._spent_on.add(claim.id)
        return refused

    def _refusal(self, claim: Line, verb: str) -> Refusal | None:
        if no := self._no_role[claim.host]:
            return no
        try:
            step(CLAIM, ClaimState(claim.state), verb)
        except WrongState as no:
            return no
        if claim.id in self._objectors and self._me.household in self._objectors[claim.id]:
            return OwnHousehold()
        if claim.recorded_by != self._me.subject and self._homes.get(claim.recorded_by) == self._me.household:
            return TwoPeopleNeeded()  # written down at the reviewer's own table
        before = (claim.decided_by, claim.second_by, *self._before.get(claim.id, ()))
        return conflict(
            self._me, Person(claim.owner, claim.household), recorded_by=claim.recorded_by, decided_by=before
        )

    def _change(self, act: Draft, claim: Line, verb: str, reason: str) -> None:
        to = step(CLAIM, ClaimState(claim.state), verb)
        is_first = claim.state == ClaimState.MADE
        if is_first and verb == "approve" and self._wants_second(claim):
            to = step(CLAIM, ClaimState.MADE, "ask_second")
        is_second = claim.state == ClaimState.SECOND_LOOK
        new: dict[str, Any] = {"second_by" if is_second else "decided_by": self._me.subject}
        if claim.second_by is not None:
            new["second_by"] = None  # of an earlier round
        if claim.reason != reason:
            new["reason"] = reason
        act.changes(
            self._row.of(claim),
            was={"state": claim.state},
            state=to.value,
            rounds=claim.rounds + 1,
            decided_at=self._batch.now,
            decided_act=THIS_ACT,
            notice_until=self._until[claim.host] if to is ClaimState.IN_NOTICE else None,
            **new,
        )
        for objection in self._objections.get(claim.id, ()):
            ruling = "dismissed" if verb == "approve" else "upheld"
            act.changes(objection, was={"state": "open"}, state=ruling, decided_by=self._me.subject, act=THIS_ACT)
        if appeal := self._appeals.get(claim.id):
            ruling = "granted" if verb == "approve" else "refused"
            act.changes(appeal, was={"state": "open"}, state=ruling, decided_by=self._me.subject, act=THIS_ACT)

    def _wants_second(self, claim: Line) -> bool:
        threshold, kinds = self._second_from[claim.host], self._second_kinds[claim.host]
        return wants_second_look(claim.points, claim.kind, threshold=threshold, kinds=kinds)

    def clear(self, answer: Answer, claim_id: int, verb: str) -> Answer:
        """Somebody else decided it before: say where the claim is now."""
        if isinstance(answer, ActConflict):
            claim = self._claims[claim_id]
            return WrongState(state=str(claim.state), step=verb)
        return answer


def deciders(batch: Batch, claims: Collection[Line | Claim]) -> dict[int, set[int]]:
    """Everybody (subjects) who decided these claims in an earlier round."""
    keys = {f"decide/{claim.id}/{i}": claim.id for claim in claims for i in range(claim.rounds)}
    found: dict[int, set[int]] = {}
    for key, act in batch.written(list(keys)).items() if keys else ():
        found.setdefault(keys[key], set()).add(act.by)
    return found


def spent_today(town: Town, reviewer: int, now: datetime) -> int:
    """What a reviewer (subject) approved since midnight, in hundredths of a point."""
    midnight = datetime.combine(village_day(now), time(), HOME)
    today = Claim.of(town).filter(decided_at__gte=midnight).exclude(state=ClaimState.REFUSED)
    first = today.filter(decided_by=reviewer).aggregate(points=Sum("points"))["points"]
    second = today.filter(second_by=reviewer).aggregate(points=Sum("points"))["points"]
    return (first or 0) + (second or 0)


def _no_role(by: Resident, host: int) -> Refusal | None:
    try:
        check_role(by, host, REVIEWER)
    except Refusal as no:
        return no
    return None


def _objections(town: Town, claims: Collection[Line]) -> tuple[dict[int, list[Objection]], dict[int, set[int]]]:
    """Open objections of these claims, and the households they came from, by claim."""
    ids = [claim.id for claim in claims]
    found: dict[int, list[Objection]] = {}
    homes: dict[int, set[int]] = {}
    for row in Objection.of(town).filter(claim__in=ids, state="open").select_related("resident"):
        found.setdefault(row.claim_id, []).append(row)
        homes.setdefault(row.claim_id, set()).add(row.resident.household_id)
    return found, homes
