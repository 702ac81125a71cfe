"""Production labor: unpaid (投工投劳) or paid from an order's earmark; half and whole days by a published quota."""

from gongfen.activities.kinds.form import Choice, Evidence, Number, Option, Photo
from gongfen.activities.kinds.kind import Example, Kind
from gongfen.activities.kinds.terms import Terms
from gongfen.rules.caps import Caps

HALVES = {"half": 1, "whole": 2}
PAID = Terms(what="paid", unit="day", points=12_000, minutes=480, caps=Caps(day=12_000))
UNPAID = Terms(what="unpaid", unit="day", points=800, minutes=480, caps=Caps(day=800))


def halves(evidence: Evidence) -> int:
    """How many half days the foreman's tally shows."""
    return HALVES[str(evidence["day"])]


def points(terms: Terms, evidence: Evidence) -> int:
    """Half or all of a standard day's points: one value for everyone who reached the quota."""
    return terms.points * halves(evidence) // 2


def minutes(terms: Terms, evidence: Evidence) -> int:
    """Half or all of a standard day's minutes."""
    return terms.minutes * halves(evidence) // 2


KIND = Kind(
    key="labor",
    zh="劳动",
    en="Production labor",
    about_zh="投工投劳，或有订单付钱的农活。按公布的定额记半天、一天，同一份活谁干都一样。",
    about_en="Unpaid common labor, or farm work paid from an order. Half or whole days by a published quota; "
    "the same work is worth the same, whoever does it.",
    proof="review",
    turn="day",
    form=(
        Choice(
            name="day",
            zh="半天还是一天",
            en="Half a day or a whole one",
            options=(Option("half", "半天", "Half a day"), Option("whole", "一天", "A whole day")),
        ),
        Number(
            name="done", zh="完成的数量（按定额）", en="How much was done (by the quota)", required=False, most=100_000
        ),
        Photo(name="photo", zh="记工表照片", en="Photo of the tally", required=False),
    ),
    whats=(Option("paid", "有报酬的农活", "paid labor"), Option("unpaid", "投工投劳", "unpaid common labor")),
    units=("day",),
    usual=(PAID, UNPAID),
    points=points,
    minutes=minutes,
    examples=(
        Example(
            "果园订单疏果一天，完成定额，工头记了工。",
            "A whole day of thinning fruit for the co-op's order, quota reached, tallied by the foreman.",
            PAID,
            {"day": "whole", "done": 30},
            points=12_000,
            minutes=480,
        ),
        Example(
            "上午干了半天。",
            "Half a day, in the morning.",
            PAID,
            {"day": "half"},
            points=6_000,
            minutes=240,
        ),
        Example(
            "修水渠投工一天。",
            "A day of unpaid labor at the canal.",
            UNPAID,
            {"day": "whole"},
            points=800,
            minutes=480,
        ),
    ),
)
