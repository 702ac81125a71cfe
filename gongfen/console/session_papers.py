"""In a session: the statement of the month that the resident asks for, and who in the family may pay for them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest

from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff
from gongfen.console.run_steps import resident_named
from gongfen.console.scopes import key_of
from gongfen.office import sessions
from gongfen.people.at_the_office import HelperSession
from gongfen.people.models import Resident
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.shops import helping

MONTHS = 24  # that are offered; the whole record has all
A_SEASON = timedelta(days=90)
FEN = 100
ABOUT = {"unknown_resident": "name", "helper_not_possible": "name", "limit_not_possible": "yuan", "not_a_sum": "yuan"}


def asks(lang: str) -> list[Ask]:
    """Who helps, how much a day, until when."""
    return [
        Ask("household", "帮手的户号", "The helper's household", required=True, longest=20),
        Ask("name", "帮手的姓名", "The helper's name", required=True, longest=60),
        Ask("yuan", "一天最多付多少（元）", "At most a day (yuan)", "yuan", required=True, longest=10),
        Ask("until", "到哪天为止", "Until", "day", required=True,
            hint=("最多一年；本人和帮手随时都能取消。", "A year at most; either of the two may end it at any time.")),
    ]  # fmt: skip


def context(request: HttpRequest, staff: Staff, one: Resident, no: Refusal | None) -> dict[str, Any]:
    """What the session's page shows of both."""
    typed: Any = request.POST if "household" in request.POST else {
        "yuan": "100", "until": (village_day(staff.now) + A_SEASON).isoformat()
    }  # fmt: skip
    return {
        "months": [f"{month:%Y-%m}" for month in months(one, staff.now)],
        "chosen_month": request.POST.get("month", ""),
        "helpers": helping.helpers_for(one, now=staff.now),
        "helper_asks": drawn(asks(staff.lang), typed, staff.lang, now=staff.now, no=no, about=ABOUT),
        "names_helper": "household" in request.POST,
    }


def months(one: Resident, now: datetime) -> list[date]:
    """The months since somebody joined, this one first."""
    found: list[date] = []
    here, first = village_day(now).replace(day=1), village_day(one.joined_at).replace(day=1)
    while here >= first and len(found) < MONTHS:
        found.append(here)
        here = (here - timedelta(days=1)).replace(day=1)
    return found


def month_of(request: HttpRequest, one: Resident, now: datetime) -> date:
    """The month that was chosen; this one where none was."""
    offered = {f"{month:%Y-%m}": month for month in months(one, now)}
    return offered.get(request.POST.get("month", ""), village_day(now).replace(day=1))


def name_helper(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    """Let a relative or neighbour pay for the resident, up to a sum a day. Pressed twice it is one helper."""
    typed = Typed(asks(staff.lang), request.POST)
    helper = resident_named(staff, typed.text("household"), typed.text("name"))
    limit, until = typed.hundredths("yuan"), typed.day("until")
    assert limit is not None and until is not None, "both are required"
    key = key_of(request, staff, f"helper-{of.id}")
    helping.name_helper(
        of.resident, helper.id, day_limit=limit * FEN, until=until, key=key, by=staff.resident.subject, now=staff.now
    )
    named = next(row for row in helping.helpers_for(of.resident, now=staff.now) if row.helper_id == helper.id)
    note_once(of, "helper", named.id, staff.now)


def end_helper(request: HttpRequest, staff: Staff, of: HelperSession) -> None:
    """The help ends, at once."""
    wanted = request.POST.get("helper", "")
    row = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else 0
    helping.end_help(of.resident, row, by=staff.resident.subject, now=staff.now)
    note_once(of, "helper_end", row, staff.now)


def note_once(of: HelperSession, what: str, row: int, now: datetime) -> None:
    """Write a thing down for the receipt, once."""
    if not any(deed.what == what and deed.row == row for deed in sessions.deeds_of(of)):
        sessions.note(of, what, row=row, now=now)
