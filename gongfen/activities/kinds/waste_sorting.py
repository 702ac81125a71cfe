"""Waste sorting: declared by the household member who sorts, once a week. Nobody looks into anybody's bin."""

from gongfen.activities.kinds.form import Option
from gongfen.activities.kinds.kind import Example, Kind, flat, flat_minutes
from gongfen.activities.kinds.terms import Limits, Terms
from gongfen.rules.caps import Caps

USUAL = Terms(what="sorting", unit="week", points=100, minutes=15, caps=Caps(each=100, month=500, year=5_200))

KIND = Kind(
    key="waste_sorting",
    zh="垃圾分类",
    en="Waste sorting",
    about_zh="这周分好了，自己点一下。没有人翻桶、拍照、打分。",
    about_en="This week's waste is sorted: one tap of one's own. Nobody opens a bin, takes a photo or grades it.",
    proof="tap",
    turn="week",
    form=(),
    whats=(Option("sorting", "垃圾分类", "waste sorting"),),
    units=("week",),
    usual=(USUAL,),
    points=flat,
    minutes=flat_minutes,
    limits=Limits(points=200, year=10_400),
    declared=True,
    examples=(
        Example(
            "赵家这周的垃圾分好了。",
            "The Zhaos sorted their waste this week.",
            USUAL,
            {},
            points=100,
            minutes=15,
        ),
    ),
)
