"""A run from draft to the last share: what it moves, who is needed, and what is refused."""

from datetime import timedelta

import pytest

from gongfen.dividends import acts, objections, paying, queries
from gongfen.dividends.models import Run, RunObjection, RunState
from gongfen.dividends.queries_sets import earned
from gongfen.dividends.refusals import (
    NoticeOpen,
    NoticeOver,
    ObjectedAlready,
    ObjectionsOpen,
    PoolOverFund,
    RunChanged,
    RunConfirmedAlready,
    RunNotThere,
    RunPeriodOpen,
)
from gongfen.fund import moves
from gongfen.journal.models import Act
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.reversal import Reason, reverse
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident
from gongfen.rules import dividend_file
from gongfen.rules.dividend import Line, NoOneWithPoints, Plan
from gongfen.rules.posting import Kind
from tests.sharing import BEGINS, ENDS, LATER, again, award, confirmed, drafted, on_notice, paying_begun
from tests.village import NOW, POINT, YUAN, Daicun, daicun

__all__ = ["daicun"]


def pay_all(daicun: Daicun, run: Run, at_once: int = 10_000) -> int:
    return paying.pay_all(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=8), at_once=at_once)


def test_a_year_ends_with_everyone_paid_and_the_pool_empty(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    award(daicun, "李大伯", 10 * POINT)
    fund = daicun.fund()
    run = drafted(daicun, 1_400 * YUAN, 50, (Line("reserve", percent=5), Line("cost", money=30 * YUAN)))
    run = paying_begun(daicun, run)
    assert pay_all(daicun, run, at_once=5) == 14
    paying.close(daicun.town, run, by=daicun["周会计"], now=LATER)
    run = again(run)
    assert run.state == RunState.CLOSED
    assert run.totals is not None
    assert run.totals.shared == 1_300 * YUAN
    by_head, by_points = 650 * YUAN // 14, 650 * YUAN
    assert abs(daicun.cash("李大伯") - by_head - by_points // 4) < 100
    assert abs(daicun.cash("王芳") - 2 * by_head - by_points * 3 // 4) < 200  # her own line, and her child's
    assert daicun.has(Kind.CASH, daicun["王小明"].subject) == 0
    assert daicun.has(Kind.RESERVE, daicun.village.subject) == 70 * YUAN
    assert daicun.has(Kind.POOL, run.subject) == 0
    assert daicun.fund() == fund - 1_370 * YUAN
    assert sum(daicun.cash(name) for name in daicun.people) == 1_300 * YUAN


def test_paying_goes_on_where_it_stopped_and_pays_nothing_twice(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = paying_begun(daicun, drafted(daicun))
    paying.pay_some(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=8), at_once=6)
    assert queries.progress(daicun.town, run)["paid_shares"] == 6
    assert pay_all(daicun, run) == 8
    assert pay_all(daicun, run) == 0
    Run.of(daicun.town).filter(id=run.id).update(paid_slip=0)  # as if it were forgotten how far paying had come
    assert pay_all(daicun, run) == 0
    assert sum(daicun.cash(name) for name in daicun.people) == 1_000 * YUAN
    assert Act.of(daicun.town).filter(verb="dividend.share").count() == 14
    assert queries.progress(daicun.town, run)["unpaid"] == 0


def test_spending_plays_no_part_twins_get_the_same(daicun: Daicun) -> None:
    award(daicun, "赵大伯", 50 * POINT)
    award(daicun, "赵二", 50 * POINT)
    with one_batch(daicun.town, NOW) as batch:
        act = batch.act(key="spend", verb="points.redeem", by=daicun["赵二"].subject, about=daicun["赵二"].subject)
        act.moves(*moves.redeem(daicun.town, daicun["赵二"].subject, 50 * POINT))
    one(batch.answers)
    spent = daicun.cash("赵二")
    run = paying_begun(daicun, drafted(daicun, 1_400 * YUAN, 50))
    pay_all(daicun, run)
    assert daicun.points("赵二") == 0
    assert daicun.cash("赵二") - spent == daicun.cash("赵大伯") > 0


def test_neighbours_help_moves_points_but_nobody_has_earned_them(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    with one_batch(daicun.town, NOW) as batch:
        act = batch.act(key="help", verb="help.give", by=daicun["王芳"].subject, about=daicun["赵二"].subject)
        act.moves(*moves.help_given(daicun["王芳"].subject, daicun["赵二"].subject, 10 * POINT))
    one(batch.answers)
    run = drafted(daicun)
    assert earned(daicun.town, *queries.period(run)) == {daicun["王芳"].subject: 30 * POINT}


def test_a_reversed_award_was_not_earned_and_other_periods_do_not_count(daicun: Daicun) -> None:
    written = award(daicun, "王芳", 30 * POINT)
    award(daicun, "王芳", 5 * POINT)
    award(daicun, "赵二", 7 * POINT, now=LATER)
    with one_batch(daicun.town, LATER) as batch:
        wrong = Act.of(daicun.town).get(id=written.id)
        lines = {1: 20 * POINT, 2: 20 * YUAN}  # two thirds of it, points and money
        reverse(batch, wrong, by=daicun["吴审核"].subject, reason=Reason.CONSENT, key="wrong", lines=lines)
    one(batch.answers)
    run = drafted(daicun)
    assert earned(daicun.town, *queries.period(run)) == {daicun["王芳"].subject: 15 * POINT}


def test_who_left_has_no_line_and_who_is_not_on_the_voted_list_no_head(daicun: Daicun) -> None:
    award(daicun, "赵二", 10 * POINT)
    award(daicun, "李大伯", 10 * POINT)
    Resident.of(daicun.town).filter(name="李大伯").update(left_at=NOW)
    Resident.of(daicun.town).filter(name__in=["赵二", "王小明"]).update(counts_as_head=False)
    found = {line.resident: line for line in queries.lines_of(daicun.town, drafted(daicun))}
    assert daicun["李大伯"].subject not in found
    assert daicun["王小明"].subject not in found
    assert found[daicun["赵二"].subject].heads == 0
    assert found[daicun["赵二"].subject].points == 10 * POINT


def test_a_child_without_a_guardian_is_paid_to_the_head_of_the_household(daicun: Daicun) -> None:
    Resident.of(daicun.town).filter(name="王小明").update(guardian=None)
    found = {line.resident: line for line in queries.lines_of(daicun.town, drafted(daicun))}
    assert found[daicun["王小明"].subject].payee == daicun["王芳"].subject
    Resident.of(daicun.town).filter(name="王芳").update(left_at=NOW)
    with pytest.raises(queries.NoGuardian) as told:
        queries.lines_of(daicun.town, drafted(daicun, key="draft/2"))
    assert told.value.facts == {"children": 1}


def test_the_same_key_is_the_same_draft_and_the_next_run_has_the_next_turn(daicun: Daicun) -> None:
    first = drafted(daicun)
    assert drafted(daicun).id == first.id
    assert (first.turn, drafted(daicun, key="draft/2").turn) == (0, 1)


def test_two_people_of_two_households_confirm_what_both_have_seen(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun)
    town, treasurer, supervisor = daicun.town, daicun["周会计"], daicun["韩监督"]
    with pytest.raises(RunNotThere):
        acts.confirm(town, run, by=treasurer, digest="", now=LATER)
    acts.simulate(town, run, by=treasurer, now=LATER)
    seen = again(run).digest
    with pytest.raises(NotYourRole):
        acts.confirm(town, run, by=daicun["王芳"], digest=seen, now=LATER)
    assert acts.confirm(town, run, by=treasurer, digest=seen, now=LATER).is_new
    assert not acts.confirm(town, run, by=treasurer, digest=seen, now=LATER).is_new
    assert again(run).state == RunState.SIMULATED
    assert daicun.has(Kind.POOL, run.subject) == 0
    acts.simulate(town, run, by=treasurer, now=LATER)
    with pytest.raises(RunChanged):
        acts.confirm(town, run, by=supervisor, digest=seen, now=LATER)
    run = confirmed(daicun, run)
    assert run.state == RunState.CONFIRMED
    assert daicun.has(Kind.POOL, run.subject) == 1_000 * YUAN


def test_one_household_is_not_two_people(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun)
    home = daicun["周会计"].household_id
    Resident.of(daicun.town).filter(name="韩监督").update(household_id=home, is_head=False)
    acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
    digest = again(run).digest
    acts.confirm(daicun.town, run, by=daicun["周会计"], digest=digest, now=LATER)
    with pytest.raises(NeedsTwoPeople):
        acts.confirm(daicun.town, run, by=daicun["韩监督"], digest=digest, now=LATER)


def test_a_run_confirmed_by_two_is_not_confirmed_again(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = confirmed(daicun, drafted(daicun))
    third = daicun["孙审计"]
    third.roles.create(town=daicun.town, role="supervisor", village=daicun.village, given_at=NOW)
    with pytest.raises(RunConfirmedAlready):
        acts.confirm(daicun.town, run, by=third, digest=run.digest, now=LATER)
    assert daicun.has(Kind.POOL, run.subject) == 1_000 * YUAN


def test_a_pool_larger_than_the_fund_is_refused_with_what_is_missing(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun, pool=9_000 * YUAN)
    acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
    digest = again(run).digest
    acts.confirm(daicun.town, run, by=daicun["周会计"], digest=digest, now=LATER)
    with pytest.raises(PoolOverFund) as told:
        acts.confirm(daicun.town, run, by=daicun["韩监督"], digest=digest, now=LATER)
    assert told.value.facts["missing"] == 30 * YUAN
    assert again(run).state == RunState.SIMULATED
    daicun.receive(30 * YUAN, "slip-more")
    acts.confirm(daicun.town, run, by=daicun["韩监督"], digest=digest, now=LATER)
    assert daicun.fund() == 0


def test_no_one_with_points_and_a_period_that_is_not_over_are_refused(daicun: Daicun) -> None:
    run = drafted(daicun)
    with pytest.raises(RunPeriodOpen):
        acts.simulate(daicun.town, run, by=daicun["周会计"], now=NOW)
    with pytest.raises(NoOneWithPoints):
        acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
    assert again(run).state == RunState.DRAFT
    acts.change(daicun.town, run, by=daicun["周会计"], plan=Plan(500 * YUAN, 100), key="change", now=LATER)
    assert acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER).facts["shared"] == 500 * YUAN


def test_an_objection_that_is_upheld_sends_run_and_pool_back(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    fund = daicun.fund()
    run = on_notice(daicun, drafted(daicun))
    town, li = daicun.town, daicun["李大伯"]
    objections.object_to(town, run, by=li, text="我的工分少了", key="object/1", now=LATER)
    with pytest.raises(ObjectedAlready):
        objections.object_to(town, run, by=li, text="还少了", key="object/2", now=LATER)
    assert run.notice_until is not None
    with pytest.raises(ObjectionsOpen):
        paying.begin(town, run, by=daicun["周会计"], now=run.notice_until)
    objection = RunObjection.of(town).get(run=run)
    with pytest.raises(NeedsTwoPeople):
        objections.decide(town, objection, by=daicun["韩监督"], upheld=True, answer="对", now=LATER)
    objections.decide(town, objection, by=daicun["吴审核"], upheld=True, answer="少记了一天", now=LATER)
    assert again(run).state == RunState.DRAFT
    assert daicun.fund() == fund
    assert "我的工分少了" not in str(list(Act.of(town).values_list("facts", flat=True)))
    run = paying_begun(daicun, again(run))
    assert pay_all(daicun, run) == 14


def test_an_objection_that_is_dismissed_lets_the_run_go_on(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = on_notice(daicun, drafted(daicun))
    town = daicun.town
    objections.object_to(town, run, by=daicun["李大伯"], text="?", key="object/1", now=LATER)
    objection = RunObjection.of(town).get(run=run)
    objections.decide(town, objection, by=daicun["吴审核"], upheld=False, answer="账是对的", now=LATER)
    assert run.notice_until is not None
    with pytest.raises(NoticeOpen):
        paying.begin(town, run, by=daicun["周会计"], now=LATER)
    with pytest.raises(NoticeOver):
        objections.object_to(town, run, by=daicun["王芳"], text="?", key="object/3", now=run.notice_until)
    paying.begin(town, run, by=daicun["周会计"], now=run.notice_until)
    assert again(run).state == RunState.PAYING


def test_the_public_file_recomputes_and_says_nothing_of_anybody(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    award(daicun, "李大伯", 12 * POINT)
    run = on_notice(daicun, drafted(daicun, lines=(Line("welfare", percent=3),)))
    text = "".join(queries.public_file(daicun.town, run))
    assert dividend_file.verify(text) == []
    read = dividend_file.read(text)
    assert read.names == {"run": str(run.id), "from": BEGINS.isoformat(), "until": ENDS.isoformat()}
    slips = [share.slip for share in read.shares]
    assert slips == sorted(slips)
    assert len(set(slips)) == 14
    for resident in daicun.people.values():
        assert resident.name not in text
        assert str(resident.subject) not in text
        assert str(resident.id) not in text


def test_one_sees_ones_own_lines_and_those_of_ones_children(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = on_notice(daicun, drafted(daicun))
    mine = queries.shares_paid_to(daicun.town, daicun["王芳"].subject)
    assert {share.resident for share in mine} == {daicun["王芳"].subject, daicun["王小明"].subject}
    assert {share.run_id for share in mine} == {run.id}
    assert queries.shares_paid_to(daicun.town, daicun["王小明"].subject) == []
    assert [r.id for r in queries.runs_of(daicun.town, daicun.village.subject, public=True)] == [run.id]


def test_slip_numbers_are_different_random_and_in_no_order() -> None:
    drawn = queries.draw_slips(500)
    assert len(set(drawn)) == 500
    assert all(len(str(slip)) == 12 for slip in drawn)
    assert drawn != sorted(drawn)
    lines = [queries.SharingLine(n, n, 1, n, 0) for n in range(500)]
    rows, mixed = queries.sharers(lines, drawn)
    assert [row.slip for row in rows] == sorted(drawn)
    assert all(row.points == line.points for row, line in zip(rows, mixed, strict=True))
    assert [line.resident for line in mixed] != list(range(500))
