"""Objections to additions to the roster: any resident of the village says so, a supervisor looks and answers."""

from datetime import datetime

from django.db.models import Count, Q

from gongfen.journal.written import Written
from gongfen.ledger.batch import ActConflict, one, one_batch
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.models import Group, Resident, RoleName, Village
from gongfen.people.queries import has_role
from gongfen.rules.refusals import Refusal

LONGEST = 200
FOUND = ("right", "unfounded")


class SayWhatIsWrong(Refusal):
    """An objection, and its answer, say something in at most 200 letters."""

    code = "roster_objection_empty"


class RosterObjectedBefore(Refusal):
    """The same resident objected to the same additions already."""

    code = "roster_objected_before"


class UnknownRosterObjection(Refusal):
    """There is no such objection."""

    code = "unknown_roster_objection"


class NotYourVillage(Refusal):
    """Residents object to the roster of their own village."""

    code = "not_your_village"


def _text(said: str) -> str:
    text = " ".join(said.split())
    if not text or len(text) > LONGEST or not text.isprintable():
        raise SayWhatIsWrong()
    return text


def object_to_additions(by: Resident, group: Group, quarter: str, said: str, *, now: datetime) -> Written:
    """Say that a group's additions of a quarter are not right. Once for each resident, group and quarter."""
    text, town = _text(said), by.town
    if group.village_id != by.village_id:
        raise NotYourVillage()
    with one_batch(town, now) as batch:
        act = batch.act(
            key=f"roster/{group.id}/{quarter}/object/{by.id}", verb="roster.object", by=by.subject,
            about=group.village.subject, facts={"group": str(group.id), "quarter": quarter}, asked=text,
        )  # fmt: skip
        act.creates(RosterObjection(town=town, group=group, quarter=quarter, resident=by, said=text, made_at=batch.now))
    (answer,) = batch.answers
    if isinstance(answer, ActConflict):
        raise RosterObjectedBefore()
    return one(batch.answers)


def answer_objection(by: Resident, objection_id: int, found: str, answer: str, *, now: datetime) -> Written:
    """A supervisor, of another household than who objected, says what was found."""
    text, town = _text(answer), by.town
    with one_batch(town, now) as batch:
        rows = RosterObjection.of(town).filter(id=objection_id)
        row = rows.select_related("group__village", "resident").first()
        if row is None:
            raise UnknownRosterObjection()
        if not has_role(by, RoleName.SUPERVISOR, row.group.village_id):
            raise NotYourRole(role=RoleName.SUPERVISOR.value)
        act = batch.act(
            key=f"roster/objection/{row.id}/answer", verb="roster.answer", by=by.subject,
            about=row.resident.subject, facts={"group": str(row.group_id), "quarter": row.quarter, "found": found},
            asked=text,
        )  # fmt: skip
        if row.resident.household_id == by.household_id:
            act.refuse(NeedsTwoPeople())
        act.changes(row, was={"state": "open"}, state=found, answer=text, decided_by=by.subject, decided_at=batch.now)
    return one(batch.answers)


def objections_in(village: Village, *, quarter: str = "", waiting: bool = False) -> list[RosterObjection]:
    """What residents said about a village's roster, the latest first."""
    found = RosterObjection.of(village.town_id).filter(group__village=village)
    found = found.filter(quarter=quarter) if quarter else found
    found = found.filter(state="open") if waiting else found
    return list(found.select_related("group", "resident").order_by("-id")[:200])


def own_objections(resident: Resident) -> list[RosterObjection]:
    """What a resident said about the roster, with the answers."""
    mine = RosterObjection.of(resident.town_id).filter(resident=resident)
    return list(mine.select_related("group").order_by("-id")[:50])


def counts_of(village: Village, quarter: str) -> dict[int, tuple[int, int]]:
    """By group: how many objected to its additions of a quarter, and how many of them wait for an answer."""
    here = RosterObjection.of(village.town_id).filter(group__village=village, quarter=quarter)
    counted = here.values("group").annotate(all=Count("id"), open=Count("id", filter=Q(state="open")))
    return {row["group"]: (row["all"], row["open"]) for row in counted}
