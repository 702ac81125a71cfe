"""Whom a visitor may be, and how a day passes: the demo's wiring of pages, clock and the night's work."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern

from gongfen.clockwork import turn
from gongfen.console.demo import Seat
from gongfen.console.demo import demo_urls as desk_urls
from gongfen.demo.cast import (
    AUDITORS,
    CLERKS,
    IN_NOTICE,
    ORGANISERS,
    READY_TO_PAY,
    REVIEWER,
    SHOPKEEPER,
    SUPERVISORS,
    TREASURERS,
    WAITING,
    Who,
)
from gongfen.ledger.audit import audit
from gongfen.pages.demo import Person, demo_urls
from gongfen.town import clock
from gongfen.town.models import Town

A_DAY = timedelta(days=1)
STORIES: tuple[tuple[Who, tuple[str, str], str], ...] = (
    (
        IN_NOTICE,
        (
            "清水渠的工分正在公示。到下一天看看，什么时候到账。",
            "Her points are on notice. Let days pass and see them come in.",
        ),
        "/me",
    ),
    (
        READY_TO_PAY,
        (
            "手里有工分，站在店门口。打开付款码，去收款台付。",
            "He has points and stands at the shop. Open the pay code.",
        ),
        "/me",
    ),
    (
        WAITING,
        (
            "报了工，等审核。审核员同意后，公示几天就到账。",
            "Her claim waits for a review; after the notice it is hers.",
        ),
        "/me",
    ),
    (REVIEWER, ("是审核员，有几笔等着看。", "He reviews claims; some wait for him."), "/review"),
    (SHOPKEEPER, ("小芳超市的店主，在收款台前。", "She keeps the shop and stands at the till."), "/till"),
)

SEATS: tuple[tuple[Who, tuple[str, str]], ...] = (
    (CLERKS[0], ("文书：居民、入村码、卡、表格。", "Clerk: people, join codes, cards, tables.")),
    (ORGANISERS[0], ("组织者：活动、签到、标准。", "Organiser: activities, presence, terms.")),
    (REVIEWER, ("审核员：报工等着看。", "Reviewer: claims wait.")),
    (TREASURERS[0], ("会计：到账、结算、分红。", "Treasurer: money in, settlements, the dividend.")),
    (SUPERVISORS[0], ("监督员：核对钱和活动。", "Supervisor: approves money and activities.")),
    (AUDITORS[0], ("审计：查账，拿走账本。", "Auditor: reads the books and takes them along.")),
)


def people() -> list[Person]:
    """The five, each in the middle of something."""
    return [Person(household, name, story, page) for (household, name), story, page in STORIES]


def pages() -> list[URLPattern]:
    """The demo's pages. The clock goes on where it stood when the server stopped."""
    clock.skip(days_skipped() * A_DAY)
    seats = [Seat(household, name, work) for (household, name), work in SEATS]
    return [*demo_urls(people(), next_day), *desk_urls(seats)]


def next_day(town: Town) -> None:
    """A day passes, and what the clock does every night is done."""
    days = days_skipped() + 1
    _kept().write_text(str(days))
    clock.skip(days * A_DAY)
    night(town)


def night(town: Town) -> None:
    """Everything that happens by the clock alone. Doing it again changes nothing."""
    turn(now=clock.now())
    audit(town, now=clock.now())


def days_skipped() -> int:
    """How many days visitors have let pass."""
    kept = _kept()
    return int(kept.read_text()) if kept.exists() else 0


def _kept() -> Path:
    return Path(settings.FOLDER) / "days"
