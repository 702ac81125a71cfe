"""`gongfen backup FILE`: the whole database in one file, while everybody goes on working."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

SUMMARY = ("备份到一个文件（不用停机）", "Back up into one file (nobody has to stop)")


def add(parser: ArgumentParser) -> None:
    """The file, and whether the secret goes with it."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--without-secret",
        action="store_true",
        help="不放密钥（另外保管） · leave the server's secret out, and keep it elsewhere",
    )


def run(options: Namespace) -> int:
    """0 when the file is there, whole; 1 when it could not be. An existing file is never overwritten."""
    from gongfen.keeping.engines import CannotKeep
    from gongfen.keeping.packing import back_up

    if options.file.exists():
        zh, en = f"{options.file} 已经有了，没有覆盖。", f"{options.file} is there already and was not overwritten."
        print(options.say(zh, en), file=sys.stderr)
        return 1
    try:
        about = back_up(options.file, with_secret=not options.without_secret)
    except CannotKeep as why:
        print(options.say(why.zh, why.en), file=sys.stderr)
        return 1
    size = os.path.getsize(options.file)
    zh, en = f"备份好了：{options.file}，{size:,} 字节。", f"Backed up: {options.file}, {size:,} bytes."
    print(options.say(zh, en))
    if about["secret"]:
        zh = "里面有服务器的密钥：请像账本一样锁好。"
        print(options.say(zh, "The server's secret is in it: lock it away like the account book."))
    else:
        zh = "里面没有密钥（GONGFEN_SECRET 或 secret 文件）：请另外保管，没有它就读不了银行账号和手机的付款密钥。"
        en = (
            "The secret (GONGFEN_SECRET, or the file `secret`) is not in it: keep it elsewhere. Without it bank"
            " accounts and the phones' pay codes cannot be read."
        )
        print(options.say(zh, en))
    return 0
