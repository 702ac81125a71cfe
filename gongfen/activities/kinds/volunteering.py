"""Common work (公益工): time really present, confirmed by a second person. Every hour is worth the same."""

from gongfen.activities.kinds.form import Evidence, Hours, Option, Photo, ShortText
from gongfen.activities.kinds.kind import Example, Kind, minutes_in
from gongfen.activities.kinds.terms import Terms
from gongfen.rules.caps import Caps

DAY = Caps(day=800)
USUAL = tuple(
    Terms(what=what, unit="hour", points=100, minutes=60, caps=DAY) for what in ("common", "care", "teaching")
)


def points(terms: Terms, evidence: Evidence) -> int:
    """Points by the hour, to the minute, down to the last hundredth; or flat where the terms count times."""
    if terms.unit == "once":
        return terms.points
    return terms.points * minutes_in(evidence, otherwise=0) // 60


def minutes(terms: Terms, evidence: Evidence) -> int:
    """The minutes really present."""
    return minutes_in(evidence, otherwise=terms.minutes if terms.unit == "once" else 0)


KIND = Kind(
    key="volunteering",
    zh="公益工",
    en="Common work",
    about_zh="为大家出力：清渠、扫街、陪护老人、教孩子。按实际在场的时间记，谁的一小时都一样。",
    about_en="Work for everyone: clearing ditches, sweeping, keeping an elder company, teaching. "
    "Counted by the time really present; everybody's hour is the same.",
    proof="check_in",
    turn="activity",
    form=(
        Hours(name="minutes", zh="干了多久（分钟）", en="How long (minutes)", least=1),
        Photo(name="photo", zh="照片", en="Photo", required=False),
        ShortText(name="note", zh="补充说明", en="Remark", required=False),
    ),
    whats=(
        Option("common", "公益工", "common work"),
        Option("care", "陪护照料", "care"),
        Option("teaching", "教学辅导", "teaching"),
    ),
    units=("hour", "once"),
    usual=USUAL,
    points=points,
    minutes=minutes,
    confirmed=True,
    examples=(
        Example(
            "清渠两个半小时，签到签退都有。",
            "Two and a half hours of clearing the ditch, checked in and out.",
            USUAL[0],
            {"minutes": 150},
            points=250,
            minutes=150,
        ),
        Example(
            "陪护老人一小时，和清渠一小时一样。",
            "One hour of keeping an elder company is worth what one hour at the ditch is.",
            USUAL[1],
            {"minutes": 60},
            points=100,
            minutes=60,
        ),
        Example(
            "抢险干了十小时：工分一天最多八分，时间照实记。",
            "Ten hours in the flood: at most eight points a day, but the hours count in full.",
            USUAL[0],
            {"minutes": 600},
            points=800,
            minutes=600,
        ),
    ),
)
