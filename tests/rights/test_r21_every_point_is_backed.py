"""R21: points issued are never more than the money set aside, and are paid at par: after anything people do."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongfen.fund import moves
from gongfen.fund.queries import cover
from gongfen.ledger.accounts import open_accounts
from gongfen.ledger.batch import one_batch
from gongfen.rules.posting import Address, Kind
from gongfen.rules.refusals import Refusal
from tests.village import NOW, founded

WHO = ("王芳", "赵大伯", "李大伯")
STEPS = st.lists(
    st.tuples(st.sampled_from(["award", "pay", "help", "back"]), st.sampled_from(WHO), st.integers(1, 40_000)),
    max_size=12,
)


class Backed(TestCase):
    """One village, many lives of it."""

    @given(STEPS)
    def test_whatever_people_do(self, steps: list[tuple[str, str, int]]) -> None:
        daicun = founded()
        town, shop, activity = daicun.town, daicun["陈小芳"].subject, 77
        open_accounts(town, [Address(Kind.TILL, shop), Address(Kind.BUDGET, activity)])
        with one_batch(town, NOW) as batch:
            batch.act(key="publish", verb="activity.publish", by=town.subject, about=activity).moves(
                *moves.set_aside(moves.fund(daicun.village.subject), activity, 60_000 * town.par)
            )
        for number, (step, who, amount) in enumerate(steps):
            me = daicun[who].subject
            with one_batch(town, NOW) as batch:
                act = batch.act(key=f"step/{number}", verb="claim.award", by=town.subject, about=me)
                if step == "award":
                    act.moves(*moves.award(town, activity, me, amount))
                elif step == "help":
                    act.moves(*moves.help_given(me, daicun["王小刘"].subject, amount))
                elif step == "back":
                    act.moves(*moves.hand_back(town, daicun.village.subject, me, amount))
                else:
                    sum_of = amount * 100
                    act.moves_from(
                        lambda read, me=me, sum_of=sum_of: moves.pay(
                            town, me, moves.till(shop), sum_of, has_cash=read(moves.cash(me))
                        ),
                        touching=[
                            moves.cash(me), moves.points(me), moves.till(shop), moves.issuance(town),
                            moves.backing(town),
                        ],
                    )  # fmt: skip
            assert len(batch.answers) == 1
            if not isinstance(batch.answers[0], Refusal):
                assert cover(town).is_whole, (step, who, amount)
        assert cover(town).is_whole
