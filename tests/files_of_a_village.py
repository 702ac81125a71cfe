"""A very small village in four files, for tests that change one cell and look what is said."""

from datetime import date
from pathlib import Path

from gongfen.files.folder import Folder, read_folder

TODAY = date(2026, 1, 1)
VILLAGE = """
[town]
name = "戴村镇"
code = 17
[village]
name = "小村"
notice_days = 7
groups = ["一组", "二组"]
[staff]
organiser = "1-林队长"
reviewer = ["2-吴审核", "3-沈审核"]
clerk = "1-林队长"
treasurer = "4-周会计"
supervisor = "5-韩监督"
[decision]
met_on = 2025-12-28
took_part = 30
yes = 28
"""
RESIDENTS = """户号,姓名,村民小组,年龄段,户主,有手机,监护人,计人头
1,林队长,一组,18-59岁,是,是,,是
1,林小妹,一组,14岁以下,否,否,林队长,是
2,吴审核,一组,18-59岁,是,是,,是
3,沈审核,一组,60岁以上,是,否,,是
4,周会计,二组,18-59岁,是,是,,是
5,韩监督,二组,18-59岁,是,是,,是
5,韩小弟,二组,14-17岁,否,是,,是
"""
TERMS = """类别,项目,单位,分值,每日上限,每年上限,备注
村里的事,村民会议,次,2,4,,
公益工,公益工,小时,1,8,,
"""
MERCHANTS = """店名,店主,户号,营业时间,商品
小店,韩监督,5,8:00-18:00,肥皂 5元；大米 50元
"""
FILES = {"village.toml": VILLAGE, "residents.csv": RESIDENTS, "terms.csv": TERMS, "merchants.csv": MERCHANTS}


def write(folder: Path, **changed: str | bytes | None) -> Path:
    """The village's files in a folder, some of them changed (`residents_csv="…"`), or left out (None)."""
    folder.mkdir(exist_ok=True)
    files: dict[str, str | bytes | None] = {**FILES}
    for name, data in changed.items():
        place = name.rpartition("_")
        files[f"{place[0]}.{place[2]}"] = data
    for name, data in files.items():
        if data is not None:
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def read(folder: Path, **changed: str | bytes | None) -> Folder:
    """What is read of the village's files with these changes."""
    return read_folder(write(folder, **changed), TODAY)


def said(found: Folder) -> set[tuple[str, int, str]]:
    """Code, row and column of everything that was said."""
    return {(problem.code, problem.row, problem.column) for problem in [*found.problems, *found.remarks]}
