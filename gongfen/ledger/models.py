"""Accounts, transfers and holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.journal.models import Act
from gongfen.rules.day_sums import What
from gongfen.rules.places import line_of, number_of
from gongfen.rules.posting import Address, Kind, Unit
from gongfen.town.models import Town, TownKey, TownModel


class Account(TownModel):
    """A place where points or money rest. Its id is its owner and its kind (`rules.posting.Address`)."""

    id = models.BigIntegerField(primary_key=True, editable=False)
    kind = models.SmallIntegerField(choices=[(kind.value, kind.name.lower()) for kind in Kind])
    owner = models.BigIntegerField()  # a subject
    floor = models.BigIntegerField(null=True, default=0)  # the least the balance may be; none for issuance and outside
    balance = models.BigIntegerField(default=0)  # hundredths; written by ledger/book.py alone

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_floor", condition=Q(floor=None) | Q(balance__gte=F("floor"))),
        ]

    @property
    def address(self) -> Address:
        return Address(Kind(self.kind), self.owner)

    @property
    def unit(self) -> Unit:
        return Kind(self.kind).unit


class Transfer(TownModel):
    """Points or money that moved, because of one act. Both sides are in one row: it cannot be unbalanced.

    Its id is its act's place and its line, so the primary key is the order of everything that moved.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    # Its town is proved by the head row that every batch holds: no check row by row.
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    act = TownKey(Act, models.PROTECT, related_name="transfers", db_index=False)
    source = TownKey(Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    target = TownKey(Account, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    amount = models.BigIntegerField()  # hundredths of a point, or of a fen
    source_balance = models.BigIntegerField()
    target_balance = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "id"], name="transfer_out"),
            models.Index(fields=["target", "id"], name="transfer_in"),
        ]
        constraints = [
            models.CheckConstraint(name="transfer_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_two_accounts", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="transfer_in_order",
                condition=Q(id__gte=F("act_id") * 512, id__lt=F("act_id") * 512 + 512),
            ),
        ]

    @property
    def number(self) -> int:
        return number_of(self.act_id)

    @property
    def line(self) -> int:
        return line_of(self.id)


class HoldState(models.TextChoices):
    """At most once: an open hold is captured, released or expired."""

    OPEN = "open"
    CAPTURED = "captured"
    RELEASED = "released"
    EXPIRED = "expired"


class Hold(TownModel):
    """Money promised to someone, not yet moved: it rests on the town's account `on_hold` meanwhile."""

    act = TownKey(Act, models.PROTECT, related_name="+", db_index=False)
    account = models.BigIntegerField()  # whose it is, and where the rest goes back to
    amount = models.BigIntegerField()  # hundredths
    captured = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=HoldState, default=HoldState.OPEN)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "act"], name="hold_of_act"),
            models.CheckConstraint(name="hold_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="hold_captured", condition=Q(captured__gte=0, captured__lte=F("amount"))),
        ]
        indexes = [
            models.Index(fields=["town", "expires_at"], name="hold_open", condition=Q(state="open")),
        ]


class Reversal(TownModel):
    """That an act reversed (part of) another: linked, and never more than there was."""

    act = TownKey(Act, models.PROTECT, related_name="+")
    reversed = TownKey(Act, models.PROTECT, related_name="reversals")
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "act"], name="reversal_of_act")]


class Checkpoint(TownModel):
    """That the books were audited up to a number, and how that ended. A nightly audit begins where the last passed."""

    number = models.BigIntegerField()  # the head when it was audited
    acts = models.BigIntegerField()  # up to that number
    transfers = models.BigIntegerField()
    accounts = models.BigIntegerField()  # how many there were; none ever goes away
    differences = models.IntegerField()
    is_full = models.BooleanField()
    audited_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["town", "id"], name="checkpoint_of_town")]

    @property
    def passed(self) -> bool:
        return self.differences == 0


class SumMark(models.Model):
    """Up to which number the sums by day have followed a town's journal. Locked by the one who follows."""

    town = models.OneToOneField(Town, models.PROTECT, primary_key=True, related_name="+")
    number = models.BigIntegerField(default=0)


class DaySum(TownModel):
    """What moved on one day, summed behind the journal, for pictures of many months. Never a source of truth.

    The audit compares it with the transfers; thrown away, it is made again from the first act.
    """

    day = models.DateField()  # on the village's calendar, when it was written
    host = models.BigIntegerField()  # subject of the village or town; 0 where nobody knows
    what = models.CharField(max_length=10, choices=[(what.value, what.value) for what in What])
    kind = models.CharField(max_length=20, blank=True, default="")  # of the activity; "" over all kinds
    count = models.BigIntegerField(default=0)  # transfers
    amount = models.BigIntegerField(default=0)  # hundredths
    minutes = models.BigIntegerField(default=0)  # of work
    residents = models.BigIntegerField(default=0)  # for whom it was the first time this month
    households = models.BigIntegerField(default=0)  # likewise

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "host", "day", "what", "kind"], name="day_sum_once"),
        ]


class Close(TownModel):
    """The state of all accounts at the end of a month or year, signed by two people. History goes on behind it."""

    period = models.CharField(max_length=7)  # 2026-11, or 2026 for a year
    number = models.BigIntegerField()  # the last act of the period
    digest = models.CharField(max_length=64)  # of every account that has something at that number
    sums = models.JSONField(default=dict)  # hundredths, by kind of account
    prepared_by = models.BigIntegerField()  # subject
    prepared_at = models.DateTimeField()
    signed_by = models.BigIntegerField(null=True)  # subject
    act_id = models.BigIntegerField(null=True)  # the act of the second signature

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "period"], name="close_once"),
            models.CheckConstraint(
                name="close_two_people", condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by"))
            ),
        ]
