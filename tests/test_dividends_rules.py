"""How a pool is shared: the golden results, and that no sum is lost for any input."""

import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.rules import dividend_file
from gongfen.rules.calculator import Guess, NothingToGuessBy, guess
from gongfen.rules.dividend import (
    BadPlan,
    Line,
    LinesOverPool,
    NoOneCountsAsHead,
    NoOneWithPoints,
    Outcome,
    Plan,
    Sharer,
    Unit,
    share_out,
    split,
)
from gongfen.rules.dividend_slip import decimal, steps

YUAN = 10_000
POINT = 100
VERIFY = Path(__file__).parent.parent / "tools" / "verify_dividend.py"


def paid(outcome: Outcome) -> dict[int, int]:
    return {share.slip: share.payout for share in outcome.shares}


def test_a_dachong_pays_by_the_exact_rate_and_not_by_a_rounded_one() -> None:
    """165,130 yuan over 668,819 points: 12,940 points are due 3,194.8586… yuan."""
    others = 668_819 - 12_940
    people = [Sharer(1, 1, 12_940 * POINT), Sharer(2, 1, others * POINT)]
    plan = Plan(pool=165_130 * YUAN, head_percent=0, unit=Unit.YUAN)
    outcome = share_out(plan, people)
    assert paid(outcome)[1] == 3_195 * YUAN
    assert paid(outcome)[1] != 3_235 * YUAN  # what a rate of 0.25 would have made of it
    in_fen = paid(share_out(Plan(pool=165_130 * YUAN, head_percent=0), people))[1]
    assert in_fen == 319_486 * 100
    due = next(step for step in steps(plan, outcome.sums, outcome.shares[0]) if step.name == "by_points")
    assert due.numbers["due"] == "3194.858698"


def test_b_the_textbook() -> None:
    people = [Sharer(1, 1, 1_000 * POINT), Sharer(2, 1, 199_000 * POINT)]
    assert paid(share_out(Plan(80_000 * YUAN, 0), people))[1] == 400 * YUAN


def test_c_the_largest_remainder_and_not_first_come() -> None:
    assert split(15, [80, 15, 5], whole=100, turn=0)[0] == [12, 2, 1]


def test_d_an_advance_above_the_share_is_forgiven_and_never_a_debt() -> None:
    people = [Sharer(1, 1, 0, advance=60 * YUAN), Sharer(2, 1, 0, advance=10 * YUAN)]
    outcome = share_out(Plan(100 * YUAN, head_percent=100), people)
    assert paid(outcome) == {1: 0, 2: 40 * YUAN}
    assert outcome.sums.forgiven == 10 * YUAN
    assert outcome.sums.payouts + outcome.sums.advances == outcome.sums.shared + outcome.sums.forgiven


def test_e_seven_parts_by_heads_and_three_by_labor_is_a_number_from_0_to_100() -> None:
    people = [Sharer(1, 1, 300 * POINT), Sharer(2, 1, 100 * POINT), Sharer(3, 1, 0)]
    assert paid(share_out(Plan(1_200 * YUAN, 70), people)) == {1: 550 * YUAN, 2: 370 * YUAN, 3: 280 * YUAN}
    assert paid(share_out(Plan(1_200 * YUAN, 100), people)) == {1: 400 * YUAN, 2: 400 * YUAN, 3: 400 * YUAN}
    assert paid(share_out(Plan(1_200 * YUAN, 0), people)) == {1: 900 * YUAN, 2: 300 * YUAN, 3: 0}


def test_f_there_is_no_place_to_say_what_anybody_spent() -> None:
    assert Sharer._fields == ("slip", "heads", "points", "advance")


def test_a_child_is_a_line_of_its_own_with_a_head_and_no_points() -> None:
    people = [Sharer(1, 1, 100 * POINT), Sharer(2, 1, 100 * POINT), Sharer(3, 1, 0)]
    assert paid(share_out(Plan(300 * YUAN, 50), people))[3] == 50 * YUAN


def test_costs_reserve_and_welfare_come_first_and_less_than_a_unit_stays_in_the_fund() -> None:
    lines = (Line("cost", money=1_000 * YUAN), Line("reserve", percent=5), Line("welfare", percent=3))
    plan = Plan(48_000 * YUAN + 5_500, 70, lines, Unit.YUAN)
    sums = share_out(plan, [Sharer(1, 1, 1)]).sums
    assert sums.lines == (1_000 * YUAN, 2_400 * YUAN + 200, 1_440 * YUAN + 100)
    assert sums.rest == 5_200
    assert sum(sums.lines) + sums.rest + sums.shared == plan.pool


