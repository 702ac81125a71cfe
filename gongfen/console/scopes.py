"""For whom money is looked at: one's village, or the whole town for the town's own staff; and the rooms of money."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongfen.console.ground import Staff, page
from gongfen.rules.refusals import Refusal

MONEY_ROLES = ("treasurer", "supervisor", "auditor")
ROOMS = (
    ("/desk/money", "账户和进账", "Accounts and money in", MONEY_ROLES),
    ("/desk/money/settlements", "店家结算", "Settlements", MONEY_ROLES),
    ("/desk/shops", "店家", "Shops", (*MONEY_ROLES, "clerk")),
    ("/desk/runs", "分红", "Dividend", (*MONEY_ROLES, "reviewer")),
    ("/desk/money/asks", "要两个人的", "Needs two people", (*MONEY_ROLES, "clerk")),
    ("/desk/money/closes", "月结年结", "Closes", MONEY_ROLES),
)


@dataclass(frozen=True)
class Scope:
    """One host of money. `village` is None for the town itself."""

    host: int  # subject
    village: int | None
    name: str

    @property
    def query(self) -> str:
        """What keeps it in an address."""
        return "" if self.village else "?at=town"


def scope_of(request: HttpRequest, staff: Staff) -> Scope:
    """The staff's village; the town when it is asked for by who works for the town."""
    wish = request.POST.get("at") or request.GET.get("at")
    if wish == "town" and works_for_town(staff):
        return Scope(staff.town.subject, None, (staff.town.name_en if staff.lang == "en" else "") or staff.town.name)
    village = staff.village
    return Scope(village.subject, village.id, (village.name_en if staff.lang == "en" else "") or village.name)


def works_for_town(staff: Staff) -> bool:
    """Has the person a role of the town itself?"""
    return any(role.village_id is None for role in staff.roles)


def may(staff: Staff, scope: Scope, *names: str) -> bool:
    """Has the person one of these roles for this host?"""
    return any(role.role in names and role.village_id in (None, scope.village) for role in staff.roles)


def money_page(
    request: HttpRequest,
    staff: Staff,
    scope: Scope,
    template: str,
    *,
    refusal: Refusal | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of the money rooms: with its tabs, its scope, and a word that makes a button pressed twice press once."""
    return page(
        request, staff, template, refusal=refusal, scope=scope, works_for_town=works_for_town(staff),
        tabs=_tabs(request.path, staff, scope), once=request.POST.get("once") or secrets.token_hex(8), **context,
    )  # fmt: skip


def _tabs(here: str, staff: Staff, scope: Scope) -> list[dict[str, Any]]:
    return [
        {
            "href": href + scope.query,
            "label": en if staff.lang == "en" else zh,
            "here": here == href or (href != "/desk/money" and here.startswith(href)),
        }
        for href, zh, en, names in ROOMS
        if staff.has(*names)
    ]


def key_of(request: HttpRequest, staff: Staff, what: str) -> str:
    """The key of an act that a button asks for: the same button pressed twice is the same act."""
    once = request.POST.get("once", "")[:32]
    typed = once if once.isalnum() else secrets.token_hex(8)
    return f"desk/{staff.resident.id}/{what}/{typed}"
