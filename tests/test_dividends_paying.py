"""Advances, and shares that cannot be paid into an account."""

from datetime import timedelta

import pytest

from gongfen.dividends import acts, advances, paying, queries
from gongfen.dividends.models import Advance, Run, Share
from gongfen.dividends.refusals import AdvanceDecided, AdvanceOverPool, ShareNotHeld, SharePaidAlready, SharesUnpaid
from gongfen.fund.acts import MoneyIn, approve_slip, record_slip
from gongfen.ledger import storage
from gongfen.people.acts import NeedsTwoPeople, NotYourRole, give_roles
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Resident, RoleName
from gongfen.rules.posting import Kind
from tests.sharing import BEGINS, ENDS, LATER, award, drafted, paying_begun
from tests.village import NOW, POINT, YUAN, Daicun, daicun

__all__ = ["daicun"]


def pay_all(daicun: Daicun, run: Run, at_once: int = 10_000) -> int:
    return paying.pay_all(daicun.town, run, by=daicun["周会计"], now=LATER + timedelta(days=8), at_once=at_once)


def test_advances_come_out_of_this_pool_and_what_is_too_much_is_forgiven(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    fund = daicun.fund()
    run = drafted(daicun, 280 * YUAN, 50)
    town, li = daicun.town, daicun["李大伯"]
    with pytest.raises(AdvanceOverPool):
        advances.ask(town, run, li, money=281 * YUAN, by=daicun["周会计"], key="early/0", now=NOW)
    advances.ask(town, run, li, money=60 * YUAN, by=daicun["周会计"], key="early/1", now=NOW)
    advance = Advance.of(town).get(resident=li.subject)
    with pytest.raises(NotYourRole):
        advances.decide(town, advance, by=daicun["周会计"], approve=True, now=NOW)
    advances.decide(town, advance, by=daicun["韩监督"], approve=True, now=NOW)
    assert not advances.decide(town, advance, by=daicun["韩监督"], approve=True, now=NOW).is_new
    with pytest.raises(AdvanceDecided):
        advances.decide(town, advance, by=daicun["韩监督"], approve=False, now=NOW)
    assert daicun.cash("李大伯") == 60 * YUAN
    run = paying_begun(daicun, run)
    assert pay_all(daicun, run) == 14
    assert run.totals is not None
    assert run.totals.forgiven == 50 * YUAN
    assert run.totals.payouts + run.totals.advances == run.totals.shared + run.totals.forgiven
    assert daicun.cash("李大伯") == 60 * YUAN  # never a debt
    assert daicun.has(Kind.POOL, run.subject) == 0
    assert daicun.fund() == fund - 330 * YUAN


def test_the_share_of_somebody_who_left_is_held_and_handed_over_by_two(daicun: Daicun) -> None:
    award(daicun, "赵二", 30 * POINT)
    run = paying_begun(daicun, drafted(daicun))
    Resident.of(daicun.town).filter(name="赵二").update(left_at=LATER)
    share = Share.of(daicun.town).get(run=run, resident=daicun["赵二"].subject)
    with pytest.raises(ShareNotHeld):
        paying.ask_hand_over(daicun.town, share, by=daicun["周会计"], now=LATER)
    assert pay_all(daicun, run) == 13
    share = Share.of(daicun.town).get(id=share.id)
    with pytest.raises(SharesUnpaid):
        paying.close(daicun.town, run, by=daicun["周会计"], now=LATER)
    with pytest.raises(NeedsTwoPeople):
        paying.hand_over(daicun.town, share, by=daicun["韩监督"], now=LATER)
    paying.ask_hand_over(daicun.town, share, by=daicun["周会计"], now=LATER)
    paying.hand_over(daicun.town, share, by=daicun["韩监督"], now=LATER)
    assert not paying.hand_over(daicun.town, share, by=daicun["韩监督"], now=LATER).is_new
    paying.close(daicun.town, run, by=daicun["周会计"], now=LATER)
    assert daicun.cash("赵二") == 0
    assert daicun.has(Kind.POOL, run.subject) == 0


def test_a_share_that_was_paid_is_not_handed_over(daicun: Daicun) -> None:
    award(daicun, "赵二", 30 * POINT)
    run = paying_begun(daicun, drafted(daicun))
    pay_all(daicun, run)
    share = Share.of(daicun.town).get(run=run, resident=daicun["赵二"].subject)
    cash = daicun.cash("赵二")
    daicun["孙审计"].roles.create(town=daicun.town, role="supervisor", village=daicun.village, given_at=NOW)
    with pytest.raises(SharePaidAlready):
        paying.ask_hand_over(daicun.town, share, by=daicun["周会计"], now=LATER)
    with pytest.raises(SharePaidAlready):
        paying.hand_over(daicun.town, share, by=daicun["孙审计"], now=LATER)
    assert daicun.cash("赵二") == cash


@pytest.mark.parametrize("step", ["write_acts", "write_transfers", "write_balances"])
def test_a_set_that_dies_in_the_middle_pays_nothing_of_it_and_all_of_it_later(
    daicun: Daicun, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = paying_begun(daicun, drafted(daicun))
    paying.pay_some(daicun.town, run, by=daicun["周会计"], now=LATER, at_once=5)

    def die(*_: object) -> None:
        raise ConnectionError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(storage, step, die)
        with pytest.raises(ConnectionError):
            pay_all(daicun, run, at_once=5)
    before = sum(daicun.cash(name) for name in daicun.people)
    assert before + daicun.has(Kind.POOL, run.subject) == 1_000 * YUAN
    assert queries.progress(daicun.town, run)["paid"] == before
    assert pay_all(daicun, run, at_once=5) == 9
    assert sum(daicun.cash(name) for name in daicun.people) == 1_000 * YUAN
    paying.close(daicun.town, run, by=daicun["周会计"], now=LATER)


def test_a_run_of_the_town_shares_among_all_its_villages(daicun: Daicun) -> None:
    town = daicun.town
    other = found_village(town, name="大坞", now=NOW)
    other.town = town
    (far,) = join_many(other, [Joining("1", "一组", "方大坞", is_head=True)], by=town.subject, now=NOW)
    staff = [(daicun["周会计"], RoleName.TREASURER, None), (daicun["韩监督"], RoleName.SUPERVISOR, None)]
    give_roles(town, staff, by=town.subject, approved_by=town.subject, now=NOW)
    slip = record_slip(daicun["周会计"], town.subject, MoneyIn("t1", "县里", 150 * YUAN, ENDS), now=LATER)
    approve_slip(daicun["韩监督"], slip.id, now=LATER)
    run = acts.draft(
        town, by=daicun["周会计"], host=town.subject, begins=BEGINS, ends=ENDS, pool=150 * YUAN, head_percent=100,
        key="town", now=LATER,
    )  # fmt: skip
    run = paying_begun(daicun, run)
    assert pay_all(daicun, run) == 15
    assert daicun.has(Kind.CASH, far.subject) == daicun.cash("李大伯") == 10 * YUAN


def test_a_treasurer_of_the_village_does_not_draft_for_the_town(daicun: Daicun) -> None:
    with pytest.raises(NotYourRole):
        acts.draft(
            daicun.town, by=daicun["周会计"], host=daicun.town.subject, begins=BEGINS, ends=ENDS, pool=YUAN,
            head_percent=50, key="town", now=NOW,
        )  # fmt: skip
