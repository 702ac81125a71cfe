"""R31: no reward for reporting on others, for an answer, or for time on a page. A test over all kinds."""

from itertools import product

import pytest

from gongfen.activities.kinds import all_kinds
from gongfen.activities.kinds.form import Choice, Hours, Number, ShortText

KINDS = sorted(all_kinds().values(), key=lambda kind: kind.key)
ON_OTHERS = ("举报", "揭发", "告发", "投诉", "监督他人", "report", "complain", "denounce", "inform on", "whistle")
ON_A_PAGE = ("阅读时长", "浏览", "滚动", "答题得分", "正确率", "seconds", "scroll", "dwell", "quiz", "right answer")
# Time counts where a body is somewhere and a hand does something; never in front of a page.
MAY_COUNT_TIME = {"volunteering", "affairs", "neighbours_help"}
# The one number that two people agree on between themselves.
MAY_COUNT_A_NUMBER = {("neighbours_help", "points")}
# Half or a whole day of labor is how much, not which answer.
MAY_COUNT_A_CHOICE = {("labor", "day")}


def names(kind):
    yield kind.key
    for what in kind.whats:
        yield from (what.key, what.zh, what.en)
    for field in kind.form:
        yield from (field.name, field.zh, field.en)
        if isinstance(field, Choice):
            for option in field.options:
                yield from (option.key, option.zh, option.en)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_no_kind_asks_for_a_word_about_others_or_for_time_on_a_page(kind):
    said = " ".join(names(kind)).lower()
    assert not [word for word in ON_OTHERS + ON_A_PAGE if word in said]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_no_answer_is_worth_more_than_another(kind):
    """Whatever is chosen or written, points and minutes stay: only agreed amounts and time at the place count."""
    example = kind.examples[0]
    for field in kind.form:
        values = []
        if isinstance(field, Choice) and (kind.key, field.name) not in MAY_COUNT_A_CHOICE:
            values = [option.key for option in field.options]
        elif isinstance(field, ShortText):
            values = ["", "同意", "反对", "张三没有来", "好" * 200]
        elif isinstance(field, Number) and not isinstance(field, Hours):
            if (kind.key, field.name) in MAY_COUNT_A_NUMBER:
                continue
            values = [field.least, field.most]
        worth = set()
        for value in values:
            evidence = kind.read({**dict(example.evidence), field.name: value})
            worth.add((kind.points(example.terms, evidence), kind.minutes(example.terms, evidence)))
        assert len(worth) <= 1, f"{kind.key}.{field.name} is worth {worth}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_time_counts_only_where_people_are_present(kind):
    asks_time = any(isinstance(field, Hours) for field in kind.form)
    assert asks_time == (kind.key in MAY_COUNT_TIME)


def test_reading_and_surveys_know_one_worth_only():
    for key, said in product(("article", "survey"), ("read", "knew")):
        kind = all_kinds()[key]
        evidence = kind.read({"said": said}) if kind.form else kind.read({})
        assert kind.points(kind.usual[0], evidence) == kind.usual[0].points
        assert kind.minutes(kind.usual[0], evidence) == kind.usual[0].minutes
