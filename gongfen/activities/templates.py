"""Announcements that villages make again and again, ready to be changed: pick one, choose the day, done.

What they are worth is not in them: that comes from the terms in force.
"""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Template:
    """A ready announcement. `days` is how many days it runs."""

    key: str
    kind: str
    what: str
    zh: str
    en: str
    place: tuple[str, str] = ("", "")
    text: tuple[str, str] = ("", "")
    begins: time = time(8, 0)
    ends: time = time(11, 30)
    days: int = 1
    places: int | None = None
    reserved: int = 0


SHEET = ("村委会的纸质签到表", "the paper sheet at the village office")
TEMPLATES = (
    Template(
        "canal", "volunteering", "common", "清渠", "Clearing the ditch", ("渠首", "head of the ditch"),
        ("带上铁锹和手套，下雨改期。", "Bring a spade and gloves; put off if it rains."), places=20, reserved=5,
    ),
    Template(
        "sweep", "volunteering", "common", "扫街", "Sweeping the street", ("主街", "main street"),
        ends=time(9, 30), places=15, reserved=4,
    ),
    Template(
        "company", "volunteering", "care", "陪护老人", "Keeping an elder company", ("老人家里", "at home"),
        begins=time(14, 0), ends=time(17, 0), places=6, reserved=1,
    ),
    Template(
        "lessons", "volunteering", "teaching", "晚上辅导作业", "Help with homework", ("村小", "village school"),
        begins=time(19, 0), ends=time(20, 30), places=5, reserved=1,
    ),
    Template(
        "meeting", "affairs", "meeting", "村民会议", "Village meeting", ("村委会", "village office"),
        ("到场就算，说什么、举不举手都一样。", "Being there counts; what one says or votes does not."),
        begins=time(19, 30), ends=time(21, 0),
    ),
    Template(
        "watch", "affairs", "watch", "夜里安全巡查", "Night watch", ("村口集合", "meet at the gate"),
        begins=time(20, 0), ends=time(22, 0), places=8, reserved=2,
    ),
    Template(
        "training", "affairs", "training", "夜校", "Training evening", ("村委会二楼", "village office, upstairs"),
        begins=time(19, 30), ends=time(21, 0),
    ),
    Template(
        "labor", "labor", "unpaid", "投工投劳", "A day of common labor", ("村口集合", "meet at the gate"),
        ends=time(17, 0), places=30, reserved=8,
    ),
    Template(
        "order", "labor", "paid", "订单农活", "Farm work for an order", ("果园", "orchard"),
        begins=time(7, 30), ends=time(17, 0), places=20, reserved=5,
    ),
    Template(
        "notices", "article", "notices", "本月须知", "The month's notices",
        begins=time(0, 0), ends=time(23, 59), days=28,
    ),
    Template(
        "sorting", "waste_sorting", "sorting", "垃圾分类", "Waste sorting",
        begins=time(0, 0), ends=time(23, 59), days=90,
    ),
)  # fmt: skip


def template_of(key: str) -> Template | None:
    """The template with this key."""
    return next((one for one in TEMPLATES if one.key == key), None)
