"""One way for every list of the desk: the filter stands in the address, it sorts, pages, is searched by number and
name, and goes out as CSV or XLSX with the same rows in the same order.

A list is described once by a `Listing`; a page calls `listed` with the rows it may show, and includes
`console/_list.html`. A row's values are plain: text, whole numbers, hundredths, days, moments.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, QueryDict

from gongfen import words
from gongfen.console.ground import Staff
from gongfen.files.writer import csv_of, xlsx_of

A_PAGE = 50
SHORT = 12  # letters of a cell that stays on one line
FEW = 4  # columns that fit a phone
MOST = 20_000  # rows of a file; who needs more takes the whole books
M = TypeVar("M", bound=Model)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column. `kind`: text, words (zh, en), number, money (hundredths of a fen), points (hundredths),
    day or moment.

    `order` is the field to sort by ("" where a list cannot be sorted by it), `link` where the cell leads.
    `counted` sorts a text as people count: 9 before 10.
    """

    name: str
    zh: str
    en: str
    value: Callable[[Any], Any]
    kind: str = "text"
    order: str = ""
    link: Callable[[Any], str] | None = None
    counted: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "money", "points")

    def told(self, row: Any, lang: str, now: datetime) -> str:
        """The cell as a person reads it."""
        value = self.value(row)
        if value is None or value == "":
            return ""
        if self.kind == "words":
            return str(value[lang == "en"])
        if self.kind == "money":
            return words.money(value)
        if self.kind == "points":
            return words.points(value)
        if self.kind == "day":
            return words.day(value, lang, now)
        if self.kind == "moment":
            return words.moment(value, lang, now)
        return str(value)

    def filed(self, row: Any, lang: str) -> str | int | None:
        """The cell as a spreadsheet reads it: yuan and points as decimals, days as ISO 8601."""
        value = self.value(row)
        if value is None:
            return None
        if self.kind == "words":
            return str(value[lang == "en"])
        if self.kind in ("money", "points"):
            return _decimal(value // 100 if self.kind == "money" else value)
        if isinstance(value, datetime | date):
            return value.isoformat()
        return value if isinstance(value, int) else str(value)


def _decimal(hundredths: int) -> str:
    sign, whole = "-" if hundredths < 0 else "", abs(hundredths)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def as_counted(field: str) -> tuple[Any, ...]:
    """An order by a number that is kept as text: 9 before 10, 10-1 after both."""
    return Length(field), F(field)


@dataclass(frozen=True)
class Choice:
    """A filter by choosing: `?name=value` keeps rows whose `where` is the value."""

    name: str
    zh: str
    en: str
    where: str
    choices: Callable[[Staff], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Listing:
    """A list: its columns, what `?q=` looks into (`texts` by part, `numbers` whole, `finds` for words that are not
    stored), its choices and first order."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    order: tuple[Any, ...] = ("-id",)
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    finds: Callable[[str], Q] | None = None
    keeps: tuple[str, ...] = ()  # other names in the address, which a search does not lose

    @property
    def is_narrow(self) -> bool:
        return len(self.columns) <= FEW

    @property
    def can_find(self) -> bool:
        return bool(self.texts or self.numbers or self.finds)


@dataclass(frozen=True)
class Shown:
    """One page of a list, for `console/_list.html`; `rows` are the objects that are on it."""

    listing: Listing
    rows: Sequence[Any]
    table: list[dict[str, Any]]
    heads: list[dict[str, Any]]
    filters: list[dict[str, Any]]
    pages: dict[str, Any]
    asked: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def listed(
    request: HttpRequest,
    staff: Staff,
    listing: Listing,
    found: QuerySet[M],
    *,
    met: Callable[[Sequence[M]], None] | None = None,
) -> Shown | HttpResponse:
    """The page that `request` asks for, or with `?as=csv` or `?as=xlsx` the whole list as a file.

    `met` is told the rows that a person sees or takes away: reads of people's rows are written down there.
    """
    found = _found(request.GET, listing, found)
    wish = request.GET.get("as", "")
    if wish in ("csv", "xlsx"):
        rows = list(found[:MOST])
        if met is not None:
            met(rows)
        return _file(listing, rows, staff.lang, wish)
    pages = Paginator(found, A_PAGE)
    here = pages.get_page(request.GET.get("page", "1")[:9])
    rows = list(here.object_list)
    if met is not None:
        met(rows)
    return Shown(
        listing,
        rows,
        [{"row": row, "cells": _cells(listing, row, staff)} for row in rows],
        _heads(request.GET, listing, staff.lang),
        _filters(request.GET, listing, staff),
        {
            "count": pages.count,
            "number": here.number,
            "of": pages.num_pages,
            "before": _asked(request.GET, page=str(here.number - 1)) if here.has_previous() else "",
            "after": _asked(request.GET, page=str(here.number + 1)) if here.has_next() else "",
            "csv": _asked(request.GET, **{"as": "csv"}),
            "xlsx": _asked(request.GET, **{"as": "xlsx"}),
        },
        {"q": request.GET.get("q", "")},
        {name: request.GET[name] for name in (*listing.keeps, "sort") if request.GET.get(name)},
    )


def _asked(now: QueryDict, **changed: str) -> str:
    """The address of the same list with something changed."""
    kept = now.copy()
    for name in ("lang", "page", "as"):
        kept.pop(name, None)
    for name, value in changed.items():
        kept[name] = value
    return "?" + kept.urlencode()


def _found(asked: QueryDict, listing: Listing, found: QuerySet[M]) -> QuerySet[M]:
    wish = asked.get("q", "").strip()[:60].replace("\0", "")
    if wish:
        kept = Q()
        for name in listing.texts:
            kept |= Q(**{f"{name}__icontains": wish})
        if wish.isascii() and wish.isdecimal() and len(wish) < 19:
            for name in listing.numbers:
                kept |= Q(**{name: int(wish)})
        if listing.finds is not None:
            kept |= listing.finds(wish)
        found = found.filter(kept) if kept else found.none()
    for choice in listing.choices:
        value = asked.get(choice.name, "")[:40]
        if value:
            found = found.filter(**{choice.where: value}) if _fits(choice, found, value) else found.none()
    return found.order_by(*_order(asked, listing))


def _fits(choice: Choice, found: QuerySet[M], value: str) -> bool:
    """Nonsense in the address finds nothing, instead of falling over."""
    try:
        found.filter(**{choice.where: value})
    except (ValueError, TypeError):
        return False
    return "\0" not in value and not (value.isdecimal() and len(value) > 18)


def _order(asked: QueryDict, listing: Listing) -> tuple[Any, ...]:
    wish = asked.get("sort", "")
    column = next((one for one in listing.columns if one.order and one.name == wish.removeprefix("-")), None)
    if column is None:
        return listing.order
    way = as_counted(column.order) if column.counted else (F(column.order),)
    return (*(one.desc() if wish.startswith("-") else one.asc() for one in way), "id")


def _cells(listing: Listing, row: Any, staff: Staff) -> list[dict[str, Any]]:
    told = [column.told(row, staff.lang, staff.now) for column in listing.columns]
    return [
        {
            "text": text,
            "number": column.is_number,
            "whole": len(text) <= SHORT,
            "href": column.link(row) if column.link else "",
        }
        for column, text in zip(listing.columns, told, strict=True)
    ]


def _heads(asked: QueryDict, listing: Listing, lang: str) -> list[dict[str, Any]]:
    wish = asked.get("sort", "")
    return [
        {
            "label": column.en if lang == "en" else column.zh,
            "number": column.is_number,
            "href": _asked(asked, sort=f"-{column.name}" if wish == column.name else column.name)
            if column.order
            else "",
            "sorted": {column.name: "ascending", f"-{column.name}": "descending"}.get(wish, ""),
        }
        for column in listing.columns
    ]


def _filters(asked: QueryDict, listing: Listing, staff: Staff) -> list[dict[str, Any]]:
    return [
        {
            "name": choice.name,
            "label": choice.en if staff.lang == "en" else choice.zh,
            "choices": list(choice.choices(staff)),
            "chosen": asked.get(choice.name, ""),
        }
        for choice in listing.choices
    ]


def _file(listing: Listing, rows: Sequence[Any], lang: str, wish: str) -> HttpResponse:
    head: list[str | int | None] = [column.en if lang == "en" else column.zh for column in listing.columns]
    table: list[list[str | int | None]] = [
        head,
        *([column.filed(row, lang) for column in listing.columns] for row in rows),
    ]
    title = listing.en if lang == "en" else listing.zh
    if wish == "csv":
        answer = HttpResponse(csv_of(table), "text/csv; charset=utf-8")
    else:
        answer = HttpResponse(xlsx_of(title, table), XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{listing.key}.{wish}"'
    return answer
