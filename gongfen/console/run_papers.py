"""What is read of a run: the what-if table and its chart, the voted list of heads, the public file, the slips."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongfen.console.ground import Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, as_counted, listed
from gongfen.console.runs import READERS, run_for
from gongfen.console.scopes import money_page
from gongfen.dividends import queries, slips
from gongfen.dividends.models import Run
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Resident
from gongfen.rules.dividend import Unit
from gongfen.rules.dividend_file import verify
from gongfen.rules.dividend_whatif import Row
from gongfen.rules.refusals import Refusal
from gongfen.statements.village_papers import slips_pdf

BOTH = ("treasurer", "supervisor")
MOST_PLANS = 6
MOST_NAMED = 20  # differences
CHART_HIGH, BAR_WIDE, LEFT = 160, 60, 8


class NotPublicYet(Refusal):
    """The run was not computed and shown yet."""

    code = "run_not_public_yet"


def _percents(typed: str) -> list[int]:
    """Numbers from 0 to 100 as somebody types them; nonsense is left out."""
    found = [int(one) for one in typed.replace("，", ",").replace(" ", ",").split(",") if one.isdecimal()][:MOST_PLANS]
    return [one for one in found if 0 <= one <= 100]


@desk(*BOTH, "auditor")
def what_if(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """The run under other parts by heads: a table, and a chart for each plan. Nothing is written."""
    try:
        found, scope = run_for(staff, run, *BOTH, "auditor")
        asked = request.GET.get("percents", "0, 50, 100")[:60]
        rows = slips.what_if(staff.town, found, slips.other_plans(found, _percents(asked)))
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=422)
    charts = [chart(row) for row in rows]
    return money_page(
        request, staff, scope, "run_what_if.html", run=found, rows=list(zip(rows, charts, strict=True)), asked=asked
    )


def chart(row: Row) -> dict[str, Any]:
    """The bars of a plan as whole pixels: how many lines get how much. A hidden bar is named, and drawn flat."""
    most = max((bar.lines or 0 for bar in row.bars), default=0) or 1
    bars = []
    for place, bar in enumerate(row.bars):
        high = (bar.lines or 0) * (CHART_HIGH - 40) // most
        bars.append(
            {"x": LEFT + place * BAR_WIDE, "y": CHART_HIGH - 20 - high, "high": high, "lines": bar.lines,
             "middle": LEFT + place * BAR_WIDE + BAR_WIDE // 2 - 2, "above": CHART_HIGH - 26 - high,
             "least": f"{bar.least // Unit.YUAN:,}", "most": f"{bar.most // Unit.YUAN:,}" if bar.most else ""}
        )  # fmt: skip
    return {
        "bars": bars, "wide": LEFT * 2 + BAR_WIDE * len(row.bars), "high": CHART_HIGH, "bar": BAR_WIDE - 6,
        "floor": CHART_HIGH - 20, "words_at": CHART_HIGH - 4, "points_percent": 100 - row.plan.head_percent,
    }  # fmt: skip


def _counts(staff: Staff) -> list[tuple[str, str]]:
    return [("1", "in" if staff.lang == "en" else "算"), ("0", "out" if staff.lang == "en" else "不算")]


COUNTS = {True: ("算一份", "counts"), False: ("不算", "does not count")}
HEADS = Listing(
    "heads",
    "按人分的名单",
    "The voted list of heads",
    (
        Column(
            "household", "户号", "Household", lambda one: one.household.number, order="household__number", counted=True
        ),
        Column("name", "姓名", "Name", lambda one: one.name, order="name"),
        Column("group", "小组", "Group", lambda one: one.group.name, order="group__name"),
        Column("counts", "按人分", "By heads", lambda one: COUNTS[one.counts_as_head], "words", order="counts_as_head"),
        Column("child", "谁代收", "Paid to", lambda one: one.guardian.name if one.guardian else ""),
    ),
    order=(*as_counted("household__number"), "id"),
    texts=("name", "household__number"),
    choices=(Choice("counts", "按人分", "By heads", "counts_as_head", _counts),),
)


@desk(*BOTH)
def heads(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Who counts as a head. Who reads the list is written down for whom it is about."""
    try:
        found, scope = run_for(staff, run, *BOTH)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    people = Resident.of(staff.town).filter(left_at=None).select_related("household", "group", "guardian")
    if scope.village is not None:
        people = people.filter(village_id=scope.village)
    shown = listed(
        request, staff, HEADS, people, met=lambda rows: looked(staff.resident, rows, "settlement", now=staff.now)
    )
    if isinstance(shown, HttpResponse):
        return shown
    count = people.filter(counts_as_head=True).count()
    children = people.filter(counts_as_head=True, age_band=AgeBand.UNDER_14).count()
    return money_page(request, staff, scope, "run_heads.html", run=found, shown=shown, count=count, children=children)


@desk(*READERS)
def public_file(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """The file that everyone may recompute: slip numbers, no names."""
    try:
        found, text = _public(staff, run)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    answer = HttpResponse(text, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="dividend-{found.ends.isoformat()}.csv"'
    return answer


@desk(*READERS)
def check(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """Recompute the whole public file now, and say whether it is right to the hundredth of a fen."""
    try:
        found, text = _public(staff, run)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    differences = verify(text)
    _, scope = run_for(staff, run, *READERS)
    return money_page(
        request, staff, scope, "run_check.html", run=found, differences=differences[:MOST_NAMED], count=len(differences)
    )


def _public(staff: Staff, run: int) -> tuple[Run, str]:
    found, _ = run_for(staff, run, *READERS)
    if found.totals is None:
        raise NotPublicYet()
    return found, "".join(queries.public_file(staff.town, found))


@desk("clerk", *BOTH)
def all_slips(request: HttpRequest, staff: Staff, run: int) -> HttpResponse:
    """The slips of all households in one PDF, to be cut and handed out. Everyone sees that they were printed."""
    try:
        found, scope = run_for(staff, run, "clerk", *BOTH)
        if found.state not in queries.PUBLIC_STATES:
            raise NotPublicYet()
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    people = Resident.of(staff.town).filter(left_at=None)
    looked(
        staff.resident, people.filter(village_id=scope.village) if scope.village else people, "settlement",
        now=staff.now,
    )  # fmt: skip
    answer = HttpResponse(slips_pdf(found, staff.lang, staff.now), "application/pdf")
    answer["Content-Disposition"] = 'inline; filename="dividend-slips.pdf"'
    return answer
