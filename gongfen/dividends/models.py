"""Runs, their shares, advances and objections. Money in hundredths of a fen, points in hundredths."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from gongfen.rules.dividend import Line, Plan, Sums, Unit
from gongfen.rules.posting import Address, Kind
from gongfen.town.ids import new_subject
from gongfen.town.models import Town, TownKey, TownModel


class RunState(models.TextChoices):
    """draft → simulated → confirmed → in notice → paying → closed; in notice → draft when an objection is upheld."""

    DRAFT = "draft"
    SIMULATED = "simulated"
    CONFIRMED = "confirmed"
    IN_NOTICE = "in_notice"
    PAYING = "paying"
    CLOSED = "closed"


class Run(TownModel):
    """One dividend of one host: its pool, its rule, its period."""

    subject = models.BigIntegerField(default=new_subject)
    host = models.BigIntegerField()  # subject of the town or village whose fund gives the pool
    begins = models.DateField()
    ends = models.DateField()  # the last day whose awards count
    pool = models.BigIntegerField()
    lines = models.JSONField(default=list)  # [{"kind": "reserve", "percent": 5, "money": 0}, …]
    head_percent = models.SmallIntegerField()
    unit = models.IntegerField(default=Unit.FEN, choices=[(unit.value, unit.name.lower()) for unit in Unit])
    turn = models.IntegerField(default=0)  # how many runs of this host there were before
    state = models.CharField(max_length=10, choices=RunState, default=RunState.DRAFT)
    round = models.IntegerField(default=0)  # how often it was simulated
    sums = models.JSONField(null=True)  # of the last simulation (rules.dividend.Sums)
    digest = models.CharField(max_length=64, blank=True, default="")  # of the public file: what was confirmed
    drafted_by = models.BigIntegerField()
    first_confirmer = models.BigIntegerField(null=True)
    second_confirmer = models.BigIntegerField(null=True)
    notice_until = models.DateTimeField(null=True)
    # Shares are paid in the order of their slips: those up to here had their turn. A million rows stay untouched.
    paid_slip = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="run_pool", condition=Q(pool__gt=0)),
            models.CheckConstraint(name="run_head_percent", condition=Q(head_percent__gte=0, head_percent__lte=100)),
            models.CheckConstraint(name="run_period", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(
                name="run_two_confirmers",
                condition=~Q(first_confirmer=F("second_confirmer"))
                | Q(first_confirmer=None)
                | Q(second_confirmer=None),
            ),
            models.CheckConstraint(
                name="run_confirmed_by_two",
                condition=Q(state__in=["draft", "simulated"])
                | Q(first_confirmer__isnull=False, second_confirmer__isnull=False),
            ),
        ]

    @property
    def plan(self) -> Plan:
        lines = tuple(Line(line["kind"], line["percent"], line["money"]) for line in self.lines)
        return Plan(self.pool, self.head_percent, lines, self.unit, self.turn)

    @property
    def totals(self) -> Sums | None:
        """The sums of the last simulation, if there was one."""
        return sums_from(self.sums) if self.sums else None

    @property
    def pool_account(self) -> Address:
        """Where the pool rests between confirmation and payment."""
        return Address(Kind.POOL, self.subject)

    @property
    def fund(self) -> Address:
        return Address(Kind.FUND, self.host)


class ShareState(models.TextChoices):
    """Held when its turn came and its payee had left; handed over when two people paid it outside."""

    IN_TURN = "in_turn"
    HELD = "held"
    HANDED = "handed"


class Share(TownModel):
    """One line of a run. Its slip number is random and leads nowhere; a child's line is paid to a guardian.

    Ids rise with the slip numbers, so that not even the order of the rows says who is who.
    """

    # Town and run are proved by the head row that the simulating batch holds: no check row by row.
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    run = TownKey(Run, models.PROTECT, related_name="shares", db_index=False, db_constraint=False)
    slip = models.BigIntegerField()
    resident = models.BigIntegerField()  # subject
    payee = models.BigIntegerField()  # subject: the resident, or a child's guardian
    heads = models.SmallIntegerField()
    points = models.BigIntegerField()  # earned in the period
    advance = models.BigIntegerField()
    money = models.BigIntegerField()
    payout = models.BigIntegerField()
    forgiven = models.BigIntegerField()
    hand_over_asked_by = models.BigIntegerField(null=True)  # who asks to pay it outside, where the payee has left
    state = models.CharField(max_length=8, choices=ShareState, default=ShareState.IN_TURN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "run", "slip"], name="share_slip"),
            models.UniqueConstraint(fields=["town", "resident", "run"], name="share_once"),
            models.CheckConstraint(
                name="share_sum", condition=Q(payout=F("money") + F("forgiven") - F("advance"), payout__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["town", "payee", "run"], name="share_of_payee"),
            models.Index(fields=["town", "run"], name="share_held", condition=Q(state="held")),
        ]

    def is_paid(self, run: Run) -> bool:
        """Has its money arrived?"""
        had_turn = self.state == ShareState.IN_TURN and self.slip <= run.paid_slip
        return had_turn or self.state == ShareState.HANDED


class AdvanceState(models.TextChoices):
    """Asked for by one person, paid when another approves."""

    ASKED = "asked"
    PAID = "paid"
    REFUSED = "refused"


class Advance(TownModel):
    """Money paid early out of a run's pool; set off against the share, and never a debt."""

    run = TownKey(Run, models.PROTECT, related_name="advances")
    resident = models.BigIntegerField()  # subject
    money = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=AdvanceState, default=AdvanceState.ASKED)
    asked_by = models.BigIntegerField()
    decided_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="advance_positive", condition=Q(money__gt=0)),
            models.CheckConstraint(
                name="advance_two_people", condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by"))
            ),
        ]


class ObjectionState(models.TextChoices):
    """Open until somebody who did not confirm the run decides."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class RunObjection(TownModel):
    """A resident says, during the notice, what is not right about a run."""

    run = TownKey(Run, models.PROTECT, related_name="objections")
    by = models.BigIntegerField()  # subject
    text = models.TextField(max_length=1000)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.TextField(max_length=1000, blank=True, default="")
    decided_by = models.BigIntegerField(null=True)


def sums_from(kept: dict[str, Any]) -> Sums:
    """Sums as they are kept in a row: the border may have more digits than JSON readers bear, so it is text."""
    return Sums(**{**kept, "lines": tuple(kept["lines"]), "border": int(kept["border"])})
