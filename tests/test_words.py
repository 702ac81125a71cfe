"""Every no has a sentence in Chinese and in English, and amounts and days are written the way people say them."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import gongfen
from gongfen import words
from gongfen.rules.refusals import Refusal

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # 12:00 in the village
HOUSE = Path(gongfen.__file__).parent


class NotEnoughRice(Refusal):
    code = "not_enough_rice"


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the source, by its dotted name."""
    return tuple(
        (
            ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__"),
            ast.parse(path.read_text(encoding="utf-8"), str(path)),
        )
        for path in sorted(HOUSE.rglob("*.py"))
    )


def bases(node: ast.ClassDef) -> set[str]:
    return {base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in node.bases}


@cache
def refusals() -> dict[tuple[str, str], str]:
    """Module and name of each refusal class → its code, from the source, so that none hides where nobody imports."""
    classes = [(where, node) for where, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known, found = {"Refusal"}, {}
    for _ in range(4):  # refusals of refusals
        for where, node in classes:
            if bases(node) & known:
                known.add(node.name)
                for line in node.body:
                    if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "code":
                        found[where, node.name] = ast.literal_eval(line.value)
    return found


def given_facts() -> Iterator[tuple[str, set[str]]]:
    """Each place in the source that makes a refusal, with the facts it gives (places that pass **facts say nothing)."""
    codes = refusals()
    for where, tree in modules():
        imported = {
            name.asname or name.name: (node.module or "", name.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and all(keyword.arg for keyword in node.keywords):
                code = codes.get(meant(node.func, where, imported))
                if code:
                    yield code, {str(keyword.arg) for keyword in node.keywords}


def meant(called: ast.expr, where: str, imported: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Module and name of the class that is called: of this module, imported by name, or through its module."""
    if isinstance(called, ast.Name):
        return imported.get(called.id, (where, called.id))
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return ".".join(imported.get(called.value.id, ("", ""))), called.attr
    return "", ""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_refusal_has_a_sentence_in_both_languages():
    missing = sorted(set(refusals().values()) - set(words.catalogue()))
    assert missing == []


def test_no_sentence_is_empty_and_the_chinese_one_is_chinese():
    for code, (zh, en) in words.catalogue().items():
        assert any("一" <= letter <= "鿿" for letter in zh), code
        assert en.strip(), code
        assert not any("一" <= letter <= "鿿" for letter in en), code


def test_both_languages_of_a_sentence_name_the_same_facts():
    """A name that has two languages is the fact `zh` in the one and `en` in the other."""
    named = {code: (placeholders(zh), placeholders(en)) for code, (zh, en) in words.catalogue().items()}
    uneven = {code for code, (zh, en) in named.items() if zh - {"zh"} != en - {"en"} or ("zh" in zh) != ("en" in en)}
    assert uneven == set()


def test_a_sentence_asks_only_for_facts_that_its_refusal_gives():
    book = words.catalogue()
    asks = [
        (code, sorted(asked - facts))
        for code, facts in given_facts()
        if code in book and (asked := placeholders(book[code][0]) | placeholders(book[code][1])) - facts
    ]
    assert asks == []


def test_every_sentence_can_be_filled_in_with_nothing_known():
    for code in words.catalogue():
        for lang in words.LANGUAGES:
            assert "{" not in words.sentence(code, lang), code


def test_a_code_in_two_areas_is_refused():
    with pytest.raises(words.TwoSentences, match="not_enough_rice"):
        words.collect([("rice", {"not_enough_rice": ("米不够", "x")}), ("till", {"not_enough_rice": ("没米了", "y")})])


def test_facts_are_read_the_way_the_sentence_asks(monkeypatch):
    book = {"not_enough_rice": ("还差{short:money}，{until:day}再来", "{short:money} missing, come again {until:day}")}
    monkeypatch.setattr(words, "catalogue", lambda: book)
    no = NotEnoughRice(short=125_000, until=(NOON + timedelta(days=1)).isoformat())
    assert words.sentence(no, "zh", now=NOON) == "还差¥12.50，明天再来"
    assert words.sentence(no, "en", now=NOON) == "¥12.50 missing, come again tomorrow"
    assert words.sentence("not_enough_rice", "zh") == "还差…，…再来"


def test_a_no_without_words_still_tells_its_code():
    assert "not_enough_rice" in words.sentence(NotEnoughRice(), "zh")
    assert "not_enough_rice" in words.sentence(NotEnoughRice(), "en")


@pytest.mark.parametrize(
    ("hundredths", "read"),
    [(3000, "30"), (3050, "30.5"), (3005, "30.05"), (0, "0"), (4_183_100, "41,831"), (-1250, "−12.5")],
)
def test_points_have_no_needless_zeros(hundredths, read):
    assert words.points(hundredths) == read


@pytest.mark.parametrize(
    ("hundredths", "read"),
    [(125_000, "¥12.50"), (0, "¥0.00"), (750_000_000, "¥75,000.00"), (125_001, "¥12.5001"), (-125_000, "−¥12.50")],
)
def test_money_has_two_decimals_and_loses_nothing(hundredths, read):
    assert words.money(hundredths) == read


@pytest.mark.parametrize(
    ("hundredths", "zh", "en"),
    [
        (125_000, "12元5角", "12.50 yuan"),
        (120_500, "12元零5分", "12.05 yuan"),
        (3_000, "3角", "0.30 yuan"),
        (1_000_000, "100元", "100.00 yuan"),
        (0, "0元", "0.00 yuan"),
    ],
)
def test_a_till_says_the_sum_aloud(hundredths, zh, en):
    assert words.said(hundredths, "zh") == zh
    assert words.said(hundredths, "en") == en


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (NOON, "今天", "today"),
        (NOON - timedelta(hours=13), "昨天", "yesterday"),
        (NOON + timedelta(hours=12), "明天", "tomorrow"),
        (date(2026, 11, 3), "11月3日", "3 Nov"),
        (date(2025, 11, 3), "2025年11月3日", "3 Nov 2025"),
    ],
)
def test_days_are_told_as_people_say_them(when, zh, en):
    assert words.day(when, "zh", NOON) == zh
    assert words.day(when, "en", NOON) == en


def test_a_moment_is_told_by_the_villages_clock():
    assert words.moment(NOON + timedelta(minutes=125), "zh", NOON) == "今天 14:05"
