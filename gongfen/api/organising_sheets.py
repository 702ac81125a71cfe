"""Paper sheets at the desk: print, photograph, type, and a second person's eyes."""

from datetime import datetime

from django.http import HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from gongfen.activities import sheets
from gongfen.activities.models import Activity, Sheet
from gongfen.activities.who import ORGANISER, REVIEWER
from gongfen.api.ground import ActKey, CallerRequest, Id, answers, resident_only
from gongfen.api.moments import Moment
from gongfen.api.organising import Made, led, people
from gongfen.people.looks import looked
from gongfen.rules.refusals import Refusal
from gongfen.town import clock

router = Router(tags=["organising"], auth=resident_only)


class SheetOut(Schema):
    """What a printed sheet shows. `state`: printed, photographed, typed, done."""

    slip: str
    state: str
    activity: Id
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    lines: int = sheets.LINES


class SheetLineIn(Schema):
    """One line; without times, those of the activity."""

    resident: Id
    in_at: Moment | None = None
    out_at: Moment | None = None


class SheetLines(Schema):
    lines: list[SheetLineIn] = Field(max_length=sheets.LINES)


class SheetLineOut(Schema):
    resident: Id
    called: str
    in_at: datetime
    out_at: datetime


def sheet_out(sheet: Sheet, activity: Activity) -> dict[str, object]:
    """A sheet as it is printed."""
    return {
        "slip": sheet.slip, "state": sheet.state, "activity": activity.id, "title": activity.title,
        "place": activity.place, "starts_at": activity.starts_at, "ends_at": activity.ends_at,
    }  # fmt: skip


@router.post("/activities/{activity}/sheets", response=answers(SheetOut, 201))
def print_sheet(request: CallerRequest, activity: Id, key: ActKey) -> Status[dict[str, object]]:
    """A new sheet to print, with a number of its own."""
    there = led(request, activity)
    return Status(201, sheet_out(sheets.print_sheet(there), there))


@router.get("/activities/{activity}/sheets", response=answers(list[SheetOut]))
def sheet_list(request: CallerRequest, activity: Id) -> list[dict[str, object]]:
    """The activity's sheets."""
    there = led(request, activity, ORGANISER, REVIEWER)
    return [sheet_out(one, there) for one in Sheet.of(there.town_id).filter(activity=there).order_by("id")[:200]]


@router.post("/activities/{activity}/sheets/{slip}/photo", response=answers(SheetOut))
def photograph(
    request: CallerRequest, activity: Id, slip: str, key: ActKey, photo: File[UploadedFile]
) -> dict[str, object]:
    """The photo of the signed sheet."""
    there = led(request, activity)
    sheets.photograph(sheets.find_sheet(there, slip), photo.read(), by=request.auth.resident, now=clock.now())
    return sheet_out(sheets.find_sheet(there, slip), there)


@router.get("/activities/{activity}/sheets/{slip}/photo", response=answers(None))
def photo(request: CallerRequest, activity: Id, slip: str) -> HttpResponse:
    """The photo, for who types or checks the sheet."""
    sheet = sheets.find_sheet(led(request, activity, ORGANISER, REVIEWER), slip)
    return HttpResponse(sheets.photo_of(sheet), content_type="image/jpeg")


@router.get("/activities/{activity}/sheets/{slip}/lines", response=answers(list[SheetLineOut]))
def lines(request: CallerRequest, activity: Id, slip: str) -> list[dict[str, object]]:
    """The lines as they were typed, to compare with the photo. Residents see that one looked."""
    found = sheets.lines_of(sheets.find_sheet(led(request, activity, ORGANISER, REVIEWER), slip))
    looked(request.auth.resident, [line.resident for line in found], "attendance", now=clock.now())
    return [
        {"resident": line.resident.id, "called": line.resident.name, "in_at": line.in_at, "out_at": line.out_at}
        for line in found
    ]


@router.post("/activities/{activity}/sheets/{slip}/lines", response=answers(SheetOut))
def type_lines(request: CallerRequest, activity: Id, slip: str, body: SheetLines, key: ActKey) -> dict[str, object]:
    """Type the sheet. When a second person types the same, it is done."""
    there = led(request, activity, ORGANISER, REVIEWER)
    found = people(request.auth.town, [line.resident for line in body.lines])
    typed = [
        sheets.Line(found[line.resident], line.in_at or there.starts_at, line.out_at or there.ends_at)
        for line in body.lines
    ]
    sheet = sheets.type_sheet(sheets.find_sheet(there, slip), typed, by=request.auth.resident, now=clock.now())
    return sheet_out(sheet, there)


@router.post("/activities/{activity}/sheets/{slip}/review", response=answers(SheetOut))
def review(request: CallerRequest, activity: Id, slip: str, key: ActKey) -> dict[str, object]:
    """A second person compared lines and photo and says yes."""
    there = led(request, activity, ORGANISER, REVIEWER)
    return sheet_out(sheets.review_sheet(sheets.find_sheet(there, slip), by=request.auth.resident), there)


@router.post("/activities/{activity}/sheets/{slip}/claims", response=answers(Made))
def claim(request: CallerRequest, activity: Id, slip: str, key: ActKey) -> dict[str, object]:
    """The claims of a checked sheet of an activity without check-in. Again is the same."""
    made = sheets.claim_sheet(sheets.find_sheet(led(request, activity), slip), now=clock.now())
    refused = [one.code for one in made if isinstance(one, Refusal)]
    return {"made": len(made) - len(refused), "refused": refused}
