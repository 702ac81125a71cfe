"""Taking one's record away, and leaving."""

from datetime import datetime

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.api.ground import ActKey, CallerRequest, Id, Money, Nothing, answers, language, resident_only
from gongfen.office import leaving
from gongfen.office.record import record_file
from gongfen.people.at_the_office import Leaving
from gongfen.town import clock

router = Router(tags=["leaving"], auth=resident_only)
ZIP = {"responses": {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}}


class LeavingOut(Schema):
    """`slip` is the number with which the money is fetched, also after the person is erased."""

    asked_at: datetime
    erase_at: datetime
    slip: Id
    owed: Money = Field(description="on its way out; hundredths of a fen")


class LeavingNow(Schema):
    """How far it is; without `leaving` one stays."""

    leaving: LeavingOut | None


def _out(row: Leaving) -> dict[str, object]:
    return {"asked_at": row.asked_at, "erase_at": row.erase_at, "slip": row.slip, "owed": row.owed}


@router.get("/me/export", response=answers(None), openapi_extra=ZIP)
def export(request: CallerRequest) -> HttpResponse:
    """Everything that is kept about oneself, as a ZIP."""
    packed = record_file(request.auth.resident, language(request), clock.now())
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="gongfen-record.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.get("/me/leaving", response=answers(LeavingNow))
def how_far(request: CallerRequest) -> dict[str, object]:
    """Whether one asked to leave, and until when it can be taken back."""
    row = leaving.leaving_of(request.auth.resident)
    return {"leaving": _out(row) if row else None}


@router.post("/me/leaving", response=answers(LeavingOut, 201))
def ask(request: CallerRequest, key: ActKey) -> Status[dict[str, object]]:
    """Leave: points and cash are paid out, and after 29 days nothing here names one any more."""
    return Status(201, _out(leaving.ask_to_leave(request.auth.resident, by=request.auth.subject, now=clock.now())))


@router.delete("/me/leaving", response=answers(Nothing))
def take_back(request: CallerRequest, key: ActKey) -> Nothing:
    """Stay after all: as long as one is not erased yet."""
    leaving.stay(request.auth.resident, by=request.auth.subject, now=clock.now())
    return Nothing()
