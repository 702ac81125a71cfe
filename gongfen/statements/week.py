"""本村这周: what is on, paid work with places left, what was done, money in and out. No names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Sum

from gongfen import prints
from gongfen.activities.models import Claim
from gongfen.fund.queries import cover
from gongfen.ledger.queries import balance_of
from gongfen.people.models import Village
from gongfen.rules.claim_states import ClaimState
from gongfen.rules.notice import village_day
from gongfen.rules.posting import Address, Kind
from gongfen.statements.money import ToldMoney, pot_lines
from gongfen.statements.outside import complain_to
from gongfen.statements.public import OnNow, ShopTold, on_now, shops
from gongfen.words import clock_time, here, points, yuan

AHEAD = 7
LEAST_TOLD = 10  # residents below which a figure about people is not told


@dataclass(frozen=True)
class Done:
    """Work that was counted in the last seven days: hours of one activity, whoever did them."""

    title: str
    minutes: int
    people: int | None  # None where they are fewer than ten


@dataclass(frozen=True)
class ToldWeek:
    """The village's week."""

    first: date
    last: date
    on: list[OnNow]
    paid: list[OnNow]
    done: list[Done]
    money: list[ToldMoney]
    fund: int
    covered: bool
    shops: list[ShopTold]


def the_week(village: Village, lang: str, now: datetime) -> ToldWeek:
    """From today seven days ahead, and seven days back."""
    today, town = village_day(now), village.town
    on = on_now(village, lang, now, days=AHEAD)
    fund = Address(Kind.FUND, village.subject)
    since = now - timedelta(days=AHEAD)
    return ToldWeek(
        first=today,
        last=today + timedelta(days=AHEAD - 1),
        on=[each for each in on if not each.is_paid],
        paid=[each for each in on if each.is_paid and each.free != 0],
        done=_done(village, today, lang),
        money=[line for line in pot_lines(village, fund, lang, limit=40) if line.at >= since],
        fund=balance_of(town, fund),
        covered=cover(town).is_whole,
        shops=shops(town, lang, now),
    )


def _done(village: Village, today: date, lang: str) -> list[Done]:
    rows = (
        Claim.of(village.town)
        .filter(host=village.subject, happened_on__gt=today - timedelta(days=AHEAD), happened_on__lte=today)
        .filter(state__in=[ClaimState.IN_NOTICE.value, ClaimState.AWARDED.value])
        .exclude(kind__in=("article", "survey", "waste_sorting"))
        .values("activity__title", "activity__title_en")
        .annotate(minutes=Sum("minutes"), people=Count("resident", distinct=True))
        .order_by("-minutes")[:9]
    )
    return [
        Done(
            (row["activity__title_en"] if lang == "en" else "") or row["activity__title"],
            row["minutes"],
            row["people"] if row["people"] >= LEAST_TOLD else None,
        )
        for row in rows
    ]


def week_pdf(village: Village, address: str, lang: str, now: datetime) -> bytes:
    """The week on one A4 page, for the shop's wall."""
    week = the_week(village, lang, now)
    return prints.week(
        prints.Week(
            village=(village.name_en if lang == "en" else "") or village.name,
            first=week.first,
            last=week.last,
            printed_at=now,
            address=address,
            fund=week.fund,
            cover=_cover(week, lang),
            complain_to=complain_to(),
            on=[_on_paper(each, lang) for each in week.on],
            paid_work=[_on_paper(each, lang) for each in week.paid],
            was_done=[tell_done(each, lang) for each in week.done],
            money=[prints.WeekMoney(line.told, line.money) for line in week.money],
            shops=[_shop(each) for each in week.shops],
            lang=lang,
        )
    )


def tell_done(done: Done, lang: str) -> str:
    """清渠 46 小时 · 18 人."""
    hours = points(done.minutes * 100 // 60)
    people = "" if done.people is None else (f" · {done.people} people" if lang == "en" else f" · {done.people} 人")
    return f"{done.title} {hours} h{people}" if lang == "en" else f"{done.title} {hours} 小时{people}"


def _cover(week: ToldWeek, lang: str) -> str:
    if week.covered:
        return "every point is backed by money" if lang == "en" else "本村每一工分都有钱兑付"
    return "attention: not every point is backed" if lang == "en" else "注意：有的工分没有备够钱"


def _on_paper(one: OnNow, lang: str) -> prints.WeekActivity:
    worth = one.worth
    if one.is_paid:
        worth = f"¥{yuan(one.pay_money)} a day" if lang == "en" else f"一个工日 {yuan(one.pay_money)} 元"
    until = here(one.ends_at).date() if one.has_begun else None
    return prints.WeekActivity(
        here(one.starts_at).date(), clock_time(one.starts_at), one.title, one.place, worth, one.free, until
    )


def _shop(one: ShopTold) -> str:
    goods = " · ".join(f"{offer.name} {yuan(offer.price)}" for offer in one.offers[:2])
    return " · ".join(part for part in (one.name, one.hours, goods) if part)
