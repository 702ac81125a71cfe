"""A neighbour's help: agreed by both; the points of the helped go to the helper. No new points are made."""

from gongfen.activities.kinds.form import Evidence, Hours, Number, Option
from gongfen.activities.kinds.kind import Example, Kind, minutes_in
from gongfen.activities.kinds.terms import Limits, Terms
from gongfen.rules.caps import Caps

USUAL = Terms(what="help", unit="once", points=1_000, minutes=120, caps=Caps(each=1_000))


def points(terms: Terms, evidence: Evidence) -> int:
    """What the two agreed on, in hundredths; the terms give the most."""
    agreed = evidence["points"]
    return min(agreed, terms.points) if isinstance(agreed, int) else 0


def minutes(terms: Terms, evidence: Evidence) -> int:
    """How long the help took, at most what the terms count."""
    return min(minutes_in(evidence, otherwise=0), terms.minutes)


KIND = Kind(
    key="neighbours_help",
    zh="邻里互助",
    en="A neighbour's help",
    about_zh="请人帮忙，或去帮人。双方说好几分，都点了同意，工分从受助的人转给帮忙的人。",
    about_en="Asking a neighbour for help, or giving it. Both agree on the points, "
    "and they go from the helped to the helper.",
    proof="agreed",
    turn="activity",
    form=(
        Number(name="points", zh="说好的工分（百分之一分）", en="Points agreed on (hundredths)", least=1, most=1_000),
        Hours(name="minutes", zh="帮了多久（分钟）", en="How long (minutes)", required=False),
    ),
    whats=(Option("help", "邻里互助", "a neighbour's help"),),
    units=("once",),
    usual=(USUAL,),
    points=points,
    minutes=minutes,
    limits=Limits(points=1_000),
    examples=(
        Example(
            "小陈帮周奶奶修水龙头，说好三分。",
            "Chen mended Grandma Zhou's tap; they agreed on three points.",
            USUAL,
            {"points": 300, "minutes": 40},
            points=300,
            minutes=40,
        ),
    ),
)
