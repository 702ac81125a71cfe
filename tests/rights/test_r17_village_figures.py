"""R17: the village's own figures tell of nobody: at least ten stand behind each, at least ten do not, and no
subtraction of one figure from another, in one table or in two, leads to fewer."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfen.ledger.models import DaySum
from gongfen.people.founding import Joining, join_many
from gongfen.rules.figures import LEAST, Cell, hide_amounts, tell_count
from gongfen.statements import day_sums
from gongfen.statements.figures import glance
from tests.earning_life import DAY, Life

KINDS = ("labor", "volunteering", "affairs", "article")
VILLAGE = 60
# Who took part in what: crowds of residents, each in one kind, some in several.
CROWDS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.integers(0, 30), st.integers(1, 500)), max_size=8
)


def took_part(crowds) -> dict[str, dict[int, int]]:
    """Kind → resident → hundredths of a point."""
    found: dict[str, dict[int, int]] = {kind: {} for kind in KINDS}
    for kind, first, many, points in crowds:
        for resident in range(first, min(first + many, VILLAGE)):
            found[kind][resident] = found[kind].get(resident, 0) + points
    return found


def published(found, of: int = VILLAGE):
    cells = {kind: Cell(sum(those.values()), len(those)) for kind, those in found.items()}
    everyone = {resident for those in found.values() for resident in those}
    whole = Cell(sum(cell.amount for cell in cells.values()), len(everyone))
    return whole, everyone, hide_amounts(whole, cells, of)


@given(CROWDS)
@settings(max_examples=300, deadline=None)
def test_ten_stand_behind_every_figure_and_ten_do_not(crowds):
    found = took_part(crowds)
    _, everyone, (told, shown) = published(found)
    if told is None:
        assert set(shown.values()) == {None}
        return
    assert LEAST <= len(everyone) <= VILLAGE - LEAST
    for kind, amount in shown.items():
        if amount is not None:
            assert amount == sum(found[kind].values())
            assert LEAST <= len(found[kind]) <= VILLAGE - LEAST


@given(CROWDS)
@settings(max_examples=300, deadline=None)
def test_what_subtraction_leaves_is_of_ten_people_or_nothing(crowds):
    """The whole less everything that is shown: all that one table lets anybody derive."""
    found = took_part(crowds)
    _, _, (told, shown) = published(found)
    hidden = [kind for kind in shown if shown[kind] is None]
    if told is not None and hidden and len(hidden) < len(KINDS):
        assert len({resident for kind in hidden for resident in found[kind]}) >= LEAST


@given(CROWDS)
@settings(max_examples=300, deadline=None)
def test_two_tables_of_one_month_hide_the_same_cells(crowds):
    """Points and minutes go by the same people: neither table opens a cell that the other hides."""
    points = took_part(crowds)
    minutes = {kind: {who: 60 * amount + 1 for who, amount in those.items()} for kind, those in points.items()}
    hidden = [{kind for kind, amount in published(each)[2][1].items() if amount is None} for each in (points, minutes)]
    assert hidden[0] == hidden[1]


@given(CROWDS, CROWDS)
@settings(max_examples=100, deadline=None)
def test_a_table_and_a_later_one_differ_by_nobody(before, after):
    """Months do not overlap and are told when they are over: two tables share no act, so their difference is of all
    the people of both."""
    for one in (before, after):
        found = took_part(one)
        _, everyone, (told, _) = published(found)
        assert told is None or len(everyone) >= LEAST


def test_a_count_and_its_complement():
    assert [tell_count(many, 30) for many in (0, 9, 10, 20, 21, 30)] == [None, None, 10, 20, None, None]


# --- as the village sees it ------------------------------------------------------------------------------------------

SOME = tuple(f"村民{n:02}" for n in range(40))


def village_that_worked(days: int = 40) -> Life:
    """Forty more residents; twelve did common work, four went to a meeting, forty days ago."""
    life = Life()
    joining = [Joining(str(100 + n), "二组", name, is_head=True) for n, name in enumerate(SOME)]
    for resident in join_many(life.village, joining, by=life.town.subject, now=life.now):
        resident.town = life.town
        life.people[resident.name] = resident
    work = life.publish("labor", "unpaid", title="修水渠", ends_at=life.now + 5 * DAY)
    care = life.publish("volunteering", "care", title="陪护", ends_at=life.now + 5 * DAY)
    help_out = life.publish("volunteering", "common", title="扫街", ends_at=life.now + 5 * DAY)
    life.now += DAY
    made = [life.claim(work, name, grade="witnessed", by=life.clerk, day="whole") for name in SOME[:12]]
    made += [life.claim(care, name, grade="witnessed", by=life.clerk, minutes=120) for name in SOME[20:24]]
    made += [life.claim(help_out, name, grade="witnessed", by=life.clerk, minutes=120) for name in SOME[24:27]]
    life.approve(*made)
    life.days_pass(7)
    life.now += timedelta(days=days)
    day_sums.follow_all(life.town)
    return life


@pytest.mark.django_db
def test_a_small_kind_is_hidden_and_what_would_tell_it_too():
    life = village_that_worked()
    month = DaySum.of(life.town).filter(what="award").order_by("day").first().day.replace(day=1)
    found = glance(life.village, "zh", life.now, month)
    assert found.month.points is not None
    assert {one.kind: one.points for one in found.kinds} == {"labor": None, "volunteering": None}


@pytest.mark.django_db
def test_a_month_that_is_told_never_changes():
    life = village_that_worked()
    month = DaySum.of(life.town).filter(what="award").order_by("day").first().day.replace(day=1)
    told = glance(life.village, "zh", life.now, month)
    again = life.publish("labor", "unpaid", title="修路", ends_at=life.now + 5 * DAY)
    life.approve(*[life.claim(again, name, grade="witnessed", by=life.clerk, day="whole") for name in SOME[:3]])
    life.days_pass(40)
    day_sums.follow_all(life.town)
    later = glance(life.village, "zh", life.now, month)
    assert (later.month, later.kinds) == (told.month, told.kinds)


@pytest.mark.django_db
def test_the_month_that_runs_is_not_told():
    life = village_that_worked(days=0)
    found = glance(life.village, "zh", life.now)
    assert [one.first for one in found.months if one.first >= life.now.date().replace(day=1)] == []
    assert glance(life.village, "zh", life.now, life.now.date()).month == found.month


@pytest.mark.django_db
def test_a_month_is_told_only_when_all_its_acts_are_summed():
    life = village_that_worked()
    day_sums.begin_anew(life.town)
    day_sums.follow(life.town, a_step=3)
    assert glance(life.village, "zh", life.now).months == []
