"""Public affairs: being there at a meeting, a safety watch or a training; a proposal that the village takes up."""

from gongfen.activities.kinds.form import Evidence, Hours, Option, ShortText
from gongfen.activities.kinds.kind import Example, Kind, flat, minutes_in
from gongfen.activities.kinds.terms import Terms
from gongfen.rules.caps import Caps

MEETING = Terms(what="meeting", unit="once", points=200, minutes=120, caps=Caps(day=400))
WATCH = Terms(what="watch", unit="once", points=200, minutes=120, caps=Caps(day=400))
TRAINING = Terms(what="training", unit="once", points=200, minutes=90, caps=Caps(day=400))
PROPOSAL = Terms(what="proposal", unit="once", points=200, minutes=60, caps=Caps(year=1_200))


def minutes(terms: Terms, evidence: Evidence) -> int:
    """The minutes really present, at most what the terms count for the meeting or watch."""
    return min(minutes_in(evidence, otherwise=terms.minutes), terms.minutes)


KIND = Kind(
    key="affairs",
    zh="村里的事",
    en="Public affairs",
    about_zh="参加村民会议、安全巡查、夜校培训，或提的建议被村里采纳。到场就算，说什么、举不举手都一样。",
    about_en="A village meeting, a safety watch, a training evening, or a proposal that the village takes up. "
    "Being there counts; what one says or votes does not.",
    proof="check_in",
    turn="activity",
    form=(
        Hours(name="minutes", zh="在场多久（分钟）", en="How long (minutes)", required=False),
        ShortText(name="note", zh="补充说明", en="Remark", required=False),  # which proposal; never an opinion
    ),
    whats=(
        Option("meeting", "村民会议", "village meeting"),
        Option("watch", "安全巡查", "safety watch"),
        Option("training", "培训", "training"),
        Option("proposal", "建议被采纳", "proposal taken up"),
    ),
    units=("once",),
    usual=(MEETING, WATCH, TRAINING, PROPOSAL),
    points=flat,
    minutes=minutes,
    examples=(
        Example(
            "开了一个半小时的村民会议。",
            "A village meeting of an hour and a half.",
            MEETING,
            {"minutes": 90},
            points=200,
            minutes=90,
        ),
        Example(
            "夜里安全巡查，纸上签到，没记时长。",
            "A safety watch at night, signed on paper without the time.",
            WATCH,
            {},
            points=200,
            minutes=120,
        ),
        Example(
            "建议在桥头装灯，村里采纳了。",
            "A lamp at the bridge was proposed, and the village took it up.",
            PROPOSAL,
            {"note": "桥头装灯"},
            points=200,
            minutes=60,
        ),
    ),
)