def test_equals_take_turns_over_the_years() -> None:
    twins = [1, 1, 1]
    firsts = [split(1, twins, whole=3, turn=year)[0].index(1) for year in range(6)]
    assert firsts == [0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize(
    ("plan", "people", "refusal"),
    [
        (Plan(0, 0), [Sharer(1, 1, 1)], BadPlan(part="pool")),
        (Plan(150, 0), [Sharer(1, 1, 1)], BadPlan(part="pool")),
        (Plan(100, 101), [Sharer(1, 1, 1)], BadPlan(part="head_percent")),
        (Plan(100, 0, unit=7), [Sharer(1, 1, 1)], BadPlan(part="unit")),
        (Plan(100, 0, (Line("gift", money=100),)), [Sharer(1, 1, 1)], BadPlan(part="lines")),
        (Plan(100, 0, (Line("cost", money=200),)), [Sharer(1, 1, 1)], LinesOverPool(lines=200, pool=100)),
        (Plan(100, 30), [Sharer(1, 1, 0)], NoOneWithPoints()),
        (Plan(100, 30), [], NoOneCountsAsHead()),
        (Plan(100, 100), [Sharer(1, 0, 5)], NoOneCountsAsHead()),
    ],
)
def test_a_plan_that_nobody_could_compute_is_refused(plan: Plan, people: list[Sharer], refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as told:
        share_out(plan, people)
    assert told.value == refusal


people_of_a_village = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 90_000), st.integers(0, 400).map(lambda yuan: yuan * YUAN)),
    min_size=1,
    max_size=40,
)
plans = st.builds(
    Plan,
    pool=st.integers(1, 10**8).map(lambda fen: fen * 100),
    head_percent=st.integers(0, 100),
    lines=st.lists(
        st.builds(Line, kind=st.sampled_from(["cost", "reserve", "welfare"]), percent=st.integers(0, 20)), max_size=3
    ).map(tuple),
    unit=st.sampled_from([Unit.FEN, Unit.YUAN]),
    turn=st.integers(0, 50),
)


def sharers(rows: list[tuple[int, int, int]]) -> list[Sharer]:
    return [Sharer(slip * 7 + 1, heads, points, advance) for slip, (heads, points, advance) in enumerate(rows)]


@settings(deadline=None, max_examples=300)
@given(plans, people_of_a_village)
def test_no_hundredth_is_lost_and_nobody_is_far_from_their_due(plan: Plan, rows: list[tuple[int, int, int]]) -> None:
    people = sharers(rows)
    if not sum(p.heads for p in people) or not sum(p.points for p in people):
        return
    outcome = share_out(plan, people)
    sums = outcome.sums
    assert sums.payouts + sums.advances == sums.shared + sums.forgiven
    assert sum(sums.lines) + sums.rest + sums.shared == plan.pool
    assert sum(share.money for share in outcome.shares) == sums.shared
    assert all(share.payout >= 0 and share.money % plan.unit == 0 for share in outcome.shares)
    for share in outcome.shares:
        by_heads = Fraction(sums.shared * plan.head_percent * share.heads, 100 * sums.heads)
        by_points = Fraction(sums.shared * (100 - plan.head_percent) * share.points, 100 * sums.points)
        assert abs(share.money - by_heads - by_points) < plan.unit


