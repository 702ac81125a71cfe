"""A survey: the receipt counts, the answer is never looked at; a blank one brings the same."""

from gongfen.activities.kinds.form import Option
from gongfen.activities.kinds.kind import Example, Kind, flat, flat_minutes
from gongfen.activities.kinds.terms import Limits, Terms
from gongfen.rules.caps import Caps

USUAL = Terms(what="survey", unit="once", points=100, minutes=5, caps=Caps(each=100, year=600))

KIND = Kind(
    key="survey",
    zh="问卷",
    en="Survey",
    about_zh="不记名的问卷。交了就算，答什么、空着不答，工分都一样。",
    about_en="An anonymous survey. Handing it in counts; whatever the answers are, blank too, it brings the same.",
    proof="tap",
    turn="activity",
    form=(),  # the answers go to the answer box, which has no key to people
    whats=(Option("survey", "问卷", "survey"),),
    units=("once",),
    usual=(USUAL,),
    points=flat,
    minutes=flat_minutes,
    limits=Limits(points=100, year=600),
    examples=(
        Example(
            "阿芳交了村道路灯的问卷，有两题没答。",
            "Fang handed in the survey about the street lamps and left two questions open.",
            USUAL,
            {},
            points=100,
            minutes=5,
        ),
    ),
)
