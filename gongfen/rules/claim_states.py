"""Where terms, activities and claims can be, and which step leads where. Whoever moves one, moves it by this table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from gongfen.rules.refusals import Refusal

S = TypeVar("S", bound=StrEnum)
Steps = Mapping[S, Mapping[str, S]]


class WrongState(Refusal):
    """The step is not possible from where the thing is."""

    code = "wrong_state"


class TermsState(StrEnum):
    """Terms are proposed, then decided or dropped. In force and replaced follow from the days alone."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DROPPED = "dropped"


class ActivityState(StrEnum):
    """From the draft to the day when what was left of its budget went home."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class ClaimState(StrEnum):
    """From "I did this" to points in the book."""

    MADE = "made"
    SECOND_LOOK = "second_look"
    IN_NOTICE = "in_notice"
    OBJECTED = "objected"
    REFUSED = "refused"
    APPEALED = "appealed"
    AWARDED = "awarded"
    REVERSED = "reversed"


TERMS: Steps[TermsState] = MappingProxyType(
    {
        TermsState.PROPOSED: {"decide": TermsState.DECIDED, "drop": TermsState.DROPPED},
        TermsState.DECIDED: {},
        TermsState.DROPPED: {},
    }
)
ACTIVITY: Steps[ActivityState] = MappingProxyType(
    {
        ActivityState.DRAFT: {"approve": ActivityState.APPROVED, "drop": ActivityState.DROPPED},
        ActivityState.APPROVED: {
            "edit": ActivityState.DRAFT,
            "publish": ActivityState.PUBLISHED,
            "drop": ActivityState.DROPPED,
        },
        ActivityState.PUBLISHED: {"open": ActivityState.OPEN, "close": ActivityState.CLOSED},
        ActivityState.OPEN: {"close": ActivityState.CLOSED},
        ActivityState.CLOSED: {},
        ActivityState.DROPPED: {},
    }
)
CLAIM: Steps[ClaimState] = MappingProxyType(
    {
        ClaimState.MADE: {
            "approve": ClaimState.IN_NOTICE,
            "ask_second": ClaimState.SECOND_LOOK,
            "refuse": ClaimState.REFUSED,
        },
        ClaimState.SECOND_LOOK: {"approve": ClaimState.IN_NOTICE, "refuse": ClaimState.REFUSED},
        ClaimState.IN_NOTICE: {"award": ClaimState.AWARDED, "object": ClaimState.OBJECTED},
        ClaimState.OBJECTED: {"approve": ClaimState.IN_NOTICE, "refuse": ClaimState.REFUSED},
        ClaimState.REFUSED: {"appeal": ClaimState.APPEALED},
        ClaimState.APPEALED: {"approve": ClaimState.IN_NOTICE, "refuse": ClaimState.REFUSED},
        ClaimState.AWARDED: {"reverse": ClaimState.REVERSED},
        ClaimState.REVERSED: {},
    }
)

TAKES_CLAIMS = frozenset({ActivityState.PUBLISHED, ActivityState.OPEN})
WAITS_FOR_REVIEW = frozenset({ClaimState.MADE, ClaimState.SECOND_LOOK, ClaimState.OBJECTED, ClaimState.APPEALED})
UNDECIDED = WAITS_FOR_REVIEW | {ClaimState.IN_NOTICE}  # while a claim is here, its activity stays open
COUNTS = UNDECIDED | {ClaimState.AWARDED}  # what counts against the caps


def step(table: Steps[S], state: S, verb: str) -> S:
    """Where `verb` leads from `state`, or the refusal that names both."""
    to = table[state].get(verb)
    if to is None:
        raise WrongState(state=str(state), step=verb)
    return to
