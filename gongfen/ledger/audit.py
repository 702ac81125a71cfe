"""The audit: recompute the books of a town from its transfers, and name whatever differs.

Everything is read as it stood at one moment, without holding up anybody who writes. What is kept in memory is one
balance for each account, never a transfer. A full audit begins with the first act. A nightly one begins where the
last passed audit ended: what moved since must join on, and every balance must be that of its account's last transfer.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongfen.journal.models import TownHead
from gongfen.ledger import guards, storage
from gongfen.ledger.models import Checkpoint
from gongfen.rules.places import place, transfer_place
from gongfen.town import clock
from gongfen.town.models import Town

MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it must be. `code` says what, `facts` where (numbers and ids)."""

    code: str
    facts: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.code} " + " ".join(f"{name}={value}" for name, value in self.facts.items())


@dataclass
class Report:
    """What an audit found. `since` is the number it began after: 0 for a full one."""

    town: Town
    since: int = 0
    last: int = 0  # the number it went up to
    acts: int = 0
    transfers: int = 0
    accounts: int = 0
    found: int = 0  # how many differences, also those that are not named
    differences: list[Difference] = field(default_factory=list)

    def differs(self, code: str, **facts: object) -> None:
        """Note a difference; the first hundred are named."""
        self.found += 1
        if len(self.differences) < MOST_NAMED:
            self.differences.append(Difference(code, facts))

    @property
    def passed(self) -> bool:
        return self.found == 0


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of a town's number line that is looked at: numbers after `since`, up to `last`."""

    town: Town
    since: int
    last: int

    @property
    def is_full(self) -> bool:
        return self.since == 0

    @property
    def acts(self) -> tuple[int, int]:
        """The ids of its first and last act."""
        return place(self.town.code, self.since + 1), place(self.town.code, self.last)

    @property
    def beginning(self) -> int:
        """The place of its first transfer."""
        return transfer_place(self.acts[0], 0)


def audit(town: Town, *, full: bool = False, now: datetime | None = None) -> Report:
    """Recompute the town's books and keep the result. Without `full` from the last audit that passed."""
    with storage.one_moment():
        report = _look(town, last_audit(town, passed=True), full)
    Checkpoint.objects.create(
        town=town,
        number=report.last,
        acts=report.acts,
        transfers=report.transfers,
        accounts=report.accounts,
        differences=report.found,
        is_full=report.since == 0,
        audited_at=now or clock.now(),
    )
    return report


def last_audit(town: Town, *, passed: bool = False) -> Checkpoint | None:
    """The last audit of this town; with `passed` the last that found no difference."""
    audits = Checkpoint.of(town).filter(differences=0) if passed else Checkpoint.of(town)
    return audits.order_by("-id").first()


def _look(town: Town, passed: Checkpoint | None, full: bool) -> Report:
    from gongfen.ledger import audit_chains, audit_closes, audit_days, audit_rest, audit_sums

    report = Report(town)
    head = TownHead.objects.filter(town=town).values_list("last", flat=True).first()
    if head is None:
        report.differs("head_missing")
        return report
    report.last = head
    if passed is not None and passed.number > head:
        report.differs("head_went_back", expected=passed.number, found=head)
    elif passed is not None and not full:
        report.since, report.acts, report.transfers = passed.number, passed.acts, passed.transfers
    span = Span(town, report.since, head)
    for name in guards.missing():
        report.differs("guard_missing", guard=name)
    audit_sums.check_acts(span, report)
    audit_sums.check_transfers(span, report)
    audit_chains.check(span, report)
    audit_rest.check_accounts(span, report)
    if passed is not None and report.accounts < passed.accounts:
        report.differs("accounts_vanished", expected=passed.accounts, found=report.accounts)
    audit_rest.check_units(span, report)
    audit_rest.check_holds(span, report)
    audit_rest.check_reversals(span, report)
    audit_days.check(span, report)
    audit_closes.check(span, report)
    return report
