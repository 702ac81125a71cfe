"""Whatever people do in whatever order: every claim stays in its table, and every point has its money."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.activities import publishing, reversals
from gongfen.activities.models import Claim, Reversal
from gongfen.fund import moves
from gongfen.ledger.queries import outstanding
from gongfen.rules.claim_states import CLAIM, ClaimState
from gongfen.rules.refusals import Refusal
from tests.earning_life import Life

PEOPLE = ("li", "wang", "reviewer", "reviewers_wife", "lis_wife")
REVIEWERS = ("reviewer", "second", "third", "li")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.sampled_from(PEOPLE), st.integers(1, 720)),
        st.tuples(st.just("approve"), st.sampled_from(REVIEWERS), st.integers(0, 5)),
        st.tuples(st.just("refuse"), st.sampled_from(REVIEWERS), st.integers(0, 5)),
        st.tuples(st.just("object"), st.sampled_from(PEOPLE), st.integers(0, 5)),
        st.tuples(st.just("appeal"), st.sampled_from(PEOPLE), st.integers(0, 5)),
        st.tuples(st.just("correct"), st.sampled_from(REVIEWERS), st.integers(0, 5)),
        st.tuples(st.just("days"), st.just(""), st.integers(1, 9)),
        st.tuples(st.just("close"), st.just("organiser"), st.just(0)),
    ),
    min_size=5,
    max_size=25,
)
ONE_STEP = {(str(here), str(to)) for here, ways in CLAIM.items() for to in ways.values()}


class Play:
    """One village, and what it did so far."""

    def __init__(self) -> None:
        self.life = Life(code=9)
        self.weeding = self.life.publish(budget_points=1_500, ends_at=self.life.now + timedelta(days=300))
        self.made: list[Claim] = []
        self.all_in = self.sum()

    def sum(self) -> int:
        """All the common money there is, wherever it lies."""
        return self.life.fund() + self.life.budget(self.weeding) + self.life.backing()

    def play(self, step: str, who: str, number: int) -> None:
        life = self.life
        claim = self.made[number % len(self.made)] if self.made else None
        try:
            if step == "claim":
                self.made.append(life.claim(self.weeding, who, minutes=number))
            elif step == "days":
                life.days_pass(number)
            elif step == "close":
                publishing.close_activity(life.organiser, self.weeding.id, now=life.now)
            elif claim is not None:
                self.decide(step, who, claim)
        except Refusal:
            return

    def decide(self, step: str, who: str, claim: Claim) -> None:
        life = self.life
        if step == "approve":
            life.approve(claim, by=life.people[who])
        elif step == "refuse":
            life.refuse(claim, by=life.people[who])
        elif step == "object":
            life.object(claim, who=who)
        elif step == "appeal":
            life.appeal(claim, who=who)
        else:
            asked = reversals.ask_reversal(life.people[who], claim.id, "记重了", now=life.now)
            owner = next(one for one in life.people.values() if one.id == claim.resident_id)
            reversals.consent_to_reversal(owner, asked.id, now=life.now)

    def check(self, before: dict[int, str]) -> dict[int, str]:
        life = self.life
        after = dict(Claim.of(life.town).values_list("id", "state"))
        for claim, state in before.items():
            assert after[claim] == state or reachable(state, after[claim]), (state, after[claim])
        assert life.backing() == outstanding(life.town) * life.town.par
        assert self.sum() == self.all_in
        given_out = sum(Claim.of(life.town).filter(state=ClaimState.AWARDED).values_list("points", flat=True))
        assert given_out == outstanding(life.town)
        for claim in Claim.of(life.town).select_related("resident"):
            decided = {claim.decided_by, claim.second_by} - {None}
            assert claim.recorded_by not in decided
            assert claim.resident.subject not in decided
            homes = {one.subject: one.household_id for one in life.people.values()}
            assert claim.resident.household_id not in {homes[subject] for subject in decided}
        assert Reversal.of(life.town).filter(state="agreed").count() == len(
            [state for state in after.values() if state == ClaimState.REVERSED]
        )
        assert life.money(moves.cash(life.li.subject)) == 0
        return after


def reachable(here: str, to: str) -> bool:
    """In one step, or in the two that a night may take: granted by the clock, then awarded after its notice."""
    return (here, to) in ONE_STEP or any(
        (here, mid) in ONE_STEP and (mid, to) in ONE_STEP for mid in map(str, ClaimState)
    )


@pytest.mark.django_db
@settings(max_examples=10, deadline=None)
@given(steps)
def test_every_claim_stays_in_its_table_and_every_point_has_its_money(season):
    with transaction.atomic():
        play = Play()
        states: dict[int, str] = {}
        for step in season:
            play.play(*step)
            states = play.check(states)
        transaction.set_rollback(True)
