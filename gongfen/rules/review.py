"""Who may decide: two different people for every point, never for oneself, one's household or one's own record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongfen.rules.refusals import Refusal

MACHINE, WITNESSED, TYPED = "machine", "witnessed", "typed"
GRADES = (MACHINE, WITNESSED, TYPED)
DAILY_BUDGET = 500_000  # hundredths of a point that one reviewer approves in a day
SECOND_LOOK_FROM = 20_000  # hundredths of a point in one claim that want a second reviewer
SET_MOST = 400  # claims that one call decides


class OwnMatter(Refusal):
    """Nobody decides for oneself."""

    code = "own_matter"


class OwnHousehold(Refusal):
    """Nobody decides for one's own household."""

    code = "own_household"


class OwnRecord(Refusal):
    """Who wrote it down does not decide it."""

    code = "own_record"


class DecidedBefore(Refusal):
    """Who decided it before does not decide it again."""

    code = "decided_before"


class TwoPeopleNeeded(Refusal):
    """The second step is for a second person, of another household."""

    code = "two_people_needed"


class ReviewBudgetSpent(Refusal):
    """The reviewer approved enough for one day; the rest is for another reviewer, or for tomorrow."""

    code = "review_budget_spent"


class SetTooLarge(Refusal):
    """More lines than one call decides."""

    code = "set_too_large"


@dataclass(frozen=True)
class Person:
    """Whom the conflict rules look at: a subject and the id of a household."""

    subject: int
    household: int


def check_second(first: Person, second: Person) -> None:
    """Refuse a second step by the first person or somebody of the same household."""
    if first.subject == second.subject or first.household == second.household:
        raise TwoPeopleNeeded()


def conflict(
    reviewer: Person, claimant: Person, *, recorded_by: int, decided_by: Iterable[int | None] = ()
) -> Refusal | None:
    """Why this person may not decide this claim; None when they may."""
    if reviewer.subject == claimant.subject:
        return OwnMatter()
    if reviewer.household == claimant.household:
        return OwnHousehold()
    if reviewer.subject == recorded_by:
        return OwnRecord()
    if reviewer.subject in decided_by:
        return DecidedBefore()
    return None


def wants_review(*, proof: str, confirmed: bool, grade: str, own: bool, related: bool) -> bool:
    """Does a person look at this claim before its notice?

    Own taps and own check-ins rest on the two people who published and approved the activity; unless the kind is
    `confirmed` by somebody, somebody else wrote it down (`own` is false), or one of the two is of the claimant's
    household (`related`).
    """
    if proof == "agreed":
        return False
    if proof == "review" or related or not own:
        return True
    return proof == "check_in" and (confirmed or grade != MACHINE)


def wants_second_look(points: int, kind: str, *, threshold: int, kinds: Collection[str] = ()) -> bool:
    """Is it so much, or of such a kind, that two reviewers decide?"""
    return points >= threshold or kind in kinds


class Day:
    """What one reviewer has approved today, in hundredths of a point."""

    def __init__(self, spent: int, budget: int) -> None:
        self.spent, self.budget = spent, budget

    def check(self, points: int) -> Refusal | None:
        """The refusal when `points` more would be too much for today."""
        if self.spent + points <= self.budget:
            return None
        return ReviewBudgetSpent(left=max(self.budget - self.spent, 0), points=points)

    def spend(self, points: int) -> None:
        """Count what was approved."""
        self.spent += points


def check_set(lines: int) -> None:
    """Refuse more lines than one call decides."""
    if lines > SET_MOST:
        raise SetTooLarge(lines=lines, most=SET_MOST)
