"""`gongfen restore FILE`: a database from a backup. Nothing is overwritten unless `--replace` says so."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

SUMMARY = ("从备份恢复", "Bring a database back from a backup")


def add(parser: ArgumentParser) -> None:
    """The file, and whether what is there may go."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="原来的数据不要了 · what is there may go")


def run(options: Namespace) -> int:
    """Check the file, restore, bring it to this version, audit. 0 when the books are right, 1 otherwise."""
    from gongfen.keeping.engines import CannotKeep
    from gongfen.keeping.packing import bring_back

    try:
        about = bring_back(options.file, replace=options.replace)
    except CannotKeep as why:
        print(options.say(why.zh, why.en), file=sys.stderr)
        return 1
    zh, en = f"恢复好了：{about['made_at']} 的备份。", f"Restored: the backup of {about['made_at']}."
    print(options.say(zh, en))
    if not about["secret"]:
        zh = "备份里没有密钥：请把原来的 secret 文件放回数据目录，或设 GONGFEN_SECRET。"
        en = "The backup has no secret: put the file `secret` back into the data folder, or set GONGFEN_SECRET."
        print(options.say(zh, en))
    return _audit(options)


def _audit(options: Namespace) -> int:
    from gongfen.ledger.audit import audit
    from gongfen.town.models import Town

    good = True
    for town in Town.objects.order_by("code"):
        report = audit(town, full=True)
        good = good and report.passed
        told = options.say("分文不差", "right to the hundredth") if report.passed else options.say("有差错", "differs")
        print(options.say(f"查账 {town.name}：", f"Audit of {town.name}: ") + f"{report.transfers:,} · {told}")
    return 0 if good else 1
