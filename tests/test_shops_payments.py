"""A resident pays: with a phone that may be offline, and what can be wrong with it."""

import pytest

from gongfen.journal.models import Act
from gongfen.journal.written import Written
from gongfen.ledger.models import Transfer
from gongfen.people.models import Device
from gongfen.rules.pay_code import make_pay_code
from gongfen.rules.posting import Kind
from gongfen.shops.handles import end_handles, fill_handles
from gongfen.shops.limits import choose_limits
from gongfen.shops.merchants import close_day, open_day
from gongfen.shops.models import Handle, Merchant, MerchantDay, Payment, Spending, Till
from gongfen.shops.payments import pay_many
from gongfen.shops.previews import preview, refusal_at_till
from gongfen.shops.wanted import CodePayment, SignPayment
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Shops:
    shops = found_shops()
    shops.lives("李大妈")
    shops.earned("李大妈", 30 * POINT)
    shops.phone("李大妈")
    return shops


def code_of(answer: object) -> str:
    return getattr(answer, "code", "paid")


def test_points_become_cash_in_the_act_that_pays(village):
    answer = village.scan("小芳", village.code("李大妈"), 125_000)
    assert isinstance(answer, Written)
    assert answer.verb == "payment.pay"
    assert village.points("李大妈") == 1_750
    assert (village.cash("李大妈"), village.in_till("小芳"), village.has(Kind.BACKING)) == (0, 125_000, 175_000)
    (paid,) = Payment.of(village.town)
    assert (paid.number, paid.money, paid.redeemed, paid.own_household) == (answer.number, 125_000, 1_250, False)


def test_where_a_point_is_a_fifth_of_a_yuan_the_next_whole_hundredth_is_redeemed():
    village = found_shops(par=19)
    village.lives("王叔")
    village.phone("王叔")
    village.earned("王叔", 100 * POINT)
    village.scan("小芳", village.code("王叔"), 10_000)
    assert village.points("王叔") == 100 * POINT - 527  # 10,000 / 19 is 526.3…
    assert village.cash("王叔") == 527 * 19 - 10_000
    village.scan("小芳", village.code("王叔"), 100)
    assert village.cash("王叔") == 527 * 19 - 10_000 + 5 * 19 - 100  # what was rounded up is spent first


def test_where_points_count_for_the_dividend_alone_they_do_not_pay():
    village = found_shops(par=0)
    village.lives("王叔")
    village.phone("王叔")
    village.earned("王叔", 100 * POINT)
    assert code_of(village.scan("小芳", village.code("王叔"), 100)) == "points_not_spendable"


def test_the_same_request_gets_the_same_receipt_and_another_none(village):
    code = village.code("李大妈")
    first = village.scan("小芳", code, 10_000)
    again = village.scan("小芳", code, 10_000)
    assert (again.number, again.is_new) == (first.number, False)
    assert code_of(village.scan("小芳", code, 20_000)) == "pay_code_not_valid"
    village.later(seconds=2)
    village.shop("老王")
    assert code_of(village.scan("老王", code, 10_000)) == "pay_code_not_valid"
    assert village.points("李大妈") == 29 * POINT


def test_a_refusal_by_sum_or_limit_leaves_the_handle_unspent(village):
    code = village.code("李大妈")
    assert code_of(village.scan("小芳", code, 31 * YUAN)) == "too_little"
    assert code_of(village.scan("小芳", code, 501 * YUAN)) == "allowance_reached"
    assert code_of(village.scan("小芳", code, 0)) == "sum_not_payable"
    assert code_of(village.scan("小芳", code, 12_345)) == "sum_not_payable"
    assert isinstance(village.scan("小芳", code, 30 * YUAN), Written)


def test_unknown_spent_stale_and_wrong_codes_are_one_answer(village):
    handle = village.handles["李大妈"][0]
    spent = village.code("李大妈")
    village.scan("小芳", spent, 100)
    wrong = make_pay_code(7, handle, b"another secret", int(village.now.timestamp()))
    unknown = make_pay_code(7, "00000000001", village.secrets["李大妈"], int(village.now.timestamp()))
    answers = []
    for code in (village.code("李大妈", handle=handle, minutes=-6), wrong, unknown, spent):
        answers.append(village.scan("小芳", code, 200))
        village.later(seconds=120)
    assert [(answer.code, answer.facts) for answer in answers] == [("pay_code_not_valid", {})] * 4


