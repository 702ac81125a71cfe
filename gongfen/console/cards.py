"""Cards at the desk: asked by one, approved by another, printed ten a sheet. The PIN is its holder's alone."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.ground import Staff, desk
from gongfen.console.people import people, people_page, read_ids
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Resident
from gongfen.rules.refusals import Refusal
from gongfen.shops.askings import approve, ask_card, open_askings, turn_down
from gongfen.shops.models import Asking, AskingState, Card, What
from gongfen.statements.village_papers import cards_pdf

CARDS = "/desk/cards"
APPROVERS = ("clerk", "supervisor", "treasurer", "reviewer", "organiser")
MOST = 200


@desk(*APPROVERS)
def cards(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Cards that wait for this person's yes, and those that this person asked for."""
    waiting = [row for row in open_askings(staff.resident, staff.village.id) if row.what in CARD_ASKS]
    own = Asking.of(staff.town).filter(asked_by=staff.resident, state=AskingState.OPEN, what__in=CARD_ASKS)
    holders = _holders(staff, [*waiting, *own])
    met = [holders[row.id] for row in waiting if row.id in holders]
    looked(staff.resident, met, "card", now=staff.now)
    context: dict[str, Any] = {
        "waiting": [(row, holders.get(row.id), row.what == What.MAKE_CARD) for row in waiting if row.id in holders],
        "own": [(row, holders.get(row.id)) for row in own if row.id in holders],
        "may_ask": staff.has("clerk"),
        "without": _without(staff) if staff.has("clerk") else 0,
    }
    return people_page(request, staff, "cards.html", refusal=no, **context)


CARD_ASKS = (What.MAKE_CARD, What.UNLOCK_CARD)


def _holders(staff: Staff, rows: list[Asking]) -> dict[int, Resident]:
    """Whose card each is about, where they live in this village."""
    locked = [row.row for row in rows if row.what == What.UNLOCK_CARD]
    of_card = dict(Card.of(staff.town).filter(id__in=locked).values_list("id", "resident_id"))
    wanted = {row.id: row.row if row.what == What.MAKE_CARD else of_card.get(row.row, 0) for row in rows}
    people = Resident.of(staff.town).filter(id__in=set(wanted.values()), left_at=None, village=staff.village)
    found = people.select_related("household", "group").in_bulk()
    return {row: found[who] for row, who in wanted.items() if who in found}


def _without(staff: Staff) -> int:
    """How many have neither a phone nor a card."""
    rows = Resident.of(staff.town).filter(village=staff.village, left_at=None, has_phone=False)
    with_card = Card.of(staff.town).exclude(state="dead").values("resident_id")
    return rows.exclude(age_band=AgeBand.UNDER_14).exclude(id__in=with_card).count()


@desk("clerk", fresh=True)
def ask(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Ask for a card for everybody who was ticked; old cards die when the new ones are approved."""
    if request.method != "POST":
        return HttpResponseRedirect(CARDS)
    chosen = Resident.of(staff.town).filter(id__in=read_ids(request, "resident"), village=staff.village, left_at=None)
    try:
        for one in chosen.exclude(age_band=AgeBand.UNDER_14).order_by("household__number", "id")[:MOST]:
            if not _waits(staff, one):
                key = f"card/{one.id}/ask/{secrets.token_hex(8)}"
                ask_card(staff.resident, one.id, key=key, now=staff.now)
    except Refusal as no:
        return people(request, no=no)
    return HttpResponseRedirect(CARDS, status=303)


def _waits(staff: Staff, one: Resident) -> bool:
    return Asking.of(staff.town).filter(what=What.MAKE_CARD, row=one.id, state=AskingState.OPEN).exists()


@desk(*APPROVERS, fresh=True)
def decide(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Yes or no to what was ticked. New cards come as one PDF, ten a sheet: it is made once and kept nowhere."""
    if request.method != "POST":
        return HttpResponseRedirect(CARDS)
    rows = Asking.of(staff.town).filter(id__in=read_ids(request, "asking"), what__in=CARD_ASKS).order_by("id")
    made: list[tuple[Resident, str]] = []
    refused: Refusal | None = None
    for row in rows:
        try:
            if request.POST.get("answer") == "no":
                turn_down(staff.resident, row.id, now=staff.now)
                continue
            approved = approve(staff.resident, row.id, now=staff.now)
        except Refusal as no:
            refused = no
            continue
        if approved.card_id:
            holder = Resident.of(staff.town).select_related("village", "group").get(id=row.row)
            made.append((holder, approved.card_id))
    if made:
        answer = HttpResponse(cards_pdf(made, staff.now), "application/pdf")
        answer["Content-Disposition"] = 'inline; filename="cards.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer
    return cards(request, no=refused) if refused else HttpResponseRedirect(CARDS, status=303)
