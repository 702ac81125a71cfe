"""What the demo prints on its first start: the papers that a village holds in its hands."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from gongfen import prints
from gongfen.activities.models import Activity
from gongfen.demo.cast import CLERKS, IN_NOTICE, READY_TO_PAY, SHOPKEEPER, SUPERVISORS, Who
from gongfen.people.models import Resident, Village
from gongfen.rules.claim_states import ActivityState
from gongfen.shops.askings import approve, ask_card
from gongfen.shops.models import Merchant
from gongfen.statements.public import tell_activities
from gongfen.statements.sharing import slip_pdf
from gongfen.statements.village_papers import book_pdf, card_pdf, sign_pdf
from gongfen.statements.week import week_pdf
from gongfen.words import clock_time, here, plain_day, weekday

STEPS = ("扫二维码，点“我要参加”", "到了现场扫签到码", "走的时候扫签退码")


def print_all(village: Village, folder: Path, address: str, now: datetime) -> list[Path]:
    """Every paper once, into `folder`; nothing where they are already. Whole or not at all."""
    if folder.exists():
        return []
    unfinished = folder.with_name(folder.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, data in _papers(village, address, now).items():
        (unfinished / f"{name}.pdf").write_bytes(data)
    unfinished.rename(folder)
    return sorted(folder.iterdir())


def _papers(village: Village, address: str, now: datetime) -> dict[str, bytes]:
    holder = _without_phone(village)
    shop = Merchant.of(village.town).select_related("town").get(owner=_find(village, SHOPKEEPER))
    return {
        "work-point-book": book_pdf(_find(village, IN_NOTICE), "zh", now),
        "card": card_pdf(holder, _card_of(village, holder, now), now),
        "shop-sign": sign_pdf(shop, f"{address}/pay/{shop.id}", "zh", now),
        "activity-poster": _poster(village, address, now),
        "week": week_pdf(village, f"{address}/week?village={village.id}", "zh", now),
        "dividend-slip": slip_pdf(_find(village, READY_TO_PAY), "zh", now),
    }


def _find(village: Village, who: Who) -> Resident:
    rows = Resident.of(village.town).filter(village=village, household__number=who[0], name=who[1])
    return rows.select_related("village__town", "household", "group", "town").get()


def _without_phone(village: Village) -> Resident:
    rows = Resident.of(village.town).filter(village=village, has_phone=False, age_band="elder", is_head=True)
    found = rows.select_related("village__town", "household", "group", "town").order_by("id").first()
    assert found is not None
    return found


def _card_of(village: Village, holder: Resident, now: datetime) -> str:
    """A card is asked for by the clerk and approved by the supervisor; its id is told once, for the paper."""
    clerk, supervisor = _find(village, CLERKS[0]), _find(village, SUPERVISORS[0])
    asking = ask_card(clerk, holder.id, key=f"demo/card/{now.isoformat()}", now=now)
    return approve(supervisor, asking.id, now=now).card_id


def _poster(village: Village, address: str, now: datetime) -> bytes:
    ahead = Activity.of(village.town).filter(village=village, state=ActivityState.PUBLISHED, places__isnull=False)
    activity = ahead.select_related("terms", "village").order_by("starts_at").first()
    assert activity is not None
    told = tell_activities(village.town, [activity], "zh", now)[0]
    day = here(told.starts_at).date()
    return prints.poster(
        prints.Poster(
            title=told.title,
            village=village.name,
            when=f"{plain_day(day, 'zh')} {weekday(day, 'zh')} {clock_time(told.starts_at)}–{clock_time(told.ends_at)}",
            where=told.place,
            places=str(told.places),
            worth=told.worth,
            contact="村委会",
            address=f"{address}/a/{activity.id}",
            printed_at=now,
            paper_way=f"没有手机：{told.paper_path}",
            steps=STEPS,
        )
    )