def test_a_code_of_another_town_has_its_own_answer(village):
    code = make_pay_code(8, village.handles["李大妈"][0], village.secrets["李大妈"], int(village.now.timestamp()))
    assert code_of(village.scan("小芳", code, 100)) == "pay_code_of_another_town"
    assert code_of(village.scan("小芳", "1" * 19 + "2", 100)) == "pay_code_misread"


def test_wrong_codes_slow_the_till_and_a_right_one_frees_it(village):
    unknown = make_pay_code(7, "00000000001", b"guess", int(village.now.timestamp()))
    waits = []
    for seconds in (1, 2, 4, 8, 16, 32, 60, 60):
        assert code_of(village.scan("小芳", unknown, 100)) == "pay_code_not_valid"
        slowed = village.scan("小芳", village.code("李大妈", handle=village.handles["李大妈"][0]), 100)
        waits.append(slowed.facts["seconds"])
        assert slowed.code == "till_slowed"
        village.later(seconds=seconds)
        unknown = make_pay_code(7, "00000000001", b"guess", int(village.now.timestamp()))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert isinstance(village.scan("小芳", village.code("李大妈"), 100), Written)
    assert (Till.of(village.town).get().tries, Till.of(village.town).get().slow_until) == (0, None)


def test_many_guesses_at_once_are_one_guess(village):
    now = int(village.now.timestamp())
    guesses = [CodePayment(village.tills["小芳"], make_pay_code(7, f"{i:011}", b"guess", now), 100) for i in range(50)]
    answers = [answer.code for answer in pay_many(village.town, guesses, village.now)]
    assert answers.count("pay_code_not_valid") == 1
    assert answers.count("till_slowed") == 49


def test_a_lost_phone_pays_nothing_any_more(village):
    code = village.code("李大妈")
    Device.of(village.town).update(ended_at=village.now)
    assert code_of(village.scan("小芳", code, 100)) == "pay_code_not_valid"
    assert end_handles(village.town, village.phones["李大妈"].device) == 60
    assert not Handle.of(village.town).exists()


def test_a_phone_keeps_sixty_unspent_handles(village):
    village.scan("小芳", village.code("李大妈"), 100)
    spent = set(village.handles["李大妈"])
    filled = fill_handles(village.phones["李大妈"], now=village.now)
    assert len(set(filled.handles)) == 60
    assert spent < set(filled.handles)
    village.later(hours=2)
    fill_handles(village.phones["李大妈"], now=village.now)
    assert Handle.of(village.town).count() == 60, "what has paid is forgotten"
    renewed = fill_handles(village.phones["李大妈"], now=village.now, renew=True)
    assert renewed.secret != filled.secret
    assert not set(renewed.handles) & set(filled.handles)


def test_the_set_is_decided_in_order_and_the_last_yuan_is_spent_once(village):
    wanted = [CodePayment(village.tills["小芳"], village.code("李大妈"), 20 * YUAN) for _ in range(3)]
    answers = [code_of(answer) for answer in pay_many(village.town, wanted, village.now)]
    assert answers == ["paid", "too_little", "too_little"]
    assert (village.points("李大妈"), village.in_till("小芳")) == (10 * POINT, 20 * YUAN)


def test_a_till_that_was_revoked_takes_nothing(village):
    Till.of(village.town).update(revoked_at=village.now)
    assert code_of(village.scan("小芳", village.code("李大妈"), 100)) == "till_unknown"


def test_a_till_has_its_own_limit(village):
    village.till("小窗口", "小芳", payment_limit=5 * YUAN)
    assert code_of(village.scan("小窗口", village.code("李大妈"), 6 * YUAN)) == "till_limit"
    assert isinstance(village.scan("小窗口", village.code("李大妈"), 5 * YUAN), Written)


