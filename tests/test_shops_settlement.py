"""Friday: the treasurer prepares, the supervisor approves, the bank answers. Nothing is paid twice."""

import pytest

from gongfen.ledger.models import Transfer
from gongfen.ledger.queries import balance_of
from gongfen.people.founding import found_village
from gongfen.rules.bank_file import StatementLine, make_statement
from gongfen.rules.posting import Kind
from gongfen.rules.refusals import Refusal
from gongfen.shops import askings, refunds, settlement
from gongfen.shops.merchants import close_day
from gongfen.shops.models import Merchant, MerchantDay, Payment, Payout, Settlement, Till
from gongfen.shops.queries import latest_takings, own_household_payments, payments_of_shop
from gongfen.shops.sealed import seal
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Shops:
    shops = found_shops()
    shops.has_role("会计", "treasurer")
    shops.has_role("监督", "supervisor")
    shops.shop("老王")
    with_accounts(shops)
    shops.lives("李大妈")
    shops.earned("李大妈", 300 * POINT)
    shops.phone("李大妈")
    shops.scan("小芳", shops.code("李大妈"), 30 * YUAN)
    shops.scan("小芳", shops.code("李大妈"), 10 * YUAN)
    shops.scan("老王", shops.code("李大妈"), 7 * YUAN)
    shops.later(days=3)
    return shops


def with_accounts(shops: Shops) -> None:
    for place, shop in enumerate(shops.shops.values()):
        account = seal(f"622200000000{place:04}".encode(), about=shop.id)
        Merchant.of(shops.town).filter(id=shop.id).update(sealed_account=account)


def refusal(call, *args, **named) -> str:
    with pytest.raises(Refusal) as no:
        call(*args, **named)
    return no.value.code


def prepared(village: Shops, key: str = "friday") -> Settlement:
    return settlement.prepare(village.people["会计"], village=None, key=key, now=village.now)


def out(village: Shops) -> tuple[Settlement, bytes]:
    row = prepared(village)
    settlement.approve(village.people["监督"], row.id, now=village.now)
    return row, settlement.send_out(village.people["会计"], row.id, now=village.now)


def answer(village: Shops, *lines: StatementLine) -> settlement.Applied:
    content = make_statement(village.now.date(), lines)
    return settlement.apply_statement(village.people["会计"], content, village=None, now=village.now)


def states(village: Shops) -> list[str]:
    return sorted(MerchantDay.of(village.town).values_list("state", flat=True))


def test_what_lay_in_the_tills_is_paid_out_once(village):
    row, content = out(village)
    assert (village.in_till("小芳"), village.has(Kind.TRANSIT)) == (0, 47 * YUAN)
    assert settlement.send_out(village.people["会计"], row.id, now=village.now) == content
    assert "6222000000000000,40.00" in content.decode()
    lines = [StatementLine(f"{row.number}-1", 40 * YUAN, "paid"), StatementLine(f"{row.number}-2", 7 * YUAN, "paid")]
    assert answer(village, *lines).paid == [f"{row.number}-1", f"{row.number}-2"]
    assert answer(village, *lines).paid == []
    assert (village.has(Kind.TRANSIT), states(village)) == (0, ["paid", "paid"])
    assert Settlement.of(village.town).get().state == "done"
    assert refusal(prepared, village, "again") == "nothing_to_settle"


def test_preparing_again_is_the_same_settlement_and_a_day_is_in_one_alone(village):
    row = prepared(village)
    assert prepared(village).id == row.id
    assert refusal(prepared, village, "another") == "nothing_to_settle"
    assert Payout.of(village.town).count() == 2


def test_the_two_are_different_people_of_different_households(village):
    row = prepared(village)
    treasurer = village.people["会计"]
    assert refusal(settlement.approve, treasurer, row.id, now=village.now) == "not_your_role"
    village.has_role("会计", "supervisor")
    assert refusal(settlement.approve, treasurer, row.id, now=village.now) == "needs_two_people"
    village.lives("会计的爱人", household=treasurer.household.number)
    village.has_role("会计的爱人", "supervisor")
    assert refusal(settlement.approve, village.people["会计的爱人"], row.id, now=village.now) == "needs_two_people"
    assert refusal(settlement.send_out, treasurer, row.id, now=village.now) == "not_ready_for_bank"


def test_nobody_pays_their_own_households_shop(village):
    supervisor, treasurer = village.people["监督"], village.people["会计"]
    Merchant.of(village.town).filter(name="小芳").update(owner=supervisor)
    Merchant.of(village.town).filter(name="老王").update(owner=treasurer)
    row = prepared(village)
    assert [payout.merchant.name for payout in Payout.of(village.town)] == ["小芳"]
    assert refusal(settlement.approve, supervisor, row.id, now=village.now) == "shop_own_household"
    village.has_role("第二监督", "supervisor")
    assert len(settlement.approve(village.people["第二监督"], row.id, now=village.now)) == 1


def test_a_payout_approved_later_leaves_in_a_file_of_its_own(village):
    Merchant.of(village.town).filter(name="小芳").update(owner=village.people["监督"])
    row = prepared(village)
    settlement.approve(village.people["监督"], row.id, now=village.now)
    first = settlement.send_out(village.people["会计"], row.id, now=village.now)
    village.has_role("第二监督", "supervisor")
    settlement.approve(village.people["第二监督"], row.id, now=village.now)
    second = settlement.send_out(village.people["会计"], row.id, now=village.now)
    assert ("7.00" in first.decode(), "40.00" in first.decode()) == (True, False)
    assert (",7.00" in second.decode(), "40.00" in second.decode()) == (False, True)


