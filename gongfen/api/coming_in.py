"""Asking to join without a code, and finding the neighbour whom one already knows by name and house."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from gongfen.api.ground import CallerRequest, Id, NoSuch, answers, resident_only, village_at
from gongfen.people.joining import ask_to_join
from gongfen.people.models import AgeBand, Resident
from gongfen.town import clock

router = Router(tags=["coming in"])
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$", strip_whitespace=True)]
House = Annotated[
    str, StringConstraints(min_length=1, max_length=20, pattern=r"^[^\x00-\x1f]+$", strip_whitespace=True)
]


class JoinIn(Schema):
    """No id number, no phone number. `secret` is made by the device; with it the same request asks once."""

    name: Name
    household: House
    age_band: AgeBand
    secret: str = Field(min_length=32, max_length=128, pattern=r"^[A-Za-z0-9_\-]+$")


class JoinOut(Schema):
    """`state`: waiting, confirmed, refused."""

    state: str


class NeighbourIn(Schema):
    """Both as they are known in the village: who knows neither finds nobody."""

    household: House
    name: Name


class NeighbourOut(Schema):
    id: Id
    called: str


@router.post("/villages/{village}/join-requests", response=answers(JoinOut, 201))
def ask(request: HttpRequest, village: Id, body: JoinIn) -> Status[dict[str, str]]:
    """Ask to join; sent again with the same secret, it says how it stands."""
    asked = ask_to_join(
        village_at(village), name=body.name, household_number=body.household, age_band=body.age_band,
        secret=body.secret, now=clock.now(),
    )  # fmt: skip
    return Status(201, {"state": asked.state})


@router.post("/me/neighbours", auth=resident_only, response=answers(NeighbourOut))
def neighbour(request: CallerRequest, body: NeighbourIn) -> dict[str, object]:
    """Somebody of one's own village by household number and full name, to name them as a helper or agree on help."""
    own = request.auth.resident
    there = Resident.of(request.auth.town).filter(village=own.village_id, left_at=None, name=body.name)
    found = there.filter(household__number=body.household).exclude(id=own.id).first()
    if found is None or found.age_band == AgeBand.UNDER_14:
        raise NoSuch(what="neighbour")
    return {"id": found.id, "called": found.called}
