"""Paper and tables about one resident, from the books."""

import csv
import io
from datetime import date, datetime, timedelta

from gongfen import prints
from gongfen.ledger.queries import balance_at, number_at
from gongfen.people.models import Resident
from gongfen.statements.outside import complain_to
from gongfen.statements.residents import my_month
from gongfen.words import VILLAGE_TIME, here, points, yuan

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
HEADINGS = {
    "zh": ("时间", "序号", "事情", "怎么核实的", "规则", "谁同意的", "工分", "金额（元）"),
    "en": ("when", "number", "what", "proved", "rule", "approved by", "points", "money (yuan)"),
}


def statement_pdf(resident: Resident, first: date, lang: str, now: datetime) -> bytes:
    """A month's statement on A4."""
    lines = [
        prints.StatementLine(line.at, line.number, line.told, line.proof, line.points, line.money)
        for line in my_month(resident, first, lang)
    ]
    town = resident.town
    before, after = number_at(town, _start(first)), number_at(town, _start(_next(first)))
    return prints.statement(
        prints.Statement(
            village=resident.village.name,
            name=resident.name,
            month=first,
            printed_at=now,
            points_before=balance_at(town, resident.points, before),
            points_after=balance_at(town, resident.points, after),
            cash_before=balance_at(town, resident.cash, before),
            cash_after=balance_at(town, resident.cash, after),
            complain_to=complain_to(),
            lines=lines,
            lang=lang,
        )
    )


def statement_csv(resident: Resident, first: date, lang: str) -> str:
    """A month's statement as a table that spreadsheets open; no cell can be read as a formula."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(HEADINGS[lang])
    for line in my_month(resident, first, lang):
        told = [f"{here(line.at):%Y-%m-%d %H:%M}", str(line.number), line.told, line.proof, line.rule, line.approver]
        rows.writerow([*map(harmless, told), plain(points(line.points)), plain(yuan(line.money))])
    return "﻿" + file.getvalue()


def harmless(cell: str) -> str:
    """A text that a spreadsheet shows and never runs."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def plain(amount: str) -> str:
    """A number as programs read it."""
    return amount.replace("−", "-").replace(",", "")


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _start(first: date) -> datetime:
    return datetime(first.year, first.month, first.day, tzinfo=VILLAGE_TIME) - timedelta(microseconds=1)
