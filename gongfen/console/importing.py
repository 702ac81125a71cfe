"""Tables in and out: a file is read and tried first, and written only after a look at what would change."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities.models import Activity
from gongfen.console.ground import NotForYou, Staff, desk, page
from gongfen.console.people import people_page, read_ids
from gongfen.files import exports
from gongfen.files.problems import Problem, with_place
from gongfen.files.single import MOST_BYTES, Found, Wanted, bring_in
from gongfen.files.writer import csv_of, csv_of_old, xlsx_of
from gongfen.people.looks import looked
from gongfen.people.models import Resident
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import title
from gongfen.words.imports import CHANGES, COLUMNS, COUNTED, TABLES

HERE = "/desk/imports"
ANY = ("clerk", "treasurer", "organiser", "supervisor")
WHO = {
    "residents": ("clerk",),
    "terms": ("organiser", "supervisor"),
    "merchants": ("clerk", "treasurer", "supervisor"),
    "money": ("treasurer",),
    "attendance": ("organiser",),
}
OUT = {"residents": ("clerk",), "terms": ANY, "merchants": ("clerk", "treasurer", "supervisor")}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


class NoTable(Refusal):
    """No file came, or it is too large for the desk."""

    code = "no_table"


class WhichActivity(Refusal):
    """Attendance is of one activity."""

    code = "which_activity"


class AnotherFile(Refusal):
    """What is confirmed is not what was tried."""

    code = "another_file"


@desk(*ANY)
def imports(request: HttpRequest, staff: Staff, *, no: Refusal | None = None, chosen: str = "") -> HttpResponse:
    """Which tables this person may bring in and take out."""
    en = staff.lang == "en"
    going_on = Activity.of(staff.town).filter(state__in=sorted(TAKES_CLAIMS), village=staff.village)
    context: dict[str, Any] = {
        "ins": [(kind, TABLES[kind][en], COLUMNS[kind][en]) for kind, names in WHO.items() if staff.has(*names)],
        "outs": [(kind, TABLES[kind][en]) for kind, names in OUT.items() if staff.has(*names)],
        "activities": [(one, title(one, staff.lang)) for one in going_on.order_by("-starts_at")[:SHOWN]],
        "chosen": chosen or request.GET.get("table", ""),
        "done": [(COUNTED[name][en], many) for name, many in request.session.pop("imported", [])],
        "settles": staff.has("treasurer"),
    }
    return people_page(request, staff, "imports.html", refusal=no, **context)


@desk(*ANY)
def table(request: HttpRequest, staff: Staff, kind: str) -> HttpResponse:
    """Try a table: what would change, or what is wrong with it. Nothing is written."""
    return _read(request, staff, kind, dry_run=True)


@desk(*ANY, fresh=True)
def write(request: HttpRequest, staff: Staff, kind: str) -> HttpResponse:
    """Write what was tried."""
    return _read(request, staff, kind, dry_run=False)


def _read(request: HttpRequest, staff: Staff, kind: str, *, dry_run: bool) -> HttpResponse:
    if kind not in WHO or not staff.has(*WHO[kind]):
        return page(request, staff, "not_for_you.html", refusal=NotForYou(), status=403)
    if request.method != "POST":
        return HttpResponseRedirect(f"{HERE}?table={kind}")
    try:
        wanted = _wanted(request, staff, kind)
        if not dry_run and request.POST.get("confirm") != wanted.digest:
            raise AnotherFile()
        found = bring_in(wanted, staff.lang, dry_run=dry_run)
    except Refusal as no:
        return imports(request, no=no, chosen=kind)
    if not dry_run and found.is_fine:
        request.session["imported"] = sorted(found.counts.items())
        return HttpResponseRedirect(HERE, status=303)
    return _shown(request, staff, wanted, found)


def _wanted(request: HttpRequest, staff: Staff, kind: str) -> Wanted:
    sent = request.FILES.get("table")
    name, data = request.POST.get("name", "")[:100], b""
    if sent is not None:
        name, data = str(sent.name)[:100], sent.read(MOST_BYTES + 1)
    elif kept := request.POST.get("kept", ""):
        try:
            data = base64.b64decode(kept, validate=True)
        except binascii.Error:
            raise AnotherFile() from None
    if not data or len(data) > MOST_BYTES:
        raise NoTable(most=MOST_BYTES // 1_000_000)
    activity = None
    if kind == "attendance":
        rows = Activity.of(staff.town).filter(id__in=read_ids(request, "activity"), village=staff.village)
        activity = rows.first()
        if activity is None:
            raise WhichActivity()
        activity.town = staff.town
    return Wanted(kind, name, data, staff.village, staff.resident, staff.now, activity)


def _shown(request: HttpRequest, staff: Staff, wanted: Wanted, found: Found) -> HttpResponse:
    en = staff.lang == "en"
    kept = base64.b64encode(wanted.data).decode()
    context: dict[str, Any] = {
        "kind": wanted.kind,
        "called": TABLES[wanted.kind][en],
        "name": wanted.name,
        "digest": wanted.digest,
        "kept": kept if found.is_fine else "",
        "red": base64.b64encode(found.red).decode(),
        "activity": wanted.activity,
        "counts": [(COUNTED[name][en], many) for name, many in found.counts.items()],
        "changes": [(row, CHANGES[what][en], whom, columns) for row, what, whom, columns in found.changes[:SHOWN]],
        "more": max(0, len(found.changes) - SHOWN),
        "problems": [_told(problem, wanted, staff.lang) for problem in found.problems[:SHOWN]],
        "remarks": [_told(remark, wanted, staff.lang) for remark in found.remarks[:SHOWN]],
    }
    return page(request, staff, "import_try.html", status=200 if found.is_fine else 422, **context)


def _told(problem: Problem, wanted: Wanted, lang: str) -> str:
    """The sentence with its place, under the name that the sender gave the file."""
    own = type(problem)(wanted.name or problem.file, problem.row, problem.column, problem.code, problem.facts)
    return with_place(own, lang)


@desk(*ANY)
def red(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The same file back, with the red column: made when it was tried, and kept nowhere."""
    try:
        content = base64.b64decode(request.POST.get("red", ""), validate=True)
    except binascii.Error:
        content = b""
    if not content.startswith(b"PK"):
        return HttpResponseRedirect(HERE)
    return _file(content, XLSX, "red.xlsx")


@desk(*ANY)
def table_out(request: HttpRequest, staff: Staff, kind: str, ending: str) -> HttpResponse:
    """A table as it comes in again: CSV, XLSX, or CSV in GB18030; `empty` has the headings alone."""
    if kind not in OUT or not staff.has(*OUT[kind]):
        return page(request, staff, "not_for_you.html", refusal=NotForYou(), status=403)
    village = staff.village
    village.town = staff.town
    rows = exports.TABLES[kind](village, staff.now)
    if kind == "residents":
        there = Resident.of(staff.town).filter(village=village, left_at=None)
        looked(staff.resident, there, "people", now=staff.now)
    if ending == "empty":
        return _file(xlsx_of(kind, rows[:1]), XLSX, f"{kind}.xlsx")
    if ending == "xlsx":
        return _file(xlsx_of(kind, rows), XLSX, f"{kind}.xlsx")
    content = csv_of_old(rows) if ending == "gb18030" else csv_of(rows)
    charset = "gb18030" if ending == "gb18030" else "utf-8"
    return _file(content, f"text/csv; charset={charset}", f"{kind}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
