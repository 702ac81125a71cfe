"""Merchants, their tills and days, and what residents pay with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.journal.models import Act
from gongfen.rules.days import DayState
from gongfen.rules.places import number_of
from gongfen.shops.waiting import Asking, AskingState, Confirmation, ConfirmationState, What
from gongfen.town.ids import new_subject, random_id
from gongfen.town.models import TownKey, TownModel

__all__ = ["Asking", "AskingState", "Confirmation", "ConfirmationState", "What"]  # the other half, see waiting.py


class Merchant(TownModel):
    """A shop that takes points. Its owner is a resident, or nobody who lives here."""

    subject = models.BigIntegerField(default=new_subject, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    hours = models.JSONField(default=list)  # Monday to Sunday: "08:00-20:00", or "" when shut
    village = TownKey("people.Village", models.PROTECT, related_name="+", null=True)  # whose desk answers for it
    owner = TownKey("people.Resident", models.PROTECT, related_name="+", null=True)
    payee = models.CharField(max_length=60, blank=True, default="")
    sealed_account = models.BinaryField(default=bytes)  # the bank account, encrypted with the server's secret
    listed = models.BooleanField(default=False)
    listed_at = models.DateTimeField(null=True)
    pin_hash = models.CharField(max_length=120, blank=True, default="")  # the owner's, for the unlock at a till
    pin_tries = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["town", "owner"], name="merchant_owner")]

    def __str__(self) -> str:
        return self.name


class Offer(TownModel):
    """What a merchant lists, with its price."""

    merchant = TownKey(Merchant, models.CASCADE, related_name="offers")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True, default="")
    price = models.BigIntegerField()  # hundredths of a fen
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="offer_price", condition=Q(price__gt=0))]


class Till(TownModel):
    """A merchant's device with its own token: it takes payments; more only after the owner's unlock."""

    merchant = TownKey(Merchant, models.PROTECT, related_name="tills")
    token_hash = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=40)
    refund_limit = models.BigIntegerField(default=0)  # may give back this much without the owner's unlock
    payment_limit = models.BigIntegerField(null=True)  # takes no larger payment
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    unlocked_until = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)  # codes tried in a row without a right one; counted before the check
    slow_until = models.DateTimeField(null=True)


class Secret(TownModel):
    """What a phone makes its one-time numbers from. Encrypted; dies with the device."""

    device = TownKey("people.Device", models.DO_NOTHING, related_name="+", db_constraint=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "device"], name="secret_of_device")]


class Helper(TownModel):
    """A family helper: may pay for another, up to a sum a day, until a last day; ended by either at once."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    helper = TownKey("people.Resident", models.CASCADE, related_name="+")
    day_limit = models.BigIntegerField()  # hundredths of a fen
    until = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    spent_on = models.DateField(null=True)
    day_spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="helper_another", condition=~Q(resident=F("helper"))),
            models.CheckConstraint(name="helper_limit", condition=Q(day_limit__gt=0)),
            models.UniqueConstraint(
                fields=["town", "resident", "helper"], name="helper_once", condition=Q(ended_at=None)
            ),
        ]
        indexes = [models.Index(fields=["town", "helper"], name="helper_of")]


class Handle(TownModel):
    """Eleven digits that pay once. Spent when an act stands with its key `pay/<town>/<handle>`."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)
    digits = models.BigIntegerField()
    secret = TownKey(Secret, models.DO_NOTHING, related_name="+")
    resident = TownKey("people.Resident", models.CASCADE, related_name="+")  # who pays
    helper = TownKey(Helper, models.CASCADE, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "digits"], name="handle_once"),
            models.CheckConstraint(name="handle_digits", condition=Q(digits__gte=0, digits__lt=10**11)),
        ]


class CardState(models.TextChoices):
    """A card waits for its holder's PIN, works, is locked, or is dead."""

    NEW = "new"
    ACTIVE = "active"
    LOCKED = "locked"
    DEAD = "dead"


class Card(TownModel):
    """A printed card: a random 128-bit id, and a PIN that its holder chooses at a till."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    id_hash = models.BinaryField(max_length=32, unique=True)
    pin_hash = models.CharField(max_length=120, blank=True, default="")
    tries = models.SmallIntegerField(default=0)
    unlocks = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=CardState, default=CardState.NEW)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "resident"], name="card_one_alive", condition=~Q(state=CardState.DEAD)
            ),
            models.CheckConstraint(name="card_active_has_pin", condition=~Q(state=CardState.ACTIVE) | ~Q(pin_hash="")),
        ]


class Spending(TownModel):
    """A resident's own limits, and what was paid in the day, week and month that contain `on`."""

    resident = TownKey("people.Resident", models.CASCADE, related_name="+")
    payment_limit = models.BigIntegerField(null=True)  # empty: the town's
    day_limit = models.BigIntegerField(null=True)
    week_limit = models.BigIntegerField(null=True)
    month_limit = models.BigIntegerField(null=True)
    confirm_above = models.BigIntegerField(null=True)
    on = models.DateField()
    day = models.BigIntegerField(default=0)
    week = models.BigIntegerField(default=0)
    month = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "resident"], name="spending_of")]


