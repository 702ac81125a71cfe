"""A host's rules for its reviewers: everyone reads them, two people change them."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from gongfen.activities.models import ReviewRulesWish
from gongfen.activities.review_rules import agree_rules, ask_rules, drop_rules, rules_of, wish_of
from gongfen.api.earning import OfHost
from gongfen.api.ground import ActKey, CallerRequest, Id, Nothing, Points, answers, resident_only, told, village_at
from gongfen.api.reviewing import host_of
from gongfen.town import clock

router = Router(tags=["reviewing"])
MOST = 100_000_000_000  # hundredths of a point


class RulesIn(Schema):
    """`second_look_from`: a claim of that many points or more is looked at by two reviewers, and each claim of the
    kinds in `second_look_kinds`."""

    village: Id | None = Field(None, description="without it, the town")
    daily_budget: Annotated[int, Field(ge=0, le=MOST)]
    second_look_from: Annotated[int, Field(ge=1, le=MOST)]
    second_look_kinds: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=20)


class RulesWishOut(Schema):
    id: Id
    daily_budget: Points
    second_look_from: Points
    second_look_kinds: list[str]


class RulesOut(Schema):
    """What one reviewer approves in a day at most, and from how many points on two of them look."""

    daily_budget: Points
    second_look_from: Points
    second_look_kinds: list[str]
    waiting: RulesWishOut | None = None


@router.get("/villages/{village}/review-rules", response=answers(RulesOut))
def rules(request: HttpRequest, village: Id, of: OfHost = "") -> dict[str, object]:
    """What holds for reviewers with the village or the town as host, and the change that waits for a second person."""
    there = village_at(village)
    host = there.town.subject if of == "town" else there.subject
    held = rules_of(there.town, host)
    waiting = wish_of(there.town, host)
    return {
        "daily_budget": held.daily_budget,
        "second_look_from": held.second_look_from,
        "second_look_kinds": held.second_look_kinds.split(),
        "waiting": wish_out(waiting) if waiting else None,
    }


@router.post("/review-rules", auth=resident_only, response=answers(RulesWishOut, 201))
def ask(request: CallerRequest, body: RulesIn, key: ActKey) -> Status[dict[str, object]]:
    """Wish for other rules. They hold when a supervisor of another household agrees."""
    wish = ask_rules(
        request.auth.resident, host_of(request.auth, body.village), daily_budget=body.daily_budget,
        second_look_from=body.second_look_from, kinds=body.second_look_kinds, now=clock.now(),
    )  # fmt: skip
    return Status(201, wish_out(wish))


@router.post("/review-rules/{wish}/agree", auth=resident_only, response=answers(Nothing))
def agree(request: CallerRequest, response: HttpResponse, wish: Id, key: ActKey) -> Nothing:
    """A second person agrees: the rules hold from now on."""
    told(response, agree_rules(request.auth.resident, wish, now=clock.now()))
    return Nothing()


@router.post("/review-rules/{wish}/drop", auth=resident_only, response=answers(Nothing))
def drop(request: CallerRequest, response: HttpResponse, wish: Id, key: ActKey) -> Nothing:
    """No: the old rules go on."""
    told(response, drop_rules(request.auth.resident, wish, now=clock.now()))
    return Nothing()


def wish_out(wish: ReviewRulesWish) -> dict[str, object]:
    """A change that waits."""
    return {
        "id": wish.id, "daily_budget": wish.daily_budget, "second_look_from": wish.second_look_from,
        "second_look_kinds": wish.second_look_kinds.split(),
    }  # fmt: skip
