"""Sums by day: behind the journal, never ahead of it, never a source of truth; the audit compares them."""

from datetime import timedelta

import pytest

from gongfen.ledger.audit import audit
from gongfen.ledger.models import DaySum, SumMark
from gongfen.rules.day_sums import What, what_of
from gongfen.rules.notice import village_day
from gongfen.rules.posting import Address, Kind
from gongfen.statements import day_sums
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db


def worked(life: Life, *names: str, days: int = 1) -> None:
    """These did common work on so many days, one claim a day, and it was awarded a week later."""
    activity = life.publish("labor", "unpaid", title="修水渠", ends_at=life.now + 90 * DAY)
    for _ in range(days):
        life.now += DAY
        made = [life.claim(activity, name, grade="witnessed", by=life.clerk, day="whole") for name in names]
        life.approve(*made)
    life.days_pass(7)


def summed(life: Life, **wanted) -> dict[str, int]:
    rows = DaySum.of(life.town).filter(**wanted)
    return {name: sum(getattr(row, name) for row in rows) for name in day_sums.COUNTED}


def test_what_is_summed_goes_by_the_accounts():
    def account(kind: Kind, owner: int) -> int:
        return Address(kind, owner).account

    assert what_of(account(Kind.ISSUANCE, 5), account(Kind.POINTS, 6)) is What.AWARD
    assert what_of(account(Kind.ON_HOLD, 5), account(Kind.TILL, 6)) is What.TAKE
    assert what_of(account(Kind.TILL, 5), account(Kind.CASH, 6)) is What.GIVE_BACK
    assert what_of(account(Kind.TRANSIT, 5), account(Kind.TILL, 6)) is None


def test_a_month_tells_points_minutes_and_how_many_different_people(db):
    life = Life()
    worked(life, "li", "lis_wife", "wang", days=2)
    day_sums.follow_all(life.town)
    labor = summed(life, what="award", kind="labor")
    assert labor == {"count": 6, "amount": 6 * 800, "minutes": 6 * 480, "residents": 3, "households": 2}
    everyone = summed(life, what="award", kind="")
    assert (everyone["amount"], everyone["residents"], everyone["households"]) == (0, 3, 2)
    assert set(DaySum.of(life.town).values_list("host", flat=True)) == {life.host}


def test_steps_of_any_size_come_to_the_same(db):
    life = Life()
    worked(life, "li", "wang", days=3)

    def all_rows() -> list[tuple]:
        order = ("day", "host", "what", "kind")
        return list(DaySum.of(life.town).order_by(*order).values_list(*order, *day_sums.COUNTED))

    day_sums.follow_all(life.town)
    at_once = all_rows()
    day_sums.begin_anew(life.town)
    assert all_rows() == []
    while day_sums.follow(life.town, a_step=1):
        pass
    assert all_rows() == at_once
    assert day_sums.follow(life.town) == 0


def test_the_next_month_counts_everybody_anew(db):
    life = Life()
    worked(life, "li")
    life.now += timedelta(days=40)
    worked(life, "li")
    day_sums.follow_all(life.town)
    assert summed(life, what="award", kind="labor")["residents"] == 2


def test_the_audit_compares_the_sums(db):
    life = Life()
    worked(life, "li", "wang")
    day_sums.follow_all(life.town)
    assert audit(life.town, full=True, now=life.now).passed
    life.now += DAY
    worked(life, "li")
    day_sums.follow_all(life.town)
    assert audit(life.town, now=life.now).passed
    last = DaySum.of(life.town).filter(what="award", kind="labor").order_by("-day").first()
    DaySum.of(life.town).filter(id=last.id).update(amount=last.amount + 100)
    assert village_day(life.now) == last.day
    found = audit(life.town, full=True, now=life.now).differences
    assert [one.code for one in found] == ["day_sums_differ"]
    assert found[0].facts == {"what": "award", "expected": 3 * 800, "found": 3 * 800 + 100}


def test_a_nightly_audit_compares_the_days_since(db):
    life = Life()
    worked(life, "li")
    audit(life.town, full=True, now=life.now)
    life.now += DAY
    worked(life, "wang", days=2)
    day_sums.follow_all(life.town)
    DaySum.of(life.town).filter(day=village_day(life.now), kind="labor").update(amount=1)
    assert [one.code for one in audit(life.town, now=life.now).differences] == ["day_sums_differ"]


def test_sums_that_are_ahead_of_the_journal_are_named(db):
    life = Life()
    day_sums.follow_all(life.town)
    SumMark.objects.filter(town=life.town).update(number=10_000_000)
    assert [one.code for one in audit(life.town, full=True, now=life.now).differences] == ["day_sums_ahead"]
