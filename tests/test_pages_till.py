"""The till and the two ways to pay on a page: what comes in, what is refused and why, what is given back."""

import pytest

from gongfen.people.models import Resident
from gongfen.rules.pay_code import make_pay_code, plain_digits
from gongfen.shops.models import Payment
from tests.pages_village import YUAN, Visit


def text(answer) -> str:
    return answer.content.decode()


def shown_code(visit: Visit, name: str = "li") -> str:
    """The digits on somebody's screen."""
    return visit.browser(name).get("/me/pay").context["digits"]


def test_a_till_takes_a_payment_and_both_sides_see_the_same_four_words(visit: Visit):
    visit.earned("li", days=2)
    till, code = visit.till(), shown_code(visit)
    answer = till.post("/till/take", {"sum": "12.5", "code": code, "key": "k1"})
    assert answer.status_code == 303
    done = till.get(answer.headers["Location"])
    assert "收到12元5角" in text(done)
    assert "¥12.50" in text(done)
    mine = visit.browser("li").get("/me/pay")
    assert done.context["phrase"] in text(mine)
    assert "您付给 小芳超市 12.50 元" in text(visit.browser("li").get("/me"))
    assert visit.life.points("li") == 350


def test_taking_the_same_payment_twice_takes_it_once(visit: Visit):
    visit.earned("li", days=2)
    till, code = visit.till(), shown_code(visit)
    first = till.post("/till/take", {"sum": "5", "code": code, "key": "k1"})
    second = till.post("/till/take", {"sum": "5", "code": code, "key": "k1"})
    assert first.status_code == 303
    assert second.headers.get("Location") in (None, first.headers["Location"])
    assert Payment.of(visit.life.town).count() == 1


@pytest.mark.parametrize("typed", ["", "五块", "12.345", "-3", "1e9", "NaN"])
def test_a_sum_that_nobody_can_read_is_told_and_kept(visit: Visit, typed):
    answer = visit.till().post("/till/take", {"sum": typed, "code": "1" * 20, "key": "k"})
    assert answer.status_code == 422
    assert "没办成" in text(answer)
    assert f'value="{typed}"' in text(answer)


@pytest.mark.parametrize("typed", ["12.5", "１２．５", "¥12.50", "12.50元", " 12.5 "])
def test_a_sum_may_be_typed_as_people_type(typed):
    from gongfen.pages.amounts import read_sum

    assert read_sum(typed) == 125_000


def test_too_little_and_a_wrong_code_are_refused_in_words(visit: Visit):
    visit.earned("li")
    till = visit.till()
    too_much = till.post("/till/take", {"sum": "100", "code": shown_code(visit), "key": "k1"})
    assert too_much.status_code == 422
    wrong = till.post("/till/take", {"sum": "1", "code": "1234", "key": "k2"})
    assert wrong.status_code == 422
    assert 'value="100"' in text(too_much)
    assert Payment.of(visit.life.town).count() == 0


def test_a_shops_sign_is_paid_after_looking_at_the_sum_once_more(visit: Visit):
    visit.earned("li", days=2)
    li = visit.browser("li")
    address = f"/pay/{visit.shop.id}"
    assert "小芳超市" in text(li.get(address))
    asked = li.post(address, {"sum": "7.5", "key": "k1"})
    assert "确认付款" in text(asked)
    assert Payment.of(visit.life.town).count() == 0
    paid = li.post(address, {"sum": "7.5", "sure": "yes", "key": "k1"})
    assert paid.status_code == 303
    again = li.post(address, {"sum": "7.5", "sure": "yes", "key": "k1"})
    assert again.headers["Location"] == paid.headers["Location"]
    assert Payment.of(visit.life.town).get().money == 75_000
    assert "¥7.50" in text(li.get(paid.headers["Location"]))


def test_a_large_sum_waits_for_the_phones_yes(visit: Visit):
    visit.earned("li", days=25)
    till = visit.till()
    answer = till.post("/till/take", {"sum": "200", "code": shown_code(visit), "key": "k1"})
    assert answer.status_code == 303
    big = till.post("/till/take", {"sum": "201", "code": shown_code(visit), "key": "k2"})
    assert big.status_code == 422  # 200 yuan were all there was
    assert visit.life.points("li") == 0


