"""A host's rules for its reviewers: how much one of them approves in a day, and what two of them look at."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from gongfen.activities.kinds import all_kinds, kind_of
from gongfen.activities.models import ReviewRules, ReviewRulesWish
from gongfen.activities.who import ORGANISER, SUPERVISOR, check_other, check_role
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import DAILY_BUDGET, SECOND_LOOK_FROM
from gongfen.town.models import Town


class UnknownWish(Refusal):
    """No such change of the review rules waits."""

    code = "unknown_review_wish"


class WishWaits(Refusal):
    """Another change of the same rules waits: agree to it or drop it first."""

    code = "review_wish_waits"


def rules_of(town: Town, host: int) -> ReviewRules:
    """What holds at a host now; what the house proposes, where nobody chose."""
    usual = ReviewRules(town=town, host=host, daily_budget=DAILY_BUDGET, second_look_from=SECOND_LOOK_FROM)
    return ReviewRules.of(town).filter(host=host).first() or usual


def wish_of(town: Town, host: int) -> ReviewRulesWish | None:
    """The change that waits for a second person."""
    return ReviewRulesWish.of(town).filter(host=host, state="asked").first()


def ask_rules(
    by: Resident, host: int, *, daily_budget: int, second_look_from: int, kinds: Collection[str] = (), now: datetime
) -> ReviewRulesWish:
    """Wish for other rules (hundredths of a point; kinds of which two look at each claim). Nothing changes yet; the
    same wish again is the same wish."""
    town = by.town
    check_role(by, host, ORGANISER, SUPERVISOR)
    wanted = {kind_of(kind).key for kind in kinds}
    told = " ".join(kind for kind in all_kinds() if kind in wanted)
    with one_batch(town, now) as batch:
        waiting = wish_of(town, host)
        if waiting is not None:
            same = (waiting.daily_budget, waiting.second_look_from, waiting.second_look_kinds, waiting.asked_by)
            if same != (daily_budget, second_look_from, told, by.subject):
                raise WishWaits(daily_budget=waiting.daily_budget, second_look_from=waiting.second_look_from)
            return waiting
        wish = ReviewRulesWish(
            town=town, host=host, daily_budget=daily_budget, second_look_from=second_look_from,
            second_look_kinds=told, asked_by=by.subject, asked_at=batch.now,
        )  # fmt: skip
        act = batch.act(
            key=f"review-rules/{wish.id}/ask", verb="review_rules.ask", by=by.subject, about=host, facts=_facts(wish)
        )
        act.creates(wish)
    one(batch.answers)
    return wish


def agree_rules(by: Resident, wish_id: int, *, now: datetime) -> Written:
    """A second person agrees: from now on the new rules hold."""
    town = by.town
    with one_batch(town, now) as batch:
        wish = _find(by, wish_id)
        check_role(by, wish.host, SUPERVISOR)
        act = batch.act(
            key=f"review-rules/{wish.id}/agree", verb="review_rules.agree", by=by.subject, about=wish.host,
            facts=_facts(wish),
        )  # fmt: skip
        act.asks(lambda: _same_people(by, wish))
        act.changes(wish, was={"state": "asked"}, state="agreed", decided_by=by.subject)
        held = ReviewRules.of(town).filter(host=wish.host).first()
        new: dict[str, Any] = {
            "daily_budget": wish.daily_budget, "second_look_from": wish.second_look_from,
            "second_look_kinds": wish.second_look_kinds,
        }  # fmt: skip
        if held:
            act.changes(held, **new)
        else:
            act.creates(ReviewRules(town=town, host=wish.host, **new))
    return one(batch.answers)


def drop_rules(by: Resident, wish_id: int, *, now: datetime) -> Written:
    """No: what held before goes on."""
    with one_batch(by.town, now) as batch:
        wish = _find(by, wish_id)
        check_role(by, wish.host, ORGANISER, SUPERVISOR)
        act = batch.act(
            key=f"review-rules/{wish.id}/drop", verb="review_rules.drop", by=by.subject, about=wish.host,
            facts={"wish": str(wish.id)},
        )  # fmt: skip
        act.changes(wish, was={"state": "asked"}, state="dropped", decided_by=by.subject)
    return one(batch.answers)


def _find(by: Resident, wish_id: int) -> ReviewRulesWish:
    wish = ReviewRulesWish.of(by.town).filter(id=wish_id).first()
    if wish is None:
        raise UnknownWish()
    return wish


def _same_people(by: Resident, wish: ReviewRulesWish) -> Refusal | None:
    try:
        check_other(by, wish.asked_by)
    except Refusal as no:
        return no
    return None


def _facts(wish: ReviewRulesWish) -> dict[str, str | int]:
    return {
        "wish": str(wish.id), "daily_budget": wish.daily_budget, "second_look_from": wish.second_look_from,
        "kinds": wish.second_look_kinds,
    }  # fmt: skip