def test_a_closed_shop_and_a_closed_day_take_nothing(village):
    shop, subject = village.shops["小芳"], village.shops["小芳"].subject
    close_day(shop, by=subject, key="close", now=village.now)
    code = village.code("李大妈")
    assert code_of(village.scan("小芳", code, 100)) == "day_closed"
    open_day(shop, by=subject, key="open", now=village.now)
    assert isinstance(village.scan("小芳", code, 100), Written)
    Merchant.of(village.town).update(listed=False)
    assert code_of(village.scan("小芳", village.code("李大妈"), 100)) == "shop_not_listed"


def test_who_left_pays_nothing(village):
    code = village.code("李大妈")
    village.people["李大妈"].__class__.of(village.town).update(left_at=village.now)
    assert code_of(village.scan("小芳", code, 100)) == "payer_without_account"


def test_own_limits_are_narrower_than_the_towns_and_count_by_day_week_and_month(village):
    village.earned("李大妈", 1000 * POINT)
    person = village.people["李大妈"]
    choose_limits(person, {"day_limit": 10 * YUAN, "week_limit": 15 * YUAN, "month_limit": 18 * YUAN}, now=village.now)

    def pays(yuan: int) -> str:
        answer = village.scan("小芳", village.code("李大妈"), yuan * YUAN)
        return answer.facts["period"] if code_of(answer) == "allowance_reached" else code_of(answer)

    assert [pays(10), pays(1)] == ["paid", "day"]
    village.later(days=1)
    assert [pays(5), pays(1)] == ["paid", "week"]
    village.later(days=6)
    assert (village.now.date().isoformat(), pays(3)) == ("2026-12-01", "paid")
    assert [pays(7), pays(1)] == ["paid", "day"]
    assert Spending.of(village.town).get().month == 10 * YUAN


def test_paying_at_the_sign_is_the_same_act(village):
    wanted = SignPayment(
        village.people["李大妈"].id, village.phones["李大妈"].device, village.shops["小芳"].id, 125_000, "client/1/abc"
    )
    (answer,) = pay_many(village.town, [wanted], village.now)
    (again,) = pay_many(village.town, [wanted], village.now)
    assert (answer.verb, answer.number) == ("payment.pay", again.number)
    assert Payment.of(village.town).get().how == "sign"


def test_the_merchants_own_household_may_pay_there_and_it_is_marked():
    village = found_shops()
    village.lives("小芳", household="8")
    village.lives("小芳的妈妈", household="8")
    village.shop("小芳百货", owner="小芳")
    village.earned("小芳的妈妈", 5 * POINT)
    village.phone("小芳的妈妈")
    assert isinstance(village.scan("小芳百货", village.code("小芳的妈妈"), 100), Written)
    assert Payment.of(village.town).get().own_household is True


def test_a_preview_says_what_a_payment_would_do_and_changes_nothing(village):
    before = (Act.of(village.town).count(), Transfer.of(village.town).count(), Spending.of(village.town).count())
    told = preview(village.people["李大妈"], village.shops["小芳"], 125_000, now=village.now)
    assert (told.redeemed, told.from_cash, told.points_after, told.refusal) == (1_250, 0, 1_750, None)
    assert (
        preview(village.people["李大妈"], village.shops["小芳"], 31 * YUAN, now=village.now).refusal.code
        == "too_little"
    )
    till = Till.of(village.town).select_related("merchant", "town").get()
    assert refusal_at_till(till, 12_345, now=village.now).code == "sum_not_payable"
    assert before == (
        Act.of(village.town).count(),
        Transfer.of(village.town).count(),
        Spending.of(village.town).count(),
    )
    village.scan("小芳", village.code("李大妈"), 125_000)
    assert village.points("李大妈") == told.points_after


def test_a_refused_payment_writes_nothing_but_the_try(village):
    acts = Act.of(village.town).count()
    village.scan("小芳", village.code("李大妈"), 31 * YUAN)
    assert Act.of(village.town).count() == acts
    assert not Payment.of(village.town).exists()
    assert not MerchantDay.of(village.town).exists()
