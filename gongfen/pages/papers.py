"""Pages as paper and tables: the week, a poster, a shop's sign, the money page."""

import csv
import io

from django.http import HttpRequest, HttpResponse

from gongfen import prints
from gongfen.activities.drafting import UnknownActivity
from gongfen.ledger.queries import LAST
from gongfen.pages.activity import find_for
from gongfen.pages.ground import page, reader_of, signed_in
from gongfen.rules.posting import Address, Kind
from gongfen.shops.models import Merchant
from gongfen.shops.refusals import UnknownShop
from gongfen.statements.money import pot_lines
from gongfen.statements.papers import harmless, plain
from gongfen.statements.public import OnNow, tell_activities
from gongfen.statements.residents import shop_name
from gongfen.statements.week import tell_done, the_week, week_pdf
from gongfen.words import clock_time, here, plain_day, weekday, yuan


def week(request: HttpRequest) -> HttpResponse:
    """本村这周, readable without signing in."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html")
    reader.village.town = reader.town
    told = the_week(reader.village, reader.lang, reader.now)
    return page(request, "week.html", week=told, done=[tell_done(each, reader.lang) for each in told.done])


def week_file(request: HttpRequest) -> HttpResponse:
    """The week on A4."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html", status=404)
    reader.village.town = reader.town
    address = request.build_absolute_uri(f"/week?village={reader.village.id}")
    return HttpResponse(week_pdf(reader.village, address, reader.lang, reader.now), "application/pdf")


def poster(request: HttpRequest, activity: int) -> HttpResponse:
    """An activity's poster with its code."""
    reader = reader_of(request)
    found = find_for(reader, activity)
    if found is None:
        return page(request, "said.html", refusal=UnknownActivity(), status=404)
    told = tell_activities(reader.in_town, [found], reader.lang, reader.now)[0]
    en = reader.lang == "en"
    places = ("everyone is welcome" if en else "都可以来") if told.places is None else str(told.places)
    paid = f"¥{yuan(told.pay_money)} a day" if en else f"一个工日 {yuan(told.pay_money)} 元"
    made = prints.Poster(
        title=told.title,
        village=found.village.name if found.village else reader.in_town.name,
        when=_when(told, reader.lang),
        where=told.place or "—",
        places=places,
        worth=paid if told.is_paid else told.worth or ("without points" if en else "不计工分"),
        contact="the village desk" if en else "村委会",
        address=request.build_absolute_uri(f"/a/{activity}"),
        printed_at=reader.now,
        paper_way=(f"Without a phone: {told.paper_path}" if en else f"没有手机：{told.paper_path}")
        if told.paper_path
        else "",
        steps=_steps(en),
        lang=reader.lang,
    )
    return HttpResponse(prints.poster(made), "application/pdf")


@signed_in
def shop_sign(request: HttpRequest, shop: int) -> HttpResponse:
    """The sign beside the till, for the shop's owner to print."""
    reader = reader_of(request)
    found = Merchant.of(reader.in_town).filter(id=shop, owner=reader.known.resident).first()
    if found is None:
        return page(request, "said.html", refusal=UnknownShop(), status=404)
    address = request.build_absolute_uri(f"/pay/{found.id}")
    made = prints.Sign(
        shop_name(found, reader.lang), str(found.id), reader.in_town.name, address, reader.now, reader.lang
    )
    return HttpResponse(prints.sign(made), "application/pdf")


def money_table(request: HttpRequest) -> HttpResponse:
    """Every in and out of the village's fund as a table."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html", status=404)
    reader.village.town = reader.town
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(
        ("number", "day", "what", "yuan", "balance") if reader.lang == "en" else ("序号", "日期", "事情", "元", "余额")
    )
    before = LAST
    fund = Address(Kind.FUND, reader.village.subject)
    while lines := pot_lines(reader.village, fund, reader.lang, before=before, limit=500):
        for line in lines:
            rows.writerow(
                [
                    line.number,
                    f"{here(line.at):%Y-%m-%d}",
                    harmless(line.told),
                    plain(yuan(line.money)),
                    plain(yuan(line.balance)),
                ]
            )
        before = lines[-1].place
    answer = HttpResponse("﻿" + file.getvalue(), "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="gongfen-money.csv"'
    return answer


def _when(told: OnNow, lang: str) -> str:
    first, last = here(told.starts_at).date(), here(told.ends_at).date()
    begins = f"{plain_day(first, lang)} {weekday(first, lang)} {clock_time(told.starts_at)}"
    until = "" if first == last else f"{plain_day(last, lang, with_year=False)} "
    return f"{begins} – {until}{clock_time(told.ends_at)}"


def _steps(en: bool) -> tuple[str, ...]:
    if en:
        return (
            "Scan to sign up, or tell your group's leader",
            "Scan the code at the place",
            "Scan again when you leave",
        )
    return ("扫码报名，或告诉组长", "到场扫签到码", "走时再扫一次")
