"""The desk's side of spending: settlements, the bank's files, and what one person asks and another approves."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Router, Schema, Status
from pydantic import StringConstraints

from gongfen.api import spending_shapes as shapes
from gongfen.api.ground import (
    ActKey,
    CallerRequest,
    Id,
    Money,
    NoSuch,
    Nothing,
    answers,
    client_key,
    resident_only,
    told,
)
from gongfen.api.spending_shapes import Body, Hours, Line, Name, Sum
from gongfen.people.acts import NotYourRole
from gongfen.people.models import Resident, Village
from gongfen.people.queries import has_role
from gongfen.shops import askings, merchants, queries, settlement
from gongfen.shops.models import Asking, Settlement, What
from gongfen.town import clock

router = Router(tags=["settlement"], auth=resident_only)
DESK = ("treasurer", "supervisor", "auditor")
OWN_HOUSEHOLD_DAYS = timedelta(days=92)


class PrepareIn(Body):
    village: Id | None = Field(None, description="its shops alone; without it, every shop of the town")


class ActDone(Schema):
    number: int = Field(description="the act's")


class StatementIn(Body):
    content: str = Field(max_length=2_000_000, description="the file's text, see docs/bank-file.md")


class DifferenceOut(Schema):
    what: str
    reference: str
    ours: int | None
    theirs: int | None


class AppliedOut(Schema):
    paid: list[str]
    bounced: dict[str, str]
    differences: list[DifferenceOut]


class OwnHousehold(Schema):
    number: int
    shop: str
    money: Money
    refunded: Money
    paid_at: datetime


class ShopIn(Body):
    name: Name
    name_en: Line = ""
    place: Line = ""
    hours: list[Hours] = Field(default=[], max_length=7)
    payee: Line = ""
    account: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z@._-]{0,40}$")] = ""
    owner: Id | None = None
    village: Id | None = None


class HandIn(Schema):
    shop: Id
    resident: Id
    money: Sum
    slip: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}$")]


class ResidentIn(Schema):
    resident: Id


class AskingOut(Schema):
    id: Id
    what: str
    row: Id
    wish: dict[str, Any]
    asked_by: str
    asked_at: datetime
    state: str


class ApprovedOut(Schema):
    number: int
    card: str = Field(description="the new card's id, told once, to be printed; empty otherwise")


def _asking(row: Asking) -> dict[str, Any]:
    shown = {name: value for name, value in row.wish.items() if name not in ("sealed", "subject")}
    names = ("id", "what", "row", "asked_at", "state")
    return {name: getattr(row, name) for name in names} | {"wish": shown, "asked_by": row.asked_by.name}


def _check_desk(person: Resident, village: int | None) -> None:
    if not any(has_role(person, role, village) for role in DESK):
        raise NotYourRole(role=DESK[0])


def _seen(request: CallerRequest, row: int) -> Settlement:
    found = Settlement.of(request.auth.town).filter(id=row).select_related("town", "prepared_by", "approved_by").first()
    if found is None:
        raise NoSuch(what="settlement")
    _check_desk(request.auth.resident, found.village_id)
    return found


def _shown(request: CallerRequest, row: int) -> dict[str, Any]:
    found = _seen(request, row)
    return shapes.settlement(found, queries.payouts_of(request.auth.town, found.id))


def _village(request: CallerRequest, village: int | None) -> int | None:
    if village is not None and not Village.of(request.auth.town).filter(id=village).exists():
        raise NoSuch(what="village")
    return village


def _as_file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@router.post("/desk/settlements", response=answers(shapes.SettlementOut, 201))
def prepare(request: CallerRequest, body: PrepareIn, key: ActKey) -> Status[dict[str, Any]]:
    """The treasurer collects every closed or past day with money in it."""
    caller, village = request.auth, _village(request, body.village)
    row = settlement.prepare(caller.resident, village=village, key=client_key(caller, key), now=clock.now())
    return Status(201, _shown(request, row.id))


@router.get("/desk/settlements", response=answers(list[shapes.SettlementOut]))
def settlements(request: CallerRequest, village: Id | None = None) -> list[dict[str, Any]]:
    """The latest settlements of a village; without it, of the whole town."""
    _check_desk(request.auth.resident, village)
    town = request.auth.town
    return [shapes.settlement(row, queries.payouts_of(town, row.id)) for row in queries.settlements(town, village)]


@router.get("/desk/settlements/{row}", response=answers(shapes.SettlementOut))
def one_settlement(request: CallerRequest, row: Id) -> dict[str, Any]:
    """A settlement with its payouts."""
    return _shown(request, row)


@router.post("/desk/settlements/{row}/approve", response=answers(shapes.SettlementOut))
def approve(request: CallerRequest, row: Id, key: ActKey) -> dict[str, Any]:
    """The supervisor, another person of another household, says yes; on a phone as well."""
    settlement.approve(request.auth.resident, row, now=clock.now())
    return _shown(request, row)


@router.post("/desk/settlements/{row}/file", response={200: None, **answers(Nothing)})
def send_out(request: CallerRequest, row: Id, key: ActKey) -> HttpResponse:
    """The next file for the bank; its money is in transit from now on. Without anything new, the last file again."""
    content = settlement.send_out(request.auth.resident, row, now=clock.now())
    return _as_file(content, f"settlement-{row}.csv")


@router.get("/desk/settlements/{row}/files/{file}", response={200: None, **answers(Nothing)})
def file_again(request: CallerRequest, row: Id, file: Annotated[int, Path(ge=1, le=32_000)]) -> HttpResponse:
    """A file that left, byte for byte."""
    return _as_file(settlement.file_again(_seen(request, row), file), f"settlement-{row}-{file}.csv")


@router.post("/desk/statements", response=answers(AppliedOut))
def apply_statement(
    request: CallerRequest, body: StatementIn, key: ActKey, village: Id | None = None
) -> dict[str, Any]:
    """The bank's statement: what agrees is applied, differences are listed; one broken line and nothing is applied."""
    caller, content = request.auth.resident, body.content.encode("utf-8", "replace")
    applied = settlement.apply_statement(caller, content, village=village, now=clock.now())
    return {
        "paid": applied.paid,
        "bounced": applied.bounced,
        "differences": [vars(each) for each in applied.differences],
    }


