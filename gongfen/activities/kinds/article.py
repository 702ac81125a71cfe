"""The month's practical notices (十月须知): one tap, "read" or "I knew this", the same point for both."""

from gongfen.activities.kinds.form import Choice, Option
from gongfen.activities.kinds.kind import Example, Kind, flat, flat_minutes
from gongfen.activities.kinds.terms import Limits, Terms
from gongfen.rules.caps import Caps

USUAL = Terms(what="notices", unit="month", points=100, minutes=5, caps=Caps(month=100, year=1200))

KIND = Kind(
    key="article",
    zh="须知",
    en="Notices of the month",
    about_zh="当月的实用须知，附来源。点一下“看过了”或“早知道了”，工分一样。不计时、不答题，不记录看了哪一篇。",
    about_en="The month's practical notices with their sources. One tap, 'read' or 'I knew this', brings the same. "
    "No timer, no questions, no record of which one was opened.",
    proof="tap",
    turn="month",
    form=(
        Choice(
            name="said",
            zh="本月须知",
            en="This month's notices",
            options=(Option("read", "看过了", "Read"), Option("knew", "早知道了", "I knew this")),
            kept=False,
        ),
    ),
    whats=(Option("notices", "本月须知", "the month's notices"),),
    units=("month",),
    usual=(USUAL,),
    points=flat,
    minutes=flat_minutes,
    limits=Limits(points=100, year=1200),
    examples=(
        Example(
            "李大妈看过十月须知，点了“看过了”。",
            "Aunt Li read the notices of October and tapped 'read'.",
            USUAL,
            {"said": "read"},
            points=100,
            minutes=5,
        ),
        Example(
            "老王早就知道防火的规定，点“早知道了”，工分一样。",
            "Old Wang knew the fire rules already; 'I knew this' brings the same.",
            USUAL,
            {"said": "knew"},
            points=100,
            minutes=5,
        ),
        Example(
            "有的村不给须知记工分，看的人照样有得看。",
            "A village gives no points for notices; they are there to be read all the same.",
            Terms(what="notices", unit="month", points=0, minutes=5, caps=Caps(month=0, year=0)),
            {"said": "read"},
            points=0,
            minutes=5,
        ),
    ),
)
