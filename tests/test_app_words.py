"""The app can say every no of the server, in Chinese and in English, also when the server cannot say it itself."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from gongfen.commands import words as command
from gongfen.words import catalogue
from tests.test_words import placeholders, refusals

CLIENT = Path(__file__).resolve().parent.parent / "client"
LINE = re.compile(r'  ("[^"]+"): (\[.+\]),')
READ_BY_THE_APP = {"", "money", "points", "day", "moment"}  # words/index.ts: how a fact is read


def kept() -> dict[str, tuple[str, str]]:
    """The catalogue as the app is built with."""
    lines = (LINE.fullmatch(line) for line in command.written().splitlines())
    return {json.loads(line[1]): tuple(json.loads(line[2])) for line in lines if line}


def test_every_refusal_of_the_server_has_its_words_in_the_app():
    assert sorted(set(refusals().values()) - set(kept())) == []
    assert kept() == dict(catalogue())


def test_the_app_is_built_with_the_words_of_today():
    """The file is made anew whenever the server changed, as the types of the calls are."""
    builder = (CLIENT / "build.py").read_text(encoding="utf-8")
    assert 'told_by_server("words")' in builder
    assert "@/words/refusals.catalogue" in (CLIENT / "src/platform/catalogue.ts").read_text(encoding="utf-8")


def test_facts_keep_their_braces_and_are_read_in_ways_that_the_app_knows():
    for code, (zh, en) in kept().items():
        asked = {how for text in (zh, en) for how in re.findall(r"\{\w+:?(\w*)\}", text)}
        assert asked <= READ_BY_THE_APP, code
        assert placeholders(zh) == placeholders(catalogue()[code][0]), code
        assert placeholders(en) == placeholders(catalogue()[code][1]), code


def test_words_are_peoples_sentences():
    for code, (zh, en) in kept().items():
        assert not re.search(r"\berror\b|错误代码|异常|failed", f"{zh} {en}", re.IGNORECASE), code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_stands_for_one_sentence_only(language):
    """The catalogues are put together: a name in two of them would silently be the other page's words."""
    folder = CLIENT / "src/words"
    files = [folder / f"{language}.ts", *folder.glob(f"*.{language}.ts")]
    names = [name for file in files for name in re.findall(r"^  '([^']+)':", file.read_text("utf-8"), re.MULTILINE)]
    assert len(names) > 500
    assert [name for name, times in Counter(names).items() if times > 1] == []
