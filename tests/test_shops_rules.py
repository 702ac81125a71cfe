"""Codes, sums, phrases, days and files of the shops: pure, held to published vectors."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfen.rules import allowances, bank_file, days, pay_code, phrases, spoken, totp
from gongfen.rules.allowances import A_YUAN, Allowance, Spent
from gongfen.rules.bank_file import PayoutLine, StatementLine
from gongfen.rules.days import DayState

SECRET = b"12345678901234567890"
APPENDIX_D = [755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489]
LONGER = {"sha1": SECRET, "sha256": (SECRET * 2)[:32], "sha512": (SECRET * 4)[:64]}


@pytest.mark.parametrize(
    ("counter", "number"),
    list(enumerate(APPENDIX_D)),
)
def test_rfc_4226_appendix_d(counter, number):
    assert totp.hotp(SECRET, counter, digest="sha1") == str(number)


@pytest.mark.parametrize(
    ("seconds", "sha1", "sha256", "sha512"),
    [
        (59, "94287082", "46119246", "90693936"),
        (1111111109, "07081804", "68084774", "25091201"),
        (1111111111, "14050471", "67062674", "99943326"),
        (1234567890, "89005924", "91819424", "93441116"),
        (2000000000, "69279037", "90698825", "38618901"),
        (20000000000, "65353130", "77737706", "47863826"),
    ],
)
def test_rfc_6238_appendix_b(seconds, sha1, sha256, sha512):
    for digest, number in {"sha1": sha1, "sha256": sha256, "sha512": sha512}.items():
        assert totp.totp(LONGER[digest], seconds, step=30, digits=8, digest=digest) == number


NOON = 1_767_225_600


def test_a_pay_code_has_twenty_digits_and_reads_back():
    code = pay_code.make_pay_code(7, "04123456789", SECRET, NOON)
    assert len(code) == 20
    assert code[2:13] == "04123456789"
    read = pay_code.read_pay_code(pay_code.grouped(code), town=7)
    assert read.handle == "04123456789"
    assert pay_code.shown_now(read, SECRET, NOON)


@pytest.mark.parametrize(("steps", "fits"), [(-6, False), (-5, True), (0, True), (5, True), (6, False)])
def test_a_phone_whose_clock_is_five_minutes_off_still_pays(steps, fits):
    code = pay_code.read_pay_code(pay_code.make_pay_code(7, "04123456789", SECRET, NOON), town=7)
    assert pay_code.shown_now(code, SECRET, NOON + 60 * steps) is fits


def test_a_code_of_another_town_is_told_apart_from_a_wrong_one():
    code = pay_code.make_pay_code(7, "04123456789", SECRET, NOON)
    with pytest.raises(pay_code.PayCodeOfAnotherTown):
        pay_code.read_pay_code(code, town=8)


@pytest.mark.parametrize("text", ["", "1234", "x" * 20, "１" * 20, "٣" * 20, "0" * 21])
def test_what_cannot_be_a_code_is_misread(text):
    with pytest.raises(pay_code.PayCodeMisread):
        pay_code.read_pay_code(text, town=7)


@given(st.integers(0, 10**11 - 1), st.integers(0, 19), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(handle, place, by):
    code = pay_code.make_pay_code(7, str(handle).zfill(11), SECRET, NOON)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(pay_code.PayCodeMisread):
        pay_code.read_pay_code(wrong, town=7)


def test_wrong_codes_slow_a_till_but_never_for_more_than_a_minute():
    assert [pay_code.slowed_seconds(tries) for tries in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert pay_code.slowed_seconds(10**9) == 60


@pytest.mark.parametrize(
    ("fen", "said"),
    [(1250, "12元5角"), (1205, "12元零5分"), (1255, "12元5角5分"), (1200, "12元"), (50, "5角"), (5, "5分"), (0, "0元")],
)
def test_a_sum_is_said_as_people_say_it(fen, said):
    assert spoken.spoken(fen * 100) == said


def test_the_till_says_what_came_in():
    assert spoken.received(125_000) == {"zh": "收到12元5角", "en": "Received 12.50 yuan"}


def test_a_receipt_phrase_is_four_words_and_belongs_to_its_act():
    first, second = phrases.phrase(7, 41, "pay/7/1"), phrases.phrase(7, 42, "pay/7/2")
    assert first == phrases.phrase(7, 41, "pay/7/1")
    assert first != second
    assert all(len(words.split()) == 4 for words in first.values())
    assert len(set(phrases.ZH)) == len(set(phrases.EN)) == 128


ALLOWANCE = Allowance(
    payment=50 * A_YUAN, day=100 * A_YUAN, week=150 * A_YUAN, month=200 * A_YUAN, confirm_above=20 * A_YUAN
)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("spent", "money", "period"),
    [
        (Spent(FRIDAY), 51 * A_YUAN, "payment"),
        (Spent(FRIDAY, 60 * A_YUAN, 60 * A_YUAN, 60 * A_YUAN), 41 * A_YUAN, "day"),
        (Spent(FRIDAY, 0, 140 * A_YUAN, 140 * A_YUAN), 11 * A_YUAN, "week"),
        (Spent(FRIDAY, 0, 0, 190 * A_YUAN), 11 * A_YUAN, "month"),
    ],
)
def test_each_allowance_stops_at_its_own_sum(spent, money, period):
    refusal = allowances.check(ALLOWANCE, spent, money)
    assert isinstance(refusal, allowances.AllowanceReached)
    assert refusal.facts["period"] == period
    assert allowances.check(ALLOWANCE, spent, money - A_YUAN) is None


@pytest.mark.parametrize("money", [0, -100, 1, 99, 12_550_1])
def test_nothing_and_parts_of_a_fen_are_not_paid(money):
    assert isinstance(allowances.check(ALLOWANCE, Spent(FRIDAY), money), allowances.SumNotPayable)


def test_a_warning_comes_before_the_stop():
    assert allowances.warnings(ALLOWANCE, Spent(FRIDAY, 79 * A_YUAN, 79 * A_YUAN, 79 * A_YUAN)) == []
    (warning,) = allowances.warnings(ALLOWANCE, Spent(FRIDAY, 80 * A_YUAN, 80 * A_YUAN, 80 * A_YUAN))
    assert (warning.period, warning.left) == ("day", 20 * A_YUAN)


def test_sums_of_a_period_that_is_over_no_longer_count():
    spent = Spent(date(2026, 11, 27), 5, 6, 7)
    assert spent.at(date(2026, 11, 29)) == Spent(date(2026, 11, 29), 0, 6, 7)
    assert spent.at(date(2026, 11, 30)) == Spent(date(2026, 11, 30), 0, 0, 7)
    assert spent.at(date(2026, 12, 1)) == Spent(date(2026, 12, 1), 0, 0, 0)


def test_a_paid_day_never_moves_again():
    assert not any(days.may_go(DayState.PAID, to) for to in DayState)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_every_day_is_settled_on_the_friday_after_it(day):
    friday = days.settles_on(day)
    assert friday.weekday() == 4
    assert 1 <= (friday - day).days <= 7


LINES = [
    PayoutLine("4-1", "小芳超市, 村口店", "6222000011112222", 1_234_500),
    PayoutLine("4-2", "=老王五金", "6222000011113333", 100),
]


def test_the_payout_file_is_guarded_by_its_last_line():
    content = bank_file.make_payout_file("4-1", 7, FRIDAY, LINES)
    assert content.decode().splitlines()[:3] == [
        "H,gongfen-payout,1,4-1,07,2026-11-27,CNY",
        'P,1,4-1,"小芳超市, 村口店",6222000011112222,123.45',
        "P,2,4-2,老王五金,6222000011113333,0.01",
    ]
    body, last = content[: content.rindex(b"T,")], content[content.rindex(b"T,") :]
    assert last.decode().strip() == f"T,2,123.46,{hashlib.sha256(body).hexdigest()}"


ANSWERS = [StatementLine("4-1", 1_234_500, "paid"), StatementLine("4-2", 100, "bounced", "户名不符")]


def test_a_statement_reads_back_as_it_was_made():
    assert bank_file.read_statement(bank_file.make_statement(FRIDAY, ANSWERS)) == ANSWERS


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("123.45", "123.4", "sum"),
        ("123.45", "-123.45", "sum"),
        ("123.45", "123.46", "total"),
        ("paid", "perhaps", "answer"),
        ("L,4-2", "L", "five_fields"),
        ("L,4-2", "L,", "no_reference"),
        ("户名不符", "别的话", "checksum"),
        ("T,2", "T,3", "count"),
        ("T,2", "X,2", "last_line"),
        ("gongfen-statement", "another", "first_line"),
    ],
)
def test_a_broken_line_is_named_and_the_whole_file_refused(old, new, what):
    text = bank_file.make_statement(FRIDAY, ANSWERS).decode()
    with pytest.raises(bank_file.BankFileBroken) as refused:
        bank_file.read_statement(text.replace(old, new, 1).encode())
    assert [word for _, word in refused.value.facts["lines"]] == [what]


@given(st.binary(max_size=200))
def test_any_bytes_get_a_plain_answer(content):
    with pytest.raises(bank_file.BankFileBroken):
        bank_file.read_statement(content)


def test_what_does_not_agree_is_listed_and_not_applied():
    expected = {"4-1": 1_234_500, "4-2": 100, "4-3": 500, "4-4": 700}
    lines = [
        *ANSWERS,
        StatementLine("4-3", 600, "paid"),
        StatementLine("9-9", 5, "paid"),
        StatementLine("3-1", 5, "paid"),
    ]
    matched = bank_file.match(expected, {"3-1": "bounced"}, lines)
    assert (matched.paid, matched.bounced) == (["4-1"], {"4-2": "户名不符"})
    assert [(difference.what, difference.reference) for difference in matched.differences] == [
        ("other_sum", "4-3"),
        ("not_ours", "9-9"),
        ("said_otherwise_before", "3-1"),
        ("not_in_statement", "4-4"),
    ]


def test_two_different_words_about_one_payout_apply_neither():
    lines = [StatementLine("4-1", 100, "paid"), StatementLine("4-1", 100, "bounced")]
    matched = bank_file.match({"4-1": 100}, {}, lines)
    assert (matched.paid, matched.bounced) == ([], {})
    assert [difference.what for difference in matched.differences] == ["said_twice"]
