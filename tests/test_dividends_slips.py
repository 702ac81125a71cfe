"""What residents and staff read of a run: slips, the calculator, what-if, and the command that recomputes it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongfen import cli
from gongfen.dividends import queries, slips
from gongfen.rules.dividend import Outcome, Plan, Sharer, share_out
from gongfen.rules.dividend_whatif import FEWEST, row
from gongfen.words import fill, sentence
from gongfen.words.sharing import REFUSALS, STATES, STEPS
from tests.sharing import award, drafted, on_notice
from tests.village import NOW, POINT, YUAN, Daicun, daicun

__all__ = ["daicun"]


def test_a_mother_reads_her_own_slip_and_her_childs(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = on_notice(daicun, drafted(daicun, 1_400 * YUAN, 50))
    mine = slips.slips_of(daicun.town, daicun["王芳"], run)
    assert sorted(slip.is_child for slip in mine) == [False, True]
    for slip in mine:
        assert slip.steps[0].numbers == {"money": 1_400 * YUAN}
        assert slip.steps[-1].numbers == {"money": slip.payout}
        assert not slip.is_paid
        for step in slip.steps:
            for language in (0, 1):
                facts: dict[str, Any] = dict(step.numbers)
                told = fill(STEPS[step.name][language], ("zh", "en")[language], **facts)
                assert "…" not in told
    assert slips.slips_of(daicun.town, daicun["王小明"], run) == []


def test_a_run_that_is_not_on_notice_has_no_slips(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    drafted(daicun)
    assert slips.slips_of(daicun.town, daicun["王芳"]) == []


def test_the_calculator_says_between_what_and_what(daicun: Daicun) -> None:
    with pytest.raises(slips.NoDividendYet):
        slips.my_range(daicun.town, daicun["王芳"], more_points=0, now=NOW)
    award(daicun, "王芳", 30 * POINT)
    award(daicun, "赵二", 30 * POINT)
    drafted(daicun, 1_400 * YUAN, 50)
    run, found = slips.my_range(daicun.town, daicun["王芳"], more_points=0, now=NOW + timedelta(days=2))
    assert found.least < found.most
    _, more = slips.my_range(daicun.town, daicun["王芳"], more_points=10 * POINT, now=NOW + timedelta(days=2))
    assert more.most > found.most
    _, at_end = slips.my_range(daicun.town, daicun["王芳"], more_points=0, now=queries.period(run)[1])
    by_rule = 2 * 50 * YUAN + 350 * YUAN  # two heads of fourteen, and half of the points
    assert at_end.least <= by_rule <= at_end.most
    assert at_end.most - at_end.least <= YUAN


def test_what_if_shows_other_parts_by_heads_and_no_single_person(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun, 1_400 * YUAN, 50)
    rows = slips.what_if(daicun.town, run, slips.other_plans(run, [0, 50, 100]))
    assert [one.plan.head_percent for one in rows] == [50, 0, 100]
    assert [one.a_head for one in rows] == [50 * YUAN, 0, 100 * YUAN]
    assert all(one.middle is None for one in rows)  # fourteen lines are too few


def whole_village(lines: int) -> Outcome:
    people = [Sharer(n, 1, (n % 100) * POINT) for n in range(lines)]
    return share_out(Plan(lines * 100 * YUAN, 50), people)


def test_no_bar_of_the_chart_stands_for_fewer_than_ten() -> None:
    for lines in (9, 25, 60, 100, 433, 1_600):
        found = row(Plan(lines * 100 * YUAN, 50), whole_village(lines))
        hidden = [bar for bar in found.bars if bar.lines is None]
        assert len(hidden) != 1
        assert all(bar.lines is None or bar.lines == 0 or bar.lines >= FEWEST for bar in found.bars)
        shown = sum(bar.lines or 0 for bar in found.bars)
        assert shown == (lines if found.bars and not hidden else shown)
    assert found.lower_quarter is not None
    assert found.middle is not None
    assert found.lower_quarter <= found.middle


def test_the_command_recomputes_the_file_and_sees_a_wrong_line(
    daicun: Daicun, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    award(daicun, "王芳", 30 * POINT)
    run = on_notice(daicun, drafted(daicun))
    file = tmp_path / "分红.csv"
    text = "".join(queries.public_file(daicun.town, run))
    file.write_text(text, encoding="utf-8")
    assert cli.main(["dividend", "verify", str(file)]) == 0
    assert "分文不差" in capsys.readouterr().out
    file.write_text(text.replace("pool,10000000", "pool,10000100"), encoding="utf-8")
    assert cli.main(["dividend", "verify", str(file)]) == 1
    assert "对不上" in capsys.readouterr().out
    file.write_text("没有\n", encoding="utf-8")
    assert cli.main(["dividend", "verify", str(file)]) == 1
    assert "第 1 行" in capsys.readouterr().err
    assert cli.main(["dividend", "verify", str(tmp_path / "none.csv")]) == 2


def test_every_no_has_its_words_in_both_languages() -> None:
    import gongfen.dividends.refusals as told
    from gongfen.rules.refusals import Refusal

    codes = [no.code for no in vars(told).values() if isinstance(no, type) and issubclass(no, Refusal)]
    for code in set(codes) - {"refused"}:
        assert code in REFUSALS
        assert sentence(code, "zh") != sentence(code, "en")
    assert set(STATES) == {"draft", "simulated", "confirmed", "in_notice", "paying", "closed"}