@router.get("/desk/own-household-payments", response=answers(list[OwnHousehold]))
def own_household_payments(request: CallerRequest, village: Id | None = None) -> list[dict[str, Any]]:
    """For the supervisor: where a shop's own household paid."""
    if not has_role(request.auth.resident, "supervisor", village):
        raise NotYourRole(role="supervisor")
    return queries.own_household_payments(request.auth.town, village, since=clock.now() - OWN_HOUSEHOLD_DAYS)


@router.post("/desk/shops", response=answers(AskingOut, 201))
def ask_listing(request: CallerRequest, body: ShopIn, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for a shop to be put on the list."""
    _village(request, body.village)
    told_as_is = body.model_dump(exclude={"owner", "village", "hours"})  # ids are text in a dump
    listing = merchants.MerchantToList(**told_as_is, owner=body.owner, village=body.village, hours=tuple(body.hours))
    caller = request.auth
    asking = askings.ask_listing(caller.resident, listing, key=client_key(caller, key), now=clock.now())
    return Status(201, _asking(asking))


@router.post("/desk/shops/{shop}/unlist", response=answers(AskingOut, 201))
def ask_unlisting(request: CallerRequest, shop: Id, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for a shop to be taken off the list."""
    caller = request.auth
    return Status(
        201, _asking(askings.ask_unlisting(caller.resident, shop, key=client_key(caller, key), now=clock.now()))
    )


@router.post("/desk/shops/{shop}/clear-pin", response=answers(AskingOut, 201))
def ask_clear_pin(request: CallerRequest, shop: Id, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for the owner's PIN to be cleared; the next unlock at a till chooses a new one."""
    caller, key = request.auth, client_key(request.auth, key)
    asking = askings.ask_unlisting(caller.resident, shop, key=key, now=clock.now(), what=What.CLEAR_PIN)
    return Status(201, _asking(asking))


@router.post("/desk/hand-payments", response=answers(AskingOut, 201))
def ask_payment_by_hand(request: CallerRequest, body: HandIn, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for a slip to be paid that a shop wrote by hand."""
    caller = request.auth
    asking = askings.ask_payment_by_hand(
        caller.resident, merchant=body.shop, resident=body.resident, money=body.money, slip=body.slip,
        key=client_key(caller, key), now=clock.now(),
    )  # fmt: skip
    return Status(201, _asking(asking))


@router.post("/desk/cards", response=answers(AskingOut, 201))
def ask_card(request: CallerRequest, body: ResidentIn, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for a card to be printed for a resident; an old card dies when it is approved."""
    caller = request.auth
    asking = askings.ask_card(caller.resident, body.resident, key=client_key(caller, key), now=clock.now())
    return Status(201, _asking(asking))


@router.post("/desk/payouts/{payout}/take-back", response=answers(AskingOut, 201))
def ask_take_back(request: CallerRequest, payout: Id, key: ActKey) -> Status[dict[str, Any]]:
    """Ask for a payout to be taken back that never reached the bank."""
    caller = request.auth
    return Status(
        201, _asking(askings.ask_take_back(caller.resident, payout, key=client_key(caller, key), now=clock.now()))
    )


@router.get("/desk/askings", response=answers(list[AskingOut]))
def open_askings(request: CallerRequest, village: Id | None = None) -> list[dict[str, Any]]:
    """What waits for the caller's yes, as staff of this village; without it, of the town."""
    return [_asking(row) for row in askings.open_askings(request.auth.resident, _village(request, village))]


@router.post("/desk/askings/{asking}/approve", response=answers(ApprovedOut))
def approve_asking(request: CallerRequest, response: HttpResponse, asking: Id, key: ActKey) -> dict[str, Any]:
    """The other person says yes, and it takes effect."""
    approved = askings.approve(request.auth.resident, asking, now=clock.now())
    told(response, approved.act)
    return {"number": approved.act.number, "card": approved.card_id}


@router.post("/desk/askings/{asking}/turn-down", response=answers(Nothing))
def turn_down(request: CallerRequest, asking: Id, key: ActKey) -> dict[str, Any]:
    """The other person says no; nothing takes effect."""
    askings.turn_down(request.auth.resident, asking, now=clock.now())
    return {}
