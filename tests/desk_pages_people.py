"""The desk's pages of people, for the walk: who opens each, what is only pressed, and what waits there."""

from datetime import timedelta
from typing import Any

PAGES = {
    "people": "clerk",
    "people/<int:number>": "clerk",
    "households": "clerk",
    "households/<int:number>": "clerk",
    "session": "clerk",
    "session/<int:number>": "clerk",
    "session/<int:number>/claim/<int:activity>": "clerk",
    "cards": "supervisor",
    "roles": "supervisor",
    "leaving": "treasurer",
    "looks": "auditor",
    "imports": "clerk",
    "phone": "clerk",
}
PRESSED = {
    "people/codes",
    "people/requests/<int:asked>",
    "people/<int:number>/describe",
    "people/<int:number>/move",
    "people/<int:number>/guardian",
    "people/<int:number>/lost-phone",
    "people/<int:number>/code",
    "people/<int:number>/session",
    "households/<int:number>/split",
    "households/<int:number>/merge",
    "households/<int:number>/head",
    "session/<int:number>/end",
    "session/<int:number>/receipt.pdf",
    "session/<int:number>/<str:what>",
    "cards/ask",
    "cards/decide",
    "roles/propose",
    "roles/<int:wish>",
    "leaving/<int:number>/<str:step>",
    "imports/red",
    "imports/<str:kind>.<str:ending>",
    "imports/<str:kind>",
    "imports/<str:kind>/write",
    "phone/know",
    "phone/codes",
    "phone/authenticator",
    "phone/password",
}


def happens(visit: Any) -> None:
    """A session that is over and one that runs; a card, a role and a payment that wait; somebody who leaves."""
    from gongfen.office import leaving, sessions
    from gongfen.people.roles import propose
    from gongfen.shops.askings import ask_card

    life = visit.life
    for who in ("grandma_wang", "li"):
        life.people[who].town = life.town
        running = sessions.begin(life.clerk, life.people[who], "paper", now=life.now)
        sessions.note(running, "statement", now=life.now)
        if who == "grandma_wang":
            sessions.end(life.clerk, running.id, now=life.now + timedelta(seconds=1))
    ask_card(life.clerk, life.people["grandma_wang"].id, key="walk/card", now=life.now)
    propose(life.clerk, life.people["zhao"], "treasurer", life.village, gives=True, now=life.now)
    leaving.ask_to_leave(life.people["村民02"], by=life.people["村民02"].subject, now=life.now)
