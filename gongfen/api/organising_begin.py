"""What an announcement begins with on the organiser's phone: ready templates, and the orders that pay for labor."""

from ninja import Router, Schema
from pydantic import Field

from gongfen.activities.templates import TEMPLATES, Template
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import ORGANISER, SUPERVISOR, check_role
from gongfen.api.ground import CallerRequest, Id, Money, answers, resident_only
from gongfen.api.reviewing import host_of
from gongfen.fund.models import Earmark
from gongfen.ledger.queries import balances_of
from gongfen.rules.notice import village_day
from gongfen.town import clock

router = Router(tags=["organising"], auth=resident_only)
MOST_ORDERS = 100


class TemplateOut(Schema):
    """A ready announcement, to be changed. What it is worth is not in it: that comes from the terms."""

    key: str
    kind: str
    what: str
    title: str
    title_en: str
    place: str
    place_en: str
    text: str
    text_en: str
    begins: str = Field(description="hours and minutes by the village's clock")
    ends: str
    days: int = Field(description="how many days it runs")
    places: int | None
    reserved_places: int


class OrderOut(Schema):
    """Money that was given for one purpose, and what of it is not planned for an activity yet."""

    id: Id
    name: str
    donor: str
    left_money: Money


@router.get("/organise/templates", response=answers(list[TemplateOut]))
def templates(request: CallerRequest, village: Id | None = None) -> list[dict[str, object]]:
    """The templates of work that has terms here today."""
    host = host_of(request.auth, village)
    check_role(request.auth.resident, host, ORGANISER, SUPERVISOR)
    found = InForce(request.auth.town, [host]).every(village_day(clock.now()))
    known = {(one.kind, one.what) for one in found}
    return [_template(one) for one in TEMPLATES if (one.kind, one.what) in known]


@router.get("/organise/orders", response=answers(list[OrderOut]))
def orders(request: CallerRequest, village: Id | None = None) -> list[dict[str, object]]:
    """The host's orders and programmes, the latest first: paid labor is paid from one of them."""
    host = host_of(request.auth, village)
    check_role(request.auth.resident, host, ORGANISER, SUPERVISOR)
    found = list(Earmark.of(request.auth.town).filter(host=host).order_by("-id")[:MOST_ORDERS])
    left = balances_of(request.auth.town, [one.address for one in found])
    return [
        {"id": one.id, "name": one.name, "donor": one.donor, "left_money": left.get(one.address, 0)} for one in found
    ]


def _template(one: Template) -> dict[str, object]:
    return {
        "key": one.key, "kind": one.kind, "what": one.what, "title": one.zh, "title_en": one.en,
        "place": one.place[0], "place_en": one.place[1], "text": one.text[0], "text_en": one.text[1],
        "begins": f"{one.begins:%H:%M}", "ends": f"{one.ends:%H:%M}", "days": one.days,
        "places": one.places, "reserved_places": one.reserved,
    }  # fmt: skip
