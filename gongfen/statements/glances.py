"""村里一览, told: the figures of `figures.py` in words and pictures, for a page, the desk and one sheet of paper."""

from dataclasses import dataclass
from datetime import date, datetime

from gongfen import prints
from gongfen.people.models import Village
from gongfen.statements.figures import Glance, KindFigure, MonthFigure, glance, last_told
from gongfen.statements.outside import complain_to
from gongfen.statements.pictures import Picture, bars
from gongfen.words import money, points
from gongfen.words.dates import MONTHS

HIDDEN = ("不显示", "hidden")
OUTCOMES = {
    "granted": ("改过来了", "put right"),
    "refused": ("维持原来的", "left as it was"),
    "overdue": ("到期没答复，按本人说的办", "not answered in time, so granted"),
}


@dataclass(frozen=True)
class ToldKind:
    """A row of the table under the picture of kinds."""

    label: str
    points: str
    hours: str


@dataclass(frozen=True)
class ToldMonth:
    """A row of the table under the picture of months."""

    first: date
    label: str
    hours: str
    points: str
    households: str
    taken: str
    activities: int
    meetings: int
    metres: str
    answered_in: str


@dataclass(frozen=True)
class ToldGlance:
    """The village at a glance, in words."""

    figures: Glance
    month: ToldMonth | None
    kinds: list[ToldKind]
    kinds_picture: Picture
    months: list[ToldMonth]
    months_picture: Picture
    answers: list[tuple[str, str]]
    quarter: str


def told_glance(village: Village, lang: str, now: datetime, month: date | None = None) -> ToldGlance:
    """The chosen month (the last one that is over when none is chosen), and a year of months."""
    found = glance(village, lang, now, month)
    months = [_month(one, lang) for one in found.months]
    kinds = [_kind(one, lang) for one in found.kinds]
    answers = found.answers
    outcomes = [(name[_at(lang)], _count(answers.by_outcome[code], lang)) for code, name in OUTCOMES.items()]
    return ToldGlance(
        figures=found,
        month=_month(found.month, lang) if found.month else None,
        kinds=kinds,
        kinds_picture=bars((kind.label, one.points, kind.points) for one, kind in zip(found.kinds, kinds, strict=True)),
        months=months[::-1],
        months_picture=bars(
            (told.label, one.minutes, told.hours) for one, told in zip(found.months, months, strict=True)
        ),
        answers=outcomes if answers.all is not None else [],
        quarter=f"{month_name(answers.first, lang)} – {month_name(answers.last, lang)}",
    )


def told_last_month(village: Village, lang: str, now: datetime) -> ToldMonth | None:
    """The last month that is told, in a line; None in a young village."""
    found = last_told(village, now)
    return _month(found, lang) if found else None


def glance_pdf(village: Village, address: str, lang: str, now: datetime, month: date | None = None) -> bytes:
    """One A4 page for the town: so that nobody asks for screenshots."""
    told = told_glance(village, lang, now, month)
    found, one = told.figures, told.month
    return prints.month(
        prints.Month(
            village=(village.name_en if lang == "en" else "") or village.name,
            month=one.label if one else "",
            big=_big(told, lang),
            kinds=[(kind.label, figure.points, kind.points, kind.hours) for kind, figure in _pairs(told)],
            months=[(each.label, figure.minutes, each.hours) for each, figure in zip(
                told.months[::-1], found.months, strict=True)],
            money=_money(found, one, lang),
            appeals=_appeals(told, lang),
            quarter=told.quarter,
            complain_to=complain_to(),
            address=address,
            printed_at=now,
            lang=lang,
        )
    )  # fmt: skip


def month_name(first: date, lang: str) -> str:
    """2026年11月, Nov 2026."""
    return f"{MONTHS[first.month - 1]} {first.year}" if lang == "en" else f"{first.year}年{first.month}月"


def _at(lang: str) -> int:
    return 1 if lang == "en" else 0


def _pairs(told: ToldGlance) -> list[tuple[ToldKind, KindFigure]]:
    return list(zip(told.kinds, told.figures.kinds, strict=True))


def _kind(one: KindFigure, lang: str) -> ToldKind:
    return ToldKind(one.label, _points(one.points, lang), _hours(one.minutes, lang))


def _month(one: MonthFigure, lang: str) -> ToldMonth:
    hidden = HIDDEN[_at(lang)]
    return ToldMonth(
        one.first,
        month_name(one.first, lang),
        _hours(one.minutes, lang),
        _points(one.points, lang),
        _count(one.households, lang),
        hidden if one.taken is None else money(one.taken),
        one.activities,
        one.meetings,
        f"{one.metres:,}" + (" m" if lang == "en" else " 米") if one.metres else "–",
        _days(one.answered_in, lang),
    )


def _points(hundredths: int | None, lang: str) -> str:
    return HIDDEN[_at(lang)] if hundredths is None else points(hundredths)


def _hours(minutes: int | None, lang: str) -> str:
    if minutes is None:
        return HIDDEN[_at(lang)]
    return f"{(minutes + 30) // 60:,}" + (" h" if lang == "en" else " 小时")


def _days(hundredths: int | None, lang: str) -> str:
    if hundredths is None:
        return HIDDEN[_at(lang)]
    days = max(1, -(-hundredths // 100))
    if lang == "en":
        return f"{days} days" if days > 1 else "a day"
    return f"{days} 天"


def _count(many: int | None, lang: str) -> str:
    return HIDDEN[_at(lang)] if many is None else f"{many:,}"


def _big(told: ToldGlance, lang: str) -> list[tuple[str, str]]:
    one = told.month
    if one is None:
        return []
    rows = (
        (("一起做了", "Work"), one.hours), (("修路修渠", "Road and ditch"), one.metres),
        (("开会", "Meetings"), one.meetings), (("参加的户数", "Households"), one.households),
        (("到账工分", "Points"), one.points),
    )  # fmt: skip
    return [(label[_at(lang)], str(value)) for label, value in rows]


def _appeals(told: ToldGlance, lang: str) -> list[str]:
    lines = [f"{label} {count}" for label, count in told.answers] or [HIDDEN[_at(lang)]]
    if told.month:
        words = ("当月报工，一半答复用了不到：{d}", "Claims of the month, half answered within: {d}")[_at(lang)]
        lines.append(words.format(d=told.month.answered_in))
    return lines


def _money(found: Glance, one: ToldMonth | None, lang: str) -> list[tuple[str, str]]:
    rows = [
        (("工分基金", "The fund has")[_at(lang)], money(found.fund)),
        (("有钱兑付的工分", "Cover")[_at(lang)], f"{found.cover.percent}%"),
    ]
    if found.lasts is not None:
        lasts = ("够用几个月", "Will last")[_at(lang)]
        rows.append((lasts, f"{found.lasts} months" if lang == "en" else f"{found.lasts} 个月"))
    if one:
        rows.append((("村里的店收到", "At the shops")[_at(lang)], one.taken))
    return rows
