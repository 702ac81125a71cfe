"""Makes the files of the demo's village: `python -m gongfen.demo.make examples/daicun`. The same bytes every time.

480 households, 1,600 residents in 13 groups, about a third without a phone; all names are invented.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from gongfen.demo.cast import GROUPS, PEOPLE_TO_MEET, SHOPS, STAFF, TOWN, TOWN_CODE, TOWN_EN, VILLAGE, VILLAGE_EN
from gongfen.demo.names import MEN, SURNAMES, WOMEN
from gongfen.files.writer import Value, csv_of, xlsx_of

T = TypeVar("T")
SEED = 1958
HOUSEHOLDS, RESIDENTS = 480, 1600
SIZES = (1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6)
BANDS = {"under_14": "14岁以下", "youth": "14-17岁", "adult": "18-59岁", "elder": "60岁以上"}
PHONES = {"under_14": 0, "youth": 70, "adult": 92, "elder": 46}  # of a hundred

TERMS: tuple[tuple[str, str, str, str, str, str, str, int], ...] = (
    # kind, what, unit, points, caps a day, a month, a year, minutes
    ("须知", "本月须知", "月", "1", "", "1", "12", 5),
    ("问卷", "问卷", "次", "1", "", "", "6", 5),
    ("村里的事", "村民会议", "次", "2", "4", "", "", 120),
    ("村里的事", "安全巡查", "次", "2", "4", "", "", 120),
    ("村里的事", "培训", "次", "2", "4", "", "", 90),
    ("村里的事", "建议被采纳", "次", "2", "", "", "12", 60),
    ("公益工", "公益工", "小时", "1", "8", "", "", 60),
    ("公益工", "陪护照料", "小时", "1", "8", "", "", 60),
    ("公益工", "教学辅导", "小时", "1", "8", "", "", 60),
    ("劳动", "有报酬的农活", "工日", "120", "120", "", "", 480),
    ("劳动", "投工投劳", "工日", "8", "8", "", "", 480),
    ("垃圾分类", "垃圾分类", "周", "1", "", "5", "52", 15),
    ("邻里互助", "邻里互助", "次", "10", "", "", "", 120),
)

VILLAGE_TOML = """# 一个村的样子。改好后：gongfen load 这个文件夹 --dry-run
# What the village is. Names are invented.

[town]
name = "{town}"
name_en = "{town_en}"
code = {code}        # 付款码的前两位 · the first digits of a pay code
par = 100        # 1 工分值几分钱，定了就不变 · fen a point, for ever

[village]
name = "{village}"
name_en = "{village_en}"
notice_days = 7  # 公示几天 · days of notice
groups = [{groups}]

[staff]          # 户号-姓名，工作人员也是居民 · household-name, staff are residents
{staff}

[decision]       # 哪次会议通过了积分标准 · the meeting that decided the terms
met_on = 2024-01-06
took_part = 312
yes = 298
"""


@dataclass
class Person:
    """Somebody of the invented village."""

    name: str
    band: str
    is_head: bool = False


class Maker:
    """Makes people from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.met = dict(PEOPLE_TO_MEET)

    def pick(self, from_: Sequence[T]) -> T:
        """One of these."""
        return from_[int(self._random.random() * len(from_))]

    def in_a_hundred(self, chance: int) -> bool:
        """True that often."""
        return self._random.random() * 100 < chance

    def sizes(self) -> list[int]:
        """How many live behind each door: 1,600 in all."""
        found = [self.pick(SIZES) for _ in range(HOUSEHOLDS)]
        while sum(found) != RESIDENTS:
            place = int(self._random.random() * HOUSEHOLDS)
            step = 1 if sum(found) < RESIDENTS else -1
            if 1 <= found[place] + step <= 7:
                found[place] += step
        return found

    def household(self, number: str, size: int) -> list[Person]:
        """A head, perhaps a spouse, then children, grown children or old parents."""
        met = self.met.get(number)
        band = "adult" if met else "elder" if self.in_a_hundred(62 if size < 3 else 18) else "adult"
        surname = met[0] if met else self.pick(SURNAMES)
        people = [Person(met or self._name(surname, MEN, band), band, is_head=True)]
        if size > 1:
            people.append(Person(self._name(self.pick(SURNAMES), WOMEN, band), band))
        while len(people) < size:
            born = self._next(len(people), band)
            young = born in ("under_14", "youth")
            of = surname if young or born == "adult" or len(people) % 2 else self.pick(SURNAMES)
            person = Person(self._name(of, MEN if self.in_a_hundred(50) else WOMEN, born), born)
            if all(person.name != other.name for other in people):
                people.append(person)
        return people

    def _next(self, place: int, band: str) -> str:
        if band == "elder":
            return ("adult", "adult", "under_14", "under_14", "youth")[min(place - 2, 4)]
        chances = ("under_14", "under_14", "adult", "youth", "elder") if place < 4 else ("elder", "elder", "adult")
        return self.pick(chances)

    def _name(self, surname: str, names: Mapping[str, Sequence[str]], band: str) -> str:
        return surname + self.pick(names["young" if band in ("under_14", "youth") else band])


