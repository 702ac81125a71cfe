"""Which two people stand behind an act: who wrote it down or asked for it, and who approved it. By subject, no names.

What the clock grants when an appeal is overdue has no second person, and says so; nor has what a town was founded with.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import F

from gongfen.activities.models import Activity, Appeal, Claim, ReviewRulesWish, TermsVersion
from gongfen.dividends.models import Advance, AdvanceState, Run, RunState
from gongfen.fund.models import Slip, SlipState
from gongfen.journal.models import Act
from gongfen.rules.places import number_of
from gongfen.shops.models import Asking, AskingState
from gongfen.town.models import Town

CHUNK = 2_000
FOUNDING, OVERDUE = "founding", "overdue"
PAID_BY_TWO = (RunState.PAYING, RunState.CLOSED)


class Approval(NamedTuple):
    """An act by its number, the two people (subjects, 0 where there is none), and why there is no second one."""

    number: int
    verb: str
    first: int
    second: int
    why: str = ""


def approvals(town: Town) -> Iterator[Approval]:
    """Every act that needs two people, with both of them."""
    yield from _slips(town)
    yield from _of_facts(town, "payout.approve", "prepared_by")
    yield from _of_facts(town, "merchant.list", "asked_by")
    yield from _of_facts(town, "role.give", "approved_by")
    yield from _of_facts(town, "role.end", "approved_by")
    yield from _of_facts(town, "books.close", "prepared_by")
    yield from _askings(town)
    yield from _activities(town)
    yield from _terms(town)
    yield from _review_rules(town)
    yield from _awards(town)
    yield from _runs(town)


def _slips(town: Town) -> Iterator[Approval]:
    rows = Slip.of(town).filter(state=SlipState.APPROVED).order_by("id")
    for act, first, second in rows.values_list("act_id", "recorded_by", "approved_by").iterator(chunk_size=CHUNK):
        yield Approval(number_of(act or 0), "money.receive", first, second or 0)


def _of_facts(town: Town, verb: str, other: str) -> Iterator[Approval]:
    """Acts whose facts name the other person."""
    rows = Act.of(town).filter(verb=verb).order_by("id").values_list("id", "by", "facts")
    for act, by, facts in rows.iterator(chunk_size=CHUNK):
        founding = FOUNDING if by == town.subject else ""
        yield Approval(number_of(act), verb, int(facts.get(other) or 0), by, founding)


def _askings(town: Town) -> Iterator[Approval]:
    rows = Asking.of(town).filter(state=AskingState.APPROVED).select_related("asked_by", "decided_by").order_by("id")
    some: list[Asking] = []
    for row in rows.iterator(chunk_size=CHUNK):
        some.append(row)
        if len(some) == CHUNK:
            yield from _of_askings(town, some)
            some = []
    yield from _of_askings(town, some)


def _of_askings(town: Town, rows: list[Asking]) -> Iterator[Approval]:
    keys = {f"asking/{row.id}": row for row in rows}
    acts = Act.of(town).filter(key__in=list(keys)).order_by("id")
    for act, key, verb in acts.values_list("id", "key", "verb"):
        row = keys[key]
        if verb != "merchant.list":  # told by its facts already
            second = row.decided_by.subject if row.decided_by else 0
            yield Approval(number_of(act), verb, row.asked_by.subject, second)


def _activities(town: Town) -> Iterator[Approval]:
    """Who drafted an activity and who approved it stand behind its publication."""
    names = ("id", "drafted_by", "approved_by")
    two = {row: (first, second) for row, first, second in Activity.of(town).values_list(*names)}
    rows = Act.of(town).filter(verb="activity.publish").order_by("id").values_list("id", "verb", "facts")
    for act, verb, facts in rows.iterator(chunk_size=CHUNK):
        first, second = two.get(int(facts["activity"]), (0, 0))
        yield Approval(number_of(act), verb, first, second or 0)


def _terms(town: Town) -> Iterator[Approval]:
    rows = TermsVersion.of(town).filter(act__isnull=False).order_by("id")
    for act, first, second in rows.values_list("act", "proposed_by", "decided_by").iterator(chunk_size=CHUNK):
        founding = FOUNDING if town.subject in (first, second) else ""
        yield Approval(number_of(act or 0), "terms.decide", first, second or 0, founding)


def _review_rules(town: Town) -> Iterator[Approval]:
    """Who wished for other rules of reviewing, and who agreed."""
    wishes = ReviewRulesWish.of(town).filter(state="agreed").values_list("id", "asked_by", "decided_by")
    two = {f"review-rules/{wish}/agree": (first, second) for wish, first, second in wishes}
    for act, key in Act.of(town).filter(key__in=list(two)).order_by("id").values_list("id", "key"):
        first, second = two[key]
        yield Approval(number_of(act), "review_rules.agree", first, second or 0)


def _awards(town: Town) -> Iterator[Approval]:
    """A claim that was reviewed has its recorder and its reviewer; one proved by itself has its activity's two."""
    overdue = set(Appeal.of(town).filter(state="overdue").values_list("claim_id", flat=True))
    rows = Claim.of(town).filter(awarded_act__isnull=False).order_by("id")
    two = rows.annotate(drafted=F("activity__drafted_by"), approved=F("activity__approved_by"))
    names = ("id", "awarded_act", "recorded_by", "decided_by", "drafted", "approved")
    for claim, act, recorded, decided, drafted, approved in two.values_list(*names).iterator(chunk_size=CHUNK):
        why = OVERDUE if claim in overdue else ""
        first, second = (recorded, decided) if decided else (drafted, approved)
        yield Approval(number_of(act or 0), "claim.award", first, second or 0, why)


def _runs(town: Town) -> Iterator[Approval]:
    numbers: dict[str, int] = {}
    paid: Any = Act.of(town).filter(verb__in=("run.pay", "advance.pay")).order_by("id").values_list("id", "facts")
    for act, facts in paid:
        numbers[facts.get("advance") or facts["run"]] = number_of(act)
    for run in Run.of(town).filter(state__in=PAID_BY_TWO).order_by("id"):
        yield Approval(numbers[str(run.id)], "run.pay", run.first_confirmer or 0, run.second_confirmer or 0)
    for row in Advance.of(town).filter(state=AdvanceState.PAID).order_by("id"):
        yield Approval(numbers[str(row.id)], "advance.pay", row.asked_by, row.decided_by or 0)
