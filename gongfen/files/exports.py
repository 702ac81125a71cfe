"""A village's own tables out, in the columns that come in again: what goes out and comes back is the same.

Bank accounts stay where they are: no file of ours carries one.
"""

from collections.abc import Sequence
from datetime import datetime

from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.terms import UNITS
from gongfen.activities.terms_in_force import InForce
from gongfen.files.values import WEEK
from gongfen.files.writer import Value
from gongfen.people.models import AgeBand, Resident, Village
from gongfen.rules.notice import village_day
from gongfen.shops.models import Merchant, Offer

Rows = list[list[Value]]
BANDS = {
    AgeBand.UNDER_14: "14岁以下",
    AgeBand.YOUTH: "14-17岁",
    AgeBand.ADULT: "18-59岁",
    AgeBand.ELDER: "60岁以上",
}
RESIDENTS = ("户号", "姓名", "昵称", "村民小组", "年龄段", "户主", "有手机", "监护人", "计人头")
TERMS = ("类别", "项目", "单位", "分值", "每次上限", "每日上限", "每月上限", "每年上限", "每单位分钟")
MERCHANTS = ("店名", "英文店名", "店主", "店主户号", "地址", "营业时间", "商品", "英文商品", "价格")


def _yes(value: bool) -> str:
    return "是" if value else "否"


def residents(village: Village, now: datetime) -> Rows:
    """Everybody who lives there, by household."""
    rows = Resident.of(village.town_id).filter(village=village, left_at=None)
    found = rows.select_related("household", "group", "guardian").order_by("household__id", "-is_head", "id")
    out: Rows = [list(RESIDENTS)]
    for one in found:
        guardian = one.guardian.name if one.guardian else ""
        out.append([
            one.household.number, one.name, one.nickname, one.group.name, BANDS[AgeBand(one.age_band)],
            _yes(one.is_head), _yes(one.has_phone), guardian, _yes(one.counts_as_head),
        ])  # fmt: skip
    return out


def terms(village: Village, now: datetime) -> Rows:
    """The terms that are in force today."""
    found = InForce(village.town, [village.subject]).every(village_day(now))
    out: Rows = [list(TERMS)]
    for version in sorted(found, key=lambda one: (one.kind, one.what)):
        kind, caps = kind_of(version.kind), version.terms.caps
        what = next(one.zh for one in kind.whats if one.key == version.what)
        out.append([
            kind.zh, what, UNITS[version.unit][0], _hundredths(version.points),
            *(_hundredths(cap) for cap in (caps.each, caps.day, caps.month, caps.year)), str(version.minutes),
        ])  # fmt: skip
    return out


def merchants(village: Village, now: datetime) -> Rows:
    """The shops on the list: a row for each thing that a shop has."""
    out: Rows = [list(MERCHANTS)]
    shops = Merchant.of(village.town_id).filter(village=village, listed=True).select_related("owner__household")
    for shop in shops.order_by("id"):
        owner = (shop.owner.name, shop.owner.household.number) if shop.owner else ("", "")
        about = [shop.name, shop.name_en, *owner, shop.place, told_hours(shop.hours)]
        offers = Offer.of(village.town_id).filter(merchant=shop, ended_at=None).order_by("id")
        out += [[*about, one.name, one.name_en, _yuan(one.price)] for one in offers] or [[*about, "", "", ""]]
    return out


def told_hours(hours: Sequence[str]) -> str:
    """A week as a person writes it: 08:00-20:00, 08:00-20:00 周日休, or day by day."""
    open_days = set(hours) - {""}
    shut = [day for day, each in zip(WEEK, hours, strict=False) if not each]
    if not open_days:
        return ""
    if len(open_days) == 1 and len(shut) <= 1:
        return open_days.pop() + (f" 周{shut[0]}休" if shut else "")
    return "；".join(f"周{day} {each}" if each else f"周{day} 休" for day, each in zip(WEEK, hours, strict=False))


def _hundredths(amount: int | None) -> str:
    if amount is None:
        return ""
    return f"{amount // 100}.{amount % 100:02d}".removesuffix(".00")


def _yuan(money: int) -> str:
    """Hundredths of a fen, whole fen, as yuan."""
    return f"{money // 10_000}.{money // 100 % 100:02d}".removesuffix(".00")


TABLES = {"residents": residents, "terms": terms, "merchants": merchants}
EMPTY = {"residents": RESIDENTS, "terms": TERMS, "merchants": MERCHANTS}
