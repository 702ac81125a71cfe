"""Advances, and shares that cannot be paid into an account."""

from datetime import timedelta

import pytest

from gongfen.dividends import advances, paying
from gongfen.dividends.models import Advance, Run, Share
from gongfen.dividends.refusals import AdvanceDecided, AdvanceOverPool, ShareNotHeld, SharePaidAlready, SharesUnpaid
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.models import Resident
from gongfen.rules.posting import Kind
from tests.sharing import LATER, award, drafted, paying_begun
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