@settings(deadline=None, max_examples=100)
@given(plans, people_of_a_village, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_plays_no_part(
    plan: Plan, rows: list[tuple[int, int, int]], shuffle: random.Random
) -> None:
    people = sharers(rows)
    if not sum(p.heads for p in people) or not sum(p.points for p in people):
        return
    mixed = list(people)
    shuffle.shuffle(mixed)
    assert share_out(plan, mixed) == share_out(plan, people)


@settings(deadline=None, max_examples=100)
@given(plans, people_of_a_village)
def test_the_public_file_is_recomputed_to_the_same_sums(plan: Plan, rows: list[tuple[int, int, int]]) -> None:
    people = sharers(rows)
    if not sum(p.heads for p in people) or not sum(p.points for p in people):
        return
    outcome = share_out(plan, people)
    text = "".join(dividend_file.make({"run": "1"}, plan, outcome.sums, outcome.shares))
    assert dividend_file.verify(text) == []
    assert dividend_file.read(text).shares == outcome.shares


@pytest.mark.parametrize("seed", range(6))
def test_the_separate_script_finds_the_same_and_sees_one_fen_moved(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    people = [Sharer(chance.randrange(10**12), 1, chance.choice([0, 100, 200, 4_550]), 0) for _ in range(200)]
    people += [Sharer(10**12 + child, 1, 0, 100 * YUAN * (child % 3)) for child in range(20)]
    lines = (Line("cost", money=1_234_500), Line("reserve", percent=5), Line("welfare", percent=3))
    plan = Plan(48_000 * YUAN, 10 * seed, lines, Unit.YUAN if seed % 2 else Unit.FEN, turn=seed)
    outcome = share_out(plan, people)
    file = tmp_path / "run.csv"
    text = "".join(dividend_file.make({"run": "1"}, plan, outcome.sums, outcome.shares))
    file.write_text(text, encoding="utf-8")
    right = subprocess.run([sys.executable, str(VERIFY), str(file)], capture_output=True, text=True, check=False)
    assert right.returncode == 0, right.stdout + right.stderr

    one, other = outcome.shares[0], outcome.shares[1]
    moved = [one._replace(payout=one.payout + 100), other._replace(payout=other.payout - 100), *outcome.shares[2:]]
    wrong_text = "".join(dividend_file.make({"run": "1"}, plan, outcome.sums, moved))
    file.write_text(wrong_text, encoding="utf-8")
    wrong = subprocess.run([sys.executable, str(VERIFY), str(file)], capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert str(one.slip) in wrong.stdout
    assert [d.what for d in dividend_file.verify(wrong_text)] == [str(one.slip), str(other.slip)]


def test_the_separate_script_is_short_and_needs_python_alone() -> None:
    text = VERIFY.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    imports = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import sys", "from fractions import Fraction"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("something else\n", 1),
        ("gongfen dividend,1\npool,abc\nslip,heads,points,advance,share,payout,forgiven\n", 2),
        ("gongfen dividend,1\npool,100\nslip,heads,points,advance,share,payout,forgiven\n1,1,1\n", 4),
        ("gongfen dividend,1\npool,100\nslip,heads,points,advance,share,payout,forgiven\n", 3),
    ],
)
def test_a_broken_file_says_at_which_line(text: str, line: int) -> None:
    with pytest.raises(dividend_file.BrokenFile) as told:
        dividend_file.read(text)
    assert told.value.facts == {"line": line}


def test_a_slip_can_be_followed_with_a_pencil() -> None:
    people = [Sharer(1, 1, 125 * POINT, advance=5 * YUAN), Sharer(2, 1, 75 * POINT), Sharer(3, 1, 0)]
    plan = Plan(1_000 * YUAN, 70, (Line("reserve", percent=5),), Unit.YUAN)
    outcome = share_out(plan, people)
    written = {step.name: step.numbers for step in steps(plan, outcome.sums, outcome.shares[0])}
    assert written["shared"] == {"money": 950 * YUAN}
    assert written["by_heads"]["part"] == "665.00"
    assert written["by_heads"]["due"] == "221.666666"  # 665 ÷ 3
    assert written["by_points"]["due"] == "178.125000"  # 285 × 125 ÷ 200
    assert written["rounding"] == {
        "unit": YUAN,
        "due": "399.791666",
        "part": 399,
        "remainder": "0.791666",
        "left_over": 2,
        "border": "0.666666",
        "extra": 1,
    }
    assert written["payout"] == {"money": 395 * YUAN}


def test_decimals_are_cut_off_and_never_rounded() -> None:
    assert decimal(2, 3) == "0.666666"
    assert decimal(199, 100, 1) == "1.9"


def test_the_calculator_gives_a_range_in_which_the_share_then_lies() -> None:
    asked = Guess(40_000 * YUAN, 48_000 * YUAN, 30, 1, 1_600, 125 * POINT, 150_000 * POINT, 200_000 * POINT)
    answer = guess(asked)
    assert (answer.least, answer.most) == (25 * YUAN, 37 * YUAN)
    assert answer.least < answer.most
    others = [Sharer(slip, 1, 0) for slip in range(2, 1_600)] + [Sharer(1_600, 1, 174_875 * POINT)]
    share = paid(share_out(Plan(44_000 * YUAN, 30), [Sharer(1, 1, 125 * POINT), *others]))[1]
    assert answer.least <= share <= answer.most


def test_a_guess_from_nothing_is_refused() -> None:
    with pytest.raises(NothingToGuessBy):
        guess(Guess(2, 1, 30, 1, 1, 1, 1, 1))
