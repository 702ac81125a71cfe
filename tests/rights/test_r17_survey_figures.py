"""R17: a published figure covers at least ten residents, and so does everybody outside it."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.rules import figures, surveys
from gongfen.rules.figures import LEAST
from gongfen.rules.surveys import Asks, Form, OnlyIf, Option, Question

PARTS = ("east", "west", "hill")
FORM = Form(
    (
        Question("part", Asks.ONE, "住哪", options=tuple(Option(code, code) for code in PARTS)),
        Question("wants", Asks.MANY, "要什么", options=(Option("lamp", "灯"), Option("bridge", "桥"))),
        Question("rain", Asks.SCALE, "雨天路好吗", least=1, most=3, only_if=OnlyIf("part", ("hill",))),
    )
)
PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.fixed_dictionaries(
            {},
            optional={
                "part": st.sampled_from((*PARTS, surveys.PREFER_NOT)),
                "wants": st.lists(st.sampled_from(("lamp", "bridge")), max_size=3),
                "rain": st.integers(1, 3),
            },
        ),
    ),
    max_size=6,
)


def published(people):
    answers = [surveys.read_answers(FORM, answer) for times, answer in people for _ in range(times)]
    columns = {question.code: [answer[question.code] for answer in answers] for question in FORM.questions}
    return columns, {figure.question: figure for figure in figures.publish(FORM, columns)}


@given(PEOPLE)
@settings(max_examples=200, deadline=None)
def test_no_cell_and_no_remainder_is_under_ten(people):
    """Whoever subtracts what is shown from the whole is left with nobody or with more than nine."""
    shown = published(people)[1]
    for code in ("part", "rain"):
        figure = shown[code]
        seen = [number for number in figure.cells.values() if number is not None]
        assert all(number >= LEAST for number in seen)
        if figure.asked is None:
            assert seen == []
            continue
        hidden = [cell for cell, number in figure.cells.items() if number is None]
        rest = figure.asked - sum(seen)
        assert rest > LEAST if seen and hidden else rest in (0, figure.asked)
        assert all(figure.asked - number >= LEAST for number in seen)


@given(PEOPLE)
@settings(max_examples=200, deadline=None)
def test_the_number_asked_after_a_condition_tells_nothing_that_was_hidden(people):
    columns, shown = published(people)
    asked = shown["rain"].asked
    if asked is not None:
        assert shown["part"].cells["hill"] == asked
        assert len(columns["part"]) - asked >= LEAST


@given(PEOPLE)
@settings(max_examples=200, deadline=None)
def test_among_several_choices_those_who_chose_otherwise_are_ten_too(people):
    columns, shown = published(people)
    figure, given_ = shown["wants"], Counter()
    chose = sum(1 for answer in columns["wants"] if isinstance(answer, tuple))
    for answer in columns["wants"]:
        given_.update(answer if isinstance(answer, tuple) else ())
    for option in ("lamp", "bridge"):
        if figure.cells[option] is not None:
            assert figure.cells[option] == given_[option] >= LEAST
            assert chose - given_[option] >= LEAST


def test_one_single_voice_is_never_seen():
    shown = published([(40, {"part": "east"}), (30, {"part": "west"}), (1, {"part": "hill"})])[1]
    assert shown["part"].cells == {"east": 40, "west": None, "hill": None, "prefer_not": None, "blank": None}
    assert shown["rain"].asked is None


def test_two_almost_equal_surveys_differ_in_nothing_that_names_one_person():
    """Two villages alike but for one resident's answer in a small cell publish the same."""
    with_zhang = published([(40, {"part": "east"}), (30, {"part": "west"}), (3, {"part": "hill"})])[1]
    without = published([(40, {"part": "east"}), (30, {"part": "west"}), (3, {"part": "prefer_not"})])[1]
    assert with_zhang == without
