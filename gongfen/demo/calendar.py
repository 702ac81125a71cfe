"""What the demo's village announces in a year: kind, day, hours, and how many usually come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
COMMON = (
    ("清理村口水渠", "Clearing the ditch at the village gate", "村口"),
    ("打扫桥头小广场", "Sweeping the square by the bridge", "桥头"),
    ("种行道树", "Planting trees along the road", "村道"),
    ("修补机耕路", "Mending the field road", "南畈"),
    ("清理河道漂浮物", "Clearing the river", "河边"),
    ("粉刷老年活动室", "Painting the elders' room", "活动室"),
)
CARE = (("陪老人聊天理发", "An afternoon with the elders", "活动室"), ("给独居老人送饭", "Meals for elders", "村食堂"))


@dataclass(frozen=True)
class Plan:
    """One activity of the year. Hours are those of its (first) day; points are the budget, whole points."""

    day: int
    kind: str
    what: str
    title: str
    title_en: str
    budget: int
    come: int
    hour: int = 9
    until: int = 11
    days: int = 1
    place: str = "村委会"
    paid: bool = False
    announced: int = 4  # days before
    by_town: bool = False


def plans(month_of: Sequence[int]) -> list[Plan]:
    """The whole season in order of its days. `month_of` is the month (1–12) of each day, today's the last."""
    days = len(month_of) - 1
    return sorted(
        [*_taps(month_of, days), *_meetings(days), *_work(days)],
        key=lambda plan: (plan.day - plan.announced, plan.title),
    )


def _taps(month_of: Sequence[int], days: int) -> Iterator[Plan]:
    starts = [day for day in range(2, days + 1) if day == 2 or month_of[day] != month_of[day - 1]]
    for start, end in zip(starts, [*starts[1:], days + 20], strict=True):
        month = MONTHS[month_of[start] - 1]
        yield Plan(
            start, "article", "notices", f"{month}须知", "This month's notices", 240, 0,
            hour=0, until=23, days=end - start, announced=1,
        )  # fmt: skip
    for start in range(3, days - 10, 91):
        yield Plan(
            start, "waste_sorting", "sorting", "垃圾分类", "Waste sorting", 2_300, 0,
            hour=0, until=23, days=91 if start + 91 < days - 10 else days - start + 20, announced=2,
        )  # fmt: skip

    for start in range(4, days - 10, 182):
        yield Plan(
            start, "neighbours_help", "help", "邻里互助", "Neighbours' help", 10, 0,
            hour=0, until=23, days=182 if start + 182 < days - 10 else days - start + 20, announced=2,
        )  # fmt: skip


def _meetings(days: int) -> Iterator[Plan]:
    for number, day in enumerate(range(12, days - 3, 30)):
        yield Plan(
            day, "affairs", "meeting", f"第{number + 1}次村民会议", "Village meeting", 220, 80, hour=14, until=16
        )
    for number, day in enumerate(range(20, days - 3, 30)):
        title, title_en = (("防火培训", "Fire safety training"), ("果树修剪夜校", "Pruning course"))[number % 2]
        yield Plan(day, "affairs", "training", title, title_en, 70, 24, hour=19, until=21, place="文化礼堂")
    for day in range(9, days - 3, 28):
        yield Plan(day, "affairs", "watch", "夜间安全巡查", "Night safety watch", 40, 16, hour=19, until=21)

    for day in range(26, days - 3, 91):
        title, title_en = "全镇防溺水培训", "The town's training: safe at the river"
        yield Plan(day, "affairs", "training", title, title_en, 60, 20, 19, 21, place="镇文化站", by_town=True)


def _work(days: int) -> Iterator[Plan]:
    for number, day in enumerate(range(6, days - 6, 7)):
        title, title_en, place = COMMON[number % len(COMMON)]
        hours = 2 + number % 3
        yield Plan(
            day, "volunteering", "common", title, title_en, 56 * hours, 40, hour=8, until=8 + hours, place=place
        )  # fmt: skip
    for number, day in enumerate(range(15, days - 6, 30)):
        title, title_en, place = CARE[number % len(CARE)]
        yield Plan(day, "volunteering", "care", title, title_en, 60, 15, hour=13, until=16, place=place)
    for day in range(40, days - 40, 30):
        yield Plan(
            day, "labor", "unpaid", "修水渠投工投劳", "A day at the canal", 8 * 45 * 2, 40, 8, 17, days=2, place="南畈"
        )
    for day in range(34, days - 40, 27):
        yield Plan(
            day, "labor", "paid", "果园订单：疏果采摘", "Fruit co-op: thinning and picking", 120 * 46, 22,
            8, 17, days=2, place="果园", paid=True,
        )  # fmt: skip
