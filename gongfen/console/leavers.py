"""Who leaves: what they are owed, paid out by the treasurer and checked by the supervisor; and who looked at whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.console.people import people_page
from gongfen.fund.moves import worth
from gongfen.ledger.queries import balances_of
from gongfen.office import leaving
from gongfen.people.at_the_office import Leaving, LeavingState
from gongfen.people.looks import REASONS, looked
from gongfen.people.models import Look
from gongfen.people.queries import residents_by_subject
from gongfen.rules.refusals import Refusal
from gongfen.words.statements import LOOKED

HERE = "/desk/leaving"
ROLES = ("clerk", "treasurer", "supervisor")
STEPS = {"pay": leaving.pay_out, "approve": leaving.approve, "not_paid": leaving.turn_down}


@desk(*ROLES)
def leavers(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Who asked to leave and when the clock erases them; and slips of those who are gone, while money is owed."""
    rows = Leaving.of(staff.town).filter(resident__village=staff.village).select_related("resident__household")
    asked = list(rows.filter(state=LeavingState.ASKED).order_by("erase_at"))
    gone = list(rows.filter(state=LeavingState.GONE, owed__gt=0).order_by("-id")[:200])
    looked(staff.resident, [row.resident for row in asked], "settlement", now=staff.now)
    has = balances_of(staff.town, [at for row in asked for at in (row.resident.points, row.resident.cash)])
    wish = "".join(letter for letter in request.GET.get("slip", "") if letter.isdecimal())[:10]
    if wish:
        asked, gone = ([row for row in some if str(row.slip) == wish] for some in (asked, gone))

    def told(row: Leaving) -> dict[str, Any]:
        more = 0
        if row.state == LeavingState.ASKED:
            more = has[row.resident.cash] + worth(staff.town, has[row.resident.points])
        return {"row": row, "money": row.owed + more, "may_pay": row.owed + more > 0 and row.prepared_by is None}

    context: dict[str, Any] = {
        "asked": [told(row) for row in asked],
        "gone": [told(row) for row in gone],
        "wish": wish,
        "may_pay": staff.has("treasurer"),
        "may_approve": staff.has("supervisor"),
    }
    return people_page(request, staff, "leavers.html", refusal=no, **context)


@desk("treasurer", "supervisor", fresh=True)
def pay(request: HttpRequest, staff: Staff, number: int, step: str) -> HttpResponse:
    """Paid out by one; seen by the other, or not."""
    if request.method == "POST" and step in STEPS:
        try:
            STEPS[step](staff.resident, number, now=staff.now)
        except Refusal as no:
            return leavers(request, no=no)
    return HttpResponseRedirect(HERE, status=303)


def _reasons(staff: Staff) -> list[tuple[str, str]]:
    return [(why, LOOKED[why][staff.lang == "en"]) for why in REASONS]


@desk("supervisor", "auditor")
def looks(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Who looked at whose data, on which day and why. Those who were looked at read the same."""
    rows = Look.of(staff.town).filter(resident__village=staff.village).select_related("resident__household")
    readers = residents_by_subject(staff.town, set(rows.values_list("by", flat=True).distinct()[:2_000]))

    def _who(row: Look) -> str:
        return readers[row.by].name if row.by in readers else ""

    listing = Listing(
        "looks",
        "谁看过谁的资料",
        "Who looked at whose data",
        (
            Column("day", "哪天", "Day", lambda row: row.day, "day", order="day"),
            Column("who", "谁看的", "Who looked", _who, order="by"),
            Column("why", "为什么", "Why", lambda row: LOOKED.get(row.why, (row.why, row.why)), "words", order="why"),
            Column("household", "看了哪一户", "Household", lambda row: row.resident.household.number),
            Column("whom", "看了谁", "Whose", lambda row: row.resident.called, order="resident__name"),
        ),
        order=("-looked_at", "-id"),
        texts=("resident__name", "resident__household__number"),
        choices=(Choice("why", "为什么", "Why", "why", _reasons),),
    )
    shown = listed(request, staff, listing, rows)
    if isinstance(shown, HttpResponse):
        return shown
    return people_page(request, staff, "looks.html", shown=shown)
