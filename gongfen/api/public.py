"""What everyone may read without signing in: health, villages, the common money."""

from datetime import datetime

from django.db import connection
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gongfen import __version__
from gongfen.api.ground import After, Id, Limit, Money, Page, Points, answers, page, village_at
from gongfen.fund import queries
from gongfen.ledger.queries import LAST
from gongfen.people.models import Village
from gongfen.rules.posting import Address

router = Router(tags=["public"])


class Health(Schema):
    ok: bool
    version: str


class VillageOut(Schema):
    id: Id
    name: str
    name_en: str
    town: str
    par: int = Field(description="fen a point")


class CommonAccount(Schema):
    kind: str
    owner: Id
    money: Money


class Fund(Schema):
    accounts: list[CommonAccount]
    outstanding: Points
    backing: Money
    cover_percent: int


class MoneyLine(Schema):
    id: Id
    number: int
    verb: str
    money: Money
    balance: Money
    donor: str
    slip: str
    happened_at: datetime


@router.get("/health", response=answers(Health))
def health(request: HttpRequest) -> dict[str, object]:
    """Is the server there, and its database?"""
    connection.ensure_connection()
    return {"ok": True, "version": __version__}


@router.get("/villages", response=answers(list[VillageOut]))
def villages(request: HttpRequest) -> list[dict[str, object]]:
    """The villages on this server, with their towns."""
    found = Village.objects.select_related("town").order_by("town_id", "id")[:500]
    return [
        {"id": one.id, "name": one.name, "name_en": one.name_en, "town": one.town.name, "par": one.town.par}
        for one in found
    ]


@router.get("/villages/{village}/fund", response=answers(Fund))
def village_fund(request: HttpRequest, village: Id) -> dict[str, object]:
    """A village's common money, and the cover of the town's points."""
    there = village_at(village)
    cover = queries.cover(there.town)
    accounts = [
        {"kind": address.kind.name.lower(), "owner": address.owner, "money": money}
        for address, money in queries.common_money(there.town, there.subject).items()
    ]
    return {
        "accounts": accounts,
        "outstanding": cover.outstanding,
        "backing": cover.backing,
        "cover_percent": cover.percent,
    }


@router.get("/villages/{village}/fund/lines", response=answers(Page[MoneyLine]))
def fund_lines(
    request: HttpRequest,
    village: Id,
    owner: Id | None = None,
    kind: str = "fund",
    after: After = None,
    limit: Limit = 50,
) -> dict[str, object]:
    """Every in and out of one common account of the village, newest first, with donor and slip."""
    there = village_at(village)
    common = {(a.kind.name.lower(), a.owner): a for a in queries.common_accounts(there.town, there.subject)}
    account = common.get((kind, owner or there.subject))
    lines = _lines(there, account, after or LAST, limit + 1) if account else []
    return page(lines, limit, lambda line: int(str(line["id"])))


def _lines(there: Village, account: Address, before: int, limit: int) -> list[dict[str, object]]:
    return [
        {
            "id": line.place,
            "number": line.number,
            "verb": line.verb,
            "money": line.money,
            "balance": line.balance,
            "donor": line.donor,
            "slip": line.slip,
            "happened_at": line.happened_at,
        }
        for line in queries.money_lines(there.town, account, before=before, limit=limit)
    ]
