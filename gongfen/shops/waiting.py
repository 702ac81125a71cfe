"""What waits for a second word: a payment for its phone's yes, and a wish of one person for another's."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.journal.models import Act
from gongfen.rules.places import number_of
from gongfen.town.models import TownKey, TownModel


class ConfirmationState(models.TextChoices):
    """At most once: an open one is paid, refused by the phone, or expires."""

    OPEN = "open"
    PAID = "paid"
    REFUSED = "refused"
    EXPIRED = "expired"


class Confirmation(TownModel):
    """A payment above the limit from which the phone is asked. Its money is on hold meanwhile."""

    act = TownKey(Act, models.PROTECT, related_name="+", db_index=False)  # the hold's
    merchant = TownKey("shops.Merchant", models.PROTECT, related_name="+")
    till = TownKey("shops.Till", models.PROTECT, related_name="+", null=True)
    resident = TownKey("people.Resident", models.PROTECT, related_name="+")
    helper = TownKey("shops.Helper", models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=120)  # the hold's; the payment's ends in /confirmed
    money = models.BigIntegerField()  # hundredths of a fen
    redeemed = models.BigIntegerField(default=0)  # hundredths of a point that became cash for it
    state = models.CharField(max_length=8, choices=ConfirmationState, default=ConfirmationState.OPEN)
    expires_at = models.DateTimeField()
    paid_by = models.BigIntegerField(null=True)  # the payment's act

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "act"], name="confirmation_of_act"),
            models.CheckConstraint(name="confirmation_positive", condition=Q(money__gt=0)),
        ]
        indexes = [
            models.Index(fields=["town", "expires_at"], name="confirmation_open", condition=Q(state="open")),
        ]

    @property
    def number(self) -> int:
        return number_of(self.act_id)


class What(models.TextChoices):
    """What one person asks and another approves."""

    LIST_MERCHANT = "merchant.list"
    UNLIST_MERCHANT = "merchant.unlist"
    CLEAR_PIN = "merchant.clear_pin"
    PAY_BY_HAND = "payment.by_hand"
    MAKE_CARD = "card.make"
    UNLOCK_CARD = "card.unlock"
    TAKE_BACK_PAYOUT = "payout.take_back"
    CHANGE_ACCOUNT = "merchant.account"


class AskingState(models.TextChoices):
    """At most once: an open asking is approved or turned down."""

    OPEN = "open"
    APPROVED = "approved"
    TURNED_DOWN = "turned_down"


class Asking(TownModel):
    """A wish of one person that takes effect when another, of another household, approves it."""

    what = models.CharField(max_length=20, choices=What)
    row = models.BigIntegerField()  # what it is about: the id of a merchant, a resident, a card, a payout
    wish = models.JSONField(default=dict)
    asked_by = TownKey("people.Resident", models.PROTECT, related_name="+")
    decided_by = TownKey("people.Resident", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=12, choices=AskingState, default=AskingState.OPEN)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="asking_two_people", condition=~Q(asked_by=F("decided_by"))),
            models.CheckConstraint(
                name="asking_decided", condition=Q(state=AskingState.OPEN) | Q(decided_by__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["town", "state"], name="asking_state")]
