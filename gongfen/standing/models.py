"""Proofs of participation. Standing itself is stored nowhere: it is read from the journal when its owner asks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongfen.town.models import TownModel


class Proof(TownModel):
    """Lines that their owner picked for a purpose, signed by the town, until a day."""

    resident = models.BigIntegerField()  # subject
    key = models.CharField(max_length=120)  # sent again it is the same proof
    purpose = models.CharField(max_length=60)
    lines = models.JSONField(default=list)  # [{"number": 12, "day": "2026-03-18", "kind": …, "minutes": …, "grade": …}]
    value = models.IntegerField(null=True)  # the number, where the owner wants it shown
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # by its owner, before it expired
    signature = models.BinaryField(max_length=64)  # Ed25519, over `proofs.signed_text`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident", "key"], name="proof_once"),
            models.CheckConstraint(name="proof_expires", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(name="proof_names_its_purpose", condition=~Q(purpose="")),
        ]
