"""Whom a visitor may be, and how a day passes: the demo's wiring of pages, clock and the night's work."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern

from gongfen.activities.appeals import grant_overdue
from gongfen.activities.attendance import claim_due
from gongfen.activities.awards import award_due
from gongfen.activities.publishing import open_due
from gongfen.activities.surveys import close_due
from gongfen.demo.cast import IN_NOTICE, READY_TO_PAY, REVIEWER, SHOPKEEPER, WAITING, Who
from gongfen.ledger.audit import audit
from gongfen.notices.channels import deliver
from gongfen.notices.following import follow_all
from gongfen.pages.demo import Person, demo_urls
from gongfen.shops.confirming import expire_confirmations
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


def people() -> list[Person]:
    """The five, each in the middle of something."""
    return [Person(household, name, story, page) for (household, name), story, page in STORIES]


def pages() -> list[URLPattern]:
    """The demo's pages. The clock goes on where it stood when the server stopped."""
    clock.skip(days_skipped() * A_DAY)
    return demo_urls(people(), next_day)


def next_day(town: Town) -> None:
    """A day passes, and what the clock does every night is done."""
    days = days_skipped() + 1
    _kept().write_text(str(days))
    clock.skip(days * A_DAY)
    night(town)


def night(town: Town) -> None:
    """Everything that happens by the clock alone. Doing it again changes nothing."""
    now = clock.now()
    open_due(town, now=now)
    claim_due(town, now=now)
    close_due(town, now=now)
    grant_overdue(town, now=now)
    award_due(town, now=now)
    expire_confirmations(town, now=now)
    follow_all(town, now=now)
    deliver(town, now=now)
    audit(town, now=now)


def days_skipped() -> int:
    """How many days visitors have let pass."""
    kept = _kept()
    return int(kept.read_text()) if kept.exists() else 0


def _kept() -> Path:
    return Path(settings.FOLDER) / "days"
