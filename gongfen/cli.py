"""The command line: `gongfen <command>`. Commands are the files of `gongfen/commands`."""

import argparse
import locale
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import django

from gongfen import commands
from gongfen.databases import BadDatabaseAddress
from gongfen.rules.refusals import Refusal

ABOUT = ("工分：村里的工分账", "Gongfen: the work points of a village")
Say = Callable[[str, str], str]


def speaks_chinese(environment: dict[str, str] | None = None) -> bool:
    """Whether the reader's locale is Chinese."""
    found = environment if environment is not None else dict(os.environ)
    told = found.get("LC_ALL") or found.get("LC_MESSAGES") or found.get("LANG") or locale.getlocale()[0] or ""
    return told.lower().startswith(("zh", "chinese"))


def sayer(chinese: bool) -> Say:
    """Chooses between a zh and an en sentence."""
    return lambda zh, en: zh if chinese else en


def names() -> list[str]:
    """The commands there are."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when refused or differences were found, 2 when used wrongly."""
    say = sayer(speaks_chinese())
    given = list(sys.argv[1:] if words is None else words)
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--database", help=say("数据库地址，如 postgresql://…", "database address, postgresql://…"))
    where.add_argument("--dir", help=say("数据目录，默认 ./var", "data folder, ./var by default"))
    known, _ = where.parse_known_args(given)
    if known.database:
        os.environ["GONGFEN_DATABASE"] = known.database
    if known.dir:
        os.environ["GONGFEN_DIR"] = known.dir
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    try:
        django.setup()
    except BadDatabaseAddress as wrong:
        print(say(f"看不懂这个数据库地址：{wrong}", f"This is no database address: {wrong}"), file=sys.stderr)
        return 2
    return _run(given, where, say)


def _run(given: Sequence[str], where: argparse.ArgumentParser, say: Say) -> int:
    parser = argparse.ArgumentParser("gongfen", description=say(*ABOUT))
    choices = parser.add_subparsers(dest="command", required=True, metavar=say("命令", "command"))
    for name in names():
        command = import_module(f"gongfen.commands.{name}")
        summary = say(*command.SUMMARY)
        command.add(choices.add_parser(name, parents=[where], help=summary, description=summary))
    options = parser.parse_args(given)
    options.say = say
    command = import_module(f"gongfen.commands.{options.command}")
    try:
        return int(command.run(options))
    except Refusal as no:
        from gongfen.words import sentence

        print(sentence(no, say("zh", "en")), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