def test_a_held_payment_is_confirmed_on_the_own_page(visit: Visit):
    visit.earned("li", days=26)
    till, li = visit.till(), visit.browser("li")
    answer = till.post("/till/take", {"sum": "205", "code": shown_code(visit), "key": "k1"})
    assert "请顾客在自己手机上确认" in text(till.get(answer.headers["Location"]))
    row = li.get("/me").context["confirmations"][0].id
    assert li.post(f"/me/confirm/{row}", {"answer": "yes"}).status_code == 303
    assert "收到205元" in text(till.get(answer.headers["Location"]))


def test_todays_takings_stand_at_the_till_and_a_refund_lowers_them(visit: Visit):
    visit.earned("li", days=2)
    till = visit.till(refund_limit=20 * YUAN)
    number = (
        till.post("/till/take", {"sum": "10", "code": shown_code(visit), "key": "k1"})
        .headers["Location"]
        .split("/")[-1]
    )
    assert "¥10.00" in text(till.get("/till"))
    assert till.post(f"/till/refund/{number}", {"sum": "4", "key": "r1"}).status_code == 303
    assert "¥6.00" in text(till.get("/till"))
    over = till.post(f"/till/refund/{number}", {"sum": "7", "key": "r2", "to": number})
    assert over.status_code == 422
    assert text(over).count('value="7"') == 1  # in the refund's own field, not where the next sum is typed
    assert "小芳超市 退给您 4.00 元" in text(visit.browser("li").get("/me"))


def test_a_refund_above_the_tills_limit_wants_the_owner(visit: Visit):
    visit.earned("li", days=2)
    till = visit.till()
    number = (
        till.post("/till/take", {"sum": "10", "code": shown_code(visit), "key": "k1"})
        .headers["Location"]
        .split("/")[-1]
    )
    assert till.post(f"/till/refund/{number}", {"sum": "4", "key": "r1"}).status_code == 422
    assert till.post("/till/owner", {"wish": "unlock", "pin": "480217", "key": "o1"}).status_code == 303
    assert till.post(f"/till/refund/{number}", {"sum": "4", "key": "r2"}).status_code == 303


def test_only_the_owner_makes_a_browser_a_till(visit: Visit):
    stranger, owner = visit.browser("wang"), visit.browser("chen")
    assert stranger.post("/till/new", {"shop": visit.shop.id, "key": "k1"}).status_code == 422
    assert owner.post("/till/new", {"shop": visit.shop.id, "key": "k2"}).status_code == 303
    assert "小芳超市" in text(owner.get("/till"))
    assert "收多少" not in text(stranger.get("/till"))


def test_a_browser_without_a_tills_token_takes_nothing(visit: Visit):
    answer = visit.browser("li").post("/till/take", {"sum": "1", "code": "1" * 20})
    assert "收款台" in text(answer)
    assert Payment.of(visit.life.town).count() == 0


def test_a_receipt_is_for_its_payer_alone(visit: Visit):
    visit.earned("li", days=2)
    paid = (
        visit.browser("li")
        .post(f"/pay/{visit.shop.id}", {"sum": "7.5", "sure": "yes", "key": "k1"})
        .headers["Location"]
    )
    assert visit.browser("wang").get(paid).status_code == 303


def test_who_left_is_signed_out_everywhere(visit: Visit):
    li = visit.browser("li")
    assert li.get("/me").status_code == 200
    Resident.of(visit.life.town).filter(id=visit.who("li").id).update(left_at=visit.life.now)
    assert li.get("/me").status_code == 302


def test_the_digits_on_the_screen_are_the_towns_own(visit: Visit):
    digits = shown_code(visit)
    assert len(plain_digits(digits)) == 20
    assert digits == make_pay_code(visit.life.town.code, digits[2:13], b"", 0)[:13] + digits[13:]
