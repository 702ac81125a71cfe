"""The app can say every no of the server, in Chinese and in English, also when the server cannot say it itself."""

import json
import re
from pathlib import Path

from gongfen.commands import words as command
from gongfen.words import catalogue
from tests.test_words import placeholders, refusals

KEPT = Path(__file__).resolve().parent.parent / "client" / "src" / "words" / "refusals.catalogue.ts"
LINE = re.compile(r'  ("[^"]+"): (\[.+\]),')
READ_BY_THE_APP = {"", "money", "points", "day", "moment"}  # words/index.ts: how a fact is read


def kept() -> dict[str, tuple[str, str]]:
    """The catalogue as the app keeps it."""
    lines = (LINE.fullmatch(line) for line in KEPT.read_text(encoding="utf-8").splitlines())
    return {json.loads(line[1]): tuple(json.loads(line[2])) for line in lines if line}


def test_every_refusal_of_the_server_has_its_words_in_the_app():
    """A new code without words in the app: run `./run gongfen words > client/src/words/refusals.catalogue.ts`."""
    assert sorted(set(refusals().values()) - set(kept())) == []
    assert kept() == dict(catalogue())


def test_the_file_is_as_the_command_writes_it():
    assert KEPT.read_text(encoding="utf-8") == command.written()


def test_facts_keep_their_braces_and_are_read_in_ways_that_the_app_knows():
    for code, (zh, en) in kept().items():
        asked = {how for text in (zh, en) for how in re.findall(r"\{\w+:?(\w*)\}", text)}
        assert asked <= READ_BY_THE_APP, code
        assert placeholders(zh) == placeholders(catalogue()[code][0]), code
        assert placeholders(en) == placeholders(catalogue()[code][1]), code


def test_words_are_peoples_sentences():
    for code, (zh, en) in kept().items():
        assert not re.search(r"\berror\b|错误代码|异常|failed", f"{zh} {en}", re.IGNORECASE), code
