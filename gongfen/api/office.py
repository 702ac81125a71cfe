"""What the village desk asks one's phone: may we act for you; and, for staff, is this you at the desk."""

from datetime import datetime

from ninja import Router, Schema
from pydantic import Field

from gongfen.api.ground import ActKey, CallerRequest, Id, Nothing, answers, resident_only
from gongfen.office import known_phone, sessions
from gongfen.people.at_the_office import DeskQuestion, HelperSession
from gongfen.town import clock

router = Router(tags=["office"], auth=resident_only)
PIN = r"^([0-9]{6})?$"


class SessionOut(Schema):
    """Somebody at the desk wants to act for one, or does so now."""

    id: Id
    called: str
    asked_at: datetime
    until: datetime
    is_agreed: bool


class DeskAskOut(Schema):
    """The desk asks: is this you? `code` stands on both screens."""

    id: Id
    code: str
    until: datetime


class OfficeOut(Schema):
    sessions: list[SessionOut]
    asks: list[DeskAskOut]
    is_known_phone: bool


class KnowIn(Schema):
    code: str = Field(pattern=r"^[0-9]{6}$", description="what the desk shows")
    pin: str = Field(pattern=r"^[0-9]{6}$", description="chosen by its owner")


class DeskAnswerIn(Schema):
    yes: bool
    pin: str = Field("", pattern=PIN, description="with a yes")


@router.get("/me/office", response=answers(OfficeOut))
def office(request: CallerRequest) -> dict[str, object]:
    """What waits for one's yes."""
    caller, now = request.auth, clock.now()
    phone = known_phone.phone_of(caller.resident)
    return {
        "sessions": [_session(*each) for each in sessions.waiting_for(caller.resident, now=now)],
        "asks": [_ask(each) for each in known_phone.questions_for(caller, now=now)],
        "is_known_phone": phone is not None and phone.device_id == caller.device,
    }


def _session(row: HelperSession, called: str) -> dict[str, object]:
    until, agreed = row.expires_at, row.agreed_at is not None
    return {"id": row.id, "called": called, "asked_at": row.opened_at, "until": until, "is_agreed": agreed}


def _ask(row: DeskQuestion) -> dict[str, object]:
    return {"id": row.id, "code": row.code, "until": row.expires_at}


@router.put("/me/office/sessions/{session}", response=answers(Nothing))
def agree(request: CallerRequest, session: Id, key: ActKey) -> Nothing:
    """Yes: the clerk may act for one, for half an hour."""
    sessions.agree(request.auth.resident, session, now=clock.now())
    return Nothing()


@router.delete("/me/office/sessions/{session}", response=answers(Nothing))
def end(request: CallerRequest, session: Id, key: ActKey) -> Nothing:
    """No, or no longer: it ends at once."""
    sessions.end_own(request.auth.resident, session, now=clock.now())
    return Nothing()


@router.put("/me/office/phone", response=answers(Nothing))
def know(request: CallerRequest, body: KnowIn, key: ActKey) -> Nothing:
    """Make this phone the one that says yes to the desk, with the number that the desk shows."""
    known_phone.make_known(request.auth, body.code, body.pin, now=clock.now())
    return Nothing()


@router.post("/me/office/asks/{ask}", response=answers(Nothing))
def say(request: CallerRequest, ask: Id, body: DeskAnswerIn, key: ActKey) -> Nothing:
    """Yes with the PIN, or no."""
    known_phone.answer(request.auth, ask, body.pin, yes=body.yes, now=clock.now())
    return Nothing()
