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
from gongfen.statements.residents import shop_name
from gongfen.statements.village_papers import poster_pdf
from gongfen.statements.week import tell_done, the_week, week_pdf
from gongfen.words import here, yuan


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
    address = request.build_absolute_uri(f"/a/{activity}")
    return HttpResponse(poster_pdf(found, address, reader.lang, reader.now), "application/pdf")


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
