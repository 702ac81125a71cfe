"""One's own things: signing in, name and place, accounts, statement, devices, consents."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from gongfen.api.ground import (
    ActKey,
    After,
    CallerRequest,
    Id,
    Limit,
    Money,
    NoSuch,
    Nothing,
    Page,
    Points,
    answers,
    resident_only,
)
from gongfen.ledger.queries import LAST, balances_of
from gongfen.ledger.queries_told import told_lines
from gongfen.people import acts, joining
from gongfen.people.models import Consent, Device, Purpose
from gongfen.people.queries import roles_of
from gongfen.town import clock

router = Router(tags=["me"], auth=resident_only)
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]


class SignIn(Schema):
    join_code: str = Field(min_length=12, max_length=20, pattern=r"^[A-Za-z0-9 \-]+$")
    token: str = Field(min_length=32, max_length=128, pattern=r"^[A-Za-z0-9_\-]+$", description="made by the device")
    label: str = Field("", max_length=60, pattern=r"^[^\x00-\x1f]*$")


class Session(Schema):
    device: Id
    resident: Id
    name: str
    village: str


class Me(Schema):
    id: Id
    name: str
    nickname: str
    village: Id
    village_name: str
    group: str
    household: str
    roles: list[str]


class Accounts(Schema):
    points: Points
    cash: Money


class StatementLine(Schema):
    """One entry of a statement. `amount` and `balance` are hundredths of the account's unit."""

    id: Id
    number: int
    verb: str
    amount: int
    balance: int
    other: str = Field(description="what kind of account is on the other side")
    facts: dict[str, object]
    happened_at: datetime


class DeviceOut(Schema):
    id: Id
    label: str
    made_at: datetime
    is_this: bool


class Choice(Schema):
    purpose: Purpose
    given: bool


@router.post("/sessions", auth=None, response=answers(Session, 201))
def sign_in(request: HttpRequest, body: SignIn) -> Status[dict[str, object]]:
    """Sign this device in with a printed one-time code. The same device with the same code is answered the same."""
    device = joining.sign_in_by_code(body.join_code, body.token, label=body.label, now=clock.now())
    return Status(201, session_of(device))


def session_of(device: Device) -> dict[str, object]:
    """A device that is signed in, as a `Session`."""
    resident = device.resident
    return {"device": device.id, "resident": resident.id, "name": resident.name, "village": resident.village.name}


@router.get("/me", response=answers(Me))
def me(request: CallerRequest) -> dict[str, object]:
    """Who this device is signed in for."""
    resident = request.auth.resident
    return {
        "id": resident.id,
        "name": resident.name,
        "nickname": resident.nickname,
        "village": resident.village_id,
        "village_name": resident.village.name,
        "group": resident.group.name,
        "household": resident.household.number,
        "roles": sorted({row.role for row in roles_of(resident)}),
    }


@router.get("/me/accounts", response=answers(Accounts))
def accounts(request: CallerRequest) -> dict[str, int]:
    """One's own points and cash."""
    resident = request.auth.resident
    found = balances_of(request.auth.town, [resident.points, resident.cash])
    return {"points": found[resident.points], "cash": found[resident.cash]}


@router.get("/me/statement", response=answers(Page[StatementLine]))
def my_statement(
    request: CallerRequest,
    of: Annotated[str, Field(pattern="^(points|cash)$")] = "points",
    after: After = None,
    limit: Limit = 50,
) -> HttpResponse:
    """One's own entries, newest first; every one with the act that made it."""
    town, resident = request.auth.town, request.auth.resident
    account = (resident.points if of == "points" else resident.cash).account
    lines = told_lines(town, account, before=after or LAST, limit=limit + 1)
    # Shaped by the engine: to check fifty lines against their description takes longer than to read them.
    shown, more = lines[:limit], len(lines) > limit
    following = f'"{shown[-1][0]}"' if more else "null"
    body = f'{{"items": [{", ".join(line for _, line in shown)}], "next": {following}}}'
    return HttpResponse(body, content_type="application/json; charset=utf-8")


@router.get("/me/devices", response=answers(list[DeviceOut]))
def devices(request: CallerRequest) -> list[dict[str, object]]:
    """One's own devices that are signed in."""
    own = Device.of(request.auth.town).filter(resident=request.auth.resident, ended_at=None).order_by("id")
    return [
        {"id": one.id, "label": one.label, "made_at": one.made_at, "is_this": one.id == request.auth.device}
        for one in own
    ]


@router.delete("/me/devices/{device}", response=answers(Nothing))
def end_device(request: CallerRequest, device: Id, key: ActKey) -> Nothing:
    """End one of one's own devices: a lost phone, say, or this one. Ending it again is fine."""
    if not Device.of(request.auth.town).filter(id=device, resident=request.auth.resident).exists():
        raise NoSuch(what="device")
    acts.sign_out(request.auth, device, now=clock.now())
    return Nothing()


@router.get("/me/consents", response=answers(list[Choice]))
def consents(request: CallerRequest) -> list[dict[str, object]]:
    """Each purpose and whether one agreed to it."""
    own = Consent.of(request.auth.town).filter(resident=request.auth.resident, withdrawn_at=None)
    given = set(own.values_list("purpose", flat=True))
    return [{"purpose": purpose, "given": purpose in given} for purpose in Purpose.values]


@router.put("/me/consents/{purpose}", response=answers(Choice))
def choose(
    request: CallerRequest, response: HttpResponse, purpose: Purpose, given: bool, key: ActKey
) -> dict[str, object]:
    """Give or withdraw one consent; nothing else depends on it."""
    acts.consent(request.auth.resident, purpose, given=given, now=clock.now())
    return {"purpose": purpose, "given": given}
