"""`gongfen load DIR`: a village from its own files. All or nothing; loading again changes nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import OperationalError, connection

from gongfen.commands.serve import refusal
from gongfen.demo.bar import Bar
from gongfen.rules.notice import village_day
from gongfen.town import clock, ids, leases

if TYPE_CHECKING:  # the libraries of tables are read in only when tables are
    from gongfen.files.load import Loaded
    from gongfen.files.problems import Problem

SUMMARY = ("用村里自己的表格建一个村", "Load a village from its own files")
COUNTED = {
    "residents": ("居民", "residents"),
    "moved": ("搬了家", "moved"),
    "changed": ("有变化", "changed"),
    "guardians": ("换了监护人", "with another guardian"),
    "roles": ("工作人员", "staff roles"),
    "terms": ("积分标准", "terms"),
    "merchants": ("店家", "shops"),
    "offers": ("商品", "offers"),
}


def add(parser: ArgumentParser) -> None:
    """The folder, and whether to write."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="village.toml, residents, terms, merchants")
    parser.add_argument("--dry-run", action="store_true", help="只检查，什么都不写 · check only, write nothing")
    parser.add_argument("--leave-out", action="store_true", help="不行的积分行不要 · leave refused terms out")
    parser.add_argument(
        "--marked", type=Path, metavar="OUT", help="把有问题的表带红字存到这里 · give the files back, marked in red"
    )


def run(options: Namespace) -> int:
    """0 when loaded (or nothing is wrong in a dry run), 1 when something cannot stand, 2 when there is no folder."""
    from gongfen.files.problems import with_place

    lang = options.say("zh", "en")
    if not options.folder.is_dir():
        zh, en = f"没有这个文件夹：{options.folder}", f"There is no such folder: {options.folder}"
        print(options.say(zh, en), file=sys.stderr)
        return 2
    try:
        loaded = _loaded(options)
    except OperationalError as stopped:
        zh, en = f"数据库停了（{stopped}），什么都没有写。", f"The database stopped ({stopped}); nothing was written."
        print(options.say(zh, en), file=sys.stderr)
        return 1
    if loaded is None:
        return 1
    for problem in [*loaded.remarks, *loaded.left_out]:
        print(with_place(problem, lang), file=sys.stderr)
    for problem in loaded.problems:
        print("✗ " + with_place(problem, lang), file=sys.stderr)
    if options.marked:
        _give_back(options, [*loaded.problems, *loaded.left_out], lang)
    if loaded.problems:
        count = len(loaded.problems)
        zh, en = f"有 {count} 处要改，什么都没有写。", f"{count} places to change; nothing was written."
        print(options.say(zh, en), file=sys.stderr)
        return 1
    print(_told(options, loaded))
    return 0


def _loaded(options: Namespace) -> Loaded | None:
    from gongfen.files.folder import read_folder
    from gongfen.files.load import Loaded, load

    now = clock.now()
    if not connection.introspection.table_names():
        if options.dry_run:  # there is no village yet that the files could not go with
            found = read_folder(options.folder, village_day(now))
            return Loaded(problems=found.problems, remarks=found.remarks)
        call_command("migrate", verbosity=0)
    if why := refusal():
        print(options.say(*why), file=sys.stderr)
        return None
    bar = Bar(options.say("载入", "Loading"))
    if options.dry_run:
        return load(options.folder, now=now, dry_run=True, leave_out=options.leave_out, on_step=bar)
    held = leases.lease(leases.holder())
    ids.use(held)
    try:
        return load(options.folder, now=now, leave_out=options.leave_out, on_step=bar)
    finally:
        leases.give_back(held, leases.holder())


def _give_back(options: Namespace, problems: Sequence[Problem], lang: str) -> None:
    from gongfen.files.writer import marked

    options.marked.mkdir(parents=True, exist_ok=True)
    tables = {problem.file for problem in problems if problem.row and problem.file.endswith((".csv", ".xlsx"))}
    for name in sorted(tables):
        path = options.marked / f"{Path(name).stem}.xlsx"
        path.write_bytes(marked(options.folder / name, problems, lang))
        print(options.say(f"带红字的表：{path}", f"Marked in red: {path}"), file=sys.stderr)


def _told(options: Namespace, loaded: Loaded) -> str:
    say: Callable[[str, str], str] = options.say
    counted = [(many, *COUNTED[what]) for what, many in loaded.counts.items()]
    parts = say(
        "，".join(f"{zh} {many}" for many, zh, _ in counted), ", ".join(f"{many} {en}" for many, _, en in counted)
    )
    if options.dry_run:
        ok = say("没有问题，什么都没有写。", "Nothing is wrong; nothing was written.")
        return ok + (say(f"会写入：{parts}", f" It would write: {parts}") if parts else "")
    if not parts:
        return say("和已有的一样，没有要改的。", "The same as what stands; nothing changed.")
    name = loaded.village.name if loaded.village else ""
    return say(f"{name}载入完毕：{parts}", f"{name} is loaded: {parts}")