def residents(maker: Maker) -> list[list[Value]]:
    """The village's list, as its clerk keeps it."""
    rows: list[list[Value]] = [["户号", "姓名", "村民小组", "年龄段", "户主", "有手机", "监护人", "计人头"]]
    known = set(PEOPLE_TO_MEET)
    for place, size in enumerate(maker.sizes()):
        number = str(place + 1)
        group = GROUPS[place * len(GROUPS) // HOUSEHOLDS]
        people = maker.household(number, size)
        for person in people:
            phone = (number, person.name) in known or maker.in_a_hundred(PHONES[person.band])
            guardian = people[0].name if person.band == "under_14" else ""
            counts = person.is_head or not maker.in_a_hundred(2)
            rows.append(
                [
                    number,
                    person.name,
                    group,
                    BANDS[person.band],
                    *_ticks(person.is_head, phone),
                    guardian,
                    *_ticks(counts),
                ]
            )
    return rows


def terms() -> list[list[Value]]:
    """The points table, with a title above and lines to sign below."""
    header: list[Value] = ["序号", "类别", "项目", "单位", "分值", "每日上限", "每月上限", "每年上限", "每单位分钟"]
    rows: list[list[Value]] = [[f"{VILLAGE}积分标准"], ["（2024年1月6日村民会议通过）"], header]
    rows += [[place, *row] for place, row in enumerate(TERMS, 1)]
    return [*rows, [], ["制表：钱文娟", None, None, "审核：韩志明"]]


def merchants() -> list[list[Value]]:
    """The shops, each with what it sells."""
    rows: list[list[Value]] = [["店名", "店主", "店主户号", "营业时间", "商品"]]
    for shop in SHOPS:
        offers = "；".join(f"{what} {price}元" for what, price in shop.offers)
        household, name = shop.owner or ("", "")
        rows.append([shop.name, name, household, shop.hours, offers])
    return rows


def village() -> str:
    """village.toml."""
    staff = "\n".join(
        f"{role} = [{', '.join(f'{chr(34)}{household}-{name}{chr(34)}' for household, name in people)}]"
        for role, people in STAFF.items()
    )
    groups = ", ".join(f'"{group}"' for group in GROUPS)
    return VILLAGE_TOML.format(
        town=TOWN, town_en=TOWN_EN, code=TOWN_CODE, village=VILLAGE, village_en=VILLAGE_EN, groups=groups, staff=staff
    )


def files() -> dict[str, bytes]:
    """Every file of the folder by its name."""
    return {
        "village.toml": village().encode(),
        "residents.csv": csv_of(residents(Maker(SEED))),
        "terms.xlsx": xlsx_of("积分标准", terms()),
        "merchants.csv": csv_of(merchants()),
    }


def _ticks(*answers: bool) -> list[str]:
    return ["是" if answer else "否" for answer in answers]


def main(folder: str) -> None:
    """Write the files."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (place / name).write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1])
