"""`gongfen dividend verify FILE`: recompute a dividend from its public file, to the hundredth of a fen."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from gongfen.rules.dividend_file import BrokenFile, verify
from gongfen.words import sentence

SUMMARY = ("核对分红公示文件", "Recompute a dividend from its public file")
MOST_SHOWN = 20


def add(parser: ArgumentParser) -> None:
    """`verify FILE`."""
    choices = parser.add_subparsers(dest="what", required=True)
    checking = choices.add_parser("verify")
    checking.add_argument("file", type=Path)


def run(options: Namespace) -> int:
    """0 when every sum is right, 1 when one differs, 2 when there is no such file."""
    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        print(options.say(f"没有这个文件：{options.file}", f"There is no such file: {options.file}"), file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print(sentence(BrokenFile(line=1), options.say("zh", "en")), file=sys.stderr)
        return 1
    differences = verify(text)
    for found in differences[:MOST_SHOWN]:
        print(
            options.say(
                f"{found.what}：文件写的是 {found.said}，重算是 {found.found}",
                f"{found.what}: the file says {found.said}, the sum is {found.found}",
            )
        )
    if differences:
        print(options.say(f"有 {len(differences)} 处对不上", f"{len(differences)} differences"))
        return 1
    print(options.say("分文不差：每一笔都重新算过", "Right to the hundredth of a fen: every share was computed anew"))
    return 0