def test_a_bounce_opens_the_day_again_and_the_next_settlement_pays_it(village):
    row, _ = out(village)
    told = answer(
        village,
        StatementLine(f"{row.number}-1", 40 * YUAN, "bounced", "户名不符"),
        StatementLine(f"{row.number}-2", 7 * YUAN, "paid"),
    )
    assert told.bounced == {f"{row.number}-1": "户名不符"}
    assert (village.in_till("小芳"), states(village)) == (40 * YUAN, ["open", "paid"])
    village.later(days=7)
    second = prepared(village, "next friday")
    assert [payout.money for payout in Payout.of(village.town).filter(settlement=second)] == [40 * YUAN]


def test_what_does_not_agree_is_listed_and_changes_nothing(village):
    row, _ = out(village)
    told = answer(
        village, StatementLine(f"{row.number}-1", 41 * YUAN, "paid"), StatementLine("9999-1", 7 * YUAN, "paid")
    )
    assert [difference.what for difference in told.differences] == ["other_sum", "not_ours", "not_in_statement"]
    assert village.has(Kind.TRANSIT) == 47 * YUAN


def test_a_statement_with_a_broken_line_applies_nothing(village):
    row, _ = out(village)
    content = make_statement(village.now.date(), [StatementLine(f"{row.number}-1", 40 * YUAN, "paid")])
    broken = content.replace(b"T,1", b"L,x,1.2,paid,\r\nT,2")
    treasurer = village.people["会计"]
    with pytest.raises(Refusal) as no:
        settlement.apply_statement(treasurer, broken, village=None, now=village.now)
    assert (no.value.code, no.value.facts["lines"]) == ("bank_file_broken", [(3, "sum")])
    assert village.has(Kind.TRANSIT) == 47 * YUAN


def test_a_refund_before_settlement_lowers_it_and_after_it_there_is_none(village):
    first = Payment.of(village.town).order_by("act_id").first()
    Till.of(village.town).update(refund_limit=50 * YUAN)
    till = Till.of(village.town).select_related("merchant", "town").get(label="小芳")
    refunds.refund(till, first.number, 5 * YUAN, key="r", now=village.now)
    prepared(village)
    assert sorted(Payout.of(village.town).values_list("money", flat=True)) == [7 * YUAN, 35 * YUAN]
    assert refusal(refunds.refund, till, first.number, 100, key="r2", now=village.now) == "day_settled"


def test_todays_open_day_waits_and_a_closed_one_is_settled(village):
    village.scan("老王", village.code("李大妈"), 3 * YUAN)
    prepared(village)
    assert village.in_till("老王") == 10 * YUAN
    assert Payout.of(village.town).get(merchant__name="老王").money == 7 * YUAN
    shop = village.shops["老王"]
    close_day(shop, by=shop.subject, key="close", now=village.now)
    assert Payout.of(village.town).get(settlement=prepared(village, "closed as well")).money == 3 * YUAN
    assert village.scan("老王", village.code("李大妈"), 100).code == "day_settled"


def test_a_payout_that_never_reached_the_bank_is_taken_back_by_two(village):
    out(village)
    payout = Payout.of(village.town).get(merchant__name="小芳")
    asking = askings.ask_take_back(village.people["会计"], payout.id, key="back", now=village.now)
    assert refusal(askings.approve, village.people["会计"], asking.id, now=village.now) == "not_your_role"
    askings.approve(village.people["监督"], asking.id, now=village.now)
    askings.approve(village.people["监督"], asking.id, now=village.now)
    assert (village.in_till("小芳"), village.has(Kind.TRANSIT)) == (40 * YUAN, 7 * YUAN)
    told = answer(village, StatementLine(payout.reference, 40 * YUAN, "paid"))
    assert [difference.what for difference in told.differences] == ["not_ours", "not_in_statement"]


def test_a_shop_without_a_bank_account_stops_the_file_and_says_why(village):
    Merchant.of(village.town).filter(name="老王").update(sealed_account=b"")
    row = prepared(village)
    settlement.approve(village.people["监督"], row.id, now=village.now)
    assert refusal(settlement.send_out, village.people["会计"], row.id, now=village.now) == "no_bank_account"
    assert village.has(Kind.TRANSIT) == 0


def test_a_villages_treasurer_settles_the_villages_shops_alone(village):
    other = found_village(village.town, name="杏花村", now=village.now)
    Merchant.of(village.town).filter(name="老王").update(village=other)
    village.has_role("杏花会计", "treasurer", village=other)
    person = village.people["杏花会计"]
    assert refusal(settlement.prepare, person, village=None, key="k", now=village.now) == "not_your_role"
    row = settlement.prepare(person, village=other.id, key="k", now=village.now)
    assert [payout.merchant.name for payout in row.payouts.all()] == ["老王"]


def test_takings_name_no_payer_and_money_in_is_money_out(village):
    (day,) = latest_takings(village.shops["小芳"])
    assert (day.payments, day.taken, day.refunded, day.money) == (2, 40 * YUAN, 0, 40 * YUAN)
    assert len(payments_of_shop(village.shops["小芳"])) == 2
    assert own_household_payments(village.town, None, since=village.now.replace(year=2025)) == []
    row, _ = out(village)
    answer(village, StatementLine(f"{row.number}-1", 40 * YUAN, "paid"))
    outside = balance_of(village.town, village.people["李大妈"].points)
    assert outside == 253 * POINT
    assert (
        sum(Transfer.of(village.town).filter(target_id=village.town.subject << 5 | 8).values_list("amount", flat=True))
        == 40 * YUAN
    )
