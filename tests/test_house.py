"""What a machine can check of the house's rules: sizes, places, and one word per concept."""

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import house


def none_of(found):
    """Fail with every place named, one a line."""
    places = list(found)
    assert not places, "\n" + "\n".join(map(str, places))


@pytest.mark.parametrize("pattern", house.PATTERNS, ids=lambda pattern: pattern.name.replace(" ", "-"))
def test_no_file_holds_what_has_a_better_way(pattern):
    none_of(place for file, text in house.texts().items() for place in pattern.found_in(file, text))


def test_a_file_has_one_thing_to_say():
    long = {file: len(text.splitlines()) for file, text, _ in house.python("gongfen", "tests", "tools")}
    none_of(
        f"{file}: {lines} lines"
        for file, lines in long.items()
        if "/migrations/" not in file and lines > house.MOST_LINES_OF_A_FILE
    )


def test_a_function_fits_on_a_screen():
    none_of(
        f"{file}:{function.lineno}: {function.name}"
        for file, _, tree in house.python("gongfen", "tests", "tools")
        for function in house.functions(tree)
        if "/migrations/" not in file
        and (function.end_lineno or 0) - function.lineno + 1 > house.MOST_LINES_OF_A_FUNCTION
    )


def test_an_endpoint_parses_calls_and_shapes_and_nothing_else():
    none_of(
        f"{file}:{function.lineno}: {function.name}"
        for file, _, tree in house.python("gongfen")
        for function in house.functions(tree)
        if house.is_endpoint(function) and house.lines_of_body(function) > house.MOST_LINES_OF_AN_ENDPOINT
    )


def test_no_file_is_a_drawer_for_everything():
    none_of(
        file
        for file in house.texts()
        if file.startswith("gongfen/") and house.BAD_NAMES & set(Path(file).with_suffix("").parts)
    )


def test_one_word_per_concept():
    none_of(
        f"{file}:{line}: {name}; instead: {house.WORDS[word]}"
        for file, _, tree in house.python("gongfen")
        for line, name in house.names(tree)
        if name not in house.ALLOWED
        for word in sorted(house.words_of(name) & house.WORDS.keys())
        if not (word == "user" and any(fnmatch(file, place) for place in house.OF_DJANGO_USERS))
    )


def test_functions_say_what_they_do():
    none_of(
        f"{file}:{function.lineno}: {function.name}; instead: a verb of docs/words.md"
        for file, _, tree in house.python("gongfen")
        for function in house.functions(tree)
        if function.name.split("_")[0] in house.VERBS and function.name not in house.ALLOWED
    )


def test_amounts_are_whole_hundredths():
    none_of(
        f"{file}:{node.lineno}: a float; instead: whole hundredths"
        for file, _, tree in house.python("gongfen")
        if any(fnmatch(file, place) for place in house.AMOUNTS) and "/migrations/" not in file
        for node in house.floats(file, tree)
    )
    halves = ast.parse("half = points * 0.5 / float(parts)")
    assert len(list(house.floats("gongfen/rules/x.py", halves))) == 3


def test_every_word_that_is_refused_stands_in_the_list_of_words():
    listed = house.texts()["docs/words.md"].lower()
    none_of(word for word in house.WORDS if word not in listed)
    none_of(verb for verb in house.VERBS if verb not in listed)


def test_every_query_of_a_town_begins_with_its_town():
    from django.apps import apps

    from gongfen.town.models import TownModel

    of_towns = {model.__name__ for model in apps.get_models() if issubclass(model, TownModel)}
    adding = {"bulk_create", "create"}
    none_of(
        f"{file}:{node.lineno}: {node.value.value.id}.objects.{node.attr}; instead: {node.value.value.id}.of(town)"
        for file, _, tree in house.python("gongfen")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id in of_towns
        and node.attr not in adding
        and (file, node.value.value.id) not in house.BEFORE_A_TOWN_IS_KNOWN
    )


@pytest.mark.parametrize(
    ("name", "file", "line"),
    [
        ("a row is saved", "gongfen/people/acts.py", "resident.save()"),
        ("a signal", "gongfen/people/acts.py", "from django.db.models.signals import post_save"),
        ("the clock", "gongfen/rules/days.py", "today = datetime.now(UTC)"),
        ("chance", "gongfen/rules/lots.py", "import random"),
        ("a balance is written", "gongfen/shops/acts.py", "Account.of(town).update(balance=0)"),
        ("SQL", "gongfen/shops/acts.py", "with connection.cursor() as cursor:"),
        ("a silenced line", "gongfen/shops/acts.py", "x = 1  # type" + ": ignore"),
        ("a path of one machine", "docs/x.md", "see /roo" + "t/x"),
    ],
)
def test_the_rules_bite(name, file, line):
    (pattern,) = [pattern for pattern in house.PATTERNS if pattern.name == name]
    assert pattern.found_in(file, f"a = 1\n{line}\n")[0].startswith(f"{file}:2: ")


def test_words_are_found_inside_names():
    assert house.words_of("UserWalletHTTPService") == {"user", "wallet", "http", "service"}
    assert house.words_of("open_accounts") == {"open", "accounts"}