class SettlementState(models.TextChoices):
    """Prepared by the treasurer, approved by a supervisor, sent out, and done when the bank has answered for all."""

    PREPARED = "prepared"
    APPROVED = "approved"
    OUT = "out"
    DONE = "done"


class Settlement(TownModel):
    """What lay in the tills, on its way to the merchants."""

    act = TownKey(Act, models.PROTECT, related_name="+", db_index=False)
    village = TownKey("people.Village", models.PROTECT, related_name="+", null=True)  # empty: the whole town
    day = models.DateField()
    state = models.CharField(max_length=10, choices=SettlementState, default=SettlementState.PREPARED)
    prepared_by = TownKey("people.Resident", models.PROTECT, related_name="+")
    approved_by = TownKey("people.Resident", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="settlement_two_people", condition=~Q(prepared_by=F("approved_by"))),
        ]

    @property
    def number(self) -> int:
        return number_of(self.act_id)


class PayoutState(models.TextChoices):
    """Waits for approval, then for the file; in transit until the bank says paid or bounced."""

    WAITING = "waiting"
    APPROVED = "approved"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    BOUNCED = "bounced"
    TAKEN_BACK = "taken_back"


class Payout(TownModel):
    """Money on its way from one till to its merchant's bank account."""

    settlement = TownKey(Settlement, models.PROTECT, related_name="payouts")
    merchant = TownKey(Merchant, models.PROTECT, related_name="payouts")
    reference = models.CharField(max_length=40)
    money = models.BigIntegerField()  # hundredths of a fen
    payee = models.CharField(max_length=60)
    sealed_account = models.BinaryField()
    state = models.CharField(max_length=10, choices=PayoutState, default=PayoutState.WAITING)
    file = models.SmallIntegerField(default=0)  # which file of its settlement it left in; in one at most
    reason = models.CharField(max_length=60, blank=True, default="")  # the bank's own word for a bounce

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "reference"], name="payout_reference"),
            models.UniqueConstraint(fields=["town", "settlement", "merchant"], name="payout_once"),
            models.CheckConstraint(name="payout_positive", condition=Q(money__gt=0)),
        ]


class MerchantDay(TownModel):
    """A merchant's day, from its first payment to the money in the bank."""

    merchant = TownKey(Merchant, models.PROTECT, related_name="days")
    day = models.DateField()
    state = models.CharField(max_length=14, choices=[(s.value, s.value) for s in DayState], default=DayState.OPEN.value)
    payout = TownKey(Payout, models.PROTECT, related_name="days", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "merchant", "day"], name="merchant_day_once"),
            models.CheckConstraint(
                name="merchant_day_payout", condition=Q(state__in=["open", "closed"]) | Q(payout__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["town", "state", "day"], name="merchant_day_state")]


class How(models.TextChoices):
    """How a payment was made. All end in the same act."""

    CODE = "code"
    SIGN = "sign"
    CARD = "card"
    HAND = "hand"


class Payment(TownModel):
    """Cash handed over at a till. Its number is its act's."""

    act = TownKey(Act, models.PROTECT, related_name="+", db_index=False)
    day = TownKey(MerchantDay, models.PROTECT, related_name="payments")
    till = TownKey(Till, models.PROTECT, related_name="+", null=True, db_index=False)
    resident = TownKey("people.Resident", models.PROTECT, related_name="+", db_index=False)
    second = TownKey("people.Resident", models.PROTECT, related_name="+", null=True, db_index=False)
    helper = TownKey(Helper, models.PROTECT, related_name="+", null=True, db_index=False)
    how = models.CharField(max_length=4, choices=How)
    money = models.BigIntegerField()  # hundredths of a fen, of both payers together
    second_money = models.BigIntegerField(default=0)  # the second payer's part of it
    redeemed = models.BigIntegerField(default=0)  # hundredths of a point that became cash for it
    refunded = models.BigIntegerField(default=0)
    own_household = models.BooleanField(default=False)  # the merchant's own household pays: the supervisor sees it
    paid_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "act"], name="payment_of_act"),
            models.CheckConstraint(name="payment_positive", condition=Q(money__gt=0)),
            models.CheckConstraint(name="payment_refunded", condition=Q(refunded__gte=0, refunded__lte=F("money"))),
            models.CheckConstraint(
                name="payment_second", condition=Q(second_money__gte=0, second_money__lt=F("money"))
            ),
        ]
        indexes = [
            models.Index(fields=["town", "resident", "act"], name="payment_resident"),
            models.Index(fields=["town", "second", "act"], name="payment_second", condition=Q(second__isnull=False)),
            models.Index(fields=["town", "paid_at"], name="payment_own", condition=Q(own_household=True)),
        ]

    @property
    def number(self) -> int:
        return number_of(self.act_id)
